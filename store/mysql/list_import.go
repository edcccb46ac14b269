package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
)

// Imported counts what an import wrote.
type Imported struct{ Inserted, Updated, Withdrawn int }

// Nothing says that the tables already held the whole list.
func (i Imported) Nothing() bool { return i == Imported{} }

// Import makes the tables hold a list: rows that are missing are added, rows that differ changed, SKUs
// that the list no longer has are withdrawn (their pages stay). It is one transaction: until it commits,
// and if it never does, the old catalogue is live. A second run with the same list writes nothing.
//
// Prices go into the append-only log unless the price at that time is already the same. Stock is only
// written for SKUs that have none: what is free to sell is the ERP's to say, and what was sold stays sold. So are allocations.
// progress may be nil; it gets the number of steps done and of all.
func (p *Primary) Import(ctx context.Context, list *catalog.List, markets *market.Table, now time.Time, progress func(done, total int)) (Imported, error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return Imported{}, fmt.Errorf("import: begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	i := &importer{tx: tx, list: list, markets: markets, now: now}
	if err := i.run(ctx, progress); err != nil {
		return Imported{}, fmt.Errorf("import: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return Imported{}, fmt.Errorf("import: commit: %w", err)
	}
	return i.done, nil
}

type importer struct {
	tx      *sql.Tx
	list    *catalog.List
	markets *market.Table
	now     time.Time
	done    Imported

	wines    map[string]string // id by code
	vintages map[vintageRef]string
	skus     map[string]string
}

func (i *importer) run(ctx context.Context, progress func(done, total int)) error {
	steps := []func(context.Context) error{
		i.silence, i.about, i.places, i.names, i.wineRows, i.vintageRows, i.scores, i.windows, i.campaigns, i.skuRows, i.withdraw,
		i.prices, i.stock, i.allocations, i.pages, i.rules, i.announce,
	}
	for n, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
		if progress != nil {
			progress(n+1, len(steps))
		}
	}
	return nil
}

// silence keeps the triggers from writing a change per row; announce writes one for all.
func (i *importer) silence(ctx context.Context) error {
	_, err := i.tx.ExecContext(ctx, `SET @caveau_import = 1`)
	return err
}

func (i *importer) announce(ctx context.Context) error {
	if _, err := i.tx.ExecContext(ctx, `SET @caveau_import = NULL`); err != nil {
		return err
	}
	if i.done.Nothing() {
		return nil
	}
	if _, err := i.tx.ExecContext(ctx, `INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0)`); err != nil {
		return err
	}
	_, err := i.tx.ExecContext(ctx, `INSERT INTO import_run (catalogue, started_at, finished_at, inserted, updated, withdrawn)
		VALUES (?, ?, UTC_TIMESTAMP(6), ?, ?, ?)`, i.list.About.Code, i.now, i.done.Inserted, i.done.Updated, i.done.Withdrawn)
	return err
}

func (i *importer) about(ctx context.Context) error {
	a := i.list.About
	return i.sync(ctx, table{name: "about", columns: []string{"id", "code", "source", "demo_prices", "demo_scores", "demo_stock"}, key: 1},
		[]row{{"1", a.Code, a.Source, flag(a.DemoPrices), flag(a.DemoScores), flag(a.DemoStock)}})
}

func (i *importer) places(ctx context.Context) error {
	var regions, appellations, producers, harvests []row
	for _, r := range i.list.Regions {
		regions = append(regions, row{r.Code, r.Parent, r.Country, r.Name, string(r.Shape)})
	}
	for _, a := range i.list.Appellations {
		appellations = append(appellations, row{a.Code, a.Region, a.Name, a.Level})
	}
	for _, p := range i.list.Producers {
		producers = append(producers, row{p.Code, p.Name, p.Region, p.Commune})
	}
	for _, h := range i.list.Harvests {
		harvests = append(harvests, row{h.Region, number(h.Year), number(h.Rating)})
	}
	return firstError(
		func() error {
			return i.sync(ctx, table{name: "region", columns: []string{"code", "parent", "country", "name", "shape"}, key: 1}, regions)
		},
		func() error {
			return i.sync(ctx, table{name: "appellation", columns: []string{"code", "region", "name", "level"}, key: 1}, appellations)
		},
		func() error {
			return i.sync(ctx, table{name: "producer", columns: []string{"code", "name", "region", "commune"}, key: 1}, producers)
		},
		func() error {
			return i.sync(ctx, table{name: "harvest", columns: []string{"region", "year", "rating"}, key: 2}, harvests)
		},
	)
}

func (i *importer) names(ctx context.Context) error {
	var rows []row
	add := func(kind, code string, names catalog.Names) {
		for language, name := range names {
			if name != "" {
				rows = append(rows, row{kind, code, "name", language, name})
			}
		}
	}
	for _, r := range i.list.Regions {
		add("region", r.Code, r.Names)
	}
	for _, a := range i.list.Appellations {
		add("appellation", a.Code, a.Names)
	}
	for _, p := range i.list.Producers {
		add("producer", p.Code, p.Names)
	}
	for _, w := range i.list.Wines {
		add("wine", w.Code, w.Names)
	}
	return i.sync(ctx, table{name: "text", columns: []string{"kind", "code", "field", "language", "value"}, key: 4}, rows)
}

func (i *importer) campaigns(ctx context.Context) error {
	var rows []row
	for _, c := range i.list.Campaigns {
		rows = append(rows, row{c.Code, c.Region, number(c.Year), moment(c.Opens, time.DateTime)})
	}
	return i.sync(ctx, table{name: "campaign", columns: []string{"code", "region", "year", "opens"}, key: 1}, rows)
}
