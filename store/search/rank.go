package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/route"
)

// whole says of what the query's words are the whole name. Higher is better.
type whole uint8

const (
	partly whole = iota
	wholeRegion
	wholePlace
	wholeProducer
	wholeName
)

// ranked is a candidate that was looked at closely.
type ranked struct {
	candidate
	whole   whole
	cover   uint8 // share of the name that was asked for, 0 to 8
	called  bool  // the generic words of the query are in its name: "château"
	inStock bool
}

// fitted are the terms that the slots may stand for.
func fitted(slots []slot) map[uint32]bool {
	out := map[uint32]bool{}
	for _, s := range slots {
		for _, f := range s.fits {
			if f.level != prefix {
				out[f.term] = true
			}
		}
	}
	return out
}

// cover counts the terms of each field that the words meet.
func (m *matching) cover(fits map[uint32]bool, doc uint32) (whole, uint8) {
	var all, met [8]int
	for _, o := range m.docTerms(doc) {
		word := m.terms.words[o>>8]
		if generic[word] || soft[word] && !fits[o>>8] {
			continue
		}
		for f := range 8 {
			if o>>f&1 == 1 {
				all[f]++
				if fits[o>>8] {
					met[f]++
				}
			}
		}
	}
	wholly := func(f field) bool { n := bits.TrailingZeros8(uint8(f)); return all[n] > 0 && met[n] == all[n] }
	share := uint8(0)
	if all[0] > 0 {
		share = uint8(8 * met[0] / all[0])
	}
	switch {
	case wholly(ofName):
		return wholeName, share
	case wholly(ofProducer):
		return wholeProducer, share
	case wholly(ofPlace):
		return wholePlace, share
	case wholly(ofGrape):
		return wholeRegion, share
	}
	return partly, share
}

// key of the words among the other names.
func (m *matching) key(slots []slot) string {
	var ids []uint32
	for _, s := range slots {
		if len(s.fits) == 0 || s.fits[0].level != exact {
			return ""
		}
		ids = append(ids, s.fits[0].term)
	}
	return m.telling(ids)
}

// rank looks at the candidates closely and puts the best first: how well the words fit, of what they are the whole name, in stock here,
// popularity.
func (m *matching) rank(slots []slot, found []candidate) []ranked {
	fits := fitted(slots)
	for f := range m.filters { // "blanc" is part of the name of Cheval Blanc
		for _, id := range m.names[f] {
			fits[id] = true
		}
	}
	others, named := m.wholes[m.key(slots)], m.namedBy(slots)
	out := make([]ranked, 0, len(found))
	for _, c := range found {
		r := ranked{candidate: c}
		r.whole, r.cover = m.cover(fits, c.doc)
		r.whole = max(r.whole, named.of(m.snap.Wines[c.doc]))
		if r.whole < wholeName && slices.Contains(others, c.doc) {
			r.whole, r.cover = wholeName, 8
		}
		r.called = m.isCalled(c.doc)
		r.inStock = m.inStock(m.snap.Wines[c.doc])
		out = append(out, r)
	}
	slices.SortStableFunc(out, m.compare)
	return out
}

func (m *matching) compare(a, b ranked) int {
	if order := cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.sum, b.sum), cmp.Compare(b.whole, a.whole)); order != 0 {
		return order
	}
	switch a.whole {
	case partly:
		if order := cmp.Compare(b.cover/3, a.cover/3); order != 0 {
			return order
		}
	case wholePlace, wholeRegion:
		if order := truth(b.cover > 0) - truth(a.cover > 0); order != 0 {
			return order
		}
	}
	return cmp.Or(truth(b.called)-truth(a.called), truth(b.inStock)-truth(a.inStock), cmp.Compare(a.doc, b.doc))
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// named are the places and producers that have the words as their name.
type named []Entity

func (m *matching) namedBy(slots []slot) named {
	var all []string
	for _, s := range slots {
		if len(s.fits) == 0 {
			return nil
		}
		all = append(all, m.terms.words[s.fits[0].term])
	}
	return m.entities[strings.Join(all, " ")]
}

