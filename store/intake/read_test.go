package intake

import (
	"bytes"
	"context"
	"flag"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
	"caveau/store/market"
)

var update = flag.Bool("update", false, "write the goldens anew")

var loadGazetteer = sync.OnceValues(gazetteer.Load)

func options(t testing.TB) Options {
	t.Helper()
	g, err := loadGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Gazetteer: g, Markets: markets, Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
}

// small are options with the few wines of testdata/gazetteer, so that the goldens hang on nothing else.
func small(t testing.TB) Options {
	t.Helper()
	o := options(t)
	g, err := gazetteer.Read(os.DirFS("testdata/gazetteer"))
	if err != nil {
		t.Fatal(err)
	}
	o.Gazetteer = g
	return o
}

func bcl(t testing.TB) *Map {
	t.Helper()
	m, err := ReadMap("builtin:bcl")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fixture(t testing.TB) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/list.csv")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func read(t testing.TB, list []byte, o Options) *Result {
	t.Helper()
	res, err := Read(context.Background(), bytes.NewReader(list), bcl(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// sku finds what a row of the list has become.
func sku(t *testing.T, res *Result, code string) (catalog.SKURow, catalog.WineRow) {
	t.Helper()
	i := slices.IndexFunc(res.List.SKUs, func(s catalog.SKURow) bool { return s.Code == code })
	if i < 0 {
		t.Fatalf("SKU %s is not taken", code)
	}
	s := res.List.SKUs[i]
	j := slices.IndexFunc(res.List.Wines, func(w catalog.WineRow) bool { return w.Code == s.Wine })
	if j < 0 {
		t.Fatalf("SKU %s names wine %q, which is not there", code, s.Wine)
	}
	return s, res.List.Wines[j]
}

func TestTraps(t *testing.T) {
	res := read(t, fixture(t), options(t))
	cases := []struct {
		sku, wine string
		year      int
	}{
		{"1001", "chateau-lafite-rothschild", 2017},
		{"1002", "chateau-lafite-rothschild", 2017},
		{"1003", "chateau-lafite-rothschild", 2017},
		{"1004", "carruades-de-lafite", 2017},
		{"1005", "chateau-latour", 2005},
		{"1006", "les-forts-de-latour", 2016},
		{"1007", "pavillon-rouge-du-chateau-margaux", 2015},
		{"1008", "chateau-margaux", 2015},
		{"1010", "clos-la-gaffeliere", 2018},
		{"1011", "chateau-la-gaffeliere", 2018},
		{"1012", "chateau-cheval-blanc", 2012},
		{"1013", "domaine-de-chevalier-blanc", 2019},
		{"1014", "domaine-de-chevalier", 2019},
		{"1015", "chateau-du-petit-essai-haut-medoc", 2009},
	}
	for _, c := range cases {
		if s, w := sku(t, res, c.sku); w.Code != c.wine || s.Year != c.year {
			t.Errorf("SKU %s is %s of %d, want %s of %d", c.sku, w.Code, s.Year, c.wine, c.year)
		}
	}
	if _, w := sku(t, res, "1009"); w.Code == "chateau-margaux" {
		t.Error("a case of several harvests is taken for Château Margaux")
	}
}

func TestGroups(t *testing.T) {
	res := read(t, fixture(t), options(t))
	same := [][]string{
		{"1016", "1017"},         // CHABLIS 1ER, CHABLIS 1ER CRU; DOMAINE, DOM
		{"1018", "1019"},         // cut at 60 characters, and whole
		{"1024", "1025"},         // a repack
		{"1027", "1028"},         // a bag and a bottle; ESTATE WINERY or not
		{"1001", "1002", "1003"}, // a magnum, a misspelling
	}
	for _, group := range same {
		_, first := sku(t, res, group[0])
		for _, code := range group[1:] {
			if _, w := sku(t, res, code); w.Code != first.Code {
				t.Errorf("%s is %s, %s is %s: one wine", group[0], first.Code, code, w.Code)
			}
		}
	}
	seen := map[string]string{}
	for _, code := range []string{"1001", "1004", "1005", "1006", "1007", "1008", "1010", "1011", "1013", "1014", "1016", "1018", "1023"} {
		_, w := sku(t, res, code)
		if other := seen[w.Code]; other != "" {
			t.Errorf("%s and %s are both %s", other, code, w.Code)
		}
		seen[w.Code] = code
	}
}

func TestFacts(t *testing.T) {
	res := read(t, fixture(t), options(t))
	if s, w := sku(t, res, "1016"); s.Year != 2018 || w.Appellation == "" || w.Colour != catalog.White ||
		w.Classification != "Premier cru" || !strings.Contains(w.Name, "Vaillons") {
		t.Errorf("Chablis Vaillons is %+v", w)
	}
	if s, w := sku(t, res, "1022"); s.Year != 0 || w.Grapes[0] != "Malbec" || !strings.Contains(w.Code, "1884") {
		t.Errorf("the Malbec is %+v of %d", w, s.Year)
	}
	if _, w := sku(t, res, "1021"); w.Style != catalog.Fortified || w.Colour != catalog.White {
		t.Errorf("the sherry is %+v", w)
	}
	if s, w := sku(t, res, "1036"); s.Volume != 3000 || s.Year != 2020 || w.Colour != catalog.Red {
		t.Errorf("the three litres are %+v, %+v", s, w)
	}
	if s, _ := sku(t, res, "1001"); s.GTIN != "4006381333931" {
		t.Errorf("GTIN is %q", s.GTIN)
	}
	if s, _ := sku(t, res, "1033"); s.GTIN != "" {
		t.Errorf("a GTIN with a wrong check digit is kept: %q", s.GTIN)
	}
	if s, w := sku(t, res, "1009"); s.Pack != 3 || s.Packaging != catalog.OWC || w.Name == "" {
		t.Errorf("the case is %+v", s)
	}
	if s, _ := sku(t, res, "1020"); s.Year != 0 {
		t.Errorf("a year that the field has cut is given as %d", s.Year)
	}
	if a := res.List.About; a.Code != "bcl" || !a.DemoPrices || !a.DemoStock || a.DemoScores ||
		!strings.Contains(a.Source, "Open Government Licence – British Columbia") {
		t.Errorf("about: %+v", a)
	}
}

func TestRejected(t *testing.T) {
	res := read(t, fixture(t), options(t))
	want := map[int]string{
		27: ReasonKeg, 30: ReasonClass, 31: ReasonClass, 32: ReasonClass, 33: ReasonPrice, 35: ReasonSKU, 36: ReasonVolume, 39: ReasonNoClass,
	}
	for _, x := range res.Rejected {
		if want[x.Line] != x.Reason || x.Words == "" || x.Name == "" {
			t.Errorf("line %d (%s) is rejected as %q, %q; want %q", x.Line, x.Name, x.Reason, x.Words, want[x.Line])
		}
		delete(want, x.Line)
	}
	for line, reason := range want {
		t.Errorf("line %d is not rejected as %s", line, reason)
	}
	if res.Rows != 38 || res.Taken != 30 || res.AsWine != 35 {
		t.Errorf("%d rows, %d taken of %d sold as wine", res.Rows, res.Taken, res.AsWine)
	}
}

func TestGoldenReport(t *testing.T) {
	res := read(t, fixture(t), small(t))
	var report bytes.Buffer
	if err := res.WriteReport(&report); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/report.golden.csv", report.Bytes())
	golden(t, "testdata/summary.golden.txt", []byte(res.Summary()))
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update and read the difference. Got:\n%s", path, got)
	}
}

func TestReadingTwiceGivesTheSame(t *testing.T) {
	o := options(t)
	if a, b := read(t, fixture(t), o), read(t, fixture(t), o); !reflect.DeepEqual(a, b) {
		t.Error("two readings of one list differ")
	}
}

func TestOrderOfTheRowsDoesNotMatter(t *testing.T) {
	o := options(t)
	lines := strings.SplitAfter(strings.TrimRight(string(fixture(t)), "\n"), "\n")
	lines[len(lines)-1] += "\n"
	body := slices.Clone(lines[1:])
	body = slices.DeleteFunc(body, func(l string) bool { return strings.Contains(l, "a SKU twice") })
	slices.Reverse(body)
	turned := read(t, []byte(lines[0]+strings.Join(body, "")), o).List
	straight := read(t, fixture(t), o).List
	for _, pair := range []struct {
		name string
		a, b any
	}{
		{"wines", straight.Wines, turned.Wines}, {"SKUs", straight.SKUs, turned.SKUs}, {"vintages", straight.Vintages, turned.Vintages},
		{"producers", straight.Producers, turned.Producers}, {"regions", straight.Regions, turned.Regions},
	} {
		if !reflect.DeepEqual(pair.a, pair.b) {
			t.Errorf("the %s differ when the list is turned round", pair.name)
		}
	}
}

func TestProgressCountsBytes(t *testing.T) {
	raw := fixture(t)
	var last, total int64
	o := options(t)
	o.Progress = func(done, of int64) {
		if done < last {
			t.Errorf("progress went back from %d to %d", last, done)
		}
		last, total = done, of
	}
	read(t, raw, o)
	if last != int64(len(raw)) || total != int64(len(raw)) {
		t.Errorf("progress ended at %d of %d, the list has %d bytes", last, total, len(raw))
	}
}

func TestSKUPrefix(t *testing.T) {
	m := bcl(t)
	m.SKUPrefix = "BC-"
	res, err := Read(context.Background(), bytes.NewReader(fixture(t)), m, options(t))
	if err != nil {
		t.Fatal(err)
	}
	sku(t, res, "BC-1001")
}

func TestCRLFAndByteOrderMark(t *testing.T) {
	o := options(t)
	dos := append([]byte("\xEF\xBB\xBF"), bytes.ReplaceAll(fixture(t), []byte("\n"), []byte("\r\n"))...)
	if !reflect.DeepEqual(read(t, dos, o).List, read(t, fixture(t), o).List) {
		t.Error("a list with CRLF and a byte order mark is read otherwise")
	}
}

func TestListKeepsTheInvariants(t *testing.T) {
	invariants(t, read(t, fixture(t), options(t)).List)
	invariants(t, read(t, fixture(t), small(t)).List)
}

var clean = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// invariants are those of package catalog: codes unique and clean, relations resolved, bounds kept.
func invariants(t *testing.T, l *catalog.List) {
	t.Helper()
	once := func(kind string, seen map[string]bool, code string) {
		if seen[code] || !clean.MatchString(code) {
			t.Errorf("%s %q is there twice, or is no slug", kind, code)
		}
		seen[code] = true
	}
	regions, origins, houses, wines := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range l.Regions {
		once("region", regions, r.Code)
	}
	for _, r := range l.Regions {
		if r.Parent != "" && !regions[r.Parent] || r.Country == "" || r.Name == "" || r.Shape == "" {
			t.Errorf("region %+v", r)
		}
		if r.Parent == "" && len(r.Names) < 7 {
			t.Errorf("country %s has names in %d languages", r.Code, len(r.Names))
		}
	}
	for _, a := range l.Appellations {
		once("appellation", origins, a.Code)
		if !regions[a.Region] || a.Name == "" {
			t.Errorf("appellation %+v", a)
		}
	}
	for _, p := range l.Producers {
		once("producer", houses, p.Code)
		if !regions[p.Region] || p.Name == "" {
			t.Errorf("producer %+v", p)
		}
	}
	for _, w := range l.Wines {
		once("wine", wines, w.Code)
		if !houses[w.Producer] || !regions[w.Region] || w.Appellation != "" && !origins[w.Appellation] || w.Name == "" ||
			!slices.Contains(colours, w.Colour) || !slices.Contains(styles, w.Style) {
			t.Errorf("wine %+v", w)
		}
	}
	skuInvariants(t, l, wines)
}

func skuInvariants(t *testing.T, l *catalog.List, wines map[string]bool) {
	t.Helper()
	type vintage struct {
		wine string
		year int
	}
	vintages, skus := map[vintage]bool{}, map[string]bool{}
	for _, v := range l.Vintages {
		if !wines[v.Wine] || vintages[vintage{v.Wine, v.Year}] || v.Year != 0 && (v.Year < 1800 || v.Year > 2100) {
			t.Errorf("vintage %+v", v)
		}
		vintages[vintage{v.Wine, v.Year}] = true
	}
	for _, s := range l.SKUs {
		if skus[s.Code] || !vintages[vintage{s.Wine, s.Year}] || s.Volume < 100 || s.Volume > 30000 || s.Pack < 1 || s.Pack > 60 ||
			s.Packaging == "" || s.SaleType != catalog.InStock {
			t.Errorf("SKU %+v", s)
		}
		skus[s.Code] = true
	}
	priced := map[string]int{}
	for _, p := range l.Prices {
		if !skus[p.SKU] || p.Minor <= 0 {
			t.Errorf("price %+v", p)
		}
		priced[p.SKU]++
	}
	stocked := map[string]int{}
	for _, s := range l.Stock {
		if !skus[s.SKU] || s.Available < 0 {
			t.Errorf("stock %+v", s)
		}
		stocked[s.SKU]++
	}
	for code := range skus {
		if priced[code] != 14 || stocked[code] != 3 {
			t.Errorf("SKU %s has %d prices and %d stocks", code, priced[code], stocked[code])
		}
	}
}

func TestPlacesKnowTheirParents(t *testing.T) {
	a, err := newAtlas(options(t).Gazetteer, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(a.orphans) > 0 {
		t.Errorf("data/places.csv: the gazetteer has no such parent for %s", strings.Join(a.orphans, ", "))
	}
}
