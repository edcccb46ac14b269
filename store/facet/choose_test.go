package facet

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"caveau/store/catalog"
)

// Counts and lists are those that a slow reading of the catalogue gives, whatever is chosen.
func TestCountsAreTrue(t *testing.T) {
	w := load(t)
	shop := w.shop(t, "fr")
	for seed := range uint64(16) {
		r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test's dice
		s := randomSelection(r, w.demo)
		got := w.demo.Choose(s, shop, nil)
		want := slow(w.demo, s, shop)
		if got.Total != len(want) {
			t.Fatalf("%s: %d vintages, want %d", s, got.Total, len(want))
		}
		for _, f := range Choices() {
			checkOptions(t, w.demo, s, shop, f, got.Options(f))
		}
		for f, what := range map[Facet]string{Years: YearsPart, Price: PricePart, Score: ScoreKey} {
			if n := len(slow(w.demo, s.Without(what), shop)); got.If(f) != n {
				t.Errorf("%s without %s: %d, want %d", s, what, got.If(f), n)
			}
		}
	}
}

func checkOptions(t *testing.T, x *Index, s Selection, shop Shop, f Facet, options []Option) {
	t.Helper()
	counted := map[string]int{}
	for _, v := range slow(x, s.Without(f.Key()), shop) {
		for code := range valuesOf(x, v, shop, f, s.Without(f.Key())) {
			counted[code]++
		}
	}
	for _, o := range options {
		if o.Count != counted[o.Code] || o.Chosen != slices.Contains(s.Values[f], o.Code) {
			t.Errorf("%s: %s %s has %d, chosen %v; want %d", s, f.Key(), o.Code, o.Count, o.Chosen, counted[o.Code])
		}
		delete(counted, o.Code)
	}
	for code, n := range counted {
		t.Errorf("%s: %s lacks %s with %d", s, f.Key(), code, n)
	}
}

// valuesOf a vintage in a facet, by those of its SKUs that are what is chosen.
func valuesOf(x *Index, v *catalog.Vintage, shop Shop, f Facet, s Selection) map[string]bool {
	out := map[string]bool{}
	for _, sku := range v.SKUs {
		if !fitsSKU(sku, s, shop) {
			continue
		}
		switch f {
		case Format:
			out[strconv.Itoa(sku.Volume)] = true
		case Pack:
			out[strconv.Itoa(sku.Pack)] = true
		case Sale:
			if isLeft(sku.Slot) {
				out[string(sku.SaleType)] = true
			}
		default:
			for _, code := range wineValues(v, f) {
				out[code] = true
			}
		}
	}
	delete(out, "")
	return out
}

func wineValues(v *catalog.Vintage, f Facet) []string {
	w := v.Wine
	switch f {
	case Country, Region:
		var out []string
		for r := w.Region; r != nil; r = r.Parent {
			if (r.Parent == nil) == (f == Country) {
				out = append(out, r.Code)
			}
		}
		return out
	case Appellation:
		if w.Appellation == nil {
			return nil
		}
		return []string{w.Appellation.Code}
	case Producer:
		return []string{w.Producer.Code}
	case Classification:
		return []string{catalog.ClassificationCode(w.Classification)}
	case Colour:
		return []string{string(w.Colour)}
	default:
		return []string{string(v.Window.In(2026))}
	}
}

func fitsSKU(sku *catalog.SKU, s Selection, shop Shop) bool {
	price, sold := sku.Price(shop.Market)
	if !sold {
		return false
	}
	bottle := int(price.Minor) / sku.Pack
	sale := ""
	if isLeft(sku.Slot) {
		sale = string(sku.SaleType)
	}
	return meets(s, Format, strconv.Itoa(sku.Volume)) && meets(s, Pack, strconv.Itoa(sku.Pack)) && meets(s, Sale, sale) &&
		bottle >= s.Low*100 && (s.High == 0 || bottle <= s.High*100)
}

func meets(s Selection, f Facet, values ...string) bool {
	return len(s.Values[f]) == 0 || slices.ContainsFunc(values, func(v string) bool { return v != "" && slices.Contains(s.Values[f], v) })
}

