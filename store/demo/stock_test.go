package demo

import (
	"testing"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

func testWine() *gazetteer.Wine {
	return &gazetteer.Wine{
		WineRow: catalog.WineRow{Code: "chateau-test", Colour: catalog.Red, Style: catalog.Still, Rank: 95},
		Demo:    gazetteer.Demo{EUR: 500, From: 10, PeakFrom: 20, PeakTo: 45, To: 60, FirstYear: 1945, MaxVolume: 15000, OWC: true},
	}
}

type wineYear struct {
	wine string
	year int
}

// held is what all warehouses together hold, by vintage and by warehouse.
func held(list *catalog.List) (vintages map[wineYear]int, warehouses map[string]int) {
	of := map[string]wineYear{}
	vintages, warehouses = map[wineYear]int{}, map[string]int{}
	for _, s := range list.SKUs {
		of[s.Code] = wineYear{s.Wine, s.Year}
	}
	for _, s := range list.Stock {
		vintages[of[s.SKU]] += s.Available
		warehouses[s.Warehouse] += s.Available
	}
	return vintages, warehouses
}

func TestAFifthOfTheOldVintagesIsSoldOut(t *testing.T) {
	list := catalogue(t)
	vintages, _ := held(list)
	old, gone := 0, 0
	for v, n := range vintages {
		if v.year > 0 && v.year < 2006 {
			old++
			if n == 0 {
				gone++
			}
		}
	}
	if share := float64(gone) / float64(old); old < 300 || share < 0.15 || share > 0.25 {
		t.Errorf("%d of %d vintages older than 20 years are sold out", gone, old)
	}
}

func TestEverySKUHasARowInEveryWarehouse(t *testing.T) {
	table, list := markets(t), catalogue(t)
	type place struct{ sku, warehouse string }
	rows := map[place]int{}
	for _, s := range list.Stock {
		rows[place{s.SKU, s.Warehouse}]++
	}
	for _, s := range list.SKUs {
		for _, w := range table.Warehouses {
			if rows[place{s.Code, w}] != 1 {
				t.Errorf("%s has %d rows in %s", s.Code, rows[place{s.Code, w}], w)
			}
		}
	}
	if len(list.Stock) != len(list.SKUs)*len(table.Warehouses) {
		t.Errorf("%d rows for %d SKUs", len(list.Stock), len(list.SKUs))
	}
}

func TestWarehousesDiffer(t *testing.T) {
	list := catalogue(t)
	_, warehouses := held(list)
	home, york, kong := warehouses["bordeaux"], warehouses["new-york"], warehouses["hong-kong"]
	if home < 2*york || home < 2*kong || york == 0 || kong == 0 {
		t.Errorf("Bordeaux holds %d, New York %d, Hong Kong %d", home, york, kong)
	}
	elsewhere, low, none := 0, 0, 0
	levels := map[string][3]int{}
	for _, s := range list.Stock {
		l := levels[s.SKU]
		l[map[string]int{"bordeaux": 0, "new-york": 1, "hong-kong": 2}[s.Warehouse]] = s.Available
		levels[s.SKU] = l
	}
	for _, l := range levels {
		switch {
		case l == [3]int{}:
			none++
		case l[0] == 0:
			elsewhere++
		case l[0] <= 3:
			low++
		}
	}
	total := len(levels)
	if elsewhere < total/50 || low < total/20 || none > total/4 {
		t.Errorf("of %d SKUs %d are sold out in Bordeaux alone, %d low, %d sold out everywhere", total, elsewhere, low, none)
	}
}