// of says which of them a wine belongs to.
func (n named) of(w *catalog.Wine) whole {
	best := partly
	for _, e := range n {
		switch {
		case e.Page.Kind == route.Producer && w.Producer.Code == e.Page.Code:
			best = max(best, wholeProducer)
		case e.Page.Kind == route.Appellation && w.Appellation != nil && w.Appellation.Code == e.Page.Code:
			best = max(best, wholePlace)
		case e.Page.Kind == route.Region && liesIn(w.Region, e.Page.Code):
			best = max(best, wholeRegion)
		}
	}
	return best
}

// liesIn says that a region is the one of the code, or lies in it.
func liesIn(r *catalog.Region, code string) bool {
	for ; r != nil; r = r.Parent {
		if r.Code == code {
			return true
		}
	}
	return false
}

// isCalled says that a generic word of the query ("château") is in the wine's name.
func (m *matching) isCalled(doc uint32) bool {
	for _, p := range m.q.Parts {
		for _, w := range p.Words {
			if p.Kind != Word || len(w) < 4 || !generic[w] {
				continue
			}
			if id, ok := m.terms.find(w); ok && slices.ContainsFunc(m.docTerms(doc), func(o uint32) bool { return o>>8 == id && field(o&0xff)&ofName != 0 }) {
				return true
			}
		}
	}
	return false
}

func (m *matching) inStock(w *catalog.Wine) bool {
	return slices.ContainsFunc(w.Vintages, m.shop.InStock)
}

// How many vintages of one wine stand together before others have their turn.
const (
	ofTheWine = 10 // whose name was asked for
	ofMany    = 5  // where several wines or a place have the name
	ofAny     = 1
)

// hits of the candidates: all that was asked for first, in rounds, so that one wine does not fill the page; then what misses a filter,
// the nearest years first.
func (m *matching) hits(slots []slot, found []candidate, limit int) []Hit {
	all := m.rank(slots, found)
	meant := 0 // how many wines are meant by their whole name, "château" included: all of theirs comes before anything of others
	for meant < len(all) && all[meant].whole == wholeName && all[meant].called && all[meant].level == all[0].level {
		meant++
	}
	out := m.rounds(nil, all[:meant], limit)
	return m.rounds(out, all[meant:], limit)
}

// rounds appends the hits of some wines.
func (m *matching) rounds(out []Hit, all []ranked, limit int) []Hit {
	groups := make([][]Hit, len(all))
	every := uint32(1)<<len(m.filters) - 1
	for _, full := range []bool{true, false} {
		for round := range 2 {
			for i, r := range all {
				switch {
				case len(out) >= limit:
					return out
				case full && r.held != every || !full && every == 0:
					continue
				case groups[i] == nil:
					groups[i] = m.vintages(r)
				}
				own := turn(groups[i], full, round, m.together(all, i, full))
				out = append(out, own[:min(len(own), limit-len(out))]...)
			}
		}
	}
	return out
}

// together is how many vintages of a wine stand together.
func (m *matching) together(all []ranked, i int, full bool) int {
	switch {
	case all[i].whole < wholeName:
		return ofAny
	case !full || len(all) > 1 && all[1].whole >= wholePlace && !all[0].called:
		return ofMany
	default:
		return ofTheWine
	}
}

// turn of a wine in a round: its first hits, then the rest.
func turn(group []Hit, full bool, round, take int) []Hit {
	var own []Hit
	for _, h := range group {
		if h.Full == full {
			own = append(own, h)
		}
	}
	if round == 0 {
		return own[:min(take, len(own))]
	}
	return own[min(take, len(own)):]
}

// vintages of a wine as hits: what was asked for, in stock, the newest; of the others the nearest in years.
func (m *matching) vintages(r ranked) []Hit {
	w := m.snap.Wines[r.doc]
	type near struct {
		Hit
		missing int
		years   float64
	}
	all := make([]near, 0, len(w.Vintages))
	for _, v := range w.Vintages {
		h, missing := m.hit(r.doc, v)
		all = append(all, near{h, missing, m.away(v)})
	}
	slices.SortStableFunc(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.missing, b.missing), truth(b.InStock)-truth(a.InStock), cmp.Compare(a.years, b.years))
	})
	out := make([]Hit, len(all))
	for i, n := range all {
		out[i] = n.Hit
	}
	return out
}

