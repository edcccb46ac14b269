package law

import (
	"fmt"
	"strconv"
	"strings"
)

// band is the condition of a tax: "sparkling", "0-13", "still 15.1-22", or nothing for all wine.
type band struct {
	kind    Style // empty: any
	from    int   // tenths of % vol, both ends included
	to      int
	bounded bool
}

func parseBand(s string) (band, error) {
	var b band
	for _, word := range strings.Fields(s) {
		if style := Style(word); styles[style] {
			b.kind = style
			continue
		}
		var err error
		if b.from, b.to, err = parseRange(word, tenths); err != nil {
			return band{}, fmt.Errorf("condition %q: %w", s, err)
		}
		b.bounded = true
	}
	return b, nil
}

// fits says that the band is about a style, whatever the strength.
func (b band) fits(style Style) bool { return b.kind == "" || b.kind == style }

// holds says that the band takes a strength.
func (b band) holds(strength int) bool { return !b.bounded || b.from <= strength && strength <= b.to }

// meets says that some wine falls into both.
func (b band) meets(c band) bool {
	sameStyle := b.kind == "" || c.kind == "" || b.kind == c.kind
	return sameStyle && (!b.bounded || !c.bounded || b.from <= c.to && c.from <= b.to)
}

// tenths reads "8.5" as 85.
func tenths(s string) (int, error) {
	n, err := parseNumber(s)
	if err != nil || n%100 != 0 {
		return 0, fmt.Errorf("%q is no strength in tenths", s)
	}
	return int(n / 100), nil
}

// parseRange reads "3-6".
func parseRange(s string, read func(string) (int, error)) (from, to int, err error) {
	first, last, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, fmt.Errorf("%q is no range", s)
	}
	if from, err = read(first); err != nil {
		return 0, 0, err
	}
	if to, err = read(last); err != nil {
		return 0, 0, err
	}
	if to < from {
		return 0, 0, fmt.Errorf("%q ends before it begins", s)
	}
	return from, to, nil
}

func wholeRange(s string) (from, to int, err error) { return parseRange(s, strconv.Atoi) }
