package catalog_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"caveau/store/catalog"
)

func TestSnapshotLinks(t *testing.T) {
	s := snapshot(t, cellar())
	w := s.Wine("margaux")
	if w.Producer != s.Producer("margaux") || w.Appellation != s.Appellation("margaux") || w.Region != s.Region("medoc") {
		t.Errorf("Château Margaux is of %v, %v, %v", w.Producer, w.Appellation, w.Region)
	}
	if s.Wine("scharzhof").Appellation != nil {
		t.Error("Scharzhof has an appellation")
	}
	if w.ID != 103 || w.Rev != 7 || s.Wines[w.Index] != w {
		t.Errorf("Château Margaux: row %d, revision %d, index %d", w.ID, w.Rev, w.Index)
	}
	medoc, bordeaux := s.Region("medoc"), s.Region("bordeaux")
	if medoc.Parent != bordeaux || !slices.Contains(bordeaux.Children, medoc) || bordeaux.Parent != s.Region("france") || s.Region("france").Parent != nil {
		t.Error("Médoc, Bordeaux and France do not lie in one another")
	}
	sku := s.SKU("M90-6")
	if sku == nil || sku.Code != "M90-6" || sku.Vintage.Year != 1990 || sku.Vintage.Wine != w || sku.Millilitres() != 4500 {
		t.Errorf("SKU M90-6 is %+v", sku)
	}
	if s.SKUs != len(cellar().SKUs) || s.SKU("none") != nil || s.Wine("none") != nil || s.Region("none") != nil || s.Year(1999) != nil {
		t.Errorf("%d SKUs, or something that is not there is found", s.SKUs)
	}
}

func TestSnapshotOrders(t *testing.T) {
	s := snapshot(t, cellar())
	for _, c := range []struct{ what, got, want string }{
		{"wines by popularity, then code", names(s.Wines, code), "margaux krug pavillon scharzhof"},
		{"NV first, newest first", names(s.Wine("krug").Vintages, year), "0 2008 1990"},
		{"by volume, then pack", names(mustVintage(t, s, "margaux", 1990).SKUs, skuCode), "M90-HF M90-1 M90-6 M90-MG"},
		{"in stock before primeur", names(mustVintage(t, s, "margaux", 2025).SKUs, skuCode), "M25-S M25-P"},
		{"years, newest first, without NV", names(s.Years, func(y *catalog.Year) string { return fmt.Sprint(y.Year) }), "2025 2008 1990"},
		{"wines of a country", wines(s, s.Region("france").Wines), "margaux krug pavillon"},
		{"wines of a region in the middle", wines(s, s.Region("bordeaux").Wines), "margaux pavillon"},
		{"wines of an appellation", wines(s, s.Appellation("margaux").Wines), "margaux pavillon"},
		{"wines of a house", wines(s, s.Producer("margaux").Wines), "margaux pavillon"},
		{"vintages of a year", names(s.Year(1990).Vintages, func(r catalog.VintageRef) string { return s.Vintage(r).Wine.Code }), "margaux krug pavillon"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	places := slices.Sorted(slices.Values(s.Year(2008).Places))
	if want := []string{"appellation:champagne", "region:france", "region:germany"}; !slices.Equal(places, want) {
		t.Errorf("places of 2008: %v, want %v", places, want)
	}
}

func code(w *catalog.Wine) string    { return w.Code }
func skuCode(s *catalog.SKU) string  { return s.Code }
func year(v *catalog.Vintage) string { return fmt.Sprint(v.Year) }

func names[T any](all []T, name func(T) string) string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = name(x)
	}
	return strings.Join(out, " ")
}

func wines(s *catalog.Snapshot, indexes []int) string {
	return names(indexes, func(i int) string { return s.Wines[i].Code })
}

func mustVintage(t *testing.T, s *catalog.Snapshot, wine string, year int) *catalog.Vintage {
	t.Helper()
	v, ok := s.Wine(wine).Vintage(year)
	if !ok {
		t.Fatalf("no vintage %d of %s", year, wine)
	}
	return v
}

