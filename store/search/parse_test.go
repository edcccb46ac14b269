package search

import (
	"fmt"
	"strings"
	"testing"
)

// shown is a query in a line: what was understood, part by part.
func (q Query) shown() string {
	var out []string
	for _, p := range q.Parts {
		switch p.Kind {
		case Word:
			out = append(out, strings.Join(p.Words, "+"))
		case Year:
			out = append(out, fmt.Sprintf("year %v-%v", p.Low, p.High))
		case Format:
			out = append(out, fmt.Sprintf("format %v×%d", p.Volumes, p.Pack))
		case Pack:
			out = append(out, fmt.Sprintf("pack %d", p.Pack))
		case Price:
			out = append(out, fmt.Sprintf("price %v-%v", p.Low, p.High))
		case Score:
			out = append(out, fmt.Sprintf("score %v", p.Low))
		default:
			out = append(out, p.Kind.String()+" "+p.Code)
		}
	}
	return strings.Join(out, ", ")
}

func TestParse(t *testing.T) {
	w := load(t)
	for query, want := range map[string]string{
		"":                               "",
		"«»!?":                           "",
		"ch margaux 90 magnum":           "chateau, margaux, year 1990-1990, format [1500]×0",
		"Margaux '45":                    "margaux, year 1945-1945",
		"margaux ’26":                    "margaux, year 2026-2026",
		"19":                             "19",
		"petrus 2000-2005":               "petrus, year 2000-2005",
		"krug nv":                        "krug, year 0-0",
		"latour 1990s":                   "latour, year 1990-1999",
		"lafite 37,5cl":                  "lafite, format [375]×0",
		"lafite 1.5L":                    "lafite, format [1500]×0",
		"lafite 6x75":                    "lafite, format [750]×6",
		"lafite 3 x 1,5 l":               "lafite, format [1500]×3",
		"talbot caisse de 12":            "talbot, pack 12",
		"talbot 6er":                     "talbot, pack 6",
		"pommard 1er cru":                "pommard, premier, cru",
		"halbe flasche yquem":            "format [375]×0, yquem",
		"rouge bordeaux <50":             "colour red, bordeaux, price 0-50",
		"bordeaux unter 100 €":           "bordeaux, price 0-100",
		"bordeaux 50-100":                "bordeaux, price 50-100",
		"rioja 95+":                      "rioja, score 95",
		"cheval blanc":                   "cheval, blanc",
		"haut-brion blanc":               "haut, brion, colour white",
		"margaux owc en primeur":         "margaux, packaging owc, sale primeur",
		"L'If":                           "l, if",
		"St.-Émilion œuf Groß":           "saint, emilion, oeuf, gross",
		"拉菲1990大瓶":                       "chateau+lafite+rothschild, year 1990-1990, format [1500]×0",
		"シャトー・マルゴー":                      "chateau+margaux",
		"木桐 紅酒":                          "chateau+mouton+rothschild, colour red",
		"Шато Марго 2005":                "chateau+margaux, year 2005-2005",
		"１９９０ margaux":                   "year 1990-1990, margaux",
		"demi-sec vouvray":               "demi, sec, vouvray",
		"'; DROP TABLE wine; -- margaux": "drop, table, wine, margaux",
	} {
		if got := w.lexicon.Parse(query, 2026).shown(); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}

// Digits are met exactly: nobody who asks for 1982 wants 1983, or cuvée 733 for 734.
func TestDigitsAreNeverFuzzy(t *testing.T) {
	w := load(t)
	for _, f := range w.demo.terms.fits("733", true) {
		if w.demo.terms.words[f.term] != "733" {
			t.Errorf("733 stands for %s", w.demo.terms.words[f.term])
		}
	}
	wine := w.demo.snap.Wine("chateau-margaux")
	year := wine.Vintages[len(wine.Vintages)/2].Year
	a := w.demo.ask(w, w.shop(t, "fr"), fmt.Sprintf("château margaux %d", year), 5)
	if len(a.Hits) == 0 || a.Full != 1 || a.Hits[0].Vintage.Year != year {
		t.Errorf("%d hits are full: %s", a.Full, a.brief())
	}
}

// Whatever is asked: the parts lie within the text and do not overlap, a query without a part is shorter, and nothing panics.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", " ", "ch margaux '90 magnum", "6x75 <100 95+", "拉菲1990大瓶", "シャトー・マルゴー", "\x00\xff", "a\u0301\u200d\u202e", "1990-2000-2010", "€50-", "''''", "--;DROP",
		strings.Repeat("x1.5l ", 50), strings.Repeat("é", 10_000), "<script>alert(1)</script>", "🍷🍷 90+", "ﬁ½①", "9999999 l", "00-99 x x x", "Шато Марго", "ก็ไวน์",
	} {
		f.Add(seed)
	}
	w := load(f)
	shop := Shop{Market: w.markets.Markets[0]}
	f.Fuzz(func(t *testing.T, text string) {
		q := w.lexicon.Parse(text, 2026)
		if Clean(q.Text) != q.Text {
			t.Fatalf("clean %q becomes %q", q.Text, Clean(q.Text))
		}
		at := 0
		for i, p := range q.Parts {
			if p.from < at || p.to < p.from || p.to > len(q.Text) || p.Text == "" {
				t.Fatalf("%q: part %d is %+v", q.Text, i, p)
			}
			at = p.to
			if len(q.Without(i)) > len(q.Text) {
				t.Fatalf("%q without %d is longer: %q", q.Text, i, q.Without(i))
			}
		}
		w.demo.Find(q, shop, 5)
	})
}
