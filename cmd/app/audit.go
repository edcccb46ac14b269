package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/market"
	"caveau/web/audit"
)

// Audit walks every page that a search engine may list.
type Audit struct {
	Config  *Config // of the shops whose database is walked; nil walks a list in memory
	Catalog string  // a merchant's list instead of the demonstration catalogue; may be empty
	Map     string  // how to read it
	INAO    string  // may be empty
	Every   int     // one page of so many; 1 is all
	Report  string  // where the faults go, as lines of JSON; empty writes none
	Out     io.Writer
	Logger  *slog.Logger
}

// ErrFaults says that the audit found some; its table says which.
var ErrFaults = errors.New("the audit found faults")

// Run walks, prints the table and writes the report.
func (a Audit) Run(ctx context.Context) (*audit.Result, error) {
	site, done, err := a.site(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	bar := newBar(a.Out, "Walking the shops")
	result, err := site.Walk(ctx, audit.Options{Every: a.Every, Progress: bar.show})
	bar.end()
	if err != nil {
		return nil, err
	}
	fmt.Fprint(a.Out, result.Table())
	if err := a.report(result); err != nil {
		return result, err
	}
	if result.Errors() > 0 {
		return result, ErrFaults
	}
	return result, nil
}

// site is what is walked; done closes what it took.
func (a Audit) site(ctx context.Context) (site audit.Site, done func(), err error) {
	if a.Config != nil {
		return a.living(ctx)
	}
	markets, err := market.Load()
	if err != nil {
		return site, nil, err
	}
	list, err := a.list(ctx, markets)
	if err != nil {
		return site, nil, err
	}
	o, err := newOffline(list, markets, time.Now(), a.Logger)
	if err != nil {
		return site, nil, err
	}
	if err := o.publish(ctx); err != nil {
		return site, nil, err
	}
	return audit.Site{
		Handler: o.server.Handler(), Routes: o.snap.Routes, Editions: markets.Editions, Base: Config{Base: offlineBase}.base,
	}, func() {}, nil
}

func (a Audit) list(ctx context.Context, markets *market.Table) (*catalog.List, error) {
	if a.Catalog == "" {
		return demo.Catalogue(markets, time.Now())
	}
	result, err := ListImport{List: a.Catalog, Map: a.Map, INAO: a.INAO}.read(ctx, markets, a.Out)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return result.List, nil
}

// living are the shops as the database has them: what serve would answer, without a listener.
func (a Audit) living(ctx context.Context) (site audit.Site, done func(), err error) {
	s, err := New(*a.Config, a.Logger)
	if err != nil {
		return site, nil, err
	}
	life, stop := context.WithCancel(ctx)
	done = func() {
		stop()
		if err := s.close(); err != nil {
			a.Logger.Warn("close after the audit", "err", err)
		}
	}
	go s.replicas.Watch(life)
	if err := s.load(life); err != nil {
		done()
		return site, nil, err
	}
	return audit.Site{
		Handler: s.server.Handler(), Routes: s.catalogue.Snapshot().Routes, Editions: s.markets.Editions, Base: s.config.base,
	}, done, nil
}

func (a Audit) report(r *audit.Result) error {
	if a.Report == "" {
		return nil
	}
	file, err := os.Create(a.Report)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := errors.Join(r.Report(file), file.Close()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	fmt.Fprintf(a.Out, "%d faults are listed in %s.\n", len(r.Faults), a.Report)
	return nil
}
