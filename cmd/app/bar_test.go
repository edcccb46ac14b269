package app

import (
	"bytes"
	"strings"
	"testing"
)

func TestBarOffTheTerminalIsOneLine(t *testing.T) {
	var out bytes.Buffer
	b := newBar(&out, "Importing")
	for i := range int64(100) {
		b.show(i, 100)
	}
	b.end()
	if out.String() != "Importing …\n" {
		t.Errorf("%q", &out)
	}
}

func TestBarOnATerminal(t *testing.T) {
	for _, c := range []struct {
		done, total int64
		filled      int
		percent     string
	}{
		{0, 200, 0, "  0 %"},
		{100, 200, 16, " 50 %"},
		{200, 200, 32, "100 %"},
		{300, 200, 32, "100 %"}, // a file that grew while it was read
	} {
		var out bytes.Buffer
		b := &bar{out: &out, what: "Importing", terminal: true, last: -1}
		b.show(c.done, c.total)
		b.show(c.done, c.total) // nothing new, nothing drawn
		want := "\rImporting " + strings.Repeat("█", c.filled) + strings.Repeat("░", barWidth-c.filled) + " " + c.percent
		if out.String() != want {
			t.Errorf("%d of %d: %q, want %q", c.done, c.total, &out, want)
		}
	}
	var out bytes.Buffer
	b := &bar{out: &out, what: "Importing", terminal: true, last: -1}
	b.show(5, 0)
	b.end()
	if out.Len() > 0 {
		t.Errorf("a total that is not known draws %q", &out)
	}
}
