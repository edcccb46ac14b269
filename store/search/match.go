package search

import (
	"math/bits"
	"slices"
	"sync"
)

// slot is one word that a document must have, and the terms that it may stand for.
type slot struct {
	word string
	part int // of the query
	fits []fit
	size int // postings of all of them
}

// candidate is a document that has all words.
type candidate struct {
	doc   uint32
	level level
	sum   uint8  // of the levels of all words
	held  uint32 // filters that may hold of it, as bits
	key   uint64
}

// scratch is room for one matching: marks by document, valid for one epoch.
type scratch struct {
	epoch  uint32
	mark   []uint32 // epoch<<5 | words that were met
	level  []level  // of the worst word
	sum    []uint8  // of all words' levels
	weight []uint8
	held   []uint32
	docs   []uint32
}

var room = sync.Pool{New: func() any { return new(scratch) }}

// most is how many words can be counted in a mark.
const most = 31

func (s *scratch) begin(documents int) {
	if len(s.mark) < documents {
		*s = scratch{mark: make([]uint32, documents), level: make([]level, documents), sum: make([]uint8, documents), weight: make([]uint8, documents), held: make([]uint32, documents)}
	}
	if s.epoch++; s.epoch >= 1<<27 {
		clear(s.mark)
		s.epoch = 1
	}
	s.docs = s.docs[:0]
}

// weights of a field: what a wine is called counts most.
func weightOf(fields uint32) uint8 {
	switch f := field(fields); {
	case f&(ofName|ofAlias) != 0:
		return 8
	case f&(ofProducer|ofOther) != 0:
		return 6
	case f&ofPlace != 0:
		return 5
	case f&(ofRegion|ofGrape) != 0:
		return 3
	default:
		return 1
	}
}

// matching is a run of the words and the filters of a query through the index.
type matching struct {
	*Index
	q       Query
	shop    Shop
	slots   []slot
	typed   []slot // all words in their order, without fits
	filters []int
	narrow  bool       // a vintage or a size is asked for
	names   [][]uint32 // by filter: the terms that it would be as part of a name; nil where it would be none
}

// maxKept is how many candidates are looked at closely, maxScanned how many are asked for what has no list: price and score.
const (
	maxKept    = 600
	maxScanned = 5_000
)

// run finds the documents that have a word for every slot; the best of them, at most maxKept.
func (m *matching) run(slots []slot) []candidate {
	s := room.Get().(*scratch)
	defer room.Put(s)
	s.begin(len(m.starts) - 1)
	switch {
	case len(slots) > 0:
		m.meet(s, slots)
	default:
		m.begin(s)
	}
	m.hold(s, max(1, len(slots)))
	return m.best(s)
}

// meet leaves in s.docs who has all words.
func (m *matching) meet(s *scratch, slots []slot) {
	slots = slices.Clone(slots[:min(len(slots), most)])
	slices.SortStableFunc(slots, func(a, b slot) int { return a.size - b.size })
	base := s.epoch << 5
	for k, sl := range slots {
		last := k == len(slots)-1
		for _, f := range sl.fits {
			for _, p := range m.posted(f.term) {
				doc := p >> 8
				switch {
				case k == 0 && s.mark[doc]>>5 != s.epoch:
					s.level[doc], s.sum[doc], s.weight[doc], s.held[doc] = f.level, uint8(f.level), weightOf(p&0xff), 0
				case k > 0 && s.mark[doc] == base|uint32(k):
					s.level[doc], s.sum[doc], s.weight[doc] = max(s.level[doc], f.level), s.sum[doc]+uint8(f.level), s.weight[doc]+weightOf(p&0xff)
				default:
					continue
				}
				s.mark[doc] = base | uint32(k+1)
				if last {
					s.docs = append(s.docs, doc)
				}
			}
		}
	}
}

// begin with the documents of the rarest filter, for a query without words.
func (m *matching) begin(s *scratch) {
	var rarest []uint32
	found := false
	for _, i := range m.filters {
		if lists, ok := m.lists(m.q.Parts[i]); ok {
			if all := union(lists); !found || len(all) < len(rarest) {
				rarest, found = all, true
			}
		}
	}
	take := func(doc uint32) {
		s.level[doc], s.sum[doc], s.weight[doc], s.held[doc] = exact, 0, 0, 0
		s.mark[doc] = s.epoch<<5 | 1
		s.docs = append(s.docs, doc)
	}
	if found {
		for _, doc := range rarest {
			take(doc)
		}
		return
	}
	for doc := range min(m.wines, maxScanned) {
		take(uint32(doc))
	}
}

