package facet

import (
	"strconv"
	"sync"

	"caveau/store/catalog"
	"caveau/store/market"
)

// Shop is where somebody chooses, and when.
type Shop struct {
	Market *market.Market
	Stock  func(slots []uint32, left []bool) // which places of the stock board have something left, in the shop's own warehouse
	Year   int                               // in which drinking windows are read
}

// PerPage is how many vintages a page of a list has.
const PerPage = 48

// Result is what a selection comes to.
type Result struct {
	Selection
	Total    int                // vintages
	Vintages []*catalog.Vintage // of the selection's page
	Lowest   int                // price of a bottle among all that the other facets leave, in minor units; 0: none
	Highest  int
	First    int // year, likewise
	Last     int

	x      *Index
	counts [choices][]int32
	score  [101]int32
	extra  [facets]int // vintages beside Total, if nothing were chosen of a facet
}

// mask has a bit for each facet.
type mask uint16

const all = mask(1)<<facets - 1

func bit(f Facet) mask { return 1 << f }

// Choose answers a selection. base are the vintages that its query found, the best first, sold or not; nil is all that are sold. A vintage is in the list
// where one of its SKUs is all that was chosen: a magnum that costs less than 100, not a magnum and a bottle that does.
//
// The counts of a facet are of vintages, and as if nothing were chosen of that facet: what it would come to if a value were ticked
// instead.
func (x *Index) Choose(s Selection, shop Shop, base []*catalog.Vintage) Result {
	c := chooser{Index: x, shop: shop, price: x.bottle[shop.Market.Index], r: Result{Selection: s, x: x}}
	c.prepare()
	defer rooms.Put(c.room)
	c.named = base != nil
	if !c.named {
		c.room.left = grown(c.room.left, len(x.slots))
		shop.Stock(x.slots, c.room.left)
		for v := range x.vintages {
			c.vintage(uint32(v))
		}
	} else {
		c.room.left = grown(c.room.left, len(x.slots))
		for _, v := range base {
			if at, ok := x.at(v); ok {
				from, to := x.starts[at], x.starts[at+1]
				shop.Stock(x.slots[from:to], c.room.left[from:to])
				c.vintage(at)
			}
		}
	}
	c.rollUp()
	c.r.Total = len(c.room.found)
	c.r.Vintages = c.page()
	return c.r
}

// room is what an answer needs while it is made.
type room struct {
	left  []bool // of a SKU, something is in stock
	found []match
	keys  []uint64
	seen  [2][]uint32 // of a format, a pack: the vintage that was counted last, plus one
}

// match is a vintage that is all that was chosen, and what its cheapest bottle costs.
type match struct {
	vintage uint32
	bottle  int32
}

var rooms = sync.Pool{New: func() any { return new(room) }}

func grown(b []bool, n int) []bool {
	if cap(b) < n {
		return make([]bool, n)
	}
	return b[:n]
}

// chooser is one answer on its way.
type chooser struct {
	*Index
	shop  Shop
	price []int32
	room  *room
	r     Result

	named     bool     // a query found them: what is asked for by name is listed even where it is not sold
	wine      []column // facets of the wine of which something is chosen
	formats   []bool   // chosen values; nil: any
	packs     []bool
	windows   []bool
	sales     []bool
	low, high int32
	saleSeen  [3]uint32
}

// column is a facet of the wine with the values that are chosen.
type column struct {
	facet  Facet
	of     []uint32
	chosen []bool
}

func (c *chooser) prepare() {
	s := c.r.Selection
	c.room = rooms.Get().(*room)
	c.room.found = c.room.found[:0]
	for f := range Facet(choices) {
		c.r.counts[f] = make([]int32, len(c.codes[f]))
	}
	for i, f := range []Facet{Format, Pack} {
		c.room.seen[i] = append(c.room.seen[i][:0], make([]uint32, len(c.codes[f]))...)
	}
	for f := range Facet(wineColumns) {
		if chosen := c.chosen(f); chosen != nil {
			c.wine = append(c.wine, column{f, c.kind[f], chosen})
		}
	}
	c.formats, c.packs, c.windows, c.sales = c.chosen(Format), c.chosen(Pack), c.chosen(Window), c.chosen(Sale)
	c.low, c.high = int32(min(s.Low, maxAmount)*100), int32(1<<31-1)
	if s.High > 0 {
		c.high = int32(min(s.High, maxAmount) * 100)
	}
}

