package gazetteer

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"caveau/store/catalog"
)

// sound is a country without a fault; the tests break it one line at a time.
func sound() map[string]string {
	return map[string]string{
		"fr/regions.csv": regionColumns + "\n" +
			"france,,FR,France,bordeaux,France,France,Frankreich,Francia,Francia,França,Frankrijk,法國\n" +
			"burgundy,france,FR,Bourgogne,burgundy,Burgundy,,Burgund,Borgogna,Borgoña,Borgonha,Bourgogne,布根地\n" +
			"cote-de-nuits,burgundy,FR,Côte de Nuits,,,,,,,,,\n" +
			"champagne,france,FR,Champagne,champagne,,,,,,,,香檳\n",
		"fr/appellations.csv": appellationColumns + "\n" +
			"chambertin,cote-de-nuits,Chambertin,Grand Cru,,Le Chambertin\n" +
			"champagne,champagne,Champagne,AOC,香檳,\n",
		"fr/producers.csv": producerColumns + "\n" +
			"armand-rousseau,Domaine Armand Rousseau,cote-de-nuits,Gevrey-Chambertin,,Rousseau|Armand Rousseau\n" +
			"krug,Krug,champagne,Reims,庫克,\n",
		"fr/wines.csv": wineColumns + "\n" +
			"armand-rousseau-chambertin,armand-rousseau,chambertin,,Chambertin Grand Cru,,red,still,Pinot noir,Grand cru,,135,90,,2500,10,15,30,45,1945,3000,1\n" +
			"krug-grande-cuvee,krug,champagne,champagne,Grande Cuvée,,white,sparkling,Pinot noir|Chardonnay|Meunier,,,125,95,,240,,,,,NV,6000,\n",
		"fr/harvests.csv": harvestColumns + "\nburgundy,1990,5\nburgundy,1991,4\n",
	}
}

