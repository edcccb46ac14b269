package app

import (
	"context"
	"sync"
	"time"
)

// purgeEvery is how soon alerts that are over are deleted once their time has come.
const purgeEvery = 10 * time.Minute

// keepAlerts tells what has come true and deletes what is over, until ctx ends.
func (s *Shop) keepAlerts(ctx context.Context) {
	var parts sync.WaitGroup
	parts.Go(func() { s.teller.Run(ctx) })
	parts.Go(func() { s.purgeAlerts(ctx) })
	parts.Wait()
}

func (s *Shop) purgeAlerts(ctx context.Context) {
	tick := time.NewTicker(purgeEvery)
	defer tick.Stop()
	for {
		if n, err := s.alerts.Purge(ctx); err != nil && ctx.Err() == nil {
			s.logger.Warn("alerts: what is over was not deleted", "err", err)
		} else if n > 0 {
			s.logger.Info("alerts: deleted what is over", "alerts", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
