package search

import (
	"cmp"
	"slices"
	"strings"
)

// maxParts bounds what a query may ask for: what is behind is not looked at.
const maxParts = 24

// Parse reads a query: numbers and their signs first (patterns.go), then the shop's words, then names. year is the calendar year, which
// says what century two digits mean. It never fails; a query of signs only is empty.
func (l *Lexicon) Parse(text string, year int) Query {
	q := Query{Text: Clean(text)}
	parts, taken := patterns(q.Text, year)
	for _, gap := range gaps(q.Text, taken) {
		parts = append(parts, l.gap(q.Text[gap[0]:gap[1]], gap[0], year)...)
	}
	slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(a.from, b.from) })
	q.Parts = bare(parts[:min(len(parts), maxParts)])
	return q
}

// gaps are what no pattern has taken.
func gaps(text string, taken [][2]int) [][2]int {
	slices.SortFunc(taken, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	var out [][2]int
	at := 0
	for _, t := range append(taken, [2]int{len(text), len(text)}) {
		if t[0] > at {
			out = append(out, [2]int{at, t[0]})
		}
		at = max(at, t[1])
	}
	return out
}

// bare takes two lone digits for a year only beside something else: "19" alone is a name.
func bare(parts []Part) []Part {
	for i, p := range parts {
		if p.Bare && (len(parts) == 1 || i > 0 && parts[i-1].Kind == Year && !parts[i-1].Bare) {
			parts[i] = Part{Kind: Word, Text: p.Text, Words: p.Words, from: p.from, to: p.to}
		}
	}
	return parts
}

// gap reads a stretch of text without patterns in it.
func (l *Lexicon) gap(text string, offset, year int) []Part {
	all := tokens(text)
	var out []Part
	for len(all) > 0 {
		p, n := l.next(text, all, year)
		for i := range p {
			p[i].from, p[i].to = p[i].from+offset, p[i].to+offset
		}
		out = append(out, p...)
		all = all[n:]
	}
	return out
}

// next reads from the first token on, and says how many it took.
func (l *Lexicon) next(text string, all []token, year int) ([]Part, int) {
	switch all[0].script {
	case unbound:
		return l.unbound(text, all[0]), 1
	case spaced:
		if p, n := l.spaced(text, all); n > 0 {
			return []Part{p}, n
		}
	}
	if p, n := l.phrase(text, all); n > 0 {
		return p, n
	}
	return []Part{l.word(text, all[0], year)}, 1
}

// phrase is the longest one of the shop's words that the tokens begin with.
func (l *Lexicon) phrase(text string, all []token) ([]Part, int) {
	for n := min(len(all), longestPhrase); n > 0; n-- {
		folded := make([]string, n)
		for i, t := range all[:n] {
			folded[i] = t.fold
		}
		m, ok := l.phrases[strings.Join(folded, " ")]
		switch {
		case !ok:
		case m.plain:
			out := make([]Part, n)
			for i, t := range all[:n] {
				out[i] = l.name(text, t)
			}
			return out, n
		default:
			return []Part{m.part(text[all[0].from:all[n-1].to], folded, all[0].from)}, n
		}
	}
	return nil, 0
}

// part of a query that has the meaning.
func (m meaning) part(text string, folded []string, from int) Part {
	return Part{
		Kind: m.kind, Text: text, Words: folded, Code: m.code, Volumes: m.volumes, NV: m.kind == Year, from: from, to: from + len(text),
	}
}

// word is a lone token: two digits may be a year, anything else is part of a name.
func (l *Lexicon) word(text string, t token, year int) Part {
	if len(t.fold) == 2 && isDigits(t.fold) {
		y := float64(century(int(t.fold[0]-'0')*10+int(t.fold[1]-'0'), year))
		return Part{Kind: Year, Text: text[t.from:t.to], Words: []string{t.fold}, Low: y, High: y, Bare: true, from: t.from, to: t.to}
	}
	return l.name(text, t)
}

func (l *Lexicon) name(text string, t token) Part {
	p := Part{Kind: Word, Text: text[t.from:t.to], Words: []string{t.fold}, from: t.from, to: t.to}
	if t.script == spaced {
		p.Words = []string{romanised(t.fold)}
	}
	if long, ok := l.short[t.fold]; ok {
		p.Words = long
	}
	return p
}

// spaced reads names in alphabets that part words: the longest that is known.
func (l *Lexicon) spaced(text string, all []token) (Part, int) {
	for n := min(len(all), longestPhrase); n > 0; n-- {
		var key strings.Builder
		for _, t := range all[:n] {
			key.WriteString(t.fold)
		}
		if name, ok := l.foreign[key.String()]; ok {
			from, to := all[0].from, all[n-1].to
			return Part{Kind: Word, Text: text[from:to], Words: l.names(name), from: from, to: to}, n
		}
	}
	return Part{}, 0
}

// unbound reads a token of a script that does not part words: the longest known names and words from left to right, and what is left
// between them as it is.
func (l *Lexicon) unbound(text string, t token) []Part {
	bounds := runesOf(text[t.from:t.to])
	var out []Part
	left := 0 // where what nobody knows begins
	rest := func(to int) {
		if raw := text[t.from+bounds[left] : t.from+bounds[to]]; foldToken(raw, unbound) != "" {
			out = append(out, l.stranger(raw, t.from+bounds[left]))
		}
	}
	last := len(bounds) - 1
	for at := 0; at < last; {
		p, n := l.longest(text[t.from:t.to], bounds, at)
		if n == 0 {
			at++
			continue
		}
		if at > left {
			rest(at)
		}
		p.from, p.to = p.from+t.from, p.to+t.from
		out = append(out, p)
		at += n
		left = at
	}
	if left < last {
		rest(last)
	}
	return out
}

// longest known name or word that begins at a rune.
func (l *Lexicon) longest(text string, bounds []int, at int) (Part, int) {
	last := len(bounds) - 1
	for n := min(last-at, 24); n > 0; n-- {
		raw := text[bounds[at]:bounds[at+n]]
		key := foldToken(raw, unbound)
		if name, ok := l.foreign[key]; ok && n > 1 {
			return Part{Kind: Word, Text: raw, Words: l.names(name), from: bounds[at], to: bounds[at+n]}, n
		}
		if m, ok := l.phrases[key]; ok && (n > 1 || n == last) {
			return m.part(raw, []string{key}, bounds[at]), n
		}
	}
	return Part{}, 0
}

// stranger is what no list has: kana by their sound, anything else as it is.
func (l *Lexicon) stranger(raw string, from int) Part {
	word := foldToken(raw, unbound)
	if sounds := romanised(word); isPlain(sounds) {
		word = sounds
	}
	return Part{Kind: Word, Text: raw, Words: []string{word}, from: from, to: from + len(raw)}
}

// runesOf are the bounds of a text's runes.
func runesOf(s string) []int {
	out := make([]int, 0, len(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// century of a year of two digits: the last one that is not in the future, but for the harvest to come.
func century(digits, year int) int {
	if y := year/100*100 + digits; y <= year+1 {
		return y
	}
	return year/100*100 - 100 + digits
}
