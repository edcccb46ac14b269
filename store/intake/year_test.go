package intake

import "testing"

func TestYears(t *testing.T) {
	m := bcl(t)
	cases := []struct {
		name  string
		price int64 // of 75 cl
		want  int
		rest  string
		note  string
	}{
		{"PAUILLAC - CHATEAU LATOUR 2005", 2500, 2005, "PAUILLAC - CHATEAU LATOUR", ""},
		{"PEDRO XIMENEZ SOLERA 1927", 72, 0, "PEDRO XIMENEZ SOLERA 1927", "no-vintage"},
		{"MALBEC - ESCORIHUELA 1884 ESTATE GROWN", 19, 0, "MALBEC - ESCORIHUELA 1884 ESTATE GROWN", "no-vintage"},
		{"CARMENERE - SAN PEDRO 1865 MAULE 2020", 22, 2020, "CARMENERE - SAN PEDRO 1865 MAULE", ""},
		{"CHENAS - VIGNES DE 1939 2016", 37, 2016, "CHENAS - VIGNES DE 1939", ""},
		{"CHENAS - VIGNES DE 1939", 37, 0, "CHENAS - VIGNES DE 1939", "no-vintage"},
		{"CABERNET - SUR ANDINO 1969", 9, 0, "CABERNET - SUR ANDINO 1969", "no-vintage"},
		{"COTES DU JURA BLANC - JEAN BOURDY 1955", 500, 1955, "COTES DU JURA BLANC - JEAN BOURDY", ""},
		{"CREMANT D'ALSACE 1904 BLANC", 30, 0, "CREMANT D'ALSACE 1904 BLANC", "no-vintage"},
		{"1961 SINGLE HARVEST VERY OLD PORT", 400, 1961, "SINGLE HARVEST VERY OLD PORT", ""},
		{"BANYULS - PIETRI GERAUD 1951 VINTAGE", 275, 1951, "BANYULS - PIETRI GERAUD VINTAGE", ""},
		{"FROM THE FUTURE 2031", 20, 0, "FROM THE FUTURE 2031", "no-vintage"},
		{"TOSCANA - MASSETO 2016", 990, 2016, "TOSCANA - MASSETO", ""},
		{"BEAUJOLAIS NOUVEAU - 2025 DOMAINE X", 20, 2025, "BEAUJOLAIS NOUVEAU - DOMAINE X", ""},
		{"BRUNELLO DI MONTALCINO - COSTANTI 16", 90, 2016, "BRUNELLO DI MONTALCINO - COSTANTI", "short-year"},
		{"KABINETT - BERNCASTELER DOCTOR 09", 90, 2009, "KABINETT - BERNCASTELER DOCTOR", "short-year"},
		{"COMTES LAFON18", 70, 2018, "COMTES LAFON", "short-year"},
		{"OLD PORT 77", 200, 1977, "OLD PORT", "short-year"},
		{"SHIRAZ - LINDEMANS BIN 45", 12, 0, "SHIRAZ - LINDEMANS BIN 45", ""},
		{"RED ROOSTER - PINOT 3", 20, 0, "RED ROOSTER - PINOT 3", ""},
		{"CABERNET - VINEYARD 29", 90, 0, "CABERNET - VINEYARD 29", ""},
		{"VINOS DE MADRID - 4 MONOS GR-10", 30, 0, "VINOS DE MADRID - 4 MONOS GR-10", ""},
		{"CABERNET - O-61", 30, 0, "CABERNET - O-61", ""},
		{"RIOJA - CHATEAU CHALON LA COTE 39", 40, 0, "RIOJA - CHATEAU CHALON LA COTE 39", ""},
		{"MERCUREY - MOILLARD 09/10", 30, 2010, "MERCUREY - MOILLARD", "double-vintage"},
		{"SCHRADER LIBRARY 07 09 11", 600, 0, "SCHRADER LIBRARY", "several-vintages"},
		{"SMALL LOTS BARBERA SANDHILL EST 2018", 30, 2018, "SMALL LOTS BARBERA SANDHILL EST", ""}, // the estate
		{"X", 10, 0, "X", ""},
		{"2015", 10, 2015, "", ""},
	}
	for _, c := range cases {
		r := &row{raw: c.name, name: c.name, width: len(c.name), cents: c.price * 100, bottles: 1, volume: 750}
		r.yearOf(m)
		note := ""
		if len(r.notes) > 0 && r.year == 0 || len(r.notes) > 0 && c.note != "" {
			note = r.notes[0].Kind
		}
		if r.year != c.want || r.name != c.rest || note != c.note {
			t.Errorf("%q: %d, %q, note %q; want %d, %q, %q", c.name, r.year, r.name, note, c.want, c.rest, c.note)
		}
	}
}

func TestYearsThatTheFieldHasCut(t *testing.T) {
	m := bcl(t)
	for _, piece := range []string{"2", "20", "201", "202"} {
		name := "CHATEAU OF A NAME THAT IS LONG " + piece
		r := &row{raw: name, name: name, width: 60, cents: 5000, bottles: 1, volume: 750}
		if r.yearOf(m); r.year != 0 || r.yearCut != piece || r.name != "CHATEAU OF A NAME THAT IS LONG" {
			t.Errorf("%q: %d, cut %q, %q", piece, r.year, r.yearCut, r.name)
		}
		r = &row{raw: name, name: name, width: 40, cents: 5000, bottles: 1, volume: 750}
		if r.yearOf(m); r.yearCut != "" {
			t.Errorf("%q in a name that does not fill the field is taken for a cut year", piece)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]int{"3L": 3000, "1.5L": 1500, "750ML": 750, "75CL": 750, "L": 0, "XL": 0, "99L": 0, "-1L": 0, "EL": 0} {
		if got := litres(text); got != want {
			t.Errorf("litres(%q) = %d, want %d", text, got, want)
		}
	}
}
