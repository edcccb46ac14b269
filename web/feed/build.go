package feed

import (
	"context"
	"time"

	"caveau/store/catalog"
	"caveau/store/crawl"
	"caveau/store/market"
	"caveau/web/view"
)

// Levels is the stock board.
type Levels interface {
	Available(slots []uint32, warehouse int) int
	Warehouse(code string) int
}

// Builder makes the files of all shops.
type Builder struct {
	Site    *view.Site
	Markets *market.Table
	Levels  Levels
	Shelf   crawl.Shelf
	Dates   Dates // of pages; what it does not know has none
	Now     func() time.Time
}

// Dates says when a page last changed.
type Dates interface {
	// Changed is zero where nobody knows; hidden says that the page is not to be listed.
	Changed(edition int, page uint32) (at time.Time, hidden bool)
}

// Build makes all files from a snapshot. A file that fails is an error, and leaves the one of before.
func (b *Builder) Build(ctx context.Context, snap *catalog.Snapshot) error {
	for _, m := range b.Markets.Markets {
		if err := b.market(ctx, snap, m); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) market(ctx context.Context, snap *catalog.Snapshot, m *market.Market) error {
	var names []string
	var parts []part
	for _, e := range b.Markets.Of(m) {
		made, err := b.sitemaps(ctx, snap, e)
		if err != nil {
			return err
		}
		parts = append(parts, made...)
		feeds, err := b.feeds(ctx, snap, e)
		if err != nil {
			return err
		}
		names = append(names, feeds...)
	}
	for _, p := range parts {
		names = append(names, p.path)
	}
	if err := b.index(ctx, m, parts); err != nil {
		return err
	}
	return b.Shelf.Sweep(ctx, m.Code, append(names, IndexPath))
}
