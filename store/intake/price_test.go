package intake

import (
	"testing"
	"time"

	"caveau/store/market"
)

func TestConvert(t *testing.T) {
	fr := &market.Market{Currency: "EUR", Basis: market.Incl, VAT: 20, Rounding: 1}
	ch := &market.Market{Currency: "CHF", Basis: market.Incl, VAT: 8.1, Rounding: 5}
	us := &market.Market{Currency: "USD", Basis: market.Excl, VAT: 0, Rounding: 1}
	cases := []struct {
		cents int64
		rate  float64
		mk    *market.Market
		want  int64
	}{
		{10000, 0.62, fr, 7440},                  // 100.00 × 0.62 × 1.2
		{10000, 0.57, ch, 6160},                  // 61.617, to the next 0.05
		{10000, 0.73, us, 7300},                  // without tax
		{1, 0.62, fr, 1},                         // never nothing
		{1, 0.57, ch, 5},                         //
		{9_999_999_999, 5.7, us, 56_999_999_994}, // no overflow
		{333, 1.0 / 3, us, 111},
	}
	for _, c := range cases {
		if got := convert(c.cents, c.rate, c.mk); got != c.want {
			t.Errorf("convert(%d, %v, %s) = %d, want %d", c.cents, c.rate, c.mk.Currency, got, c.want)
		}
	}
}

func TestPricesOfAllMarkets(t *testing.T) {
	o, m := options(t), bcl(t)
	rows := []*row{{sku: "A", cents: 123456}, {sku: "B", cents: 999}}
	got, err := prices(rows, m, o.Markets, o.Now)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2*len(o.Markets.Markets) {
		t.Fatalf("%d prices for 2 SKUs and %d markets", len(got), len(o.Markets.Markets))
	}
	for _, p := range got {
		mk, ok := o.Markets.Market(p.Market)
		if !ok || p.Minor <= 0 || p.Minor%mk.Rounding != 0 || !p.ValidFrom.Equal(m.Date) {
			t.Errorf("%+v", p)
		}
	}
	delete(m.Rates[0].Rate, "hk")
	if _, err := prices(rows, m, o.Markets, o.Now); err == nil {
		t.Error("a market without a rate is passed over")
	}
	if _, err := prices(rows, m, o.Markets, m.Date.Add(-time.Hour)); err == nil {
		t.Error("rates of the future are used")
	}
}

func TestStockHangsOnTheSKUAlone(t *testing.T) {
	m := bcl(t)
	a, b := &row{sku: "A", cents: 2000, bottles: 1, volume: 750}, &row{sku: "B", cents: 150000, bottles: 1, volume: 750}
	one, two := stock([]*row{a, b}, m), stock([]*row{b, a}, m)
	levels := map[string]int{}
	for _, s := range one {
		levels[s.SKU+s.Warehouse] = s.Available
	}
	for _, s := range two {
		if levels[s.SKU+s.Warehouse] != s.Available {
			t.Errorf("%s in %s: %d or %d, by the order of the rows", s.SKU, s.Warehouse, s.Available, levels[s.SKU+s.Warehouse])
		}
	}
}

func TestStockKeepsItsShares(t *testing.T) {
	m := bcl(t)
	for house, shelf := range m.Stock.Warehouse {
		const n = 5000
		empty, low := 0, 0
		for i := range n {
			switch level := m.Stock.level(house, &row{sku: string(rune('A'+i%26)) + string(rune(i)), cents: 2000, bottles: 1, volume: 750}); {
			case level == 0:
				empty++
			case level <= 3:
				low++
			case level > shelf.Most:
				t.Fatalf("%s holds %d, most is %d", house, level, shelf.Most)
			}
		}
		if share := float64(empty) / n; share < shelf.Empty-0.03 || share > shelf.Empty+0.03 {
			t.Errorf("%s: %.2f are empty, want %.2f", house, share, shelf.Empty)
		}
		if share := float64(low) / n; share < shelf.Low-0.03 || share > shelf.Low+0.03 {
			t.Errorf("%s: %.2f are low, want %.2f", house, share, shelf.Low)
		}
	}
}
