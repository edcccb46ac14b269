package view

import (
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
)

// day of a price or a tasting.
func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 8, 0, 0, 0, time.UTC)
}

// smallList is a catalogue whose every figure the tests know: one château in a great year, a year that is
// in no shop, one in barrel; a Richebourg whose name does not tell its house; a champagne without a year.
func smallList() *catalog.List {
	names := func(pairs ...string) catalog.Names {
		n := catalog.Names{}
		for i := 0; i < len(pairs); i += 2 {
			n[pairs[i]] = pairs[i+1]
		}
		return n
	}
	l := &catalog.List{
		About: catalog.About{Code: "small", DemoPrices: true, DemoScores: true, DemoStock: true},
		Regions: []catalog.RegionRow{
			{Code: "france", Country: "FR", Name: "France", Names: names("de", "Frankreich", "zh", "法國", "it", "Francia"), Shape: catalog.Bordeaux},
			{Code: "bordeaux", Parent: "france", Country: "FR", Name: "Bordeaux", Names: names("zh", "波爾多")},
			{Code: "champagne", Parent: "france", Country: "FR", Name: "Champagne", Names: names("zh", "香檳區"), Shape: catalog.Champagne},
			{Code: "burgundy", Parent: "france", Country: "FR", Name: "Bourgogne", Names: names("de", "Burgund", "en", "Burgundy"), Shape: catalog.Burgundy},
		},
		Appellations: []catalog.AppellationRow{
			{Code: "margaux", Region: "bordeaux", Name: "Margaux", Level: "AOC", Names: names("zh", "瑪歌")},
			{Code: "champagne-aoc", Region: "champagne", Name: "Champagne", Level: "AOC", Names: names("zh", "香檳區")},
			{Code: "richebourg", Region: "burgundy", Name: "Richebourg", Level: "Grand Cru"},
		},
		Producers: []catalog.ProducerRow{
			{Code: "chateau-margaux", Name: "Château Margaux", Region: "bordeaux", Commune: "Margaux-Cantenac", Names: names("zh", "瑪歌酒莊")},
			{Code: "leroy", Name: "Domaine Leroy", Region: "burgundy"},
			{Code: "krug", Name: "Krug", Region: "champagne"},
		},
		Wines: []catalog.WineRow{
			{
				Code: "chateau-margaux", Producer: "chateau-margaux", Appellation: "margaux", Region: "bordeaux", Name: "Château Margaux",
				Names: names("zh", "瑪歌酒莊"), Colour: catalog.Red, Style: catalog.Still, Grapes: []string{"Cabernet Sauvignon", "Merlot"},
				Classification: "Premier grand cru classé en 1855", Rank: 99,
			},
			{
				Code: "leroy-richebourg", Producer: "leroy", Appellation: "richebourg", Region: "burgundy", Name: "Richebourg Grand Cru",
				Colour: catalog.Red, Style: catalog.Still, Grapes: []string{"Pinot Noir"}, Rank: 90,
			},
			{
				Code: "krug-grande-cuvee", Producer: "krug", Appellation: "champagne-aoc", Region: "champagne", Name: "Krug Grande Cuvée",
				Colour: catalog.White, Style: catalog.Sparkling, Grapes: []string{"Pinot Noir", "Chardonnay", "Meunier"}, Rank: 80,
			},
		},
		Vintages: []catalog.VintageRow{
			{Wine: "chateau-margaux", Year: 1990, Strength: 125, Window: catalog.Window{From: 2000, PeakFrom: 2010, PeakTo: 2030, To: 2045, Source: "demo"}, Scores: []catalog.Score{
				{Critic: "Caveau panel", Low: 98, High: 98, Scale: 100, Tasted: day(2019, 3, 1)}, {Critic: "Caveau panel", Low: 19.5, High: 19.5, Scale: 20, Tasted: day(2012, 5, 1)},
			}},
			{Wine: "chateau-margaux", Year: 1989},
			{Wine: "chateau-margaux", Year: 2025, Scores: []catalog.Score{{Critic: "Caveau panel", Low: 96, High: 98, Scale: 100, Tasted: day(2026, 4, 1), Barrel: true}}},
			{Wine: "leroy-richebourg", Year: 1990},
			{Wine: "krug-grande-cuvee"},
		},
		Harvests:  []catalog.HarvestRow{{Region: "bordeaux", Year: 1990, Rating: 5}},
		Campaigns: []catalog.CampaignRow{{Code: "bordeaux-2025", Region: "bordeaux", Year: 2025, Opens: day(2026, 5, 4)}},
	}
	add := func(code, wine string, year, volume, pack int, packaging catalog.Packaging, prices map[string]int64) {
		sku := catalog.SKURow{Code: code, Wine: wine, Year: year, Volume: volume, Pack: pack, Packaging: packaging, SaleType: catalog.InStock}
		if year == 2025 {
			sku.SaleType, sku.Campaign, sku.Delivery = catalog.Primeur, "bordeaux-2025", day(2028, 4, 1)
		}
		l.SKUs = append(l.SKUs, sku)
		for m, minor := range prices {
			l.Prices = append(l.Prices, catalog.PriceRow{SKU: code, Market: m, Minor: minor, ValidFrom: day(2026, 3, 12)})
		}
	}
	add("M90-75", "chateau-margaux", 1990, 750, 1, catalog.Loose, map[string]int64{"fr": 109000, "de": 108150, "ch": 99565, "hk": 980000, "us": 112500, "uk": 94950, "be": 109900})
	add("M90-75-6", "chateau-margaux", 1990, 750, 6, catalog.OWC, map[string]int64{"fr": 642000, "de": 636900, "ch": 586435, "hk": 5770000, "us": 660000, "uk": 559250})
	add("M90-150", "chateau-margaux", 1990, 1500, 1, catalog.Loose, map[string]int64{"fr": 231050, "hk": 2080000})
	add("M25-75-6", "chateau-margaux", 2025, 750, 6, catalog.OWC, map[string]int64{"fr": 241200, "de": 241200, "ch": 227500, "hk": 2230000, "us": 260000, "uk": 205000})
	add("R90-75", "leroy-richebourg", 1990, 750, 1, catalog.Loose, map[string]int64{"fr": 1250000, "de": 1240000, "hk": 9900000})
	add("KNV-75", "krug-grande-cuvee", 0, 750, 1, catalog.Loose, map[string]int64{"fr": 21990, "de": 21890, "hk": 198000, "us": 22500})
	l.Allocations = []catalog.AllocationRow{{SKU: "M25-75-6", Market: "fr", PerCustomer: 2}, {SKU: "M25-75-6", Market: "de", PerCustomer: 1}}
	return l
}

func smallShop(t testing.TB) *shop {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := shopOf(smallList(), markets)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
