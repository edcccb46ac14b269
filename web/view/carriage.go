package view

import (
	"fmt"
	"time"

	"github.com/cespare/xxhash/v2"

	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/templates/component"
)

// carriages is what delivery to each market's own country costs and how long it takes: what public vintage pages say of it. It
// hangs on the rules and the day alone.
type carriages struct {
	rules *law.Rules
	until time.Time // the next moment at which it may be another day somewhere
	rev   uint64
	of    []law.Carriage // by market; no steps where nothing is known

	withdrawals []law.Withdrawal // by market, from what is in stock
}

// quarter is how often the clocks of some zone may show a new day.
const quarter = 15 * time.Minute

// carriages of this moment; nil before the rules were read. Every request asks.
func (s *Site) carriages() *carriages {
	if s.rules == nil {
		return nil
	}
	rules, now := s.rules(), s.now()
	if rules == nil {
		return nil
	}
	if known := s.carried.Load(); known != nil && known.rules == rules && now.Before(known.until) {
		return known
	}
	c := &carriages{rules: rules, until: now.Truncate(quarter).Add(quarter)}
	sum := xxhash.New()
	for _, m := range s.markets.Markets {
		home, _ := rules.Carriage(m, homeOf(m), now)
		right := rules.Withdrawal(law.Contract{Market: m, Sale: law.Stock, Made: now})
		c.of, c.withdrawals = append(c.of, home), append(c.withdrawals, right)
		fmt.Fprintf(sum, "%+v %d\n", home, right.Days) //nolint:errcheck // a hash takes everything
	}
	c.rev = sum.Sum64()
	s.carried.Store(c)
	return c
}

// carriage is what a vintage page says of delivery: to the market's own country, or to the page's door with days. Nothing where
// it is not known, and where nothing is delivered.
func (d *desk) carriage(offers []offer) component.Carriage {
	if d.door != nil {
		return d.carriageAt(offers)
	}
	all := d.site.carriages()
	if all == nil || len(all.of[d.Market.Index].Steps) == 0 {
		return component.Carriage{}
	}
	c := all.of[d.Market.Index]
	out := component.Carriage{Shared: true, Words: d.carriageWords(c, d.p.Country(d.Market.Country))}
	out.Words = append(out.Words, d.p.T("door.days", "from", c.First, "to", c.Last, "carrier", d.carrier(c.Carrier)))
	return out
}

func (d *desk) carriageAt(offers []offer) component.Carriage {
	c, ok := d.door.Rules.Carriage(d.Market, d.door.To, d.now)
	if !ok || d.door.InBond {
		return component.Carriage{}
	}
	out := component.Carriage{Words: d.carriageWords(c, d.doorName())}
	for _, o := range offers {
		if from, to := d.lawDay(o.door.delivery.Earliest), d.lawDay(o.door.delivery.Latest); from != "" && to != "" {
			out.Words = append(out.Words, d.p.T("door.dates", "from", from, "to", to, "carrier", d.carrier(c.Carrier)))
			break
		}
	}
	return out
}

// carriageWords are cost, with its tax or without, and the amount from which it is free.
func (d *desk) carriageWords(c law.Carriage, place string) []string {
	one, _ := c.For(1)
	twelve, _ := c.For(12)
	key := "door.cost"
	if !c.Taxed {
		key = "door.cost_untaxed"
	}
	out := []string{d.p.T(key, "place", place, "one", d.full(d.coin(one)), "twelve", d.full(d.coin(twelve)))}
	if c.FreeFrom.Currency != "" {
		out = append(out, d.p.T("door.free_from", "amount", d.money(c.FreeFrom)))
	}
	if c.Status == law.Demonstration {
		out = append(out, d.p.T("checkout.demo"))
	}
	return out
}

// coin rounds to what the market's coins make up.
func (d *desk) coin(a money.Amount) money.Amount { return a.RoundTo(d.Market.Rounding) }

// carrier in words: "by road".
// i18n:prefix door.carrier.
func (d *desk) carrier(code string) string { return d.p.T("door.carrier." + code) }

// homeOf a market, where list prices are meant to be delivered.
func homeOf(m *market.Market) law.Destination { return law.Destination{Country: m.Country} }
