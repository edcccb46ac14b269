package demo

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
)

// current are the prices of a moment in minor units, by SKU and market.
func current(list *catalog.List, now time.Time) map[string]map[string]int64 {
	log := slices.Clone(list.Prices)
	slices.SortStableFunc(log, func(a, b catalog.PriceRow) int { return a.ValidFrom.Compare(b.ValidFrom) })
	out := map[string]map[string]int64{}
	for _, p := range log {
		if p.ValidFrom.After(now) {
			continue
		}
		if out[p.SKU] == nil {
			out[p.SKU] = map[string]int64{}
		}
		out[p.SKU][p.Market] = p.Minor
	}
	return out
}

func TestEveryMarketIsPriced(t *testing.T) {
	table, list := markets(t), catalogue(t)
	prices := current(list, today)
	for _, s := range list.SKUs {
		if len(prices[s.Code]) != len(table.Markets) {
			t.Fatalf("%s has a price in %d of %d markets", s.Code, len(prices[s.Code]), len(table.Markets))
		}
	}
	for _, p := range list.Prices {
		m, ok := table.Market(p.Market)
		if !ok {
			t.Fatalf("%s has a price in market %q", p.SKU, p.Market)
		}
		if p.Minor <= 0 || p.Minor%m.Rounding != 0 || p.Minor%50 != 0 || p.Minor >= 10_000 && p.Minor%100 != 0 {
			t.Errorf("%s costs %d minor units in %s", p.SKU, p.Minor, p.Market)
		}
		if p.Market == "ch" && p.Minor%5 != 0 {
			t.Errorf("%s costs %d rappen", p.SKU, p.Minor)
		}
	}
}

// TestPricesAreInOrder: more wine costs more, a case about as much as its bottles.
func TestPricesAreInOrder(t *testing.T) {
	list := catalogue(t)
	prices := current(list, today)
	type vintage struct {
		wine string
		year int
		sale catalog.SaleType
	}
	groups := map[vintage][]catalog.SKURow{}
	for _, s := range list.SKUs {
		key := vintage{s.Wine, s.Year, s.SaleType}
		groups[key] = append(groups[key], s)
	}
	compared := 0
	for _, skus := range groups {
		slices.SortFunc(skus, func(a, b catalog.SKURow) int { return cmp.Compare(a.Volume*a.Pack, b.Volume*b.Pack) })
		for i, small := range skus {
			for _, big := range skus[i+1:] {
				compared += comparePrices(t, small, big, prices)
			}
		}
	}
	if compared < 100_000 {
		t.Errorf("only %d prices were compared", compared)
	}
}

func comparePrices(t *testing.T, small, big catalog.SKURow, prices map[string]map[string]int64) int {
	t.Helper()
	for market, price := range prices[small.Code] {
		bigger := prices[big.Code][market]
		if small.Volume*small.Pack < big.Volume*big.Pack && bigger <= price {
			t.Errorf("in %s %s costs %d and %s only %d", market, small.Code, price, big.Code, bigger)
		}
		if small.Volume != big.Volume || small.Pack > 1 {
			continue
		}
		if times := float64(bigger) / float64(price); times < 0.915*float64(big.Pack) || times > 1.1*float64(big.Pack) {
			t.Errorf("in %s %s costs %.2f times %s", market, big.Code, times, small.Code)
		}
	}
	return len(prices[small.Code])
}

func TestPricesFollowTheRule(t *testing.T) {
	table := markets(t)
	of := func(code string) *market.Market {
		m, ok := table.Market(code)
		if !ok {
			t.Fatalf("no market %s", code)
		}
		return m
	}
	for _, c := range []struct {
		eur     float64
		market  string
		primeur bool
		want    int64
	}{
		{120, "fr", false, 120_00},    // as in the gazetteer
		{120, "de", false, 119_00},    // 100 net and 19 %
		{120, "lu", false, 114_00},    // 14 %
		{120, "hk", false, 910_00},    // 100 net at 9.1, no tax
		{120, "us", false, 117_00},    // 100 net at 1.17, without sales tax
		{120, "uk", false, 104_00},    // 104.40
		{120, "ch", false, 101_00},    // 100.53
		{24.3, "fr", false, 24_50},    // to the half below 100
		{1_234, "fr", false, 1235_00}, // to fives from 1,000
		{500, "fr", true, 500_00},     // primeurs are without tax everywhere
		{500, "ie", true, 500_00},
		{500, "ch", true, 465_00},
		{0.1, "fr", false, 50}, // never nothing
	} {
		if got := inMarket(c.eur, of(c.market), c.primeur); got != c.want {
			t.Errorf("%v EUR in %s (primeur %v) is %d, want %d", c.eur, c.market, c.primeur, got, c.want)
		}
	}
}

