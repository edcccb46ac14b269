package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/store/sequence"
)

// follow is how often the change log is asked.
const follow = 100 * time.Millisecond

// manyWines is where loading the touched wines one by one costs more than loading all.
const manyWines = 300

// Catalogue keeps the snapshot of the tables up to date.
type Catalogue struct {
	replicas *Replicas
	markets  *market.Table
	slot     func(sku string) uint32
	logger   *slog.Logger

	current  atomic.Pointer[catalog.Snapshot]
	position sequence.Position // of the follower alone
	rev      uint64            // of the follower alone
	changed  func(*catalog.Snapshot)
}

// NewCatalogue makes a catalogue that is empty until Load. changed, if any, is told of each new snapshot.
func NewCatalogue(replicas *Replicas, markets *market.Table, slot func(sku string) uint32, logger *slog.Logger, changed func(*catalog.Snapshot)) *Catalogue {
	return &Catalogue{replicas: replicas, markets: markets, slot: slot, logger: logger, changed: changed}
}

// Snapshot is the newest one; nil before the first Load.
func (c *Catalogue) Snapshot() *catalog.Snapshot { return c.current.Load() }

// ErrEmpty says that nothing was ever imported.
var ErrEmpty = errors.New("the catalogue is empty: import one")

// Load reads the whole catalogue from a replica.
func (c *Catalogue) Load(ctx context.Context) error {
	return c.replicas.consistent(ctx, func(tx *sql.Tx) error {
		last, err := lastIDs(ctx, tx, "change_log")
		if err != nil {
			return err
		}
		if err := c.loadAll(ctx, tx); err != nil {
			return err
		}
		c.position.Start(last, time.Now())
		return nil
	})
}

func (c *Catalogue) loadAll(ctx context.Context, tx *sql.Tx) error {
	data, err := load(ctx, tx, nil)
	if err != nil {
		return err
	}
	if data.list.About.Code == "" {
		return ErrEmpty
	}
	routes := route.NewTable(data.nodes, data.urls)
	snapshot, err := catalog.NewSnapshot(c.source(data, routes))
	if err != nil {
		return err
	}
	c.publish(snapshot)
	return nil
}

// At reads the catalogue as it is at another moment, past or to come, and keeps it nowhere: every price is the one of the log that holds
// then. What has no dates (texts, scores, the list of wines) is today's. began is when the log of prices begins: before, nothing had a price.
func (c *Catalogue) At(ctx context.Context, at time.Time) (snap *catalog.Snapshot, began time.Time, err error) {
	err = c.replicas.consistent(ctx, func(tx *sql.Tx) error {
		data, err := load(ctx, tx, nil)
		if err != nil {
			return err
		}
		if data.list.About.Code == "" {
			return ErrEmpty
		}
		began = firstPrice(data.list.Prices)
		snap, err = catalog.NewSnapshot(catalog.Source{
			List: data.list, WineIDs: data.wineIDs, Routes: route.NewTable(data.nodes, data.urls), Markets: c.markets, Slot: c.slot, Now: at, Rev: 1,
		})
		return err
	})
	return snap, began, err
}

// firstPrice is the first moment at which anything had a price; zero where nothing ever has.
func firstPrice(prices []catalog.PriceRow) (first time.Time) {
	for _, p := range prices {
		if first.IsZero() || p.ValidFrom.Before(first) {
			first = p.ValidFrom
		}
	}
	return first
}

func (c *Catalogue) source(data *loaded, routes *route.Table) catalog.Source {
	c.rev++
	return catalog.Source{List: data.list, WineIDs: data.wineIDs, Routes: routes, Markets: c.markets, Slot: c.slot, Now: time.Now(), Rev: c.rev}
}

func (c *Catalogue) publish(s *catalog.Snapshot) {
	c.current.Store(s)
	if c.changed != nil {
		c.changed(s)
	}
}

