package app

import (
	"context"
	"time"

	"caveau/store/law"
)

// lawEvery is how soon a rule that a person changed holds in the shops.
const lawEvery = time.Minute

// expireEvery is how soon bottles that nobody paid for are for sale again. Any number of instances may look.
const expireEvery = 10 * time.Second

// Rules implements web.Rules.
func (s *Shop) Rules() *law.Rules { return s.rules.Load() }

// loadRules reads the rules of law. On an error those that are known hold on.
func (s *Shop) loadRules(ctx context.Context) error {
	rules, err := s.replicas.LoadRules(ctx, s.markets)
	if err == nil {
		s.rules.Store(rules)
	}
	return err
}

// keepOrders keeps the rules of law fresh and releases what nobody paid for, until ctx ends.
func (s *Shop) keepOrders(ctx context.Context) {
	if err := s.primary.CheckDurable(ctx); err != nil {
		s.logger.Error("orders may be lost when the primary fails", "err", err)
	}
	law, expiry, term := time.NewTicker(lawEvery), time.NewTicker(expireEvery), time.NewTicker(forgetEvery)
	defer law.Stop()
	defer expiry.Stop()
	defer term.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-law.C:
			if err := s.loadRules(ctx); err != nil {
				s.logger.Warn("law: the rules were not read; those that are known hold on", "err", err)
			}
			s.sweep(ctx)
		case <-expiry.C:
			s.expire(ctx)
		case <-term.C:
			s.forget(ctx)
		}
	}
}

// sweep drops what has run out of what letters open.
func (s *Shop) sweep(ctx context.Context) {
	if err := s.customers.Sweep(ctx); err != nil && ctx.Err() == nil {
		s.logger.Warn("accounts: old tokens were not dropped", "err", err)
	}
}

func (s *Shop) expire(ctx context.Context) {
	n, err := s.orders.Expire(ctx)
	if err != nil && ctx.Err() == nil {
		s.logger.Warn("orders: what nobody paid for was not released", "err", err)
	}
	if n > 0 {
		s.logger.Info("orders: released what nobody paid for", "orders", n)
	}
}
