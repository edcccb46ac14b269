package catalog_test

import (
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
)

// noon of the day that the tests' snapshots are made on.
var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// cellar is a small catalogue: two countries, three regions, four wines, one of them without a year. Its
// rows stand in no order that a snapshot keeps.
func cellar() *catalog.List {
	return &catalog.List{
		About: catalog.About{Code: "cellar"},
		Regions: []catalog.RegionRow{
			{Code: "medoc", Parent: "bordeaux", Country: "FR", Name: "Médoc"},
			{Code: "france", Country: "FR", Name: "France"},
			{Code: "bordeaux", Parent: "france", Country: "FR", Name: "Bordeaux", Shape: catalog.Bordeaux},
			{Code: "champagne", Parent: "france", Country: "FR", Name: "Champagne", Shape: catalog.Champagne},
			{Code: "germany", Country: "DE", Name: "Deutschland", Shape: catalog.Flute},
		},
		Appellations: []catalog.AppellationRow{
			{Code: "margaux", Region: "medoc", Name: "Margaux", Level: "AOC"},
			{Code: "champagne", Region: "champagne", Name: "Champagne", Level: "AOC"},
		},
		Producers: []catalog.ProducerRow{
			{Code: "margaux", Name: "Château Margaux", Region: "medoc"},
			{Code: "krug", Name: "Krug", Region: "champagne"},
			{Code: "egon-mueller", Name: "Egon Müller", Region: "germany"},
		},
		Wines: []catalog.WineRow{
			{Code: "scharzhof", Producer: "egon-mueller", Region: "germany", Name: "Scharzhof", Rank: 50},
			{Code: "krug", Producer: "krug", Appellation: "champagne", Region: "champagne", Name: "Krug", Rank: 80},
			{Code: "pavillon", Producer: "margaux", Appellation: "margaux", Region: "medoc", Name: "Pavillon Rouge", Rank: 50, Shape: catalog.Burgundy},
			{Code: "margaux", Producer: "margaux", Appellation: "margaux", Region: "medoc", Name: "Château Margaux", Rank: 99},
		},
		Vintages: []catalog.VintageRow{
			{Wine: "krug", Year: 1990},
			{Wine: "krug"},
			{Wine: "krug", Year: 2008},
			{Wine: "margaux", Year: 1990},
			{Wine: "margaux", Year: 2025},
			{Wine: "pavillon", Year: 1990},
			{Wine: "scharzhof", Year: 2008},
		},
		SKUs: []catalog.SKURow{
			{Code: "M25-P", Wine: "margaux", Year: 2025, Volume: 375, Pack: 12, SaleType: catalog.Primeur, Campaign: "bordeaux-2025"},
			{Code: "M25-S", Wine: "margaux", Year: 2025, Volume: 750, Pack: 1, SaleType: catalog.InStock},
			{Code: "M90-6", Wine: "margaux", Year: 1990, Volume: 750, Pack: 6, SaleType: catalog.InStock},
			{Code: "M90-MG", Wine: "margaux", Year: 1990, Volume: 1500, Pack: 1, SaleType: catalog.InStock},
			{Code: "M90-HF", Wine: "margaux", Year: 1990, Volume: 375, Pack: 24, SaleType: catalog.InStock},
			{Code: "M90-1", Wine: "margaux", Year: 1990, Volume: 750, Pack: 1, SaleType: catalog.InStock},
			{Code: "KNV", Wine: "krug", Volume: 750, Pack: 6, SaleType: catalog.InStock},
		},
		Prices: []catalog.PriceRow{
			{SKU: "M90-1", Market: "fr", Minor: 109000, ValidFrom: noon.AddDate(0, -2, 0)},
			{SKU: "M25-P", Market: "fr", Minor: 420000, ValidFrom: noon.AddDate(0, 0, -3)},
			{SKU: "M25-S", Market: "fr", Minor: 50000, ValidFrom: noon.AddDate(0, 0, -3)},
			{SKU: "M25-S", Market: "us", Minor: 60000, ValidFrom: noon.AddDate(0, 0, -3)},
		},
		Harvests: []catalog.HarvestRow{
			{Region: "bordeaux", Year: 1990, Rating: 5}, {Region: "medoc", Year: 2025, Rating: 4}, {Region: "champagne", Year: 1990, Rating: 5},
			{Region: "germany", Year: 1990, Rating: 3},
		},
		Campaigns: []catalog.CampaignRow{{Code: "bordeaux-2025", Region: "bordeaux", Year: 2025, Opens: noon}},
	}
}

// source of a snapshot at revision 7, with all pages that the list gives rise to.
func source(t *testing.T, list *catalog.List) catalog.Source {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]uint32{}
	for i, w := range list.Wines {
		ids[w.Code] = uint32(100 + i)
	}
	slots := map[string]uint32{}
	slot := func(sku string) uint32 {
		if _, known := slots[sku]; !known {
			slots[sku] = uint32(len(slots))
		}
		return slots[sku]
	}
	return catalog.Source{List: list, WineIDs: ids, Routes: table(list), Markets: markets, Slot: slot, Now: noon, Rev: 7}
}

func table(list *catalog.List) *route.Table {
	var nodes []*route.Node
	for i, p := range catalog.Pages(list) {
		nodes = append(nodes, &route.Node{ID: uint32(i + 1), Page: p})
	}
	return route.NewTable(nodes, nil)
}

func snapshot(t *testing.T, list *catalog.List) *catalog.Snapshot {
	t.Helper()
	s, err := catalog.NewSnapshot(source(t, list))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shop(t *testing.T, s *catalog.Snapshot, code string) *market.Market {
	t.Helper()
	m, ok := s.Markets().Market(code)
	if !ok {
		t.Fatalf("no market %s", code)
	}
	return m
}
