package search

import (
	"slices"
	"strings"
)

// Find answers a query for a shop with at most limit hits.
//
// All words are wanted. Where no wine has them all, other readings are tried: words that belong together written apart, or the other
// way round. Where that gives nothing either, the wine is absent, and Near goes without one word after the other until something is
// there. Filters never empty a list: wines of which they do not hold come behind, and Relaxed says which.
func (x *Index) Find(q Query, shop Shop, limit int) Answer {
	a := Answer{Query: q}
	m := &matching{Index: x, q: q, shop: shop, filters: q.filters()}
	m.filters = m.filters[:min(len(m.filters), most)]
	for _, i := range m.filters {
		m.narrow = m.narrow || q.Parts[i].Kind == Year || q.Parts[i].Kind == Format
		m.names = append(m.names, m.asName(q.Parts[i]))
	}
	m.slots, m.typed = m.slotsOf(q)
	a.Entities = x.entitiesOf(q)
	if len(m.slots) == 0 && len(m.filters) == 0 {
		return a
	}
	slots, found := m.read(m.slots)
	real, ghost := m.part(slots, found)
	if len(m.slots) > 0 && len(real) == 0 || ghost != nil {
		m.absent(&a, slots, real, ghost, limit)
		return a
	}
	a.Hits = m.hits(slots, real, limit)
	m.judge(&a, slots, real)
	m.more(&a, slots, limit)
	return a
}

// more fills a list that is short with wines that lack only such words as "brut" or "grand cru". Nobody was promised them.
func (m *matching) more(a *Answer, slots []slot, limit int) {
	kept := slices.DeleteFunc(slices.Clone(slots), func(s slot) bool { return soft[s.word] })
	if len(a.Hits) >= limit || len(kept) == 0 || len(kept) == len(slots) {
		return
	}
	real, _ := m.part(kept, m.run(kept))
	others := m.hits(kept, real, limit)
	for i := range others {
		others[i].Full = false
	}
	a.Hits = addHits(a.Hits, others, limit)
}

// asName are the terms that a filter would be as part of a name.
func (m *matching) asName(p Part) []uint32 {
	var out []uint32
	for _, w := range p.Words {
		id, ok := m.terms.find(w)
		if !ok {
			return nil
		}
		out = append(out, id)
	}
	return out
}

// slotsOf a query: its telling words, or where it has none but these, those that tell nothing.
func (m *matching) slotsOf(q Query) (telling, all []slot) {
	var others []slot
	count := 0
	for _, p := range q.Parts {
		if p.Kind == Word {
			count += len(p.Words)
		}
	}
	for i, p := range q.Parts {
		if p.Kind != Word {
			continue
		}
		for _, w := range p.Words {
			all = append(all, slot{word: w, part: i})
			switch {
			case generic[w] || noise[w]:
				others = append(others, slot{word: w, part: i})
			case !slices.ContainsFunc(telling, func(s slot) bool { return s.word == w }):
				telling = append(telling, slot{word: w, part: i})
			}
		}
	}
	if len(telling) == 0 {
		telling = others
	}
	for i := range telling {
		m.fill(&telling[i], count > 1)
	}
	return telling, all
}

// fill finds what a slot's word may stand for.
func (m *matching) fill(s *slot, company bool) {
	s.fits = m.terms.fits(s.word, company)
	s.size = 0
	for _, f := range s.fits {
		s.size += len(m.posted(f.term))
	}
}

// read runs the words as they are, and where that gives nothing good, in other readings; the best one is returned.
func (m *matching) read(slots []slot) ([]slot, []candidate) {
	best := m.run(slots)
	at, _ := m.bestLevel(best)
	if len(slots) == 0 || at <= edit1 { // no other reading counts as better than a letter that is wrong
		return slots, best
	}
	if _, ghost := m.part(slots, best); ghost != nil {
		return slots, best
	}
	for _, other := range m.readings(slots) {
		found := m.run(other)
		if l, ok := m.bestLevel(found); ok && max(l, edit1) < at {
			slots, best, at = other, found, max(l, edit1)
		}
	}
	return slots, best
}

// bestLevel at which a wine of the catalogue has the words; false where none has.
func (m *matching) bestLevel(found []candidate) (level, bool) {
	for _, c := range found { // the best come first
		if int(c.doc) < m.wines {
			return c.level, true
		}
	}
	return levels, false
}

// maxReadings bounds the readings of one query.
const maxReadings = 16

// readings of the words: two or three neighbours as one, or one word as several.
func (m *matching) readings(slots []slot) [][]slot {
	var out [][]slot
	for n := 2; n <= 3; n++ {
		for i := 0; i+n <= len(m.typed) && len(out) < maxReadings; i++ {
			if joined := m.joined(m.typed[i:i+n], len(m.typed) > n); len(joined.fits) > 0 {
				rest := tellingSlots(slots, m.typed[:i], m.typed[i+n:])
				out = append(out, append(rest, joined))
			}
		}
	}
	for i, s := range slots {
		for _, pieces := range m.pieces(s.word) {
			if len(out) >= 2*maxReadings {
				break
			}
			split := slices.Clone(slots[:i])
			for _, w := range pieces {
				piece := slot{word: w, part: s.part}
				m.fill(&piece, true)
				split = append(split, piece)
			}
			out = append(out, append(split, slots[i+1:]...))
		}
	}
	return out
}

// joined is a slot for some neighbours written as one word.
func (m *matching) joined(all []slot, company bool) slot {
	var word strings.Builder
	for _, s := range all {
		word.WriteString(s.word)
	}
	out := slot{word: word.String(), part: all[0].part}
	m.fill(&out, company)
	return out
}

