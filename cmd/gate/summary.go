package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// slowest is how many packages the summary names.
const slowest = 5

// summarize prints the closing table and returns the exit status.
func summarize(out io.Writer, gate string, done []result) int {
	var total counts
	var took time.Duration
	status := 0
	fmt.Fprintf(out, "\n%s\n", strings.Repeat("═", 72))
	for _, r := range done {
		fmt.Fprintf(out, "%-4s  %-46s %7.1f s%s\n", verdict(r.failed), r.name, r.took.Seconds(), r.counts.line())
		took += r.took
		total.skips = append(total.skips, r.counts.skips...)
		total.packages = append(total.packages, r.counts.packages...)
		if r.failed {
			status = 1
		}
	}
	fmt.Fprint(out, total.detail())
	fmt.Fprintf(out, "%s\n%s: make %s, %s\n", strings.Repeat("═", 72), verdict(status != 0), gate, took.Round(time.Second))
	return status
}

func verdict(failed bool) string {
	if failed {
		return "FAIL"
	}
	return "ok"
}

// line is a step's share of the tests; empty where it ran none.
func (c counts) line() string {
	if c.passed+c.failed+c.skipped == 0 {
		return ""
	}
	return fmt.Sprintf("   %d passed, %d failed, %d skipped", c.passed, c.failed, c.skipped)
}

// detail names what skipped and what took longest.
func (c counts) detail() string {
	var b strings.Builder
	for _, s := range c.skips {
		fmt.Fprintf(&b, "skipped: %s\n", s)
	}
	slices.SortFunc(c.packages, func(a, b elapsed) int { return int(1000 * (b.seconds - a.seconds)) })
	for _, p := range c.packages[:min(slowest, len(c.packages))] {
		fmt.Fprintf(&b, "slowest: %-46s %7.1f s\n", p.name, p.seconds)
	}
	return b.String()
}
