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
	outside    []word // of the head, what no place's name holds
	cru        []word // of the head, without place, grape, colour and manner: the vineyard
	growth     string // "Premier cru", "Grand cru"
}

// reader reads names with all that is known.
type reader struct {
	atlas    *atlas
	makers   *makers
	vines    *vines
	lex      *lexicon
	register *register
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
	x.grapes = rd.grapes(x)
	x.growth = growthOf(slices.Concat(x.head, x.tail))
	rd.colour(r)
}

// grapes are those that the name says, also in a place's own name: Barbera d'Alba is Barbera, but Vino Nobile di
// Montepulciano is no Montepulciano.
func (rd *reader) grapes(x *reading) []grape {
	var out []grape
	if x.place != nil {
		words := wordsOf(x.place.name)
		for i := range words {
			if g, n := rd.vines.find(words, i); n > 0 && (i == 0 || !prepositions[words[i-1].key]) {
				out = append(out, g)
				break
			}
		}
	}
	for _, g := range rd.vines.all(slices.Concat(x.outside, x.tail)) {
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
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
	residue := []word(nil)
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
			x.outside = append(x.outside, rd.besides(p, x.head[i:i+n])...)
			begins, i = begins || first, i+n
		case g > 0:
			x.outside = append(x.outside, x.head[i:i+g]...)
			begins, i = begins || first, i+g
		case noise[w.key] || manner[w.key] || generic[w.key] || colourWords[w.key] != "" || w.key == "grand":
			if noise[w.key] && len(residue) > 0 {
				residue = append(residue, w)
			}
			x.outside = append(x.outside, w)
			i++
		default:
			residue, x.outside = append(residue, w), append(x.outside, w)
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
	rd.trailing(r)
}

// besides are the grapes, colours and grades that a list's name for a place holds and the place's own name
// does not: PROVENCE ROSE, PINOT GRIGIO DELLE VENEZIE.
func (rd *reader) besides(p *place, words []word) []word {
	own := map[string]bool{}
	allow(own, p.name)
	var out []word
	for i := 0; i < len(words); {
		_, n := rd.vines.find(words, i)
		switch {
		case own[words[i].key]:
		case n > 0:
			out = append(out, words[i:i+n]...)
		case colourWords[words[i].key] != "" || grades[words[i].key]:
			out = append(out, words[i])
		}
		i += max(n, 1)
	}
	return out
}

var grades = set("riserva reserva gran selezione superiore classico")

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
		if p == nil || noise[x.tail[i].key] || i+n < len(x.tail) || prepositions[x.tail[i-1].key] || significant(x.tail[:i]) == "" {
			continue
		}
		if x.place == nil || rd.atlas.above(x.place, p) {
			x.place = p
		}
		if r.country != "CA" && x.place == p {
			x.tail = x.tail[:i]
		}
		return
	}
}