func files(m map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{"README.md": {Data: []byte("columns")}}
	for name, text := range m {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestReadLinksAndInherits(t *testing.T) {
	g, err := Read(files(sound()))
	if err != nil {
		t.Fatal(err)
	}
	w, ok := g.Wine("armand-rousseau-chambertin")
	if !ok {
		t.Fatal("the Chambertin is not there")
	}
	want := Wine{
		WineRow: catalog.WineRow{
			Code: "armand-rousseau-chambertin", Producer: "armand-rousseau", Appellation: "chambertin", Region: "cote-de-nuits",
			Name: "Chambertin Grand Cru", Colour: catalog.Red, Style: catalog.Still, Grapes: []string{"Pinot noir"},
			Classification: "Grand cru", Rank: 90,
		},
		Strength: 135,
		Demo:     Demo{EUR: 2500, From: 10, PeakFrom: 15, PeakTo: 30, To: 45, FirstYear: 1945, MaxVolume: 3000, OWC: true},
	}
	if !reflect.DeepEqual(*w, want) {
		t.Errorf("the Chambertin is\n%+v, want\n%+v", *w, want)
	}
	if shape := g.Shape(w); shape != catalog.Burgundy {
		t.Errorf("a part of Burgundy uses the bottle %q", shape)
	}
	if got := g.Harvest("cote-de-nuits", 1990); got != 5 {
		t.Errorf("1990 on the Côte de Nuits is %d, want Burgundy's 5", got)
	}
	if got := g.Harvest("champagne", 1990); got != 0 {
		t.Errorf("1990 in Champagne is %d, though nobody rated it", got)
	}
	r, _ := g.Region("burgundy")
	if r.Names["zh"] != "布根地" || r.Names["fr"] != "" {
		t.Errorf("Burgundy is called %v", r.Names)
	}
	nv, _ := g.Wine("krug-grande-cuvee")
	if !nv.Demo.NV || nv.Demo.FirstYear != 0 || len(nv.Grapes) != 3 {
		t.Errorf("Grande Cuvée is %+v", nv)
	}
	if line := g.Lineage("cote-de-nuits"); len(line) != 3 || line[2].Code != "france" {
		t.Errorf("the line above the Côte de Nuits has %d regions", len(line))
	}
	if _, ok := g.Producer("nobody"); ok {
		t.Error("found a producer that is not there")
	}
	if p, ok := g.Producer("krug"); !ok || p.Names["zh"] != "庫克" {
		t.Errorf("Krug is %+v", p)
	}
	if a, ok := g.Appellation("chambertin"); !ok || a.Aliases[0] != "Le Chambertin" {
		t.Errorf("Chambertin is %+v", a)
	}
}

func TestReadReportsEveryFaultWithItsLine(t *testing.T) {
	for _, c := range []struct{ file, old, new, want string }{
		{"fr/regions.csv", "code,parent", "code,above", "fr/regions.csv:1: the header line must be"},
		{"fr/regions.csv", "burgundy,france", "burgundy,frankreich", `fr/regions.csv:3: unknown region "frankreich"`},
		{"fr/regions.csv", "burgundy,france", "burgundy,cote-de-nuits", "fr/regions.csv:3: the regions above"},
		{"fr/regions.csv", ",FR,Côte", ",DE,Côte", `fr/regions.csv:4: country is "DE"`},
		{"fr/regions.csv", "Frankrijk", "", "fr/regions.csv:2: a country has a name in each language"},
		{"fr/regions.csv", "布根地", "勃艮第庄园", "fr/regions.csv:3: zh"},
		{"fr/regions.csv", "布根地", "Bourgogne", "fr/regions.csv:3: zh"},
		{"fr/regions.csv", "champagne,france,FR,Champagne,champagne", "champagne,france,FR,Champagne,fat", `fr/regions.csv:5: shape is "fat"`},
		{"fr/appellations.csv", "champagne,champagne,", "Champagne,champagne,", `fr/appellations.csv:3: code "Champagne" is not a slug`},
		{"fr/appellations.csv", "champagne,champagne,", "chambertin,champagne,", `fr/appellations.csv:3: appellation "chambertin" is written twice, first at fr/appellations.csv:2`},
		{"fr/appellations.csv", "Grand Cru", "", "fr/appellations.csv:2: level is blank"},
		{"fr/appellations.csv", "cote-de-nuits", "cote-de-beaune", `fr/appellations.csv:2: unknown region "cote-de-beaune"`},
		{"fr/producers.csv", "Rousseau|", "Rousseau||", "fr/producers.csv:2: aliases"},
		{"fr/producers.csv", "Rousseau|Armand Rousseau", "Rousseau|Rousseau", "fr/producers.csv:2: aliases names"},
		{"fr/producers.csv", "champagne,Reims", "reims,Reims", `fr/producers.csv:3: unknown region "reims"`},
		{"fr/producers.csv", "Krug,champagne", "Krug ,champagne", "fr/producers.csv:3: name"},
		{"fr/producers.csv", "Krug,champagne", "L’Krug,champagne", "straight apostrophe"},
		{"fr/wines.csv", "Grande Cuvée", "Grande Cuve\u0301e", "composed form"},
		{"fr/wines.csv", ",krug,", ",clicquot,", `fr/wines.csv:3: unknown producer "clicquot"`},
		{"fr/wines.csv", ",chambertin,,", ",musigny,,", `fr/wines.csv:2: unknown appellation "musigny"`},
		{"fr/wines.csv", ",chambertin,,", ",chambertin,champagne,", "fr/wines.csv:2: region \"champagne\" and the region"},
		{"fr/wines.csv", ",chambertin,,", ",,,", "fr/wines.csv:2: a wine has an appellation or a region"},
		{"fr/wines.csv", "red,still", "rouge,still", `fr/wines.csv:2: colour is "rouge"`},
		{"fr/wines.csv", "white,sparkling", "white,fizzy", `fr/wines.csv:3: style is "fizzy"`},
		{"fr/wines.csv", ",135,", ",13.5,", "fr/wines.csv:2: strength"},
		{"fr/wines.csv", ",90,,", ",101,,", "fr/wines.csv:2: rank"},
		{"fr/wines.csv", "10,15,30,45", "10,9,30,45", "fr/wines.csv:2: the drinking window"},
		{"fr/wines.csv", "10,15,30,45", ",,,", "fr/wines.csv:2: the drinking window"},
		{"fr/wines.csv", ",1945,", ",1885,", "fr/wines.csv:2: first_year"},
		{"fr/wines.csv", ",3000,1", ",3100,1", "fr/wines.csv:2: max_ml"},
		{"fr/wines.csv", ",3000,1", ",3000,yes", "fr/wines.csv:2: owc"},
		{"fr/wines.csv", ",3000,1", ",3000", "fr/wines.csv:2: wrong number of fields (21 fields, 22 expected)"},
		{"fr/wines.csv", "Chambertin Grand Cru", `Chamb"ertin`, "fr/wines.csv:2: "},
		{"fr/harvests.csv", "1991", "1990", "fr/harvests.csv:3: burgundy 1990 is rated twice, first at fr/harvests.csv:2"},
		{"fr/harvests.csv", "1991,4", "1991,6", "fr/harvests.csv:3: rating"},
		{"fr/harvests.csv", "burgundy,1991", "bourgogne,1991", `fr/harvests.csv:3: unknown region "bourgogne"`},
	} {
		m := sound()
		broken := strings.Replace(m[c.file], c.old, c.new, 1)
		if broken == m[c.file] {
			t.Fatalf("%s has no %q to break", c.file, c.old)
		}
		m[c.file] = broken
		g, err := Read(files(m))
		var faults Faults
		if !errors.As(err, &faults) || g != nil {
			t.Errorf("%q for %q in %s: no fault, want %q", c.new, c.old, c.file, c.want)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q in %s:\n%v\nwant %q", c.new, c.old, c.file, err, c.want)
		}
	}
}

func TestReadGoesOnAfterAFault(t *testing.T) {
	m := sound()
	m["fr/wines.csv"] = strings.NewReplacer("red,still", "rouge,still", "white,sparkling", "white,fizzy").Replace(m["fr/wines.csv"])
	m["fr/harvests.csv"] += "loire,1990,5\n"
	_, err := Read(files(m))
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 3 {
		t.Fatalf("three rows are wrong, reported:\n%v", err)
	}
	if want := (Fault{File: "fr/harvests.csv", Line: 4, Text: `unknown region "loire"`}); faults[2] != want {
		t.Errorf("the last fault is %v, want %v", faults[2], want)
	}
}

func TestSlug(t *testing.T) {
	for code, want := range map[string]bool{
		"chateau-margaux": true, "1945": true, "a": true, "": false, "-a": false, "a-": false, "a--b": false, "é": false, "A": false, "a b": false,
	} {
		if got := isSlug(code); got != want {
			t.Errorf("isSlug(%q) = %v", code, got)
		}
	}
}