// slow is the list by reading everything.
func slow(x *Index, s Selection, shop Shop) []*catalog.Vintage {
	var out []*catalog.Vintage
	for _, w := range x.snap.Wines {
		for _, v := range w.Vintages {
			fits := (s.From == 0 || v.Year >= s.From) && (s.To == 0 || v.Year <= s.To && v.Year > 0) && int(bestMark(v)) >= s.Score
			for _, f := range []Facet{Country, Region, Appellation, Producer, Classification, Colour, Window} {
				fits = fits && meets(s, f, wineValues(v, f)...)
			}
			if fits && slices.ContainsFunc(v.SKUs, func(sku *catalog.SKU) bool { return fitsSKU(sku, s, shop) }) {
				out = append(out, v)
			}
		}
	}
	return out
}

func randomSelection(r *rand.Rand, x *Index) Selection {
	s := Selection{Page: 1}
	for range r.IntN(4) {
		f := Facet(r.IntN(choices))
		for range 1 + r.IntN(3) {
			code := x.codes[f][1+r.IntN(len(x.codes[f])-1)]
			if one := (Selection{}); x.Knows(one.with(f, code)) {
				s.Values[f] = append(s.Values[f], code)
			}
		}
		slices.Sort(s.Values[f])
		s.Values[f] = slices.Compact(s.Values[f])
	}
	if r.IntN(3) == 0 {
		s.From, s.To = 1950+r.IntN(30), 1985+r.IntN(35)
	}
	if r.IntN(3) == 0 {
		s.Low, s.High = r.IntN(50), 60+r.IntN(500)
	}
	if r.IntN(4) == 0 {
		s.Score = 85 + r.IntN(14)
	}
	return s
}

func (s Selection) with(f Facet, code string) Selection {
	s.Values[f] = []string{code}
	return s
}

func TestOrders(t *testing.T) {
	w := load(t)
	shop := w.shop(t, "fr")
	low := func(v *catalog.Vintage) int64 {
		lowest := int64(1 << 60)
		for _, sku := range v.SKUs {
			if p, sold := sku.Price(shop.Market); sold {
				lowest = min(lowest, p.Minor/int64(sku.Pack))
			}
		}
		return lowest
	}
	compare := map[Sort]func(a, b *catalog.Vintage) int{
		Cheapest:  func(a, b *catalog.Vintage) int { return cmp.Compare(low(a), low(b)) },
		Dearest:   func(a, b *catalog.Vintage) int { return cmp.Compare(low(b), low(a)) },
		Newest:    func(a, b *catalog.Vintage) int { return cmp.Compare(b.Year, a.Year) },
		Oldest:    func(a, b *catalog.Vintage) int { return cmp.Compare(cmp.Or(a.Year, 9999), cmp.Or(b.Year, 9999)) },
		BestScore: func(a, b *catalog.Vintage) int { return cmp.Compare(bestMark(b), bestMark(a)) },
		ByName: func(a, b *catalog.Vintage) int {
			return cmp.Compare(w.demo.byName[a.Wine.Index], w.demo.byName[b.Wine.Index])
		},
	}
	for order, less := range compare {
		s := Selection{Page: 1, Sort: order}
		s.Values[Region] = []string{"bordeaux"}
		var listed []*catalog.Vintage
		for {
			got := w.demo.Choose(s, shop, nil)
			if len(got.Vintages) == 0 {
				break
			}
			listed = append(listed, got.Vintages...)
			s.Page++
		}
		s.Page, s.Sort = 1, Relevance
		if want := slow(w.demo, s, shop); len(listed) != len(want) || !slices.IsSortedFunc(listed, less) {
			t.Errorf("%s: %d listed of %d, sorted %v", order, len(listed), len(want), slices.IsSortedFunc(listed, less))
		}
		seen := map[*catalog.Vintage]bool{}
		for _, v := range listed {
			if seen[v] {
				t.Fatalf("%s: %s %d is listed twice", order, v.Wine.Code, v.Year)
			}
			seen[v] = true
		}
	}
}

// What a query found keeps its order, and is counted alone.
func TestBaseIsKept(t *testing.T) {
	w := load(t)
	shop := w.shop(t, "fr")
	found := slow(w.demo, Selection{}, shop)[100:160]
	slices.Reverse(found)
	got := w.demo.Choose(Selection{Page: 1}, shop, found)
	if got.Total != len(found) || !slices.Equal(got.Vintages, found[:PerPage]) {
		t.Errorf("%d of %d are listed", got.Total, len(found))
	}
	if none := w.demo.Choose(Selection{Page: 1}, shop, []*catalog.Vintage{}); none.Total != 0 {
		t.Errorf("of nothing %d are listed", none.Total)
	}
}