func union(lists [][]uint32) []uint32 {
	if len(lists) == 1 {
		return lists[0]
	}
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

// hold marks which filters may hold of the documents.
func (m *matching) hold(s *scratch, words int) {
	want := s.epoch<<5 | uint32(words)
	var unlisted []int
	for f, i := range m.filters {
		bit := uint32(1) << f
		lists, listed := m.lists(m.q.Parts[i])
		if !listed {
			unlisted = append(unlisted, f)
			continue
		}
		for _, list := range lists {
			for _, doc := range list {
				if s.mark[doc] == want {
					s.held[doc] |= bit
				}
			}
		}
		m.holdNames(s, f, want, bit)
	}
	for _, f := range unlisted {
		m.scan(s, f)
	}
}

// scan asks the wines that may hold the other filters for one that has no list, until enough of them hold it.
func (m *matching) scan(s *scratch, f int) {
	bit, others := uint32(1)<<f, uint32(0)
	for g, i := range m.filters {
		if k := m.q.Parts[i].Kind; g != f && k != Price && k != Score && k != Pack {
			others |= 1 << g
		}
	}
	asked, held := 0, 0
	for _, doc := range s.docs {
		if int(doc) >= m.wines || s.held[doc]&others != others {
			continue
		}
		if asked++; asked > maxScanned || held > maxKept {
			return
		}
		if m.anySKU(doc, m.q.Parts[m.filters[f]]) {
			s.held[doc] |= bit
			held++
		}
	}
}

// holdNames counts a filter as held where it is part of the wine's name: "blanc" of Cheval Blanc.
func (m *matching) holdNames(s *scratch, f int, want, bit uint32) {
	if len(m.names[f]) == 0 {
		return
	}
	for _, p := range m.posted(m.names[f][0]) {
		if doc := p >> 8; s.mark[doc] == want && m.isNamed(doc, f) {
			s.held[doc] |= bit
		}
	}
}

// isNamed says that a filter's words are part of what the document is called.
func (m *matching) isNamed(doc uint32, f int) bool {
	for _, want := range m.names[f] {
		if !slices.ContainsFunc(m.docTerms(doc), func(o uint32) bool {
			return o>>8 == want && field(o&0xff)&(ofName|ofAlias|ofProducer|ofGrape|ofPlace|ofOther) != 0
		}) {
			return false
		}
	}
	return len(m.names[f]) > 0
}

// lists of documents that a filter may hold of; false where it has none and each wine has to be asked.
func (m *matching) lists(p Part) ([][]uint32, bool) {
	var out [][]uint32
	switch p.Kind {
	case Year:
		if p.NV {
			return [][]uint32{m.years[0]}, true
		}
		for y, docs := range m.years {
			if y > 0 && float64(y) >= p.Low && float64(y) <= p.High {
				out = append(out, docs)
			}
		}
	case Format:
		for _, v := range p.Volumes {
			out = append(out, m.volumes[v])
		}
	case Colour:
		out = append(out, m.colours[p.Code])
	case Style:
		out = append(out, m.styles[p.Code])
	case Packaging:
		out = append(out, m.packings[p.Code])
	case Sale:
		out = append(out, m.sales[p.Code])
	default:
		return nil, false
	}
	return out, true
}

// best are the candidates of s, the best first.
func (m *matching) best(s *scratch) []candidate {
	worstShown := m.tolerated(s)
	out := make([]candidate, 0, min(len(s.docs), 2*maxKept))
	worst := ^uint64(0) // of those that are kept so far
	for _, doc := range s.docs {
		c := candidate{doc: doc, level: s.level[doc], sum: s.sum[doc], held: s.held[doc]}
		if c.level > worstShown {
			continue
		}
		c.key = uint64(c.level)<<60 | uint64(min(c.sum, 31))<<54 | uint64(31-bits.OnesCount32(c.held))<<48 | uint64(255-s.weight[doc])<<40 | uint64(doc)
		if c.key > worst {
			continue
		}
		if out = append(out, c); len(out) == 2*maxKept {
			out = keep(out)
			worst = out[len(out)-1].key
		}
	}
	return keep(out)
}

// few wines under the words as they are: then those of a similar name stand behind them.
const few = 3

// tolerated is the worst level that is shown.
func (m *matching) tolerated(s *scratch) level {
	var count [levels + 1]int
	top := levels
	for _, doc := range s.docs {
		if int(doc) < m.wines {
			top = min(top, s.level[doc])
			count[s.level[doc]]++
		}
	}
	switch {
	case top <= prefix && count[exact]+count[prefix] < few:
		return edit1
	case top <= edit1:
		return top + 1
	default:
		return top
	}
}

// keep the best ones.
func keep(all []candidate) []candidate {
	slices.SortFunc(all, func(a, b candidate) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	return all[:min(len(all), maxKept)]
}
