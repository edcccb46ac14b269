package search

import (
	"slices"
	"strings"

	"caveau/store/catalog"
)

// field says where in a wine's description a term stands.
type field uint8

const (
	ofName field = 1 << iota
	ofAlias
	ofProducer
	ofPlace // appellation
	ofRegion
	ofGrape
	ofRank  // classification
	ofOther // other names of the producer and the appellation
)

// Index is a snapshot made searchable. It is immutable; a document is a wine, by its index in the snapshot, which is the order of
// popularity. Behind the wines stand ghosts: wines that are known and not in the catalogue, so that their absence can be told from a
// misspelling.
type Index struct {
	lexicon *Lexicon
	snap    *catalog.Snapshot
	terms   *terms
	wines   int // documents below are wines, the others ghosts
	ghosts  []known

	starts []uint32 // of a document in owned
	owned  []uint32 // the terms of each document: term<<8 | fields

	heads    []uint32 // of a term in postings
	postings []uint32 // document<<8 | fields

	wholes   map[string][]uint32 // documents by another name of theirs, as a sorted list of its telling terms
	years    map[int][]uint32    // documents
	volumes  map[int][]uint32
	colours  map[string][]uint32
	styles   map[string][]uint32
	packings map[string][]uint32
	sales    map[string][]uint32
	newest   int // harvest

	entities map[string][]Entity // by folded name
	names    []string            // of entities, sorted
}

// New makes an index of a snapshot.
func New(l *Lexicon, snap *catalog.Snapshot) *Index {
	x := &Index{lexicon: l, snap: snap, wines: len(snap.Wines)}
	b := &builder{Index: x, ids: map[string]uint32{}, cached: map[any][]uint32{}, have: make(map[string]bool, len(snap.Wines)), folded: map[string][]string{}}
	for _, w := range snap.Wines {
		b.wine(w)
	}
	b.addGhosts()
	b.settle()
	x.index()
	x.listEntities()
	return x
}

// Snapshot is what the index was made of.
func (x *Index) Snapshot() *catalog.Snapshot { return x.snap }

// builder gathers terms under numbers in the order in which they come; settle sorts them.
type builder struct {
	*Index
	ids    map[string]uint32
	order  []string
	cached map[any][]uint32 // terms of a producer, a place
	others []other
	have   map[string]bool     // names of wines, folded
	folded map[string][]string // names of houses and places, which many wines share
}

// other is another name of a document.
type other struct {
	doc   uint32
	terms []uint32
}

func (b *builder) id(word string) uint32 {
	id, ok := b.ids[word]
	if !ok {
		id = uint32(len(b.order))
		b.ids[word] = id
		b.order = append(b.order, word)
	}
	return id
}

// text is the terms of a name.
func (b *builder) text(name string) []uint32 { return b.numbers(b.lexicon.names(name)) }

func (b *builder) numbers(words []string) []uint32 {
	out := make([]uint32, len(words))
	for i, w := range words {
		out[i] = b.id(w)
	}
	return out
}

// fold a name that many wines share, once.
func (b *builder) fold(name string) []string {
	words, ok := b.folded[name]
	if !ok {
		words = slices.Clip(b.lexicon.names(name))
		b.folded[name] = words
	}
	return words
}

// all terms of some names, kept for whoever shares them.
func (b *builder) shared(key any, names func() []string) []uint32 {
	if ids, ok := b.cached[key]; ok {
		return ids
	}
	var out []uint32
	for _, n := range names() {
		out = append(out, b.text(n)...)
	}
	b.cached[key] = out
	return out
}

func (b *builder) wine(w *catalog.Wine) {
	b.begin()
	name := b.lexicon.names(w.Name)
	b.have[strings.Join(name, " ")] = true
	b.put(b.numbers(name), ofName)
	for _, n := range w.Names {
		b.alias(n)
	}
	for _, n := range b.lexicon.aliases["wine/"+w.Code] {
		b.alias(n)
	}
	b.nicknames(w, name)
	p := w.Producer
	b.put(b.shared(p, func() []string { return []string{p.Name} }), ofProducer)
	b.put(b.shared("other names of producer "+p.Code, func() []string { return b.producerNames(p) }), ofOther)
	if a := w.Appellation; a != nil {
		b.put(b.shared(a, func() []string { return []string{a.Name} }), ofPlace)
		b.put(b.shared("other names of appellation "+a.Code, func() []string {
			return append(namesOf("", a.Names), b.lexicon.aliases["appellation/"+a.Code]...)
		}), ofOther)
	}
	for r := w.Region; r != nil; r = r.Parent {
		b.put(b.shared(r, func() []string { return namesOf(r.Name, r.Names) }), ofRegion)
	}
	for _, g := range w.Grapes {
		b.put(b.shared("grape "+g, func() []string { return []string{g} }), ofGrape)
	}
	if w.Classification != "" {
		b.put(b.shared("rank "+w.Classification, func() []string { return []string{w.Classification} }), ofRank)
	}
}

func (b *builder) producerNames(p *catalog.Producer) []string {
	out := append(namesOf("", p.Names), b.lexicon.aliases["producer/"+p.Code]...)
	return append(out, b.lexicon.nicks(b.lexicon.names(p.Name), nil)...)
}

func namesOf(name string, others catalog.Names) []string {
	var out []string
	if name != "" {
		out = append(out, name)
	}
	for _, n := range others {
		if n != name {
			out = append(out, n)
		}
	}
	return out
}