// prepositions bind a place to the word before: LATOUR A POMEROL.
var prepositions = set("a au aux de du des d di del della dell dei en of")

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
	if words := rd.vines.without(x.head); x.byOrigin && len(words) > 0 && words[len(words)-1] == x.head[len(x.head)-1] {
		named = catalog.Colour(colourWords[words[len(words)-1].key])
	}
	if named != "" && r.colour != "" && named != r.colour {
		r.note("colour", "the name says "+string(named)+", the class "+string(r.colour))
	}
	if named != "" {
		r.colour = named
	} else {
		rd.doubt(r)
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

// doubt mends a class that no label can bear out: red Chablis, white Pinot Noir. A name that holds a word for
// a colour is left alone.
func (rd *reader) doubt(r *row) {
	x := &r.reading
	all := slices.Concat(x.head, x.tail)
	if r.colour == catalog.Rose || r.colour == "" || r.style != catalog.Still ||
		slices.ContainsFunc(all, func(w word) bool { return colourWords[w.key] != "" && w.key != "orange" }) {
		return
	}
	sure := catalog.Colour("")
	if n := len(all); r.colour == catalog.White && (all[n-1].key == "orange" || len(x.head) > 0 && x.head[len(x.head)-1].key == "orange") {
		r.colour = catalog.Orange
		return
	}
	switch {
	case x.place != nil && onlyColour[x.place.code] != "":
		sure = onlyColour[x.place.code]
	case len(x.grapes) > 0 && !slices.ContainsFunc(x.grapes, func(g grape) bool { return g.colour != x.grapes[0].colour }):
		sure = x.grapes[0].colour
	}
	if sure != "" && sure != r.colour {
		r.note("colour", "filed as "+string(r.colour)+", but the name can only be "+string(sure))
		r.colour = sure
	}
}

// onlyColour are appellations that make, or all but make, one colour.
var onlyColour = map[string]catalog.Colour{
	"chablis": catalog.White, "chablis-premier-cru": catalog.White, "chablis-grand-cru": catalog.White, "petit-chablis": catalog.White,
	"meursault": catalog.White, "puligny-montrachet": catalog.White, "corton-charlemagne": catalog.White, "montrachet": catalog.White,
	"chevalier-montrachet": catalog.White, "batard-montrachet": catalog.White, "pouilly-fuisse": catalog.White, "condrieu": catalog.White,
	"sauternes": catalog.White, "barsac": catalog.White, "saint-emilion": catalog.Red, "saint-emilion-grand-cru": catalog.Red,
	"pomerol": catalog.Red, "pauillac": catalog.Red, "margaux": catalog.Red, "saint-julien": catalog.Red, "saint-estephe": catalog.Red,
	"barolo": catalog.Red, "barbaresco": catalog.Red, "brunello-di-montalcino": catalog.Red, "chateau-chalon": catalog.White,
}

// guessColour is for classes that have several: sparkling, sweet and fortified wines.
func (rd *reader) guessColour(r *row) catalog.Colour {
	for _, w := range slices.Concat(r.reading.head, r.reading.tail) {
		if w.key == "ruby" || w.key == "tawny" {
			return catalog.Red
		}
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
	if rd.isBordeaux(r) && x.byOrigin {
		rd.chateau(r)
		return
	}
	if m, from, to := rd.makers.within(r.country, x.tail); m != nil && (x.byOrigin || len(x.head) == 0 || from == 0 && rd.fills(m, x.tail, to)) {
		x.maker, x.rest = m, slices.Concat(x.tail[:from], x.tail[to:])
		if !x.byOrigin {
			x.cru = x.head
		}
		return
	}
	if m, from, to := rd.makers.within(r.country, x.head); m != nil && from == 0 && !x.byOrigin {
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

// fills says that a producer at the beginning of a tail is surely meant behind a head that names no place:
// it has two words, nothing follows it, or the gazetteer has it.
func (rd *reader) fills(m *maker, tail []word, to int) bool {
	return m.known && m.country != "FR" || strings.Contains(houseKey(tail[:to]), " ") || to == len(tail)
}

// chateau finds the house behind a tail of Bordeaux: the château that it begins with, or the one behind
// "de" (LES GRIFFONS DE PICHON BARON); else the whole tail is one.
func (rd *reader) chateau(r *row) {
	x := &r.reading
	m, from, to := rd.makers.within(r.country, x.tail)
	if m != nil && (from == 0 || prepositions[x.tail[from-1].key] || prepositions[x.tail[from].key]) {
		x.maker, x.rest = m, slices.Concat(x.tail[:from], x.tail[to:])
		return
	}
	name := x.tail
	for len(name) > 1 && colourWords[name[len(name)-1].key] == string(r.colour) {
		name = name[:len(name)-1]
	}
	x.maker, x.rest = rd.coin(r, name), nil
}

// nameOf cuts a tail where grapes and words about making begin; CHATEAU CARIGNAN keeps the grape that it is
// called after.
func (rd *reader) nameOf(r *row, words []word) (name, rest []word) {
	end := len(words)
	for end > 0 {
		w := words[end-1].key
		_, n := rd.vines.find(words, end-1)
		if !claims[w] && !manner[w] && colourWords[w] == "" && n == 0 {
			break
		}
		end--
	}
	for i := 1; i < end; i++ {
		if _, n := rd.vines.find(words, i); n > 1 || rd.cuveeBegins(r, words, i) {
			end = i
			break
		}
	}
	for end > 0 && end < len(words) && houses[words[0].key] && houseKey(words[:end]) == "" {
		end++
	}
	return words[:end:end], words[end:]
}

// claims are words that stand on labels of any producer.
var claims = set("organic bio vegan natural sustainable kosher monopole nv selection")

// cuveeBegins says that a producer's name ends before a word about making, and a French one before an article:
// DOMAINE MICHEL REBOURGEON | LES EPENOTES.
// A château keeps its articles: CHATEAU ROLAND LA GARDE.
func (rd *reader) cuveeBegins(r *row, words []word, i int) bool {
	if significant(words[:i]) != "" && !prepositions[words[i-1].key] {
		switch words[i].key {
		case "vieilles", "vignes", "reserva", "reserve", "riserva", "gran", "bin", "cuvee":
			return true
		}
	}
	if r.country != "FR" || words[0].key == "chateau" || significant(words[:i]) == "" || prepositions[words[i-1].key] {
		return false
	}
	switch words[i].key {
	case "le", "la", "les", "l", "cuvee", "clos", "en", "aux":
		return true
	}
	return false
}

// coin makes a producer of the words of a list.
func (rd *reader) coin(r *row, words []word) *maker {
	if m := rd.makers.named(r.country, words); m != nil {
		return m
	}
	for len(words) > 1 && noise[words[len(words)-1].key] && len(words[len(words)-1].key) <= 3 {
		words = words[:len(words)-1]
	}
	_, n := rd.atlas.find(r.country, words, 0)
	return rd.makers.coin(r.country, rd.lex.write(words, r.country), n < len(words))
}
