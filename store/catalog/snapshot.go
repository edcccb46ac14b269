package catalog

import (
	"cmp"
	"slices"
	"time"

	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/route"
)

// Snapshot is the whole catalogue at one moment. It is immutable and shared by all requests.
//
// Places refer to wines, and wines to nothing that lists them, so that replacing one wine (Replace)
// copies two slices and shares the rest.
type Snapshot struct {
	About           About
	At              time.Time // the moment that prices are taken at
	Rev             uint64    // of the structure: a new wine, a name, a path
	Newest          uint64    // highest revision in it, wines included
	Routes          *route.Table
	Regions         []*Region // countries among them
	Appellations    []*Appellation
	Producers       []*Producer
	Wines           []*Wine
	Years           []*Year // newest first, without NV
	Classifications []*Classification
	Campaigns       []CampaignRow
	Banners         []BannerRow
	SKUs            int

	markets  *market.Table
	regions  map[string]*Region
	appells  map[string]*Appellation
	houses   map[string]*Producer
	wines    map[string]*Wine
	classes  map[string]*Classification
	years    map[int]*Year
	harvests map[harvestKey]int
	skus     map[string]skuKey
	revs     map[*int]uint64 // of lists of wines, by where they begin
}

type harvestKey struct {
	region string
	year   int
}

// skuKey finds a SKU through its wine, which may have been replaced.
type skuKey struct{ wine, vintage, sku int }

// Region is a country (no Parent) or a wine region.
type Region struct {
	RegionRow
	Parent   *Region
	Children []*Region
	Wines    []int // of the region and all below it: indexes of Snapshot.Wines, by popularity
}

// Appellation is a name of origin.
type Appellation struct {
	AppellationRow
	Region *Region
	Wines  []int
}

// Producer is a house.
type Producer struct {
	ProducerRow
	Region *Region
	Wines  []int
}

// Year is all vintages of one year.
type Year struct {
	Year     int
	Vintages []VintageRef // by popularity of the wine
	Places   []string     // landing pages of this year: route.PlaceOf codes
}

// VintageRef finds a vintage through its wine, which may have been replaced.
type VintageRef struct{ Wine, Vintage int }

// Wine is the family of its vintages.
type Wine struct {
	WineRow
	ID          uint32 // row of table wine
	Index       int    // in Snapshot.Wines
	Rev         uint64 // of anything in it
	Producer    *Producer
	Appellation *Appellation // nil: the region stands
	Region      *Region
	Vintages    []*Vintage // newest first, NV before all
}

// Vintage is one wine in one year: the page.
type Vintage struct {
	VintageRow
	Wine *Wine
	SKUs []*SKU // in-stock before primeur, then by volume, pack
}

// SKU is what is sold.
type SKU struct {
	SKURow
	Slot     uint32 // its place on the stock board, for as long as the process lives
	Vintage  *Vintage
	prices   []kept // by market
	upcoming []PriceRow
	allotted []AllocationRow // of few SKUs
}

// kept is a price in little room: there are as many as SKUs times markets.
type kept struct {
	minor int64
	from  int64 // Unix microseconds; 0: none
}

// Price is what the SKU costs in one market.
type Price struct {
	money.Amount
	Basis market.Basis
	From  time.Time
}

// Price of the SKU in a market; false where it is not sold.
func (s *SKU) Price(m *market.Market) (Price, bool) {
	p := s.prices[m.Index]
	return Price{Amount: money.Of(p.minor, m.Currency), Basis: basis(s.SaleType, m), From: time.UnixMicro(p.from).UTC()}, p.minor > 0
}

// Allocation is how many units of the SKU one customer may have in a market; false where that is as many as there are.
func (s *SKU) Allocation(m *market.Market) (int, bool) {
	for _, a := range s.allotted {
		if a.Market == m.Code {
			return a.PerCustomer, true
		}
	}
	return 0, false
}

// Millilitres of the whole unit.
func (s *SKU) Millilitres() int { return s.Volume * s.Pack }

// BottleShape of the wine: its own, else its region's.
func (w *Wine) BottleShape() Shape {
	if w.Shape != "" {
		return w.Shape
	}
	for r := w.Region; r != nil; r = r.Parent {
		if r.Shape != "" {
			return r.Shape
		}
	}
	return Bordeaux
}