// hit is a vintage with the SKUs of which most filters hold, and how many do not.
func (m *matching) hit(doc uint32, v *catalog.Vintage) (Hit, int) {
	missing := 0
	var about []Part // what is sold
	for f, i := range m.filters {
		p := m.q.Parts[i]
		switch {
		case m.isNamed(doc, f):
		case !ofVintage(p.Kind):
			about = append(about, p)
		case !holdsVintage(v, p):
			missing++
		}
	}
	skus, fewest := m.skus(v, about)
	h := Hit{Vintage: v, SKUs: skus, Narrow: m.narrow}
	for _, s := range skus {
		h.InStock = h.InStock || m.shop.has(s)
	}
	if len(skus) == 0 {
		fewest = max(fewest, len(about))
	}
	missing += fewest
	h.Full = missing == 0
	return h, missing
}

// skus of a vintage that miss the fewest of some filters, and how many that is.
func (m *matching) skus(v *catalog.Vintage, about []Part) ([]*catalog.SKU, int) {
	if len(about) == 0 {
		return v.SKUs, 0
	}
	var out []*catalog.SKU
	fewest := len(about) + 1
	for _, s := range v.SKUs {
		n := 0
		for _, p := range about {
			if !m.holdsSKU(s, p) {
				n++
			}
		}
		if n < fewest {
			fewest, out = n, nil
		}
		if n == fewest {
			out = append(out, s)
		}
	}
	return out, min(fewest, len(about))
}

// away is how many years a vintage is from what was asked for; without a year of the query, from the newest harvest.
func (m *matching) away(v *catalog.Vintage) float64 {
	for _, i := range m.filters {
		if p := m.q.Parts[i]; p.Kind == Year && !p.NV {
			return max(p.Low-float64(v.Year), float64(v.Year)-p.High, 0)
		}
	}
	if v.Year == 0 {
		return -1
	}
	return float64(m.newest - v.Year)
}

// judge says what became of the query: how many hits are all that was asked for, what does not hold of any, what was misspelt.
func (m *matching) judge(a *Answer, slots []slot, found []candidate) {
	for _, h := range a.Hits {
		a.Full += truth(h.Full)
	}
	if len(a.Hits) > 0 && !a.Hits[0].Full {
		a.Relaxed = m.missed(a.Hits[0])
	}
	if len(slots) > 0 && len(found) > 0 && found[0].level > prefix {
		a.Corrected = m.corrected(slots, uint32(a.Hits[0].Vintage.Wine.Index))
	}
}

// missed are the parts of the query that do not hold of a hit.
func (m *matching) missed(h Hit) []int {
	var out []int
	for f, i := range m.filters {
		p := m.q.Parts[i]
		if m.isNamed(uint32(h.Vintage.Wine.Index), f) {
			continue
		}
		holds := ofVintage(p.Kind) && holdsVintage(h.Vintage, p)
		if !ofVintage(p.Kind) {
			holds = slices.ContainsFunc(h.SKUs, func(s *catalog.SKU) bool { return m.holdsSKU(s, p) })
		}
		if !holds {
			out = append(out, i)
		}
	}
	return out
}

// corrected are the words as the document has them.
func (m *matching) corrected(slots []slot, doc uint32) string {
	var out []string
	for _, s := range slots {
		for _, f := range s.fits {
			if slices.ContainsFunc(m.docTerms(doc), func(o uint32) bool { return o>>8 == f.term }) {
				out = append(out, m.terms.words[f.term])
				break
			}
		}
	}
	return strings.Join(out, " ")
}

// addHits appends those that are not there yet.
func addHits(to, more []Hit, limit int) []Hit {
	for _, h := range more {
		if len(to) >= limit {
			break
		}
		if !slices.ContainsFunc(to, func(o Hit) bool { return o.Vintage == h.Vintage }) {
			to = append(to, h)
		}
	}
	return to
}
