package app

import (
	"context"
	"errors"
	"time"

	"caveau/store/mysql"
	"caveau/web/feed"
)

// The pauses of what is made for crawlers.
const (
	publishEvery = 15 * time.Minute // stock and prices of feeds; pages that have changed
	listEvery    = 10 * time.Second // an instance learns of new files
)

// Work makes what all instances serve and none of them should make while visitors wait: sitemaps and feeds. It runs beside
// the instances, once; a second one would do the same work again and no harm. It ends with ctx, or after one round.
func (s *Shop) Work(ctx context.Context, once bool) error {
	life, stop := context.WithCancel(ctx)
	defer stop()
	go s.replicas.Watch(life)
	if !s.until(life, "database", s.load) {
		return s.close()
	}
	go s.catalogue.Follow(life)
	err := s.publish(life, once, func(time.Duration) {})
	stop()
	return errors.Join(err, s.close())
}

// publish makes the files again and again, the first time at once and without waiting for the dates of pages that nobody has looked at.
// rest is called after each page that was looked at.
func (s *Shop) publish(ctx context.Context, once bool, rest func(took time.Duration)) error {
	shelf := mysql.NewCrawl(s.primary)
	dater := &feed.Dater{Site: s.site, Markets: s.markets, Memory: shelf, Now: time.Now}
	builder := feed.Builder{Site: s.site, Markets: s.markets, Levels: s.server.Board, Shelf: shelf, Dates: dater, Now: time.Now}
	for first := true; ; first = false {
		if err := s.round(ctx, dater, builder, first, rest); err != nil {
			if once || ctx.Err() != nil {
				return err
			}
			s.logger.Warn("sitemaps and feeds are not renewed", "err", err)
		}
		if once {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(publishEvery):
		}
	}
}

func (s *Shop) round(ctx context.Context, dater *feed.Dater, builder feed.Builder, first bool, rest func(time.Duration)) error {
	start := time.Now()
	if first {
		if err := dater.Recall(ctx); err != nil {
			return err
		}
		s.live.Read()
		if err := builder.Build(ctx, s.catalogue.Snapshot()); err != nil {
			return err
		}
		s.logger.Info("sitemaps and feeds made", "took", time.Since(start).Round(time.Millisecond))
	}
	changed, err := dater.Look(ctx, s.catalogue.Snapshot(), rest)
	if err != nil {
		return err
	}
	if first && changed == 0 {
		return nil
	}
	s.live.Read()
	if err := builder.Build(ctx, s.catalogue.Snapshot()); err != nil {
		return err
	}
	s.logger.Info("sitemaps and feeds made", "pages changed", changed, "took", time.Since(start).Round(time.Millisecond))
	return nil
}

// keepFiles learns of the files that crawlers fetch.
func (s *Shop) keepFiles(ctx context.Context) {
	failed := func(err error) { s.logger.Warn("sitemaps and feeds stay as they were", "err", err) }
	if err := s.files.Refresh(ctx); err != nil {
		failed(err)
	}
	s.files.Follow(ctx, listEvery, failed)
}

// publishBeside does the work in an instance that has visitors: no page is looked at without a rest four times as long.
func (s *Shop) publishBeside(ctx context.Context) {
	err := s.publish(ctx, false, func(took time.Duration) {
		select {
		case <-ctx.Done():
		case <-time.After(4 * took):
		}
	})
	if err != nil && ctx.Err() == nil {
		s.logger.Warn("sitemaps and feeds are not made", "err", err)
	}
}
