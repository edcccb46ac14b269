package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/crawl"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/store/stock"
	"caveau/web"
	"caveau/web/feed"
	"caveau/web/piece"
	"caveau/web/view"
)

// offline is the shops over a list that is in no database: public pages, with the list's own stock. What belongs to a visitor has
// nothing behind it.
type offline struct {
	server  *web.Server
	site    *view.Site
	markets *market.Table
	board   *stock.Board
	snap    *catalog.Snapshot
	rules   *law.Rules
	files   *crawl.Box
	now     time.Time
}

// offlineBase is where shops are that nobody serves.
const offlineBase = "http://{market}.localhost:8080"

// offlineKey signs what nobody will read.
const offlineKey = "of shops that have no visitors, and no secrets"

func newOffline(list *catalog.List, markets *market.Table, now time.Time, logger *slog.Logger) (*offline, error) {
	o := &offline{markets: markets, board: stock.NewBoard(markets.Warehouses), files: crawl.NewBox(), now: now}
	config := Config{Base: offlineBase}
	messages, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	if o.rules, err = law.Load(markets); err != nil {
		return nil, err
	}
	if o.snap, err = o.snapshot(list); err != nil {
		return nil, err
	}
	clock := func() time.Time { return now }
	o.site, err = view.New(view.Config{Markets: markets, Messages: messages, Assets: assets, Base: config.base, Now: clock, Rules: o.Rules})
	if err != nil {
		return nil, err
	}
	mirror, err := cart.NewMirror([]byte(offlineKey))
	passes, passErr := order.NewPasses([]byte(offlineKey))
	if err := errors.Join(err, passErr); err != nil {
		return nil, err
	}
	o.server = web.New(web.Config{
		Markets: markets, Hosts: config.hosts(markets), Site: o.site, Assets: assets, Catalogue: o, Stock: o, Board: o.board,
		Press: piece.NewPress(), Cache: piece.NewCache(1 << 20), Mirror: mirror, Passes: passes, Rules: o, Files: o.files, Ready: func() []string { return nil }, Logger: logger,
	})
	return o, nil
}

// publish makes what crawlers fetch. Pages have no dates: nobody has seen them before.
func (o *offline) publish(ctx context.Context) error {
	b := feed.Builder{Site: o.site, Markets: o.markets, Levels: o.board, Shelf: o.files, Dates: &feed.Dater{}, Now: func() time.Time { return o.now }}
	return b.Build(ctx, o.snap)
}

// snapshot of the list, each page at the path that it gets when it is first made.
func (o *offline) snapshot(list *catalog.List) (*catalog.Snapshot, error) {
	ids := map[string]uint32{}
	for _, w := range list.Wines {
		ids[w.Code] = uint32(len(ids) + 1)
	}
	for _, s := range list.Stock {
		o.board.Apply([]stock.Event{{Level: stock.Level{SKU: s.SKU, Warehouse: s.Warehouse, Available: s.Available}}})
	}
	return catalog.NewSnapshot(catalog.Source{
		List: list, WineIDs: ids, Routes: route.FirstTable(catalog.Pages(list)), Markets: o.markets, Now: o.now, Rev: 1, Slot: o.board.Slot,
	})
}

// Snapshot is the only one (web.Catalogue).
func (o *offline) Snapshot() *catalog.Snapshot { return o.snap }

// Read says that the board is as fresh as it can be (web.Stock).
func (o *offline) Read() (time.Time, bool) { return o.now, false }

// Rules that come with the program (web.Rules).
func (o *offline) Rules() *law.Rules { return o.rules }
