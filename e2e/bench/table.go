package main

import (
	"fmt"
	"strings"
	"time"
)

// line of the table.
type line struct {
	what, measured, wanted string
	verdict                verdict
}

// verdict on a line.
type verdict string

const (
	fine   verdict = "yes"
	missed verdict = "**no**"
	noted  verdict = "–" // no figure was asked for, or it could not be measured here
)

// judge is fine where a figure was reached.
func judge(reached bool) verdict {
	if reached {
		return fine
	}
	return missed
}

// table is the lines as Markdown.
func table(lines []line) string {
	var b strings.Builder
	b.WriteString("| what | measured | wanted | ok |\n|---|---|---|---|\n")
	for _, l := range lines {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", l.what, l.measured, l.wanted, l.verdict)
	}
	return b.String()
}

// misses are how many figures were missed.
func misses(lines []line) int {
	n := 0
	for _, l := range lines {
		if l.verdict == missed {
			n++
		}
	}
	return n
}

// thousands writes 12345 as 12,345.
func thousands(n float64) string {
	digits := fmt.Sprintf("%.0f", n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// millis writes a duration in milliseconds.
func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 10 {
		return fmt.Sprintf("%.1f ms", ms)
	}
	return thousands(ms) + " ms"
}

// kilobytes writes bytes in units of a thousand.
func kilobytes(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }

// megabytes likewise, of a million.
func megabytes(n float64) string { return fmt.Sprintf("%.0f MB", n/1e6) }

func failures(r result) string {
	if r.failures == 0 {
		return ""
	}
	return fmt.Sprintf("; %d requests failed (first: %v)", r.failures, r.first)
}
