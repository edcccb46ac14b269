package demo

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
)

var today = time.Date(2026, time.June, 15, 12, 0, 0, 0, time.UTC)

func markets(t testing.TB) *market.Table {
	t.Helper()
	table, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func fresh(t testing.TB, now time.Time) *catalog.List {
	t.Helper()
	list, err := Catalogue(markets(t), now)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// catalogue is today's list, made once for all tests that only read it.
func catalogue(t testing.TB) *catalog.List {
	t.Helper()
	list, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var shared = sync.OnceValues(func() (*catalog.List, error) {
	table, err := market.Load()
	if err != nil {
		return nil, err
	}
	return Catalogue(table, today)
})

func TestCatalogueIsTheSameAllYear(t *testing.T) {
	first := catalogue(t)
	for _, now := range []time.Time{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 31, 23, 59, 59, 0, time.UTC)} {
		if again := fresh(t, now); !reflect.DeepEqual(first, again) {
			t.Errorf("the catalogue of %v differs from that of %v", now, today)
		}
	}
	if next := fresh(t, today.AddDate(1, 0, 0)); reflect.DeepEqual(first, next) {
		t.Error("the catalogue of 2027 is that of 2026")
	}
}

func TestCatalogueHasItsSize(t *testing.T) {
	list := catalogue(t)
	if n := len(list.SKUs); n < 11_000 || n > 13_500 {
		t.Errorf("%d SKUs, want 11,000 to 13,500", n)
	}
	countries := map[string]bool{}
	parents := map[string]string{}
	for _, r := range list.Regions {
		parents[r.Code] = r.Parent
	}
	for _, w := range list.Wines {
		top := w.Region
		for parents[top] != "" {
			top = parents[top]
		}
		countries[top] = true
	}
	if len(countries) < 12 {
		t.Errorf("wines of %d countries: %v", len(countries), countries)
	}
	growths := 0
	for _, w := range list.Wines {
		if strings.Contains(w.Classification, "1855") {
			growths++
		}
	}
	if growths < 61+27 {
		t.Errorf("%d growths of 1855, want 61 and 27", growths)
	}
	if n := len(list.Producers); n < 250 {
		t.Errorf("%d producers, want at least 250", n)
	}
	oldest, youngest, volumes := 9999, 0, map[int]int{}
	for _, s := range list.SKUs {
		volumes[s.Volume]++
		if s.Year > 0 {
			oldest, youngest = min(oldest, s.Year), max(youngest, s.Year)
		}
	}
	if oldest != 1945 || youngest != 2025 {
		t.Errorf("vintages from %d to %d", oldest, youngest)
	}
	for _, v := range []int{375, 750, 1500, 3000, 5000, 6000, 9000, 12000, 15000} {
		if volumes[v] == 0 {
			t.Errorf("no bottle of %d ml", v)
		}
	}
}

// TestCatalogueHoldsTheInvariants checks what package catalog asks of a list: today, and in the years
// when wines of the campaign come into stock.
func TestCatalogueHoldsTheInvariants(t *testing.T) {
	checkInvariants(t, catalogue(t), today)
	later := today.AddDate(4, 0, 0)
	checkInvariants(t, fresh(t, later), later)
}

func checkInvariants(t *testing.T, list *catalog.List, now time.Time) {
	t.Helper()
	regions, appellations, producers := map[string]bool{}, map[string]bool{"": true}, map[string]bool{}
	wines, campaigns := map[string]bool{}, map[string]bool{}
	for _, r := range list.Regions {
		once(t, regions, r.Code)
		known(t, regions, r.Parent, r.Parent == "", "region above "+r.Code) // parents stand before their parts
	}
	for _, a := range list.Appellations {
		once(t, appellations, a.Code)
		known(t, regions, a.Region, false, "region of "+a.Code)
	}
	for _, p := range list.Producers {
		once(t, producers, p.Code)
		known(t, regions, p.Region, false, "region of "+p.Code)
	}
	for _, w := range list.Wines {
		once(t, wines, w.Code)
		known(t, producers, w.Producer, false, "producer of "+w.Code)
		known(t, appellations, w.Appellation, false, "appellation of "+w.Code)
		known(t, regions, w.Region, false, "region of "+w.Code)
	}
	for _, h := range list.Harvests {
		known(t, regions, h.Region, false, "harvest")
	}
	for _, c := range list.Campaigns {
		once(t, campaigns, c.Code)
		known(t, regions, c.Region, false, "region of "+c.Code)
	}
	checkVintages(t, list, wines, now)
	checkSKUs(t, list, campaigns)
}

func checkVintages(t *testing.T, list *catalog.List, wines map[string]bool, now time.Time) {
	seen, sold := map[[2]any]bool{}, map[[2]any]bool{}
	for _, s := range list.SKUs {
		sold[[2]any{s.Wine, s.Year}] = true
	}
	for _, v := range list.Vintages {
		key := [2]any{v.Wine, v.Year}
		if seen[key] {
			t.Errorf("%s %d is listed twice", v.Wine, v.Year)
		}
		seen[key] = true
		known(t, wines, v.Wine, false, "wine of a vintage")
		if v.Year != 0 && (v.Year < 1945 || v.Year > 2025) {
			t.Errorf("%s has the year %d", v.Wine, v.Year)
		}
		if !sold[key] {
			t.Errorf("%s %d has no SKU", v.Wine, v.Year)
		}
		w := v.Window
		if w != (catalog.Window{}) && (w.From <= v.Year || w.From > w.PeakFrom || w.PeakFrom > w.PeakTo || w.PeakTo > w.To || w.Source != "demo") {
			t.Errorf("%s %d has the window %+v", v.Wine, v.Year, w)
		}
		if v.Strength != 0 && (v.Strength < 15 || v.Strength > 230) {
			t.Errorf("%s %d has %d tenths of alcohol", v.Wine, v.Year, v.Strength)
		}
		checkScores(t, v, now)
	}
	for key := range sold {
		if !seen[key] {
			t.Errorf("%v is sold and no vintage", key)
		}
	}
}

func checkScores(t *testing.T, v catalog.VintageRow, now time.Time) {
	for _, s := range v.Scores {
		if s.Critic != "Caveau panel" {
			t.Errorf("%s %d has an invented mark of %s", v.Wine, v.Year, s.Critic)
		}
		if s.Scale != 20 && s.Scale != 100 || s.Low > s.High || s.High > float64(s.Scale) || s.Low < 0.7*float64(s.Scale) {
			t.Errorf("%s %d has the mark %+v", v.Wine, v.Year, s)
		}
		if s.Tasted.Year() <= v.Year || s.Tasted.After(now) {
			t.Errorf("%s %d was tasted in %v", v.Wine, v.Year, s.Tasted)
		}
		if s.Barrel != (s.Low != s.High) {
			t.Errorf("%s %d: a range is a barrel's, %+v", v.Wine, v.Year, s)
		}
	}
}

func checkSKUs(t *testing.T, list *catalog.List, campaigns map[string]bool) {
	codes := map[string]bool{}
	for _, s := range list.SKUs {
		once(t, codes, s.Code)
		if strings.Trim(s.Code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" || len(s.Code) > 40 {
			t.Errorf("the code %q is not short and plain", s.Code)
		}
		if s.Pack < 1 || s.Pack > 60 || s.Volume < 100 || s.Volume > 30_000 {
			t.Errorf("%s holds %d bottles of %d ml", s.Code, s.Pack, s.Volume)
		}
		if s.LWIN != "" || s.GTIN != "" {
			t.Errorf("%s has an invented number", s.Code)
		}
		if primeur := s.SaleType == catalog.Primeur; primeur != (s.Campaign != "") || primeur == s.Delivery.IsZero() {
			t.Errorf("%s is %s, campaign %q, delivered %v", s.Code, s.SaleType, s.Campaign, s.Delivery)
		}
		known(t, campaigns, s.Campaign, s.Campaign == "", "campaign of "+s.Code)
	}
	for _, p := range list.Prices {
		known(t, codes, p.SKU, false, "SKU of a price")
	}
	for _, s := range list.Stock {
		known(t, codes, s.SKU, false, "SKU of a stock row")
		if s.Available < 0 {
			t.Errorf("%s in %s: %d", s.SKU, s.Warehouse, s.Available)
		}
	}
}

func once(t *testing.T, seen map[string]bool, code string) {
	t.Helper()
	if seen[code] {
		t.Errorf("%q is there twice", code)
	}
	seen[code] = true
}

func known(t *testing.T, codes map[string]bool, code string, free bool, what string) {
	t.Helper()
	if !free && !codes[code] {
		t.Errorf("%s: %q is not in the list", what, code)
	}
}

func TestCatalogueMakesASnapshot(t *testing.T) {
	list := catalogue(t)
	snap, err := catalog.NewSnapshot(catalog.Source{
		List: list, Markets: markets(t), Routes: route.NewTable(nil, nil), Slot: func(string) uint32 { return 0 }, Now: today,
	})
	if err != nil {
		t.Fatal(err)
	}
	if snap.SKUs != len(list.SKUs) || len(snap.Wines) != len(list.Wines) {
		t.Errorf("the snapshot has %d SKUs and %d wines, the list %d and %d", snap.SKUs, len(snap.Wines), len(list.SKUs), len(list.Wines))
	}
}

func TestCatalogueSaysWhatIsDemonstration(t *testing.T) {
	about := catalogue(t).About
	if about.Code != "demo" || !about.DemoPrices || !about.DemoScores || !about.DemoStock || !strings.Contains(about.Source, "demonstration") {
		t.Errorf("the catalogue says of itself %+v", about)
	}
}

// TestCatalogueIsMadeInASecond takes the best of five, so that a busy machine does not fail it.
func TestCatalogueIsMadeInASecond(t *testing.T) {
	table, best := markets(t), time.Hour
	for range 5 {
		start := time.Now()
		if _, err := Catalogue(table, today); err != nil {
			t.Fatal(err)
		}
		if best = min(best, time.Since(start)); best < time.Second {
			return
		}
	}
	t.Errorf("the catalogue takes %v at best", best)
}

func BenchmarkCatalogue(b *testing.B) {
	table := markets(b)
	for b.Loop() {
		if _, err := Catalogue(table, today); err != nil {
			b.Fatal(err)
		}
	}
}
