package demo

import (
	"math"
	"testing"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

func TestChanceIsEvenAndItsOwn(t *testing.T) {
	const n = 20_000
	sum, tenths := 0.0, [10]int{}
	for i := range n {
		c := chance("test", "wine", i)
		if c < 0 || c >= 1 {
			t.Fatalf("chance %v", c)
		}
		sum += c
		tenths[int(c*10)]++
	}
	if math.Abs(sum/n-0.5) > 0.01 {
		t.Errorf("the mean of %d draws is %v", n, sum/n)
	}
	for i, hits := range tenths {
		if hits < n/12 || hits > n/8 {
			t.Errorf("%d of %d draws lie in tenth %d", hits, n, i)
		}
	}
	if chance("a", "b", 1) != chance("a", "b", 1) || chance("a", "b", 1) == chance("a", "b", 2) || chance("a", "b") == chance("b", "a") {
		t.Error("a draw hangs on something else than its arguments")
	}
}

// TestFactsNameWinesOfTheGazetteer: a table's code that no wine, producer, appellation or region has
// would be a fact that is never asked.
func TestFactsNameWinesOfTheGazetteer(t *testing.T) {
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	known := func(code string) bool {
		_, wine := g.Wine(code)
		_, producer := g.Producer(code)
		_, appellation := g.Appellation(code)
		_, region := g.Region(code)
		return wine || producer || appellation || region
	}
	for code, years := range only {
		checkYears(t, code, years)
		if _, ok := g.Wine(code); !ok {
			t.Errorf("only: %q is no wine", code)
		}
	}
	for code, years := range never {
		checkYears(t, code, years)
		if !known(code) {
			t.Errorf("never: %q is nothing", code)
		}
	}
	for code := range delays {
		if !known(code) {
			t.Errorf("delays: %q is nothing", code)
		}
	}
	for code := range halfLitres {
		if !known(code) {
			t.Errorf("halfLitres: %q is nothing", code)
		}
	}
	for _, code := range notOffered {
		if !known(code) {
			t.Errorf("notOffered: %q is nothing", code)
		}
	}
}

func checkYears(t *testing.T, code string, years []int) {
	t.Helper()
	for i, year := range years {
		if year < gazetteer.FirstYear || year > gazetteer.LastYear || i > 0 && year <= years[i-1] {
			t.Errorf("%s: the year %d is out of range or order", code, year)
		}
	}
}

// TestNoVintageThatNeverWas looks for some that every merchant knows.
func TestNoVintageThatNeverWas(t *testing.T) {
	list := catalogue(t)
	wrong := map[wineYear]bool{
		{"chateau-d-yquem", 1992}: true, {"chateau-d-yquem", 2012}: true, {"petrus", 1991}: true, {"le-pin", 2003}: true,
		{"tignanello", 2002}: true, {"dom-perignon", 1991}: true, {"taylors-vintage-port", 1982}: true, {"barca-velha", 2005}: true,
		{"chateau-cheval-blanc", 1991}: true, {"hill-of-grace", 2011}: true,
	}
	for _, v := range list.Vintages {
		if wrong[wineYear{v.Wine, v.Year}] {
			t.Errorf("%s %d was never made", v.Wine, v.Year)
		}
	}
}

func TestGreatYearsAreLikelier(t *testing.T) {
	at := func(year, rating, rank int) float64 {
		w := testWine()
		w.Rank = rank
		return listing(vintage{wine: w, year: year, age: 2026 - year, delay: 3, rating: rating, bottle: 750})
	}
	if great, poor := at(1990, 5, 80), at(1991, 1, 80); great < 4*poor {
		t.Errorf("a great year is listed with %v, a poor one with %v", great, poor)
	}
	if young, old := at(2020, 4, 60), at(1970, 4, 60); young < 2*old {
		t.Errorf("a 2020 is listed with %v, a 1970 with %v", young, old)
	}
	if first, last := at(2015, 4, 98), at(2015, 4, 30); first < 2*last {
		t.Errorf("a first growth is listed with %v, a small one with %v", first, last)
	}
}

func TestFormsAreThoseOfTheTrade(t *testing.T) {
	list := catalogue(t)
	wines := map[string]catalog.WineRow{}
	for _, w := range list.Wines {
		wines[w.Code] = w
	}
	packs := map[[2]int]int{}
	for _, s := range list.SKUs {
		packs[[2]int{s.Volume, s.Pack}]++
		if s.Volume >= 3000 && s.Pack != 1 || s.Pack == 1 && s.Volume < 3000 && s.Packaging != catalog.Loose && s.SaleType == catalog.InStock {
			t.Errorf("%s is sold by %d in %s", s.Code, s.Pack, s.Packaging)
		}
		if s.Pack > 1 && s.Packaging == catalog.Loose {
			t.Errorf("%s: %d bottles, loose", s.Code, s.Pack)
		}
	}
	for _, want := range [][2]int{{750, 1}, {750, 6}, {750, 12}, {1500, 6}, {375, 24}, {6000, 1}, {15000, 1}} {
		if packs[want] == 0 {
			t.Errorf("nothing is sold by %d of %d ml", want[1], want[0])
		}
	}
}

func TestStemsAreShortAndTheirOwn(t *testing.T) {
	wines := []gazetteer.Wine{
		{WineRow: catalog.WineRow{Code: "chateau-margaux"}},
		{WineRow: catalog.WineRow{Code: "chateau-la-tour"}}, {WineRow: catalog.WineRow{Code: "domaine-tour"}},
		{WineRow: catalog.WineRow{Code: "armand-rousseau-gevrey-chambertin-clos-saint-jacques"}},
		{WineRow: catalog.WineRow{Code: "la-les"}},
	}
	got := stems(wines)
	for code, want := range map[string]string{
		"chateau-margaux": "MARGAUX", "chateau-la-tour": "TOUR-VMO", "domaine-tour": "TOUR-WHJ",
		"armand-rousseau-gevrey-chambertin-clos-saint-jacques": "ARM-ROU-GEV-CHA-CL-SA-JA", "la-les": "LA-LES",
	} {
		if got[code] != want {
			t.Errorf("the stem of %s is %s, want %s", code, got[code], want)
		}
	}
}