// Vintage of a year.
func (w *Wine) Vintage(year int) (*Vintage, bool) {
	for _, v := range w.Vintages {
		if v.Year == year {
			return v, true
		}
	}
	return nil, false
}

// In is the name in a language, else fallback.
func (n Names) In(language, fallback string) string {
	if name := n[language]; name != "" {
		return name
	}
	return fallback
}

// Region by code; nil where there is none.
func (s *Snapshot) Region(code string) *Region { return s.regions[code] }

// Appellation by code; nil where there is none.
func (s *Snapshot) Appellation(code string) *Appellation { return s.appells[code] }

// Producer by code; nil where there is none.
func (s *Snapshot) Producer(code string) *Producer { return s.houses[code] }

// Wine by code; nil where there is none.
func (s *Snapshot) Wine(code string) *Wine { return s.wines[code] }

// Year with at least one vintage; nil where there is none.
func (s *Snapshot) Year(year int) *Year { return s.years[year] }

// Markets of the snapshot.
func (s *Snapshot) Markets() *market.Table { return s.markets }

// SKU by the merchant's code; nil where there is none.
func (s *Snapshot) SKU(code string) *SKU {
	key, ok := s.skus[code]
	if !ok {
		return nil
	}
	return s.Wines[key.wine].Vintages[key.vintage].SKUs[key.sku]
}

// Vintage resolves a reference.
func (s *Snapshot) Vintage(ref VintageRef) *Vintage { return s.Wines[ref.Wine].Vintages[ref.Vintage] }

// Harvest is the rating of a year in a region or the nearest region above it, 1 to 5; 0 unknown.
func (s *Snapshot) Harvest(r *Region, year int) (rating int, of *Region) {
	for ; r != nil; r = r.Parent {
		if rating = s.harvests[harvestKey{r.Code, year}]; rating > 0 {
			return rating, r
		}
	}
	return 0, nil
}

// Harvests are the regions that have a rating for a year, great years first.
func (s *Snapshot) Harvests(year int) []HarvestRow {
	var out []HarvestRow
	for key, rating := range s.harvests {
		if key.year == year {
			out = append(out, HarvestRow{Region: key.region, Year: year, Rating: rating})
		}
	}
	slices.SortFunc(out, func(a, b HarvestRow) int {
		return cmp.Or(cmp.Compare(b.Rating, a.Rating), cmp.Compare(a.Region, b.Region))
	})
	return out
}

// RevOf is the highest revision among the wines of a place or a producer of this snapshot, and the structure:
// what a page that lists them hangs on.
func (s *Snapshot) RevOf(wines []int) uint64 {
	if len(wines) == 0 {
		return s.Rev
	}
	return s.revs[&wines[0]]
}

// settleRevs computes them: pages are asked for far more often than wines change.
func (s *Snapshot) settleRevs() {
	s.revs = make(map[*int]uint64, len(s.Regions)+len(s.Appellations)+len(s.Producers))
	settle := func(wines []int) {
		if len(wines) == 0 {
			return
		}
		rev := s.Rev
		for _, i := range wines {
			rev = max(rev, s.Wines[i].Rev)
		}
		s.revs[&wines[0]] = rev
	}
	for _, r := range s.Regions {
		settle(r.Wines)
	}
	for _, a := range s.Appellations {
		settle(a.Wines)
	}
	for _, p := range s.Producers {
		settle(p.Wines)
	}
	for _, c := range s.Classifications {
		settle(c.Wines)
	}
}

// NextPrice is when the next dated price takes effect; false where none is known.
func (s *Snapshot) NextPrice() (time.Time, bool) {
	var next time.Time
	for _, w := range s.Wines {
		if due, ok := w.nextPrice(); ok && (next.IsZero() || due.Before(next)) {
			next = due
		}
	}
	return next, !next.IsZero()
}

func (w *Wine) nextPrice() (time.Time, bool) {
	var next time.Time
	for _, v := range w.Vintages {
		for _, s := range v.SKUs {
			for _, p := range s.upcoming {
				if next.IsZero() || p.ValidFrom.Before(next) {
					next = p.ValidFrom
				}
			}
		}
	}
	return next, !next.IsZero()
}

// Due are the wines for which a dated price takes effect by now.
func (s *Snapshot) Due(now time.Time) []uint32 {
	var out []uint32
	for _, w := range s.Wines {
		if due, ok := w.nextPrice(); ok && !due.After(now) {
			out = append(out, w.ID)
		}
	}
	return out
}
