package intake

import (
	"slices"
	"strings"

	"caveau/store/catalog"
)

// reading is what the words of a name say. Lists write either "PLACE OR GRAPE - PRODUCER CUVEE" or
// "PRODUCER - WINE"; which of the two, the head tells: a head that begins with a place or a grape, or
// holds nothing but words about how a wine is made, names no producer.
type reading struct {
	head, tail []word
	byOrigin   bool // the first of the two orders
	place      *place
	grapes     []grape
	maker      *maker
	rest       []word // of the tail, without the producer: the cuvée
	cru        []word // of the head, without place, grape, colour and manner: the vineyard
	growth     string // "Premier cru", "Grand cru"
}

// reader reads names with all that is known.
type reader struct {
	atlas  *atlas
	makers *makers
	vines  *vines
	lex    *lexicon
}

// parts parts a name at its first dash.
func parts(name string) (head, tail string) {
	head, tail, ok := strings.Cut(name, " - ")
	if !ok {
		return "", name
	}
	return strings.TrimSpace(head), strings.TrimSpace(tail)
}

// frame finds head, tail, place and grapes: all that needs no producer.
func (rd *reader) frame(r *row) {
	head, tail := parts(r.name)
	x := &r.reading
	x.head, x.tail = wordsOf(strings.ReplaceAll(head, " - ", " ")), wordsOf(strings.ReplaceAll(tail, " - ", " "))
	if len(x.head) == 0 {
		rd.partWithoutDash(r)
	}
	rd.readHead(r)
	all := slices.Concat(x.head, x.tail)
	x.grapes = rd.vines.all(all)
	x.growth = growthOf(all)
	rd.colour(r)
}

// partWithoutDash parts a name that has no dash behind the place or grape that it begins with.
func (rd *reader) partWithoutDash(r *row) {
	x := &r.reading
	n := 0
	for n < len(x.tail) {
		_, p := rd.atlas.find(r.country, x.tail, n)
		_, g := rd.vines.find(x.tail, n)
		w := x.tail[n].key
		switch {
		case p > 0 || g > 0:
			n += max(p, g)
		case n > 0 && (w == "premier" || w == "grand" || w == "cru" || manner[w] && colourWords[w] == ""):
			n++
		default:
			x.head, x.tail = x.tail[:n:n], x.tail[n:]
			return
		}
	}
	x.head, x.tail = x.tail, nil
}

// readHead decides which order the name has.
func (rd *reader) readHead(r *row) {
	x := &r.reading
	i := 0
	for i < len(x.head) && x.head[i].key == "cru" {
		i++
	}
	var residue []word
	begins, first := false, true
	for i < len(x.head) {
		p, n := rd.atlas.find(r.country, x.head, i)
		_, g := rd.vines.find(x.head, i)
		w := x.head[i]
		switch {
		case n > 0 && n >= g:
			if x.place == nil || rd.atlas.above(x.place, p) {
				x.place = p
			}
			begins, i = begins || first, i+n
		case g > 0:
			begins, i = begins || first, i+g
		case noise[w.key] || manner[w.key] || generic[w.key] || colourWords[w.key] != "" || w.key == "grand":
			if noise[w.key] && len(residue) > 0 {
				residue = append(residue, w)
			}
			i++
		default:
			residue = append(residue, w)
			i++
		}
		first = false
	}
	for len(residue) > 0 && noise[residue[len(residue)-1].key] {
		residue = residue[:len(residue)-1]
	}
	switch {
	case len(x.head) == 0:
	case len(residue) == 0:
		x.byOrigin = len(x.tail) > 0
	case begins && r.country != "CA" && r.style != catalog.Sparkling:
		x.byOrigin, x.cru = true, rd.cruOf(r, residue)
	}
	if !x.byOrigin && r.country != "CA" || x.place == nil {
		rd.trailing(r)
	}
}

// cruOf keeps the particles in front of a vineyard's name: LES RUGIENS.
func (rd *reader) cruOf(r *row, residue []word) []word {
	words := r.reading.head
	for i := range words {
		if words[i] == residue[0] {
			from := i
			for from > 0 && noise[words[from-1].key] && words[from-1].key != "cru" && words[from-1].key != "grand" {
				from--
			}
			return slices.Concat(words[from:i], residue)
		}
	}
	return residue
}

// trailing looks for a place at the end of the tail: "CHATEAU GISCOURS MARGAUX", "KIN MCLAREN VALE". What
// stands before it must still be a name, and no preposition may bind them (LATOUR A POMEROL).
func (rd *reader) trailing(r *row) {
	x := &r.reading
	if r.country == "FR" && len(x.head) > 0 {
		return
	}
	for i := 1; i < len(x.tail); i++ {
		p, n := rd.atlas.find(r.country, x.tail, i)
		if p == nil || noise[x.tail[i].key] || i+n < len(x.tail) || noise[x.tail[i-1].key] || significant(x.tail[:i]) == "" {
			continue
		}
		if x.place == nil || rd.atlas.above(x.place, p) {
			x.place = p
		}
		if r.country != "CA" {
			x.tail = x.tail[:i]
		}
		return
	}
}

