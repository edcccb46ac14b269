package gazetteer

import (
	"encoding/csv"
	"errors"
	"os"
	"strings"
	"testing"

	"caveau/store/catalog"
)

// load gives the embedded gazetteer, and reports its faults one by one, by file and line.
func load(t *testing.T) *Gazetteer {
	t.Helper()
	g, err := Load()
	var faults Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			t.Errorf("data/%v", f)
		}
		t.FailNow()
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestDataHasNoFault(t *testing.T) { load(t) }

func TestDataIsAWineWorld(t *testing.T) {
	g := load(t)
	if n := len(g.Producers); n < 250 {
		t.Errorf("%d producers, want at least 250", n)
	}
	countries := map[string]bool{}
	for _, w := range g.Wines {
		line := g.Lineage(w.Region)
		countries[line[len(line)-1].Code] = true
	}
	if len(countries) < 12 {
		t.Errorf("wines of %d countries, want at least 12: %v", len(countries), countries)
	}
}

// TestDataRatesTheGreatRegions: the demonstration catalogue asks for every year.
func TestDataRatesTheGreatRegions(t *testing.T) {
	g := load(t)
	for _, region := range []string{"bordeaux", "sauternais", "burgundy", "champagne", "rhone", "piedmont", "tuscany", "rioja", "mosel", "douro"} {
		for year := FirstYear; year < LastYear; year++ {
			if g.Harvest(region, year) == 0 {
				t.Errorf("%s %d is not rated", region, year)
			}
		}
	}
}

// TestDataHasTheGrowthsOf1855 compares with the classification: 61 red growths and 27 of Sauternes and Barsac.
func TestDataHasTheGrowthsOf1855(t *testing.T) {
	g := load(t)
	known := map[string]*Wine{}
	for i := range g.Wines {
		w := &g.Wines[i]
		if !strings.Contains(w.Classification, "1855") {
			continue
		}
		for _, name := range append([]string{w.Name}, w.Aliases...) {
			known[Fold(name)] = w
		}
	}
	growths := map[string]int{}
	for _, row := range rows(t, "testdata/classification_1855.csv") {
		w, ok := known[Fold(row["chateau"])]
		if !ok {
			t.Errorf("%s (%s, growth %s) is missing or not classified", row["chateau"], row["list"], row["growth"])
			continue
		}
		growths[row["list"]]++
		checkGrowth(t, g, w, row)
	}
	if growths["Médoc & Graves"] != 61 || growths["Sauternes & Barsac"] != 27 {
		t.Errorf("found %v", growths)
	}
}

func checkGrowth(t *testing.T, g *Gazetteer, w *Wine, row map[string]string) {
	t.Helper()
	if words := ordinals[row["list"]+row["growth"]]; !strings.HasPrefix(Fold(w.Classification), words+" ") {
		t.Errorf("%s is %q, want %q", w.Name, w.Classification, words)
	}
	style, colour := catalog.Still, catalog.Red
	if row["colour"] == "sweet white" {
		style, colour = catalog.Sweet, catalog.White
	}
	if w.Style != style || w.Colour != colour {
		t.Errorf("%s is %s %s, want %s", w.Name, w.Style, w.Colour, row["colour"])
	}
	a, ok := g.Appellation(w.Appellation)
	if !ok || Fold(a.Name) != Fold(row["appellation"]) && row["appellation"] != "Barsac" {
		t.Errorf("%s is of appellation %q, want %q", w.Name, w.Appellation, row["appellation"])
	}
}

// ordinals are the first words of a growth's classification, folded.
var ordinals = map[string]string{
	"Médoc & Graves1": "premier", "Médoc & Graves2": "deuxieme", "Médoc & Graves3": "troisieme",
	"Médoc & Graves4": "quatrieme", "Médoc & Graves5": "cinquieme",
	"Sauternes & Barsac0": "premier cru superieur", "Sauternes & Barsac1": "premier", "Sauternes & Barsac2": "deuxieme",
}

func TestDataHasTheGrandsCrusOfBurgundy(t *testing.T) {
	g := load(t)
	known := map[string]bool{}
	for _, a := range g.Appellations {
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			known[Fold(name)] = true
		}
	}
	for _, row := range rows(t, "testdata/grands_crus_bourgogne.csv") {
		if !known[Fold(row["grand_cru"])] {
			t.Errorf("the grand cru %s is missing", row["grand_cru"])
		}
	}
}

// rows reads a reference file by its header.
func rows(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		out = append(out, row)
	}
	return out
}
