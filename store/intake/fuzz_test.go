package intake

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"caveau/store/catalog"
)

// fork is a reader that may learn producers without the first one learning them too.
func (rd *reader) fork() *reader {
	own := *rd
	ms := *rd.makers
	ms.all, ms.byName = slices.Clone(ms.all), map[string]map[string][]*maker{}
	for country, names := range rd.makers.byName {
		ms.byName[country] = maps.Clone(names)
		for key, list := range names {
			ms.byName[country][key] = slices.Clip(list)
		}
	}
	own.makers = &ms
	return &own
}

// FuzzName reads any name as any kind of wine: nothing panics, each row becomes one wine with a clean code
// and a name, and a second reading says the same.
func FuzzName(f *testing.F) {
	for _, name := range []string{
		"PAUILLAC - CHATEAU LAFITE ROTHSCHILD 2017", "CHATEAU D'YQUEM 2007", "(REPACK)MOMOKAWA 18", "- - -", " - ", "2015", "20", "08/09", "1ER",
		"CHATEAU", "DOMAINE DE", "LE LA LES", "CABERNET SAUVIGNON", "CHAMPAGNE", "D'", "L'", "''''", "\"\"", "()", "A-B-C-D", "É", "張裕", "BL",
		"ST. ST ST STE", "MARGAUX - MARGAUX MARGAUX", "ROUGE", "CRU", "GRAND CRU", "PREMIER CRU - PREMIER CRU", "3L", "1.5L 3L", "\x00", "\xff",
		strings.Repeat("CHATEAU ", 200), strings.Repeat("A", 5000), "NUIT ST GEORGES \"AUX BOUDOTS\" - X", "CHABLIS 1ER  - DOM. X  18",
		"GRAHAM'S - 10 YEAR OLD", "Q-CLAY - BISQUERTT", "WINE", "RED BLEND - RED BLEND", "ROSE - ROSE ROSE", "N° 3 - N. 5", "99 98 97", "- 2019",
	} {
		f.Add(name, "FR", uint8(0))
		f.Add(name, "IT", uint8(1))
		f.Add(name, "CA", uint8(2))
	}
	o := options(f)
	base, err := newReader(o)
	if err != nil {
		f.Fatal(err)
	}
	m := bcl(f)
	f.Fuzz(func(t *testing.T, name, country string, kind uint8) {
		if base.atlas.roots[country] == "" || strings.TrimSpace(name) == "" {
			return
		}
		understand := func() (wine catalog.WineRow, ok bool) {
			r := &row{
				line: 2, sku: "1", raw: name, width: len([]rune(name)), country: country, volume: 750, bottles: 1 + int(kind%3), cents: 5000,
				colour: colours[kind%3], style: styles[kind%4],
			}
			if r.clean(m); len(wordsOf(r.name)) == 0 {
				return wine, false // nothing is left to understand
			}
			wines, err := base.fork().understand(context.Background(), []*row{r})
			if err != nil || len(wines) != 1 || len(wines[0].rows) != 1 {
				t.Fatalf("%q: %d wines, %v", name, len(wines), err)
			}
			return wines[0].row(), true
		}
		w, ok := understand()
		if !ok {
			return
		}
		if again, _ := understand(); !reflect.DeepEqual(w, again) {
			t.Errorf("%q is %+v, then %+v", name, w, again)
		}
		if !clean.MatchString(w.Code) || w.Name == "" || w.Producer == "" || w.Region == "" {
			t.Errorf("%q becomes %+v", name, w)
		}
	})
}