// begin a document.
func (b *builder) begin() {
	b.starts = append(b.starts, uint32(len(b.owned)))
}

// put terms into the document, each once.
func (b *builder) put(ids []uint32, f field) {
	from := int(b.starts[len(b.starts)-1])
next:
	for _, id := range ids {
		for i := from; i < len(b.owned); i++ {
			if b.owned[i]>>8 == id {
				b.owned[i] |= uint32(f)
				continue next
			}
		}
		b.owned = append(b.owned, id<<8|uint32(f))
	}
}

// alias is another name of the document's wine.
func (b *builder) alias(name string) {
	ids := b.text(name)
	b.put(ids, ofAlias)
	b.others = append(b.others, other{uint32(len(b.starts) - 1), ids})
}

// nicknames adds what people call the wine.
func (b *builder) nicknames(w *catalog.Wine, name []string) {
	around := b.fold(w.Producer.Name)
	if w.Appellation != nil {
		around = append(around, b.fold(w.Appellation.Name)...)
	}
	for _, nick := range b.lexicon.nicks(name, around) {
		b.alias(nick)
	}
}

// addGhosts adds the known wines that the snapshot does not have.
func (b *builder) addGhosts() {
	have, of := b.have, map[string][]*catalog.Wine{}
	for _, w := range b.snap.Wines {
		of[w.Producer.Name] = append(of[w.Producer.Name], w)
	}
	for _, k := range b.lexicon.known {
		key := strings.Join(b.lexicon.names(k.name), " ")
		if have[key] || slices.ContainsFunc(of[k.producer], func(w *catalog.Wine) bool { return b.isCalled(w, k.name) }) {
			continue
		}
		have[key] = true
		b.ghosts = append(b.ghosts, k)
		b.begin()
		b.put(b.text(k.name), ofName)
		for _, n := range k.aliases {
			b.alias(n)
		}
		if k.producer != "" {
			b.put(b.text(k.producer), ofProducer)
		}
		b.put(b.text(k.place), ofPlace)
	}
}

// isCalled says that all words of a known wine are in the name of another wine of its producer: his Alión is the catalogue's "Ribera del
// Duero Alión".
func (b *builder) isCalled(w *catalog.Wine, name string) bool {
	have := b.lexicon.names(w.Name)
	return !slices.ContainsFunc(b.lexicon.names(name), func(word string) bool { return !generic[word] && !slices.Contains(have, word) })
}

// settle sorts the terms and turns the documents' lists around.
func (b *builder) settle() {
	sorted := slices.Clone(b.order)
	slices.Sort(sorted)
	place := make([]uint32, len(sorted))
	for i, w := range sorted {
		place[b.ids[w]] = uint32(i)
	}
	b.starts = append(b.starts, uint32(len(b.owned)))
	heads := make([]uint32, len(sorted)+1)
	for i, o := range b.owned {
		id := place[o>>8]
		b.owned[i] = id<<8 | o&0xff
		heads[id+1]++
	}
	for i := range sorted {
		heads[i+1] += heads[i]
	}
	b.postings = make([]uint32, len(b.owned))
	at := slices.Clone(heads)
	for doc := range len(b.starts) - 1 {
		for _, o := range b.owned[b.starts[doc]:b.starts[doc+1]] {
			b.postings[at[o>>8]] = uint32(doc)<<8 | o&0xff
			at[o>>8]++
		}
	}
	b.heads, b.owned, b.starts = heads, slices.Clip(b.owned), slices.Clip(b.starts)
	b.terms = newTerms(sorted)
	b.wholes = map[string][]uint32{}
	for _, o := range b.others {
		for i, id := range o.terms {
			o.terms[i] = place[id]
		}
		key := b.telling(o.terms)
		b.wholes[key] = append(b.wholes[key], o.doc)
	}
}

// telling is a list of terms as a key: sorted, each once, without those that tell nothing.
func (x *Index) telling(ids []uint32) string {
	all := slices.Clone(ids)
	slices.Sort(all)
	var b strings.Builder
	for _, id := range slices.Compact(all) {
		if w := x.terms.words[id]; !generic[w] {
			b.WriteString(w)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// index lists the documents by what is no name.
func (x *Index) index() {
	x.years, x.volumes = map[int][]uint32{}, map[int][]uint32{}
	x.colours, x.styles, x.packings, x.sales = map[string][]uint32{}, map[string][]uint32{}, map[string][]uint32{}, map[string][]uint32{}
	for i, w := range x.snap.Wines {
		doc := uint32(i)
		list(x.colours, string(w.Colour), doc)
		list(x.styles, string(w.Style), doc)
		for _, v := range w.Vintages {
			list(x.years, v.Year, doc)
			x.newest = max(x.newest, v.Year)
			for _, s := range v.SKUs {
				list(x.volumes, s.Volume, doc)
				list(x.packings, string(s.Packaging), doc)
				list(x.sales, string(s.SaleType), doc)
			}
		}
	}
}

// list a document once under a key; documents come in their order.
func list[K comparable](m map[K][]uint32, key K, doc uint32) {
	if all := m[key]; len(all) == 0 || all[len(all)-1] != doc {
		m[key] = append(all, doc)
	}
}

// docTerms are the terms of a document.
func (x *Index) docTerms(doc uint32) []uint32 { return x.owned[x.starts[doc]:x.starts[doc+1]] }

// posted are the documents of a term.
func (x *Index) posted(term uint32) []uint32 { return x.postings[x.heads[term]:x.heads[term+1]] }