// growthOf reads 1ER CRU and GRAND CRU.
func growthOf(words []word) string {
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1].key
		}
		switch {
		case w.key == "premier" || w.key == "1" && next == "er":
			return "Premier cru"
		case w.key == "grand" && next == "cru", w.key == "gc":
			return "Grand cru"
		}
	}
	return ""
}

// colour corrects what the class says by what the name says. A colour at the end of the head
// ("PESSAC LEOGNAN BLANC") counts more than the class; inside a name (CHEVAL BLANC) it counts nothing.
func (rd *reader) colour(r *row) {
	x := &r.reading
	if r.style == "" {
		r.style = catalog.Still
	}
	named := catalog.Colour("")
	if n := len(x.head); n > 0 && (x.byOrigin || n == len(x.head)) {
		named = catalog.Colour(colourWords[x.head[n-1].key])
	}
	if !x.byOrigin && named != "" {
		named = ""
	}
	if named != "" && r.colour != "" && named != r.colour {
		r.note("colour", "the name says "+string(named)+", the class "+string(r.colour))
	}
	if named != "" {
		r.colour = named
	}
	if r.colour == "" {
		r.colour = rd.guessColour(r)
	}
	if x.place != nil && x.place.style != "" && r.style == catalog.Still && r.colour == catalog.White {
		r.style = x.place.style
	}
	if r.strength >= 170 && r.style == catalog.Sweet {
		r.style = catalog.Fortified
	}
}

// guessColour is for classes that have several: sparkling, sweet and fortified wines.
func (rd *reader) guessColour(r *row) catalog.Colour {
	for _, w := range slices.Concat(r.reading.head, r.reading.tail) {
		if c := colourWords[w.key]; c == "rose" || r.style != catalog.Sparkling && c != "" {
			return catalog.Colour(c)
		}
	}
	if r.style == catalog.Fortified && r.country == "PT" && !strings.Contains(strings.ToLower(r.raw), "madeira") {
		return catalog.Red
	}
	if len(r.reading.grapes) > 0 && r.style != catalog.Sparkling {
		return r.reading.grapes[0].colour
	}
	return catalog.White
}

// producer finds who made the wine. Known names win, wherever they stand; else the head of "PRODUCER -
// WINE", or the tail of the other order without grapes, places and words about making.
func (rd *reader) producer(r *row) {
	x := &r.reading
	if m, from, to := rd.makers.within(r.country, x.tail); m != nil && (from == 0 || x.byOrigin || len(x.head) == 0) {
		x.maker, x.rest = m, slices.Concat(x.tail[:from], x.tail[to:])
		return
	}
	if m, from, to := rd.makers.within(r.country, x.head); m != nil && !x.byOrigin {
		x.maker, x.cru, x.rest = m, slices.Concat(x.head[:from], x.head[to:]), x.tail
		x.cru = slices.DeleteFunc(x.cru, func(w word) bool { return noise[w.key] })
		return
	}
	if !x.byOrigin && len(x.head) > 0 && len(x.tail) > 0 {
		x.maker = rd.coin(r, x.head)
		x.rest = x.tail
		return
	}
	name, rest := rd.nameOf(r, x.tail)
	if len(name) == 0 {
		name, rest = rd.nameOf(r, slices.Concat(x.head, x.tail))
	}
	if len(name) == 0 {
		name, rest = slices.Concat(x.head, x.tail), nil
	}
	x.maker, x.rest = rd.coin(r, name), rest
}

// nameOf cuts a tail where grapes and words about making begin.
func (rd *reader) nameOf(r *row, words []word) (name, rest []word) {
	end := len(words)
	for end > 0 {
		w := words[end-1].key
		_, n := rd.vines.find(words, end-1)
		if !(noise[w] && len(w) > 4 && w != "chateau" && w != "domaine") && !manner[w] && colourWords[w] == "" && n == 0 {
			break
		}
		end--
	}
	for i := 1; i < end; i++ {
		if _, n := rd.vines.find(words, i); n > 1 {
			end = i
			break
		}
	}
	return words[:end:end], words[end:]
}

// coin makes a producer of the words of a list.
func (rd *reader) coin(r *row, words []word) *maker {
	if m := rd.makers.byName[r.country][significant(words)]; m != nil {
		return m
	}
	for len(words) > 1 && noise[words[len(words)-1].key] && len(words[len(words)-1].key) <= 3 {
		words = words[:len(words)-1]
	}
	return rd.makers.add(r.country, rd.lex.write(words, r.country))
}
