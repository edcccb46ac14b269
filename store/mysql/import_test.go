package mysql_test

import (
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/route"
)

func TestImportIsReadBackAsItWas(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.importList(t, small())
	snap := s.catalogue(t).Snapshot()

	w := snap.Wine("chateau-margaux")
	if w == nil || len(w.Vintages) != 2 || w.Vintages[0].Year != 2015 {
		t.Fatalf("wine %+v", w)
	}
	v, _ := w.Vintage(1990)
	if v.Strength != 125 || !v.Window.Known() || len(v.Scores) != 1 || v.Scores[0].High != 98 {
		t.Errorf("vintage %+v", v.VintageRow)
	}
	if got := snap.Region("france").Names.In("de", ""); got != "Frankreich" {
		t.Errorf("Frankreich is %q", got)
	}
	fr, _ := s.markets.Market("fr")
	sku := snap.SKU("M-90")
	if price, ok := sku.Price(fr); !ok || price.Minor != 109_000 || price.Currency != "EUR" {
		t.Errorf("price %+v, %v", price, ok)
	}
	de, _ := s.markets.Market("de")
	if _, ok := sku.Price(de); ok {
		t.Error("a price in a market without one")
	}
	page := route.Page{Kind: route.Vintage, Code: "chateau-margaux", Year: 1990}
	if path, _ := snap.Routes.Path(page, "de"); path != "/wein/chateau-margaux/1990" {
		t.Errorf("path %q", path)
	}
	if _, _, ok := snap.Routes.Find("fr", "/millesime/1990/margaux"); !ok {
		t.Error("no landing page of 1990 in Margaux")
	}
}

func TestImportKeepsSoldStockSoldAndLogsAPriceOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	list := small()
	s.importList(t, list)
	s.exec(t, `UPDATE stock SET available = 3 WHERE sku = 'M-90'`)
	for i := range list.Prices {
		list.Prices[i].ValidFrom = list.Prices[i].ValidFrom.Add(24 * time.Hour) // the same price, said again
	}
	list.Prices[0].Minor = 120_000
	if done := s.importList(t, list); done.Inserted != 1 {
		t.Errorf("the second run wrote %+v, want the one new price", done)
	}
	var available int
	if err := s.Primary.QueryRow(`SELECT available FROM stock WHERE sku = 'M-90'`).Scan(&available); err != nil || available != 3 {
		t.Errorf("available %d, %v; want the 3 that were left", available, err)
	}
}

func TestAHalfFinishedImportLeavesTheOldCatalogue(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.importList(t, small())
	list := small()
	list.Wines[0].Name = "Château Renamed"
	list.Prices = append(list.Prices, catalog.PriceRow{SKU: "not-there", Market: "fr", Minor: 1, ValidFrom: time.Now()})
	if _, err := s.primary.Import(t.Context(), list, s.markets, time.Now(), nil); err == nil {
		t.Fatal("an import with a price of no SKU succeeds")
	}
	s.Sync(t)
	if got := s.catalogue(t).Snapshot().Wine("chateau-margaux").Name; got != "Château Margaux" {
		t.Errorf("the wine is called %q", got)
	}
}

func TestAWithdrawnSKULeavesItsPage(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.importList(t, small())
	list := small()
	list.SKUs, list.Prices = list.SKUs[:2], list.Prices[:2]
	if done := s.importList(t, list); done.Withdrawn != 1 {
		t.Fatalf("import %+v, want one SKU withdrawn", done)
	}
	snap := s.catalogue(t).Snapshot()
	if v, ok := snap.Wine("chateau-margaux").Vintage(2015); !ok || len(v.SKUs) != 0 {
		t.Errorf("vintage %v %v, want it without SKUs", v, ok)
	}
	if _, _, ok := snap.Routes.Find("fr", "/vin/chateau-margaux/2015"); !ok {
		t.Error("the page of a withdrawn SKU is gone")
	}
}

// It is imported, imported again without a write, and loaded.
func TestTheDemoCatalogue(t *testing.T) {
	s := newShop(t)
	start := time.Now()
	s.importList(t, demoList(t, s.markets))
	t.Logf("imported in %s", time.Since(start))
	if again := s.importList(t, demoList(t, s.markets)); !again.Nothing() {
		t.Errorf("the second run wrote %+v", again)
	}
	start = time.Now()
	snap := s.catalogue(t).Snapshot()
	took := time.Since(start)
	t.Logf("%d SKUs, %d wines, %d pages loaded in %s", snap.SKUs, len(snap.Wines), len(snap.Routes.Nodes()), took)
	if took > 3*time.Second {
		t.Errorf("loading took %s, want at most 3 s", took)
	}
}