// chosen are the values of a facet that are chosen, by number; of a region those below it too. nil where none is.
func (c *chooser) chosen(f Facet) []bool {
	codes := c.r.Values[f]
	if len(codes) == 0 {
		return nil
	}
	out := make([]bool, len(c.codes[f]))
	for _, code := range codes {
		if n, known := c.number[f][code]; known {
			out[n] = true
		}
	}
	if f == Region {
		for n := range out {
			for up := uint32(n); !out[n] && c.above[up] != up; {
				up = c.above[up]
				out[n] = out[up]
			}
		}
	}
	return out
}

// vintage judges one vintage: two facets that it fails are one too many, for it counts nowhere then.
func (c *chooser) vintage(v uint32) {
	fails := c.failsOf(v)
	if fails&(fails-1) != 0 {
		return
	}
	meets, lowest, sold := mask(0), int32(0), false
	for s := c.starts[v]; s < c.starts[v+1]; s++ {
		if c.price[s] == 0 {
			continue
		}
		sold = true
		f := fails | c.failsOfSKU(s)
		if f&(f-1) != 0 {
			continue
		}
		if f == 0 {
			f = all
			if lowest == 0 || c.price[s] < lowest {
				lowest = c.price[s]
			}
		}
		meets |= f
		c.countSKU(v, s, f)
	}
	if !sold && c.named {
		meets, lowest = c.unsold(fails), 1<<31-1
	}
	if meets != 0 {
		c.count(v, meets, lowest)
	}
}

// unsold is what a vintage meets that the shop does not sell: nothing that is about SKUs.
func (c *chooser) unsold(fails mask) mask {
	for _, f := range []Facet{Format, Pack, Sale, Price} {
		if c.r.has(f) {
			fails |= bit(f)
		}
	}
	switch {
	case fails == 0:
		return all
	case fails&(fails-1) == 0:
		return fails
	default:
		return 0
	}
}

func (c *chooser) failsOf(v uint32) (fails mask) {
	for i := range c.wine {
		if column := &c.wine[i]; !column.chosen[column.of[v]] {
			fails |= bit(column.facet)
		}
	}
	s := &c.r.Selection
	if y := int(c.year[v]); s.From > 0 && y < s.From || s.To > 0 && (y > s.To || y == 0) {
		fails |= bit(Years)
	}
	if s.Score > 0 && int(c.score[v]) < s.Score {
		fails |= bit(Score)
	}
	if c.windows != nil && !c.windows[c.stage(v)] {
		fails |= bit(Window)
	}
	return fails
}

// The values of Window, as places numbers them.
const (
	ready = 1 + iota
	keep
	late
	past
)

// stage is what catalog.Window.In says.
func (c *chooser) stage(v uint32) uint32 {
	w, year := c.until[v], int16(c.shop.Year)
	switch {
	case w.from <= 0 || w.to < w.from:
		return none
	case year < w.from:
		return keep
	case year > w.to:
		return past
	case w.peakTo > 0 && year > w.peakTo:
		return late
	default:
		return ready
	}
}

func (c *chooser) failsOfSKU(s uint32) (fails mask) {
	if c.formats != nil && !c.formats[c.volume[s]] {
		fails |= bit(Format)
	}
	if c.packs != nil && !c.packs[c.pack[s]] {
		fails |= bit(Pack)
	}
	if c.sales != nil && !c.sales[c.saleOf(s)] {
		fails |= bit(Sale)
	}
	if p := c.price[s]; p < c.low || p > c.high {
		fails |= bit(Price)
	}
	return fails
}

// saleOf a SKU: none where nothing of it is left.
func (c *chooser) saleOf(s uint32) uint8 {
	if !c.room.left[s] {
		return none
	}
	return c.sale[s]
}