// Follow keeps the snapshot up to date until ctx ends. A replica that is away is no error: the snapshot
// stays as it is and the next look is at another replica.
func (c *Catalogue) Follow(ctx context.Context) {
	every(ctx, follow, func() {
		if err := c.look(ctx); err != nil && ctx.Err() == nil {
			c.logger.Warn("catalogue: could not follow the change log", "err", err)
		}
	})
}

// changes are what the log says since the last look.
type changes struct {
	ids      []uint64
	all      bool
	vintages []uint32
	skus     []uint32
}

// look applies what has changed: rows of the log, dated prices that have come, the turn of the year.
func (c *Catalogue) look(ctx context.Context) error {
	now := time.Now()
	return c.replicas.consistent(ctx, func(tx *sql.Tx) error {
		found, err := c.read(ctx, tx)
		if err != nil {
			return err
		}
		snapshot := c.current.Load()
		due := snapshot.Due(now)
		if now.Year() != snapshot.At.Year() {
			found.all = true
		}
		if len(found.ids) == 0 && len(due) == 0 && !found.all {
			c.position.Note(nil, now)
			return nil
		}
		err = c.apply(ctx, tx, found, due)
		if errors.Is(err, catalog.ErrInvalid) {
			c.logger.Error("catalogue: the change is not shown until it is mended", "err", err)
			err = nil // asking again would not mend it; mending it writes the log again
		}
		if err == nil {
			c.position.Note(found.ids, now)
		}
		return err
	})
}

func (c *Catalogue) read(ctx context.Context, tx *sql.Tx) (changes, error) {
	var out changes
	rows, err := tx.QueryContext(ctx, `SELECT id, entity, entity_id FROM change_log WHERE `+since(c.position.Seen(), c.position.Missing()))
	if err != nil {
		return out, fmt.Errorf("read the change log: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id uint64
		var entity string
		var of uint32
		if err := rows.Scan(&id, &entity, &of); err != nil {
			return out, fmt.Errorf("read the change log: %w", err)
		}
		out.ids = append(out.ids, id)
		switch entity {
		case "vintage":
			out.vintages = append(out.vintages, of)
		case "sku":
			out.skus = append(out.skus, of)
		default:
			out.all = true
		}
	}
	return out, rows.Err()
}

// apply builds the touched wines anew, or everything where that is not enough.
func (c *Catalogue) apply(ctx context.Context, tx *sql.Tx, found changes, due []uint32) error {
	if found.all {
		return c.loadAll(ctx, tx)
	}
	wines, err := winesOf(ctx, tx, found)
	if err != nil {
		return err
	}
	wines = append(wines, due...)
	if len(wines) > manyWines {
		return c.loadAll(ctx, tx)
	}
	if len(wines) == 0 {
		return nil
	}
	data, err := load(ctx, tx, wines)
	if err != nil {
		return err
	}
	snapshot, err := c.current.Load().Replace(c.source(data, nil))
	if errors.Is(err, catalog.ErrStructure) {
		return c.loadAll(ctx, tx)
	}
	if err != nil {
		return err
	}
	c.publish(snapshot)
	return nil
}

// winesOf are the wines of changed vintages and SKUs.
func winesOf(ctx context.Context, tx *sql.Tx, found changes) ([]uint32, error) {
	query := ""
	if len(found.vintages) > 0 {
		query = `SELECT wine_id FROM vintage WHERE id IN (` + joinIDs(found.vintages) + `)`
	}
	if len(found.skus) > 0 {
		if query != "" {
			query += " UNION "
		}
		query += `SELECT v.wine_id FROM vintage v JOIN sku s ON s.vintage_id = v.id WHERE s.id IN (` + joinIDs(found.skus) + `)`
	}
	if query == "" {
		return nil, nil
	}
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("find the changed wines: %w", err)
	}
	defer rows.Close()
	var wines []uint32
	for rows.Next() {
		var id uint32
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("find the changed wines: %w", err)
		}
		wines = append(wines, id)
	}
	return wines, rows.Err()
}
