package component

import (
	"strings"
	"unicode"
)

// advance is the width of a text in ems, set in EB Garamond: estimates by class of letter, a little wide
// rather than narrow. It needs no font at run time, and a label only must not overflow.
func advance(s string) float64 {
	sum := 0.0
	for _, r := range s {
		sum += advanceOf(r)
	}
	return sum
}

func advanceOf(r rune) float64 {
	switch {
	case r >= 0x2E80:
		return 1
	case strings.ContainsRune("ijlI.,;:'’-‐ |()tfr", r):
		return 0.31
	case strings.ContainsRune("mwMWŒÆœæ", r):
		return 0.82
	case unicode.IsUpper(r):
		return 0.69
	default:
		return 0.475
	}
}

// A set is a text broken into lines at the largest size that its box allows.
type set struct {
	lines []string
	size  float64
}

const leading = 1.08

// fit breaks a text so that it stands as large as it can within width and height, up to most.
func fit(text string, width, height, most float64) set {
	var best set
	for lines := 1; lines <= 4; lines++ {
		broken := breakInto(words(text), lines)
		widest := 0.0
		for _, l := range broken {
			widest = max(widest, advance(l))
		}
		size := min(width/max(widest, 0.1), height/(leading*float64(len(broken))), most)
		if size > best.size*1.15 { // one more line must be worth it
			best = set{broken, size}
		}
	}
	return best
}

// words splits at blanks; CJK has none and may break anywhere.
func words(text string) []string {
	var out []string
	for _, w := range strings.Fields(text) {
		if r := []rune(w); len(r) > 4 && r[0] >= 0x2E80 {
			half := (len(r) + 1) / 2
			out = append(out, string(r[:half]), string(r[half:]))
			continue
		}
		out = append(out, w)
	}
	return out
}

// breakInto shares words out over at most n lines with the shortest widest line.
func breakInto(words []string, n int) []string {
	if n <= 1 || len(words) <= 1 {
		return []string{join(words)}
	}
	var best []string
	widest := -1.0
	for i := 1; i < len(words); i++ {
		rest := breakInto(words[i:], n-1)
		head := join(words[:i])
		w := advance(head)
		for _, l := range rest {
			w = max(w, advance(l))
		}
		if widest < 0 || w < widest {
			best, widest = append([]string{head}, rest...), w
		}
	}
	if widest < 0 || advance(join(words)) <= widest {
		return []string{join(words)}
	}
	return best
}

func join(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && []rune(w)[0] < 0x2E80 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
