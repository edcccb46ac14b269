package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"caveau/store/market"
	"caveau/store/route"
)

// Source is what a Snapshot is built from.
type Source struct {
	List    *List
	WineIDs map[string]uint32 // row of table wine by code
	Routes  *route.Table
	Markets *market.Table
	Slot    func(sku string) uint32 // the SKU's place on the stock board
	Now     time.Time
	Rev     uint64
}

// NewSnapshot links a list. It fails with every broken relation and invariant that it finds, at most
// maxProblems of them: a catalogue that is wrong never goes live.
func NewSnapshot(src Source) (*Snapshot, error) {
	b := &builder{src: src, snap: &Snapshot{
		About: src.List.About, At: src.Now, Rev: src.Rev, Newest: src.Rev, Routes: src.Routes, markets: src.Markets,
		Campaigns: src.List.Campaigns, Banners: src.List.Banners, SKUs: len(src.List.SKUs),
		regions: map[string]*Region{}, appells: map[string]*Appellation{}, houses: map[string]*Producer{},
		wines: map[string]*Wine{}, classes: map[string]*Classification{}, years: map[int]*Year{}, harvests: map[harvestKey]int{}, skus: map[string]skuKey{},
	}}
	b.regions()
	b.circles()
	b.appellations()
	b.producers()
	b.wines()
	if len(b.problems) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, errors.Join(b.problems...))
	}
	b.index()
	b.snap.settleRevs()
	return b.snap, nil
}

// ErrInvalid says that rows contradict each other; it stays so until somebody changes them.
var ErrInvalid = errors.New("the catalogue is not valid")

const maxProblems = 20

// MaxCode is how long a SKU's code may be: it must fit into a line of a cart (cart.MaxSKU).
const MaxCode = 40

type builder struct {
	src      Source
	snap     *Snapshot
	problems []error
}

func (b *builder) problem(format string, args ...any) {
	if len(b.problems) < maxProblems {
		b.problems = append(b.problems, fmt.Errorf(format, args...))
	}
}

func (b *builder) regions() {
	s := b.snap
	for _, row := range b.src.List.Regions {
		if s.regions[row.Code] != nil {
			b.problem("region %s is there twice", row.Code)
		}
		r := &Region{RegionRow: row}
		s.regions[row.Code] = r
		s.Regions = append(s.Regions, r)
	}
	for _, r := range s.Regions {
		if r.RegionRow.Parent == "" {
			continue
		}
		if r.Parent = s.regions[r.RegionRow.Parent]; r.Parent == nil {
			b.problem("region %s: no parent %q", r.Code, r.RegionRow.Parent)
			continue
		}
		r.Parent.Children = append(r.Parent.Children, r)
	}
	for _, row := range b.src.List.Harvests {
		s.harvests[harvestKey{row.Region, row.Year}] = row.Rating
	}
}

// circles finds regions that lie below themselves: whoever climbs from one of them never arrives.
func (b *builder) circles() {
	for _, r := range b.snap.Regions {
		up := r.Parent
		for range b.snap.Regions {
			if up == nil || up == r {
				break
			}
			up = up.Parent
		}
		if up == r {
			b.problem("region %s lies below itself", r.Code)
		}
	}
}

func (b *builder) region(of, code string) *Region {
	r := b.snap.regions[code]
	if r == nil {
		b.problem("%s: no region %q", of, code)
	}
	return r
}

func (b *builder) appellations() {
	s := b.snap
	for _, row := range b.src.List.Appellations {
		if s.appells[row.Code] != nil {
			b.problem("appellation %s is there twice", row.Code)
		}
		a := &Appellation{AppellationRow: row, Region: b.region("appellation "+row.Code, row.Region)}
		s.appells[row.Code] = a
		s.Appellations = append(s.Appellations, a)
	}
}

func (b *builder) producers() {
	s := b.snap
	for _, row := range b.src.List.Producers {
		if s.houses[row.Code] != nil {
			b.problem("producer %s is there twice", row.Code)
		}
		p := &Producer{ProducerRow: row, Region: b.region("producer "+row.Code, row.Region)}
		s.houses[row.Code] = p
		s.Producers = append(s.Producers, p)
	}
}

func (b *builder) wines() {
	rows := slices.Clone(b.src.List.Wines)
	slices.SortFunc(rows, func(a, c WineRow) int { return cmp.Or(cmp.Compare(c.Rank, a.Rank), cmp.Compare(a.Code, c.Code)) })
	parts := partsOf(b.src.List)
	for i, row := range rows {
		if b.snap.wines[row.Code] != nil {
			b.problem("wine %s is there twice", row.Code)
		}
		w := b.wine(row, i, parts)
		b.snap.wines[row.Code] = w
		b.snap.Wines = append(b.snap.Wines, w)
	}
	parts.orphans(b)
}

