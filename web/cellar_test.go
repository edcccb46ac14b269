package web_test

import (
	"fmt"
	"strings"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
)

// today is the day of all tests: a campaign is open.
var today = time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 8, 0, 0, 0, time.UTC)
}

// estates is how many wines of the catalogue are there only to fill a list: one page shows 48.
const estates = 50

// cellarList is a catalogue whose every figure the tests know: a château in a great year and in barrel, a
// champagne without a year, and a long list of one appellation in one year.
func cellarList() *catalog.List {
	l := &catalog.List{
		About: catalog.About{Code: "cellar", DemoPrices: true, DemoScores: true, DemoStock: true},
		Regions: []catalog.RegionRow{
			{Code: "france", Country: "FR", Name: "France", Names: catalog.Names{"de": "Frankreich", "zh": "法國"}, Shape: catalog.Bordeaux},
			{Code: "bordeaux", Parent: "france", Country: "FR", Name: "Bordeaux", Names: catalog.Names{"zh": "波爾多"}},
			{Code: "champagne", Parent: "france", Country: "FR", Name: "Champagne", Names: catalog.Names{"zh": "香檳區"}, Shape: catalog.Champagne},
		},
		Appellations: []catalog.AppellationRow{
			{Code: "margaux", Region: "bordeaux", Name: "Margaux", Level: "AOC", Names: catalog.Names{"zh": "瑪歌"}},
			{Code: "pomerol", Region: "bordeaux", Name: "Pomerol", Level: "AOC", Names: catalog.Names{"zh": "波美侯"}},
		},
		Producers: []catalog.ProducerRow{
			{Code: "chateau-margaux", Name: "Château Margaux", Region: "bordeaux", Commune: "Margaux-Cantenac", Names: catalog.Names{"zh": "瑪歌酒莊"}},
			{Code: "krug", Name: "Krug", Region: "champagne"},
		},
		Wines: []catalog.WineRow{
			{
				Code: "chateau-margaux", Producer: "chateau-margaux", Appellation: "margaux", Region: "bordeaux", Name: "Château Margaux",
				Names: catalog.Names{"zh": "瑪歌酒莊"}, Colour: catalog.Red, Style: catalog.Still, Grapes: []string{"Cabernet Sauvignon", "Merlot"}, Rank: 99,
				Classification: "Premier grand cru classé en 1855",
			},
			{
				Code: "krug-grande-cuvee", Producer: "krug", Region: "champagne", Name: "Krug Grande Cuvée",
				Colour: catalog.White, Style: catalog.Sparkling, Grapes: []string{"Pinot Noir", "Chardonnay"}, Rank: 90,
			},
		},
		Vintages: []catalog.VintageRow{
			{Wine: "chateau-margaux", Year: 1990, Strength: 125},
			{Wine: "chateau-margaux", Year: 1989},
			{Wine: "chateau-margaux", Year: 2025},
			{Wine: "krug-grande-cuvee"},
		},
		Campaigns: []catalog.CampaignRow{{Code: "bordeaux-2025", Region: "bordeaux", Year: 2025, Opens: day(2026, 5, 4)}},
	}
	sell(l, catalog.SKURow{Code: "M90-75", Wine: "chateau-margaux", Year: 1990, Volume: 750, Pack: 1}, map[string]int64{"fr": 109000, "de": 108150, "be": 109900, "hk": 980000, "us": 112500})
	sell(l, catalog.SKURow{Code: "M90-75-6", Wine: "chateau-margaux", Year: 1990, Volume: 750, Pack: 6, Packaging: catalog.OWC}, map[string]int64{"fr": 642000, "de": 636900, "be": 650000, "hk": 5770000})
	sell(l, catalog.SKURow{Code: "M90-150", Wine: "chateau-margaux", Year: 1990, Volume: 1500, Pack: 1}, map[string]int64{"fr": 231050, "hk": 2080000})
	sell(l, catalog.SKURow{
		Code: "M25-75-6", Wine: "chateau-margaux", Year: 2025, Volume: 750, Pack: 6, Packaging: catalog.OWC, SaleType: catalog.Primeur, Campaign: "bordeaux-2025", Delivery: day(2028, 4, 1),
	}, map[string]int64{"fr": 241200, "de": 241200, "hk": 2230000})
	sell(l, catalog.SKURow{Code: "KNV-75", Wine: "krug-grande-cuvee", Volume: 750, Pack: 1}, map[string]int64{"fr": 21990, "de": 21890, "hk": 198000})
	fill(l)
	return l
}

