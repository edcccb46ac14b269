package mysql_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/market"
	"caveau/store/mysql"
	"caveau/store/stock"
	"caveau/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m, 2) }

// shop is a migrated database with its adapters.
type shop struct {
	*storetest.DB
	primary  *mysql.Primary
	replicas *mysql.Replicas
	markets  *market.Table
	board    *stock.Board
	logger   *slog.Logger
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{DB: storetest.Database(t), logger: slog.New(slog.DiscardHandler)}
	var err error
	if s.markets, err = market.Load(); err != nil {
		t.Fatal(err)
	}
	s.board = stock.NewBoard(s.markets.Warehouses)
	if s.primary, err = mysql.OpenPrimary(s.PrimaryDSN, mysql.DefaultLimits); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.primary.Close() })
	s.Migrated(t, migration(s.primary))
	s.Sync(t)
	if s.replicas, err = mysql.OpenReplicas(s.ReplicaDSNs, mysql.DefaultLimits, s.logger); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.replicas.Close() })
	s.replicas.Watch(t.Context())
	return s
}

func migration(primary *mysql.Primary) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := primary.Migrate(ctx)
		return err
	}
}

func (s *shop) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := s.Primary.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (s *shop) importList(t *testing.T, list *catalog.List) mysql.Imported {
	t.Helper()
	done, err := s.primary.Import(t.Context(), list, s.markets, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Sync(t)
	return done
}

func (s *shop) catalogue(t *testing.T) *mysql.Catalogue {
	t.Helper()
	c := mysql.NewCatalogue(s.replicas, s.markets, s.board.Slot, s.logger, nil)
	if err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *shop) live(t *testing.T) *stock.Live {
	t.Helper()
	live := stock.NewLive(s.board, mysql.NewStockLog(s.replicas), stock.DefaultTiming, s.logger)
	if err := live.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return live
}

// small is a catalogue of one wine with two vintages and three SKUs.
func small() *catalog.List {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	list := &catalog.List{
		About: catalog.About{Code: "small", Source: "test"},
		Regions: []catalog.RegionRow{
			{Code: "france", Country: "FR", Name: "France", Names: catalog.Names{"de": "Frankreich"}},
			{Code: "bordeaux", Parent: "france", Country: "FR", Name: "Bordeaux", Shape: catalog.Bordeaux},
		},
		Appellations: []catalog.AppellationRow{{Code: "margaux", Region: "bordeaux", Name: "Margaux", Level: "AOC"}},
		Producers:    []catalog.ProducerRow{{Code: "chateau-margaux", Name: "Château Margaux", Region: "bordeaux"}},
		Wines: []catalog.WineRow{{Code: "chateau-margaux", Producer: "chateau-margaux", Appellation: "margaux", Region: "bordeaux",
			Name: "Château Margaux", Colour: catalog.Red, Style: catalog.Still, Grapes: []string{"Cabernet Sauvignon", "Merlot"}}},
		Vintages: []catalog.VintageRow{
			{Wine: "chateau-margaux", Year: 1990, Strength: 125, Window: catalog.Window{From: 2000, To: 2045, Source: "test"},
				Scores: []catalog.Score{{Critic: "test", Low: 98, High: 98, Scale: 100, Tasted: from}}},
			{Wine: "chateau-margaux", Year: 2015, Strength: 135},
		},
		SKUs: []catalog.SKURow{
			{Code: "M-90", Wine: "chateau-margaux", Year: 1990, Volume: 750, Pack: 1, Packaging: catalog.Loose, SaleType: catalog.InStock},
			{Code: "M-90-M", Wine: "chateau-margaux", Year: 1990, Volume: 1500, Pack: 1, Packaging: catalog.Loose, SaleType: catalog.InStock},
			{Code: "M-15", Wine: "chateau-margaux", Year: 2015, Volume: 750, Pack: 6, Packaging: catalog.OWC, SaleType: catalog.InStock, Delivery: from},
		},
		Stock: []catalog.StockRow{{SKU: "M-90", Warehouse: "bordeaux", Available: 18}, {SKU: "M-15", Warehouse: "hong-kong", Available: 2}},
	}
	for _, s := range list.SKUs {
		list.Prices = append(list.Prices, catalog.PriceRow{SKU: s.Code, Market: "fr", Minor: 109_000, ValidFrom: from})
	}
	return list
}

// within polls until ok, or fails the test.
func within(t *testing.T, d time.Duration, what string, ok func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatalf("not within %s: %s", d, what)
		case <-tick.C:
		}
	}
	return time.Since(start)
}

func demoList(t *testing.T, markets *market.Table) *catalog.List {
	t.Helper()
	list, err := demo.Catalogue(markets, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return list
}
