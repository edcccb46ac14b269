package catalog_test

import (
	"slices"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
)

// The log is append-only: what was valid from an earlier day loses, and of two rows of one moment the
// later row wins.
func TestPriceInForce(t *testing.T) {
	before, later := noon.Add(-time.Hour), noon.Add(time.Hour)
	type row struct {
		minor int64
		from  time.Time
	}
	for name, c := range map[string]struct {
		rows []row
		want int64 // 0: not sold
	}{
		"none":                        {nil, 0},
		"one":                         {[]row{{100, before}}, 100},
		"from this very moment":       {[]row{{100, before}, {120, noon}}, 120},
		"not yet":                     {[]row{{100, before}, {120, later}}, 100},
		"nothing but later":           {[]row{{120, later}}, 0},
		"rows out of order":           {[]row{{120, noon}, {100, before}}, 120},
		"of one moment the later row": {[]row{{100, noon}, {90, noon}}, 90},
		"withdrawn by zero":           {[]row{{100, before}, {0, noon}}, 0},
		"back again":                  {[]row{{0, before}, {110, noon}}, 110},
	} {
		list := cellar()
		list.Prices = []catalog.PriceRow{{SKU: "KNV", Market: "de", Minor: 7, ValidFrom: before}}
		for _, r := range c.rows {
			list.Prices = append(list.Prices, catalog.PriceRow{SKU: "KNV", Market: "fr", Minor: r.minor, ValidFrom: r.from})
		}
		s := snapshot(t, list)
		p, sold := s.SKU("KNV").Price(shop(t, s, "fr"))
		if sold != (c.want > 0) || sold && (p.Minor != c.want || p.Currency != "EUR") {
			t.Errorf("%s: %v, sold %v, want %d", name, p, sold, c.want)
		}
		if p, _ := s.SKU("KNV").Price(shop(t, s, "de")); p.Minor != 7 {
			t.Errorf("%s: the price in Germany became %v", name, p)
		}
	}
}

func TestBasisOfPrices(t *testing.T) {
	s := snapshot(t, cellar())
	for _, c := range []struct {
		sku, market string
		want        market.Basis
	}{
		{"M25-S", "fr", market.Incl},
		{"M25-P", "fr", market.Excl}, // primeur
		{"M25-S", "us", market.Excl}, // sales tax comes on top
	} {
		p, sold := s.SKU(c.sku).Price(shop(t, s, c.market))
		if !sold || p.Basis != c.want {
			t.Errorf("%s in %s: basis %q, sold %v, want %q", c.sku, c.market, p.Basis, sold, c.want)
		}
	}
}

func TestDuePrices(t *testing.T) {
	list := cellar()
	friday, saturday := noon.AddDate(0, 0, 1), noon.AddDate(0, 0, 2)
	list.Prices = append(list.Prices,
		catalog.PriceRow{SKU: "M90-1", Market: "fr", Minor: 120000, ValidFrom: saturday},
		catalog.PriceRow{SKU: "M90-6", Market: "de", Minor: 600000, ValidFrom: saturday.AddDate(1, 0, 0)},
		catalog.PriceRow{SKU: "KNV", Market: "fr", Minor: 90000, ValidFrom: friday},
	)
	s := snapshot(t, list)
	if next, ok := s.NextPrice(); !ok || !next.Equal(friday) {
		t.Errorf("the next price is of %v, %v", next, ok)
	}
	const krug, margaux = 101, 103
	for _, c := range []struct {
		now  time.Time
		want []uint32
	}{
		{noon, nil},
		{friday.Add(-time.Second), nil},
		{friday, []uint32{krug}},
		{saturday, []uint32{krug, margaux}},
	} {
		got := slices.Sorted(slices.Values(s.Due(c.now)))
		if !slices.Equal(got, c.want) {
			t.Errorf("due at %v: %v, want %v", c.now, got, c.want)
		}
	}
	if next, ok := snapshot(t, cellar()).NextPrice(); ok {
		t.Errorf("a price is to come on %v where none is dated", next)
	}
}

// A dated row causes no write on its day: building its wine anew by the clock is what puts it in force.
func TestDatedPriceComesIntoForce(t *testing.T) {
	list := cellar()
	friday := noon.AddDate(0, 0, 1)
	list.Prices = append(list.Prices, catalog.PriceRow{SKU: "KNV", Market: "fr", Minor: 90000, ValidFrom: friday})
	s := snapshot(t, list)
	fr := shop(t, s, "fr")
	if p, sold := s.SKU("KNV").Price(fr); sold {
		t.Fatalf("sold for %v before its day", p)
	}
	src := source(t, only(list, "krug"))
	src.Now = friday
	next, err := s.Replace(src)
	if err != nil {
		t.Fatal(err)
	}
	if p, sold := next.SKU("KNV").Price(fr); !sold || p.Minor != 90000 || !p.From.Equal(friday) {
		t.Errorf("on its day: %v, sold %v", p, sold)
	}
	if due := next.Due(friday); len(due) > 0 {
		t.Errorf("still due: %v", due)
	}
}