func TestInvariantsAreHeld(t *testing.T) {
	type list = catalog.List
	long := strings.Repeat("x", catalog.MaxCode+1)
	for _, c := range []struct {
		name  string
		plant func(*list)
		want  string
	}{
		{"region twice", func(l *list) { l.Regions = append(l.Regions, l.Regions[0]) }, "region medoc is there twice"},
		{"region without its parent", func(l *list) { l.Regions[0].Parent = "graves" }, `region medoc: no parent "graves"`},
		{"region below itself", func(l *list) { l.Regions[1].Parent = "france" }, "region france lies below itself"},
		{"regions in a circle", func(l *list) { l.Regions[1].Parent = "medoc" }, "region bordeaux lies below itself"},
		{"appellation twice", func(l *list) { l.Appellations = append(l.Appellations, l.Appellations[0]) }, "appellation margaux is there twice"},
		{"appellation without its region", func(l *list) { l.Appellations[0].Region = "graves" }, `appellation margaux: no region "graves"`},
		{"producer twice", func(l *list) { l.Producers = append(l.Producers, l.Producers[1]) }, "producer krug is there twice"},
		{"producer without its region", func(l *list) { l.Producers[1].Region = "" }, `producer krug: no region ""`},
		{"wine twice", func(l *list) { l.Wines = append(l.Wines, l.Wines[1]) }, "wine krug is there twice"},
		{"wine without its producer", func(l *list) { l.Wines[1].Producer = "salon" }, `wine krug: no producer "salon"`},
		{"wine without its region", func(l *list) { l.Wines[1].Region = "" }, `wine krug: no region ""`},
		{"wine without its appellation", func(l *list) { l.Wines[1].Appellation = "salon" }, `wine krug: no appellation "salon"`},
		{"vintage twice", func(l *list) { l.Vintages = append(l.Vintages, l.Vintages[0]) }, "wine krug: vintage 1990 is there twice"},
		{"vintage without its wine", func(l *list) { l.Vintages[0].Wine = "salon" }, `vintages of wine "salon"`},
		{"year too early", func(l *list) { l.Vintages[5].Year = 1799 }, "wine pavillon: year 1799"},
		{"year too late", func(l *list) { l.Vintages[5].Year = 2101 }, "wine pavillon: year 2101"},
		{"SKU twice", func(l *list) { l.SKUs = append(l.SKUs, l.SKUs[2]) }, "SKU M90-6 is there twice"},
		{"SKU in two wines", func(l *list) { l.SKUs[6].Code = "M90-6" }, "SKU M90-6 is there twice"},
		{"SKU without its vintage", func(l *list) { l.SKUs[2].Year = 1991 }, `SKUs of wine "margaux" 1991`},
		{"SKU without a code", func(l *list) { l.SKUs[2].Code = "" }, `SKU "": its code has not 1 to 40 characters`},
		{"code too long", func(l *list) { l.SKUs[2].Code = long }, "SKU \"" + long + "\": its code"},
		{"no bottle", func(l *list) { l.SKUs[2].Pack = 0 }, "SKU M90-6: 0 bottles of 750 ml"},
		{"too many bottles", func(l *list) { l.SKUs[2].Pack = 61 }, "SKU M90-6: 61 bottles"},
		{"bottle too small", func(l *list) { l.SKUs[2].Volume = 99 }, "SKU M90-6: 6 bottles of 99 ml"},
		{"bottle too large", func(l *list) { l.SKUs[2].Volume = 30_001 }, "SKU M90-6: 6 bottles of 30001 ml"},
		{"price in no market", func(l *list) { l.Prices[0].Market = "va" }, `SKU M90-1: a price for market "va"`},
	} {
		l := cellar()
		c.plant(l)
		s, err := catalog.NewSnapshot(source(t, l))
		if s != nil || !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("%s: taken (%v)", c.name, err)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q does not say %q", c.name, err, c.want)
		}
	}
}

// The limits themselves are allowed.
func TestInvariantsAllowTheirLimits(t *testing.T) {
	l := cellar()
	l.Vintages[5].Year = 1800
	l.Vintages[6].Year = 2100
	l.SKUs[2].Volume, l.SKUs[2].Pack = 100, 60
	l.SKUs[3].Volume, l.SKUs[3].Pack = 30_000, 1
	l.SKUs[4].Code = strings.Repeat("x", catalog.MaxCode)
	l.Harvests[0].Region, l.Campaigns[0].Region = "graves", "graves" // not shown
	snapshot(t, l)
}

func TestAtMostTwentyProblemsAreTold(t *testing.T) {
	l := cellar()
	for i := range 30 {
		l.Regions = append(l.Regions, catalog.RegionRow{Code: fmt.Sprintf("r%02d", i), Parent: "nowhere"})
	}
	_, err := catalog.NewSnapshot(source(t, l))
	if err == nil {
		t.Fatal("taken")
	}
	if n := strings.Count(err.Error(), `no parent "nowhere"`); n != 20 {
		t.Errorf("%d problems are told, want 20", n)
	}
	if !strings.Contains(err.Error(), "region r00:") || !strings.Contains(err.Error(), "region r19:") {
		t.Errorf("they are not the first ones: %v", err)
	}
}
