package web_test

import (
	"bytes"
	"log/slog"
	"sync"
	"testing"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/facet"
	"caveau/store/gazetteer"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/search"
	"caveau/store/stock"
	"caveau/web"
	"caveau/web/piece"
	"caveau/web/view"
)

// shop is a server over the catalogue of cellarList. The test holds what a shop is handed: the catalogue,
// the stock and its clock, the carts, the log.
type shop struct {
	*web.Server
	site      *view.Site
	assets    *static.Assets
	markets   *market.Table
	board     *stock.Board
	catalogue *fakeCatalogue
	stock     *fakeStock
	carts     *fakeCarts
	orders    *fakeOrders
	alerts    *fakeAlerts
	mirror    *cart.Mirror
	log       *lockedBuffer
	missing   []string // what /readyz is told
}

// fittings are what all shops of the tests have in common: they never change.
type fittings struct {
	markets *market.Table
	assets  *static.Assets
	site    *view.Site
}

var sharedFittings = sync.OnceValues(func() (fittings, error) {
	markets, err := market.Load()
	if err != nil {
		return fittings{}, err
	}
	messages, err := i18n.Load()
	if err != nil {
		return fittings{}, err
	}
	assets, err := static.Load()
	if err != nil {
		return fittings{}, err
	}
	rules, err := law.Load(markets)
	if err != nil {
		return fittings{}, err
	}
	site, err := view.New(view.Config{
		Markets: markets, Messages: messages, Assets: assets, Rules: func() *law.Rules { return rules }, Now: func() time.Time { return today },
		Base: func(code string) string { return "http://" + code + ".localhost:8080" },
	})
	return fittings{markets, assets, site}, err
})

func mustMessages(t testing.TB) *i18n.Catalogue {
	t.Helper()
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// newShop opens a shop with so many of everything in each warehouse: 12 in Bordeaux, 5 in Hong Kong, none
// in New York. The options change what the server is handed.
func newShop(t testing.TB, options ...func(*web.Config)) *shop {
	t.Helper()
	fit, err := sharedFittings()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := law.Load(fit.markets)
	if err != nil {
		t.Fatal(err)
	}
	mirror, err := cart.NewMirror([]byte("a key of this test and of nothing else"))
	if err != nil {
		t.Fatal(err)
	}
	passes, err := order.NewPasses([]byte("a key of this test and of nothing else"))
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{
		site: fit.site, assets: fit.assets, markets: fit.markets, board: stock.NewBoard(fit.markets.Warehouses), mirror: mirror,
		stock: &fakeStock{asOf: today}, carts: &fakeCarts{held: map[string]cart.Cart{}}, log: &lockedBuffer{},
		orders: &fakeOrders{placed: map[order.Key]order.Request{}}, alerts: &fakeAlerts{},
	}
	s.catalogue = &fakeCatalogue{snap: s.snapshot(t, cellarList(), 1)}
	for _, sku := range cellarList().SKUs {
		s.has(sku.Code, "bordeaux", 12)
		s.has(sku.Code, "hong-kong", 5)
	}
	config := web.Config{
		Markets: s.markets, Hosts: map[string]string{}, Site: s.site, Assets: s.assets, Catalogue: s.catalogue, Search: s.index(t), Facets: s.facets(t), Stock: s.stock, Board: s.board,
		Press: piece.NewPress(), Cache: piece.NewCache(8 << 20), Carts: s.carts, Mirror: mirror, Secure: true, Rules: fakeRules{rules}, Limits: openDoor{},
		Orders: s.orders, Papers: s.orders, Passes: passes, Leaving: &fakeLeaving{fakeOrders: s.orders}, Ledger: fakeLedger{}, Alerts: s.alerts,
		Ready: func() []string { return s.missing }, Logger: slog.New(slog.NewTextHandler(s.log, nil)),
	}
	for _, m := range s.markets.Markets {
		config.Hosts[m.Code+".localhost"] = m.Code
	}
	for _, option := range options {
		option(&config)
	}
	s.Server = web.New(config)
	return s
}

func (s *shop) snapshot(t testing.TB, list *catalog.List, rev uint64) *catalog.Snapshot {
	t.Helper()
	snap, err := snapshot(list, s.markets, s.board.Slot, rev)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// has puts a level on the board.
func (s *shop) has(sku, warehouse string, available int) {
	s.board.Apply([]stock.Event{{Level: stock.Level{SKU: sku, Warehouse: warehouse, Available: available}}})
}

// fakeCatalogue is a web.Catalogue with one snapshot, or none.
type fakeCatalogue struct{ snap *catalog.Snapshot }

func (c *fakeCatalogue) Snapshot() *catalog.Snapshot { return c.snap }

// fakeStock is a web.Stock whose readings have the time that the test says.
type fakeStock struct {
	asOf  time.Time
	stale bool
	reads int
}

func (s *fakeStock) Read() (time.Time, bool) {
	s.reads++
	return s.asOf, s.stale
}

// lockedBuffer is a log that the server writes and the test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// lexicon is read once for all tests.
var lexicon = sync.OnceValues(func() (*search.Lexicon, error) {
	names, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	return search.NewLexicon(names)
})

// index keeps up with the shop's snapshot, as in a running instance.
func (s *shop) index(t testing.TB) web.Searcher {
	t.Helper()
	words, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	return refreshed{search.NewKeeper(words, s.catalogue.Snapshot)}
}

// facets keep up with it likewise.
func (s *shop) facets(t testing.TB) web.Facets {
	t.Helper()
	words, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	return refreshedFacets{facet.NewKeeper(search.NewKeeper(words, s.catalogue.Snapshot))}
}

type refreshedFacets struct{ *facet.Keeper }

func (r refreshedFacets) Facets() *facet.Index {
	r.Refresh()
	return r.Keeper.Facets()
}

type refreshed struct{ *search.Keeper }

func (r refreshed) Index() *search.Index {
	r.Refresh()
	return r.Keeper.Index()
}
