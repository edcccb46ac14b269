package gazetteer

import (
	"testing"
	"unicode"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Château Léoville-Las Cases", "chateau leoville las cases"},
		{"CH. LEOVILLE LAS  CASES", "chateau leoville las cases"},
		{"Cht d'Issan", "chateau d issan"},
		{"CH.D’ISSAN", "chateau d issan"},
		{"Dom. de la Romanée-Conti", "domaine de la romanee conti"},
		{"Dom.Leflaive", "domaine leflaive"},
		{"Dom Pérignon", "dom perignon"},
		{"St-Émilion 1er Grand Cru", "saint emilion premier grand cru"},
		{"Ste. Croix du Mont", "sainte croix du mont"},
		{"Weingut Joh. Jos. Prüm", "weingut joh jos prum"},
		{"Œil de Perdrix", "oeil de perdrix"},
		{"Großes Gewächs", "grosses gewachs"},
		{"Vega Sicilia «Único»", "vega sicilia unico"},
		{"Moët & Chandon", "moet chandon"},
		{"L'Évangile", "l evangile"},
		{"Tokaji Aszú 5 Puttonyos", "tokaji aszu 5 puttonyos"},
		{"拉菲", "拉菲"},
		{" -- ", ""},
		{"", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Château d'Yquem", "CH.CH.ST.", "dom.dom.", "İß½ﬁ", "\xff1er", "1ère côte"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("folding %q twice gives %q, then %q", s, once, twice)
		}
		for _, r := range once {
			if r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				t.Errorf("Fold(%q) = %q keeps %q", s, once, r)
			}
		}
	})
}