func (b *builder) wine(row WineRow, index int, parts *parts) *Wine {
	w := &Wine{
		WineRow: row, ID: b.src.WineIDs[row.Code], Index: index, Rev: b.src.Rev,
		Producer: b.snap.houses[row.Producer], Region: b.region("wine "+row.Code, row.Region),
	}
	if w.Producer == nil {
		b.problem("wine %s: no producer %q", row.Code, row.Producer)
	}
	if row.Appellation != "" {
		if w.Appellation = b.snap.appells[row.Appellation]; w.Appellation == nil {
			b.problem("wine %s: no appellation %q", row.Code, row.Appellation)
		}
	}
	for _, vr := range parts.takeVintages(row.Code) {
		if _, twice := w.Vintage(vr.Year); twice {
			b.problem("wine %s: vintage %d is there twice", row.Code, vr.Year)
		}
		w.Vintages = append(w.Vintages, b.vintage(w, vr, parts))
	}
	slices.SortFunc(w.Vintages, func(a, c *Vintage) int { return cmp.Compare(orderYear(c.Year), orderYear(a.Year)) })
	return w
}

// orderYear puts NV before the newest vintage.
func orderYear(year int) int {
	if year == 0 {
		return 1 << 20
	}
	return year
}

func (b *builder) vintage(w *Wine, row VintageRow, parts *parts) *Vintage {
	if row.Year != 0 && (row.Year < 1800 || row.Year > 2100) {
		b.problem("wine %s: year %d", row.Wine, row.Year)
	}
	v := &Vintage{VintageRow: row, Wine: w}
	for _, sr := range parts.takeSKUs(row.Wine, row.Year) {
		v.SKUs = append(v.SKUs, b.sku(v, sr, parts))
	}
	slices.SortFunc(v.SKUs, func(a, c *SKU) int {
		return cmp.Or(cmp.Compare(c.SaleType, a.SaleType), cmp.Compare(a.Volume, c.Volume), cmp.Compare(a.Pack, c.Pack), cmp.Compare(a.Code, c.Code))
	})
	return v
}

func (b *builder) sku(v *Vintage, row SKURow, parts *parts) *SKU {
	if parts.skuSeen[row.Code] {
		b.problem("SKU %s is there twice", row.Code)
	}
	parts.skuSeen[row.Code] = true
	if row.Volume < 100 || row.Volume > 30_000 || row.Pack < 1 || row.Pack > 60 {
		b.problem("SKU %s: %d bottles of %d ml", row.Code, row.Pack, row.Volume)
	}
	if len(row.Code) == 0 || len(row.Code) > MaxCode {
		b.problem("SKU %q: its code has not 1 to %d characters", row.Code, MaxCode)
	}
	s := &SKU{SKURow: row, Slot: b.src.Slot(row.Code), Vintage: v, prices: make([]kept, len(b.src.Markets.Markets)), allotted: parts.allotted[row.Code]}
	for _, p := range parts.prices[row.Code] {
		m, ok := b.src.Markets.Market(p.Market)
		switch {
		case !ok:
			b.problem("SKU %s: a price for market %q", row.Code, p.Market)
		case p.ValidFrom.After(b.src.Now):
			s.upcoming = append(s.upcoming, p)
		default:
			s.prices[m.Index].replace(p)
		}
	}
	return s
}

// replace a price by one that took effect later.
func (k *kept) replace(p PriceRow) {
	if from := p.ValidFrom.UnixMicro(); from >= k.from {
		*k = kept{p.Minor, from}
	}
}

func basis(sale SaleType, m *market.Market) market.Basis {
	if sale == Primeur {
		return market.Excl
	}
	return m.Basis
}

// parts are the rows below the wines, grouped by what they hang on.
type parts struct {
	vintages map[string][]VintageRow
	skus     map[vintageKey][]SKURow
	prices   map[string][]PriceRow
	allotted map[string][]AllocationRow
	skuSeen  map[string]bool // codes that have been taken
}

type vintageKey struct {
	wine string
	year int
}

func partsOf(l *List) *parts {
	p := &parts{
		vintages: map[string][]VintageRow{}, skus: map[vintageKey][]SKURow{},
		prices: make(map[string][]PriceRow, len(l.SKUs)), skuSeen: make(map[string]bool, len(l.SKUs)),
		allotted: map[string][]AllocationRow{},
	}
	for _, v := range l.Vintages {
		p.vintages[v.Wine] = append(p.vintages[v.Wine], v)
	}
	for _, s := range l.SKUs {
		key := vintageKey{s.Wine, s.Year}
		p.skus[key] = append(p.skus[key], s)
	}
	for _, r := range l.Prices {
		p.prices[r.SKU] = append(p.prices[r.SKU], r)
	}
	for _, a := range l.Allocations {
		p.allotted[a.SKU] = append(p.allotted[a.SKU], a)
	}
	return p
}

func (p *parts) takeVintages(wine string) []VintageRow {
	rows := p.vintages[wine]
	delete(p.vintages, wine)
	return rows
}

func (p *parts) takeSKUs(wine string, year int) []SKURow {
	key := vintageKey{wine, year}
	rows := p.skus[key]
	delete(p.skus, key)
	return rows
}

// orphans are rows whose wine or vintage is not there.
func (p *parts) orphans(b *builder) {
	for wine := range p.vintages {
		b.problem("vintages of wine %q, which is not there", wine)
	}
	for key := range p.skus {
		b.problem("SKUs of wine %q %d, which is not there", key.wine, key.year)
	}
}