// sell adds a SKU with its prices in minor units by market.
func sell(l *catalog.List, sku catalog.SKURow, prices map[string]int64) {
	if sku.SaleType == "" {
		sku.SaleType = catalog.InStock
	}
	if sku.Packaging == "" {
		sku.Packaging = catalog.Loose
	}
	l.SKUs = append(l.SKUs, sku)
	for code, minor := range prices {
		l.Prices = append(l.Prices, catalog.PriceRow{SKU: sku.Code, Market: code, Minor: minor, ValidFrom: day(2026, 3, 12)})
	}
}

// fill adds the estates of Pomerol, each with its 1990.
func fill(l *catalog.List) {
	for i := range estates {
		code, name := fmt.Sprintf("clos-%02d", i), fmt.Sprintf("Clos Numéro %02d", i)
		l.Producers = append(l.Producers, catalog.ProducerRow{Code: code, Name: name, Region: "bordeaux"})
		l.Wines = append(l.Wines, catalog.WineRow{
			Code: code, Producer: code, Appellation: "pomerol", Region: "bordeaux", Name: name,
			Colour: catalog.Red, Style: catalog.Still, Grapes: []string{"Merlot"}, Rank: 50,
		})
		l.Vintages = append(l.Vintages, catalog.VintageRow{Wine: code, Year: 1990})
		sell(l, catalog.SKURow{Code: strings.ToUpper(code), Wine: code, Year: 1990, Volume: 750, Pack: 1}, map[string]int64{"fr": 9900 + int64(i)*100, "de": 9900 + int64(i)*100})
	}
}

// The pages that the catalogue has lost, and the old address of one that moved.
var (
	goneForGood = route.Page{Kind: route.Vintage, Code: "chateau-margaux", Year: 1961}
	goneAndLost = route.Page{Kind: route.Vintage, Code: "chateau-margaux", Year: 1900} // has no path of its own any more
)

const (
	movedPath = "/vin/margaux-grand-vin/1990"
	lostPath  = "/vin/margaux-grand-vin/1900"
)

// urlTable gives the pages of a list the paths that they get when they are first made, and adds what time
// does to a table: a page that moved, one that is gone, one that moved before it went.
func urlTable(list *catalog.List) *route.Table {
	pages := append(catalog.Pages(list), goneForGood, goneAndLost)
	var nodes []*route.Node
	var rows []route.Row
	for i, p := range pages {
		id := uint32(i + 1)
		nodes = append(nodes, &route.Node{ID: id, Page: p, Gone: p == goneForGood || p == goneAndLost})
		if p == goneAndLost {
			rows = append(rows, route.Row{PageID: id, Language: "fr", Path: lostPath, Moved: true})
			continue
		}
		for _, language := range route.Languages {
			rows = append(rows, route.Row{PageID: id, Language: language, Path: route.NewPath(p, language)})
		}
		if p.Code == "chateau-margaux" && p.Year == 1990 {
			rows = append(rows, route.Row{PageID: id, Language: "fr", Path: movedPath, Moved: true})
		}
	}
	return route.NewTable(nodes, rows)
}

// snapshot of a list at a revision, with its SKUs on the board.
func snapshot(list *catalog.List, markets *market.Table, slot func(string) uint32, rev uint64) (*catalog.Snapshot, error) {
	ids := map[string]uint32{}
	for i, w := range list.Wines {
		ids[w.Code] = uint32(i + 1)
	}
	return catalog.NewSnapshot(catalog.Source{
		List: list, WineIDs: ids, Routes: urlTable(list), Markets: markets, Now: today, Rev: rev, Slot: slot,
	})
}
