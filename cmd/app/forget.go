package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/mysql"
)

// forgetEvery is how soon what is kept of people is emptied after its term. Any number of instances may do it.
const forgetEvery = time.Hour

// forget empties what is kept of people beyond its term.
func (s *Shop) forget(ctx context.Context) {
	rules := s.rules.Load()
	if rules == nil {
		return
	}
	done, err := s.orders.Forget(ctx, keepings(rules, s.markets))
	if err != nil && ctx.Err() == nil {
		s.logger.Warn("orders: what is kept of people beyond its term was not emptied", "err", err)
	}
	if done != (mysql.Forgotten{}) {
		s.logger.Info("orders: emptied what was kept of people", "contacts", done.Contacts, "invoices", done.Invoices, "statements", done.Statements)
	}
}

func keepings(rules *law.Rules, markets *market.Table) map[string]law.Keeping {
	terms := map[string]law.Keeping{}
	for _, m := range markets.Markets {
		terms[m.Code] = rules.Keeping(m, time.Now())
	}
	return terms
}

// Forget does at once, and to the end, what every instance does each hour.
func Forget(ctx context.Context, primaryDSN string, out io.Writer) error {
	markets, err := market.Load()
	if err != nil {
		return err
	}
	primary, err := mysql.OpenPrimary(primaryDSN, mysql.DefaultLimits)
	if err != nil {
		return err
	}
	defer primary.Close()
	rules, err := primary.LoadRules(ctx, markets)
	if err != nil {
		return err
	}
	var all mysql.Forgotten
	for {
		done, err := mysql.NewOrders(primary, nil).Forget(ctx, keepings(rules, markets))
		all.Contacts, all.Invoices, all.Statements = all.Contacts+done.Contacts, all.Invoices+done.Invoices, all.Statements+done.Statements
		if err != nil || done == (mysql.Forgotten{}) {
			fmt.Fprintf(out, "Emptied: the contact of %d orders, the invoice of %d, %d statements that fit no order.\n", all.Contacts, all.Invoices, all.Statements)
			return err
		}
	}
}
