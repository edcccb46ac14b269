package app

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// bar is a progress bar on a terminal; elsewhere it prints a line at the start and nothing more.
type bar struct {
	out      io.Writer
	what     string
	terminal bool
	last     int
}

// barWidth is its length in characters.
const barWidth = 32

func newBar(out io.Writer, what string) *bar {
	b := &bar{out: out, what: what, last: -1}
	if file, ok := out.(*os.File); ok {
		if info, err := file.Stat(); err == nil {
			b.terminal = info.Mode()&os.ModeCharDevice != 0
		}
	}
	if !b.terminal {
		fmt.Fprintf(out, "%s …\n", what)
	}
	return b
}

// show draws done of total; nothing where total is not known.
func (b *bar) show(done, total int64) {
	if !b.terminal || total <= 0 {
		return
	}
	percent := int(100 * min(done, total) / total) // a list that grows while it is read
	if percent == b.last {
		return
	}
	b.last = percent
	filled := barWidth * percent / 100
	fmt.Fprintf(b.out, "\r%s %s%s %3d %%", b.what, strings.Repeat("█", filled), strings.Repeat("░", barWidth-filled), percent)
}

func (b *bar) end() {
	if b.terminal && b.last >= 0 {
		fmt.Fprintln(b.out)
	}
}