// Fits says that a SKU that a market sells is what was chosen of sizes, packs, sale types and prices, whether anything of it is left or
// not.
func (s Selection) Fits(sku *catalog.SKU, m *market.Market) bool {
	p := int(bottleOf(sku, m))
	open := func(f Facet, code string) bool { return len(s.Values[f]) == 0 || s.Has(f, code) }
	return open(Format, strconv.Itoa(sku.Volume)) && open(Pack, strconv.Itoa(sku.Pack)) && open(Sale, string(sku.SaleType)) &&
		p >= s.Low*100 && (s.High == 0 || p <= s.High*100)
}

// countSKU counts a vintage once for each value of its SKUs.
func (c *chooser) countSKU(v, s uint32, meets mask) {
	v++
	if n := c.volume[s]; meets&bit(Format) != 0 && c.room.seen[0][n] != v {
		c.room.seen[0][n] = v
		c.r.counts[Format][n]++
	}
	if n := c.pack[s]; meets&bit(Pack) != 0 && c.room.seen[1][n] != v {
		c.room.seen[1][n] = v
		c.r.counts[Pack][n]++
	}
	if n := c.saleOf(s); meets&bit(Sale) != 0 && c.saleSeen[n] != v {
		c.saleSeen[n] = v
		c.r.counts[Sale][n]++
	}
	if meets&bit(Price) != 0 {
		p := int(c.price[s])
		c.r.Highest = max(c.r.Highest, p)
		if c.r.Lowest == 0 || p < c.r.Lowest {
			c.r.Lowest = p
		}
	}
}

// count a vintage in the facets whose other facets it meets.
func (c *chooser) count(v uint32, meets mask, lowest int32) {
	if meets == all {
		c.room.found = append(c.room.found, match{v, lowest})
	}
	for f := range Facet(wineColumns) {
		if meets&bit(f) != 0 {
			c.r.counts[f][c.kind[f][v]]++
		}
	}
	if meets&bit(Window) != 0 {
		c.r.counts[Window][c.stage(v)]++
	}
	if meets&bit(Score) != 0 {
		c.r.score[c.score[v]]++
	}
	if y := int(c.year[v]); meets&bit(Years) != 0 && y > 0 {
		c.r.Last = max(c.r.Last, y)
		if c.r.First == 0 || y < c.r.First {
			c.r.First = y
		}
	}
	if meets != all {
		for f := range facets {
			if meets&bit(f) != 0 {
				c.r.extra[f]++
			}
		}
	}
}

// rollUp adds to each region what lies below it, and leaves countries to their own facet.
func (c *chooser) rollUp() {
	of := c.r.counts[Region]
	whole := make([]int32, len(of))
	for n, count := range of {
		for up := uint32(n); ; up = c.above[up] {
			whole[up] += count
			if c.above[up] == up {
				break
			}
		}
	}
	for n := range whole {
		if c.above[n] == uint32(n) {
			whole[n] = 0
		}
	}
	c.r.counts[Region] = whole
}

// Option is a value that a list can be narrowed to.
type Option struct {
	Code   string
	Count  int
	Chosen bool
}

// Options of a facet: those with something, and those that are chosen, the most first.
func (r Result) Options(f Facet) []Option {
	var out []Option
	for n, code := range r.x.codes[f] {
		if chosen := r.Has(f, code); n != none && (r.counts[f][n] > 0 || chosen) {
			out = append(out, Option{code, int(r.counts[f][n]), chosen})
		}
	}
	sortOptions(f, out)
	return out
}

// Marks are the steps of a score that something reaches.
func (r Result) Marks() []Option {
	var out []Option
	for _, step := range ScoreSteps {
		o := Option{Code: strconv.Itoa(step), Chosen: r.Score == step}
		for _, n := range r.score[step:] {
			o.Count += int(n)
		}
		if o.Count > 0 || o.Chosen {
			out = append(out, o)
		}
	}
	return out
}

// If is how many vintages there would be if nothing were chosen of a facet.
func (r Result) If(f Facet) int { return r.Total + r.extra[f] }

// Chosen says that anything is chosen of a facet.
func (s Selection) Chosen(f Facet) bool { return s.has(f) }
