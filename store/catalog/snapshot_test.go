package catalog_test

import (
	"testing"

	"caveau/store/catalog"
)

func TestHarvestFallsBackToTheParent(t *testing.T) {
	s := snapshot(t, cellar())
	for _, c := range []struct {
		region string
		year   int
		rating int
		of     string // the region that is rated
	}{
		{"bordeaux", 1990, 5, "bordeaux"},
		{"medoc", 1990, 5, "bordeaux"},
		{"medoc", 2025, 4, "medoc"},
		{"bordeaux", 2025, 0, ""}, // never down
		{"champagne", 2008, 0, ""},
		{"france", 1990, 0, ""},
	} {
		rating, of := s.Harvest(s.Region(c.region), c.year)
		if rating != c.rating || of != s.Region(c.of) {
			t.Errorf("%s %d: %d of %v, want %d of %s", c.region, c.year, rating, of, c.rating, c.of)
		}
	}
	if rating, of := s.Harvest(nil, 1990); rating != 0 || of != nil {
		t.Errorf("no region: %d of %v", rating, of)
	}
}

func TestHarvestsOfAYearGreatFirst(t *testing.T) {
	got := names(snapshot(t, cellar()).Harvests(1990), func(h catalog.HarvestRow) string { return h.Region })
	if want := "bordeaux champagne germany"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A page that lists wines is as new as the newest of them, and never older than the structure.
func TestRevOf(t *testing.T) {
	s := snapshot(t, cellar())
	src := source(t, only(cellar(), "krug"))
	src.Rev = 9
	next, err := s.Replace(src)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		wines []int
		want  uint64
	}{
		"with the changed wine": {next.Region("france").Wines, 9},
		"without":               {next.Region("bordeaux").Wines, 7},
		"no wine":               {nil, 7},
	} {
		if got := next.RevOf(c.wines); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if got := s.RevOf(s.Region("france").Wines); got != 7 {
		t.Errorf("the old snapshot is at %d", got)
	}
}

func TestBottleShapeIsTheWinesElseTheRegions(t *testing.T) {
	list := cellar()
	list.Regions[4].Shape = "" // Germany
	s := snapshot(t, list)
	for wine, want := range map[string]catalog.Shape{
		"pavillon": catalog.Burgundy, "krug": catalog.Champagne, "margaux": catalog.Bordeaux, "scharzhof": catalog.Bordeaux,
	} {
		if got := s.Wine(wine).BottleShape(); got != want {
			t.Errorf("%s: %s, want %s", wine, got, want)
		}
	}
}
