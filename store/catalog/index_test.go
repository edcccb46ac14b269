package catalog_test

import (
	"maps"
	"slices"
	"testing"

	"caveau/store/catalog"
	"caveau/store/route"
)

func landings(list *catalog.List) map[string]int {
	out := map[string]int{}
	for _, p := range catalog.LandingPages(list) {
		out[p.String()]++
	}
	return out
}

func TestEachYearAndPlaceLandsOnce(t *testing.T) {
	want := []string{
		"landing//1990", "landing//2008", "landing//2025",
		"landing/appellation:champagne/1990", "landing/appellation:champagne/2008",
		"landing/appellation:margaux/1990", "landing/appellation:margaux/2025",
		"landing/region:bordeaux/1990", "landing/region:bordeaux/2025",
		"landing/region:france/1990", "landing/region:france/2008", "landing/region:france/2025",
		"landing/region:germany/2008",
		"landing/region:medoc/1990", "landing/region:medoc/2025",
	}
	got := landings(cellar())
	if pages := slices.Sorted(maps.Keys(got)); !slices.Equal(pages, want) {
		t.Errorf("pages\n%v, want\n%v", pages, want)
	}
	for page, n := range got {
		if n != 1 {
			t.Errorf("%s is there %d times", page, n)
		}
	}
}

// Both would have the path /millesime/1990/champagne. Which one has it may not hang on the order of the
// rows, or it would change from import to import.
func TestAppellationHidesTheRegionOfTheSameWord(t *testing.T) {
	list := cellar()
	list.Wines = append(list.Wines, catalog.WineRow{Code: "coteaux", Producer: "krug", Region: "champagne", Name: "Coteaux"})
	coteaux := []catalog.VintageRow{{Wine: "coteaux", Year: 1990}, {Wine: "coteaux", Year: 1999}}
	inherited := list.Vintages
	for name, vintages := range map[string][]catalog.VintageRow{
		"region first":      slices.Concat(coteaux, inherited),
		"appellation first": slices.Concat(inherited, coteaux),
	} {
		list.Vintages = vintages
		got := landings(list)
		for page, want := range map[string]int{
			"landing/appellation:champagne/1990": 1, "landing/region:champagne/1990": 0,
			"landing/appellation:champagne/1999": 0, "landing/region:champagne/1999": 1, // no wine of the appellation
		} {
			if got[page] != want {
				t.Errorf("%s: %s is there %d times, want %d", name, page, got[page], want)
			}
		}
	}
}

func TestLandingPagesEndWhereRegionsGoInCircles(t *testing.T) {
	list := cellar()
	list.Regions[1].Parent = "medoc" // France
	if n := landings(list)["landing/region:france/1990"]; n != 1 {
		t.Errorf("the page of France 1990 is there %d times", n)
	}
}

func TestPagesHoldEveryKind(t *testing.T) {
	list := cellar()
	got := map[route.Kind]int{}
	seen := map[route.Page]bool{}
	for _, p := range catalog.Pages(list) {
		got[p.Kind]++
		if seen[p] {
			t.Errorf("%s is there twice", p)
		}
		seen[p] = true
	}
	want := map[route.Kind]int{}
	for _, p := range route.Static() {
		want[p.Kind]++
	}
	want[route.Region], want[route.Appellation], want[route.Producer] = len(list.Regions), len(list.Appellations), len(list.Producers)
	want[route.Wine], want[route.Vintage], want[route.Landing] = len(list.Wines), len(list.Vintages), 15
	want[route.Primeur]++ // the campaign's beside the list of all
	if !maps.Equal(got, want) {
		t.Errorf("pages by kind: %v, want %v", got, want)
	}
	for _, p := range []route.Page{
		{Kind: route.Vintage, Code: "krug"}, {Kind: route.Vintage, Code: "margaux", Year: 1990}, {Kind: route.Primeur, Code: "bordeaux-2025"},
	} {
		if !seen[p] {
			t.Errorf("no page %s", p)
		}
	}
}

// An appellation of one colour has no page by colour, and a word that any house may print is no rank.
func TestPagesByColourAndRank(t *testing.T) {
	list := cellar()
	w := list.Wines[slices.IndexFunc(list.Wines, func(w catalog.WineRow) bool { return w.Appellation != "" })]
	other := w
	w.Code, w.Colour, w.Classification = "pavillon-blanc", catalog.White, "Grand cru"
	other.Code, other.Colour, other.Classification = "reserva", catalog.Red, "Reserva"
	list.Wines = append(list.Wines, w, other)
	seen := map[route.Page]bool{}
	for _, p := range catalog.Pages(list) {
		seen[p] = true
	}
	for page, want := range map[route.Page]bool{
		{Kind: route.Colour, Code: route.ColourOf(w.Appellation, "red")}:   true,
		{Kind: route.Colour, Code: route.ColourOf(w.Appellation, "white")}: true,
		{Kind: route.Colour, Code: route.ColourOf(w.Appellation, "rose")}:  false,
		{Kind: route.Classification, Code: "grand-cru"}:                    true,
		{Kind: route.Classification, Code: "reserva"}:                      false,
	} {
		if seen[page] != want {
			t.Errorf("%s is there: %v", page, seen[page])
		}
	}
	if c := snapshot(t, list).Classification("grand-cru"); c == nil || len(c.Wines) != 1 || c.Name != "Grand cru" {
		t.Errorf("the classification is %+v", c)
	}
	for name, want := range map[string]string{"Großes Gewächs": "grosses-gewachs", "1ÖTW": "1otw", "Premier cru supérieur classé en 1855": "premier-cru-superieur-classe-en-1855", "—": ""} {
		if code := catalog.ClassificationCode(name); code != want {
			t.Errorf("%s is %q", name, code)
		}
	}
}