// tellingSlots are those of the slots whose words are among some of the typed ones.
func tellingSlots(slots []slot, typed ...[]slot) []slot {
	var out []slot
	for _, s := range slots {
		if slices.ContainsFunc(slices.Concat(typed...), func(t slot) bool { return t.word == s.word }) {
			out = append(out, s)
		}
	}
	return out
}

// pieces are the ways to write a word as two or three that the catalogue has: "lynchbages", "deraynevigneau", "dissan". Articles are
// left out.
func (m *matching) pieces(word string) [][]string {
	if len(word) < 5 || !isPlain(word) || hasDigit(word) {
		return nil
	}
	var out [][]string
	for i := 1; i <= len(word)-2; i++ {
		head, tail := word[:i], word[i:]
		if !m.isPiece(head, true) {
			continue
		}
		if m.isPiece(tail, false) {
			out = append(out, telling(head, tail))
		}
		for j := 2; j <= len(tail)-3; j++ {
			if m.isPiece(tail[:j], true) && m.isPiece(tail[j:], false) {
				out = append(out, telling(head, tail[:j], tail[j:]))
			}
		}
	}
	return out
}

// isPiece says that the catalogue has a word; short ones only where they are articles.
func (m *matching) isPiece(w string, article bool) bool {
	if generic[w] {
		return article
	}
	_, ok := m.terms.find(w)
	return ok && len(w) >= 3
}

func telling(all ...string) []string {
	return slices.DeleteFunc(all, func(w string) bool { return generic[w] })
}

// part the candidates into wines of the catalogue and the known wine that is rather meant than any of them; nil where none is.
func (m *matching) part(slots []slot, found []candidate) (real []candidate, ghost *candidate) {
	for i, c := range found {
		switch {
		case int(c.doc) < m.wines:
			real = append(real, c)
		case ghost == nil && c.level == exact && m.isGhost(slots, c.doc):
			ghost = &found[i]
		}
	}
	if ghost != nil && slices.ContainsFunc(m.rank(slots, real), func(r ranked) bool { return r.level == exact && r.whole > partly }) {
		ghost = nil
	}
	return real, ghost
}

// isGhost says that the words are all of the name of a known wine, or another name of it.
func (m *matching) isGhost(slots []slot, doc uint32) bool {
	if slices.Contains(m.wholes[m.key(slots)], doc) {
		return true
	}
	fits := fitted(slots)
	for _, o := range m.docTerms(doc) {
		if field(o&0xff)&ofName != 0 && !fits[o>>8] && !generic[m.terms.words[o>>8]] {
			return false
		}
	}
	return true
}

// absent says that the wine is not there, and finds what is nearest.
func (m *matching) absent(a *Answer, slots []slot, real []candidate, ghost *candidate, limit int) {
	a.Absent = m.wordsOf(a.Query)
	if ghost != nil {
		a.Absent = m.ghosts[int(ghost.doc)-m.wines].name
		a.Near = m.hits(slots, real, limit)
		if len(a.Near) < limit {
			places := m.placeSlots(m.ghosts[int(ghost.doc)-m.wines].place)
			near := m.run(places)
			real, _ = m.part(nil, near)
			a.Near = addHits(a.Near, m.hits(places, real, limit), limit)
		}
		return
	}
	kept := slots
	for len(kept) > 1 {
		drop := m.mostAlien(kept)
		a.Dropped = append(a.Dropped, kept[drop].part)
		kept = slices.Delete(slices.Clone(kept), drop, drop+1)
		if real, _ = m.part(kept, m.run(kept)); len(real) > 0 {
			a.Near = m.hits(kept, real, limit)
			return
		}
	}
	if len(m.filters) > 0 {
		real, _ = m.part(nil, m.run(nil))
		a.Near = m.hits(nil, real, limit)
	}
}

// mostAlien is the word without which the others fit best.
func (m *matching) mostAlien(slots []slot) int {
	at, least, size := 0, levels+1, -1
	for i := range slots {
		if len(slots[i].fits) == 0 {
			return i
		}
		rest := slices.Delete(slices.Clone(slots), i, i+1)
		found := m.run(rest)
		l, ok := m.bestLevel(found)
		if !ok {
			l = levels
		}
		if l < least || l == least && slots[i].size > size {
			at, least, size = i, l, slots[i].size
		}
	}
	return at
}

func (m *matching) placeSlots(place string) []slot {
	var out []slot
	for _, w := range m.lexicon.names(place) {
		if !generic[w] {
			s := slot{word: w}
			if id, ok := m.terms.find(w); ok {
				s.fits = []fit{{id, exact}}
			}
			out = append(out, s)
		}
	}
	return out
}

// wordsOf a query as they were typed.
func (m *matching) wordsOf(q Query) string {
	var out []string
	for _, p := range q.Parts {
		if p.Kind == Word {
			out = append(out, p.Text)
		}
	}
	return strings.Join(out, " ")
}

// entitiesOf are the places and producers of which the query's words are the whole name.
func (x *Index) entitiesOf(q Query) []Entity {
	var kept []string
	for _, p := range q.Parts {
		if p.Kind == Word {
			for _, w := range p.Words {
				if !generic[w] {
					kept = append(kept, w)
				}
			}
		}
	}
	return x.entities[strings.Join(kept, " ")]
}

// Parse reads a query with the words of the index.
func (x *Index) Parse(text string, year int) Query { return x.lexicon.Parse(text, year) }

// Places and producers whose name begins with the words of a query, the best known first, at most n. Those whose whole name it is come
// before.
func (x *Index) Places(q Query, n int) []Entity {
	var kept []string
	for _, p := range q.Parts {
		for _, w := range p.Words {
			if p.Kind == Word && !generic[w] {
				kept = append(kept, w)
			}
		}
	}
	if key := strings.Join(kept, " "); len(key) > 1 {
		return x.beginning(key, n)
	}
	return nil
}