func TestPricesKeepTheMarketsStep(t *testing.T) {
	m := &market.Market{Code: "xx", Currency: "EUR", Basis: market.Incl, VAT: 20, Rounding: 500}
	if got := inMarket(47, m, false); got != 45_00 {
		t.Errorf("47 EUR where prices are multiples of 5 is %d", got)
	}
}

// TestPriceLogHasAPastAndAFuture on every day of the year: some prices of long ago, some announced
// for the next 90 days.
func TestPriceLogHasAPastAndAFuture(t *testing.T) {
	list := catalogue(t)
	first := current(list, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	for _, s := range list.SKUs {
		if s.SaleType == catalog.InStock && len(first[s.Code]) == 0 {
			t.Errorf("%s has no price on New Year's Day", s.Code)
		}
	}
	dates := map[time.Time]map[string]bool{}
	for _, p := range list.Prices {
		if dates[p.ValidFrom] == nil {
			dates[p.ValidFrom] = map[string]bool{}
		}
		dates[p.ValidFrom][p.SKU] = true
	}
	for day := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == 2026; day = day.AddDate(0, 0, 1) {
		past, ahead := 0, 0
		for from, skus := range dates {
			if from.Before(day.AddDate(-2, 0, 0)) {
				past += len(skus)
			}
			if from.After(day) && from.Before(day.AddDate(0, 0, 90)) {
				ahead += len(skus)
			}
		}
		if past < 500 || ahead < 20 {
			t.Fatalf("on %v there are %d old and %d announced prices", day, past, ahead)
		}
	}
}

func TestPrimeurCampaign(t *testing.T) {
	list := catalogue(t)
	if len(list.Campaigns) != 1 || list.Campaigns[0].Code != "bordeaux-2025" || list.Campaigns[0].Year != 2025 {
		t.Fatalf("the campaigns are %+v", list.Campaigns)
	}
	opens := list.Campaigns[0].Opens
	if opens.Year() != 2026 || opens.Month() != time.May {
		t.Errorf("the campaign opens on %v", opens)
	}
	wines, volumes := map[string]bool{}, map[int]bool{}
	prices, before := current(list, today), current(list, opens.Add(-time.Minute))
	for _, s := range list.SKUs {
		if s.SaleType != catalog.Primeur {
			continue
		}
		wines[s.Wine], volumes[s.Volume] = true, true
		if s.Year != 2025 || s.Packaging != catalog.OWC || !s.Delivery.Equal(time.Date(2028, 4, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s is %+v", s.Code, s)
		}
		if len(before[s.Code]) > 0 || prices[s.Code]["fr"] != prices[s.Code]["it"] {
			t.Errorf("%s: before the opening %v, then %v", s.Code, before[s.Code], prices[s.Code])
		}
	}
	if len(wines) < 55 || len(wines) > 65 || wines["chateau-latour"] {
		t.Errorf("%d châteaux are in the campaign, Latour %v", len(wines), wines["chateau-latour"])
	}
	for _, v := range []int{750, 1500, 3000, 6000} {
		if !volumes[v] {
			t.Errorf("no primeur in bottles of %d ml", v)
		}
	}
	for _, v := range list.Vintages {
		if v.Year == 2025 && wines[v.Wine] && (len(v.Scores) != 1 || !v.Scores[0].Barrel || v.Window.From < 2028) {
			t.Errorf("%s 2025 has the marks %+v and the window %+v", v.Wine, v.Scores, v.Window)
		}
	}
}

// TestPrimeursAreCheaper than the same wine's bottles on the shelf, net of tax.
func TestPrimeursAreCheaper(t *testing.T) {
	for _, v := range []vintage{{rating: 4, bottle: 750}, {rating: 5, bottle: 750}} {
		v.wine, v.year, v.age, v.delay = testWine(), 2025, 1, 3
		shelf := v.price(form{750, 6, catalog.OWC})
		v.primeur = true
		if barrel := v.price(form{750, 6, catalog.OWC}); barrel >= 0.9*shelf/1.2 {
			t.Errorf("from the barrel %v, from the shelf %v with tax", barrel, shelf)
		}
	}
}

func TestOldAndGreatIsDear(t *testing.T) {
	at := func(year, rating int) float64 {
		return vintage{wine: testWine(), year: year, age: 2026 - year, delay: 3, rating: rating, bottle: 750}.bottlePrice()
	}
	if recent, of1961 := at(2020, 4), at(1961, 5); of1961 < 4*recent {
		t.Errorf("a 1961 costs %v, a 2020 %v", of1961, recent)
	}
	if great, poor := at(1990, 5), at(1991, 1); great < 2*poor {
		t.Errorf("a 1990 costs %v, a 1991 %v", great, poor)
	}
	if recent, poor := at(2020, 4), at(1984, 1); poor > recent {
		t.Errorf("a 1984 costs %v, more than a 2020 at %v", poor, recent)
	}
}
