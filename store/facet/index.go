package facet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/search"
)

// Index is a catalogue as columns: what each vintage and each SKU is, as small numbers. It is immutable, and goes with the index of
// words of the same snapshot.
type Index struct {
	words *search.Index
	snap  *catalog.Snapshot

	// of a vintage, in the order of popularity of its wine, the newest first
	vintages []*catalog.Vintage
	year     []int16 // 0: NV
	score    []uint8 // the best mark, of 100; 0: none
	until    []stage // of its drinking window
	kind     [wineColumns][]uint32
	starts   []uint32 // its first SKU; one more at the end
	wineAt   []uint32 // the first vintage of a wine; one more at the end

	// of a SKU
	volume []uint16
	pack   []uint8
	sale   []uint8
	slots  []uint32
	bottle [][]int32 // by market: what one bottle costs, in minor units; 0: not sold there

	codes  [choices][]string          // of a value, by its number
	number [choices]map[string]uint32 // and back
	above  []uint32                   // of a region: the one above it; itself for a country
	byName []uint32                   // of a wine: its place among all by name
}

// wineColumns are the facets that follow from the wine, and have a column each.
const wineColumns = int(Colour) + 1

// stage is when a vintage is what (catalog.Window); zero where it is not known.
type stage struct{ from, peakTo, to int16 }

// New makes columns of the snapshot of an index of words. before is the index that it follows, for what it may share; it may be nil.
func New(words *search.Index, before *Index) *Index {
	x := columns(words.Snapshot(), before)
	x.words = words
	return x
}

func columns(snap *catalog.Snapshot, before *Index) *Index {
	x := &Index{snap: snap, wineAt: make([]uint32, 0, len(snap.Wines)+1)}
	for f := range x.number {
		x.number[f] = map[string]uint32{}
	}
	x.places()
	for range snap.Markets().Markets {
		x.bottle = append(x.bottle, make([]int32, 0, snap.SKUs))
	}
	for _, w := range snap.Wines {
		x.wine(w)
	}
	x.starts = append(x.starts, uint32(len(x.slots)))
	x.wineAt = append(x.wineAt, uint32(len(x.vintages)))
	x.order(before)
	return x
}

// Words is the index of words that goes with this one.
func (x *Index) Words() *search.Index { return x.words }

// Snapshot is what the index was made of.
func (x *Index) Snapshot() *catalog.Snapshot { return x.snap }

// none is the value of what has none: the first of each facet.
const none = 0

func (x *Index) places() {
	for _, f := range Choices() {
		x.value(f, "")
	}
	x.above = append(x.above, none)
	for _, r := range x.snap.Regions {
		x.value(Region, r.Code)
	}
	for _, r := range x.snap.Regions {
		up := r
		if r.Parent != nil {
			up = r.Parent
		}
		x.above = append(x.above, x.number[Region][up.Code])
	}
	x.codes[Country], x.number[Country] = x.codes[Region], x.number[Region]
	for _, code := range []catalog.Drinkability{catalog.Ready, catalog.Keep, catalog.Late, catalog.Past} {
		x.value(Window, string(code))
	}
	x.value(Sale, InStock)
	x.value(Sale, Primeur)
}

// root is the country of a region.
func (x *Index) root(region uint32) uint32 {
	for x.above[region] != region {
		region = x.above[region]
	}
	return region
}

// value is the number of a code.
func (x *Index) value(f Facet, code string) uint32 {
	n, known := x.number[f][code]
	if !known {
		n = uint32(len(x.codes[f]))
		x.number[f][code] = n
		x.codes[f] = append(x.codes[f], code)
	}
	return n
}

func (x *Index) wine(w *catalog.Wine) {
	x.wineAt = append(x.wineAt, uint32(len(x.vintages)))
	appellation := uint32(none)
	if w.Appellation != nil {
		appellation = x.value(Appellation, w.Appellation.Code)
	}
	region, producer := x.number[Region][w.Region.Code], x.value(Producer, w.Producer.Code)
	class, colour := x.value(Classification, catalog.ClassificationCode(w.Classification)), x.value(Colour, string(w.Colour))
	for _, v := range w.Vintages {
		x.vintages = append(x.vintages, v)
		x.year = append(x.year, int16(v.Year))
		x.score = append(x.score, bestMark(v))
		x.until = append(x.until, stage{int16(v.Window.From), int16(v.Window.PeakTo), int16(v.Window.To)})
		for f, n := range [wineColumns]uint32{Country: x.root(region), Region: region, Appellation: appellation, Producer: producer, Classification: class, Colour: colour} {
			x.kind[f] = append(x.kind[f], n)
		}
		x.starts = append(x.starts, uint32(len(x.slots)))
		for _, s := range v.SKUs {
			x.sku(s)
		}
	}
}

func (x *Index) sku(s *catalog.SKU) {
	x.volume = append(x.volume, uint16(x.value(Format, strconv.Itoa(s.Volume))))
	x.pack = append(x.pack, uint8(x.value(Pack, strconv.Itoa(s.Pack))))
	sale := uint32(1)
	if s.SaleType == catalog.Primeur {
		sale = 2
	}
	x.sale = append(x.sale, uint8(sale))
	x.slots = append(x.slots, s.Slot)
	for _, m := range x.snap.Markets().Markets {
		x.bottle[m.Index] = append(x.bottle[m.Index], bottleOf(s, m))
	}
}

// bottleOf a SKU is what one bottle costs in a market, in minor units; 0 where it is not sold.
func bottleOf(s *catalog.SKU, m *market.Market) int32 {
	price, sold := s.Price(m)
	if !sold {
		return 0
	}
	return int32(min(max(1, price.Minor/int64(max(1, s.Pack))), 1<<31-1))
}

// bestMark of a vintage, of 100: one of 20 counts five times.
func bestMark(v *catalog.Vintage) uint8 {
	best := 0.0
	for _, s := range v.Scores {
		mark := s.High
		if s.Scale == 20 {
			mark *= 5
		}
		best = max(best, mark)
	}
	return uint8(min(best, 100))
}

// order ranks the wines by name; an index of the same structure has done it already.
func (x *Index) order(before *Index) {
	if before != nil && before.snap.Rev == x.snap.Rev && before.snap.Routes == x.snap.Routes && len(before.byName) == len(x.snap.Wines) {
		x.byName = before.byName
		return
	}
	type named struct {
		name string
		at   uint32
	}
	all := make([]named, len(x.snap.Wines))
	for i, w := range x.snap.Wines {
		all[i] = named{search.Folded(w.Name), uint32(i)}
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.at, b.at)) })
	x.byName = make([]uint32, len(all))
	for place, n := range all {
		x.byName[n.at] = uint32(place)
	}
}

// at is where a vintage of the snapshot stands.
func (x *Index) at(v *catalog.Vintage) (uint32, bool) {
	for i := x.wineAt[v.Wine.Index]; i < x.wineAt[v.Wine.Index+1]; i++ {
		if x.year[i] == int16(v.Year) {
			return i, true
		}
	}
	return 0, false
}

// Knows says that all values of a selection are those of something that the catalogue has.
func (x *Index) Knows(s Selection) bool {
	for f, all := range s.Values {
		for _, code := range all {
			n, known := x.number[f][code]
			switch {
			case !known || n == none:
				return false
			case Facet(f) == Country && x.above[n] != n, Facet(f) == Region && x.above[n] == n:
				return false
			}
		}
	}
	return true
}
