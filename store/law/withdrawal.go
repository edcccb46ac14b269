package law

import (
	"time"

	"caveau/store/market"
)

// Contract is what was agreed and said about a line that was sold, as it was kept with the order.
type Contract struct {
	Market      *market.Market
	Sale        Sale
	Made        time.Time // when it was made
	Delivery    time.Time // primeur: the first day on which it can be delivered; zero where none was named
	PriceAgreed bool      // with the contract
	MarketValue bool      // it hangs on a market that the seller does not rule
	Told        bool      // before the contract: that there is no withdrawal from this line
}

// The conditions under which a primeur has no withdrawal, as rows of primeur_exempt name them.
const (
	deliveryAfter = "delivery_after"
	priceAgreed   = "price_agreed"
	marketValue   = "market_value"
	buyerTold     = "told"
)

// Withdrawal answers what right of withdrawal a line of an order has, by the rules of the day on which it was sold. A
// primeur has none only where every condition of its regime is met; Lacking names those that are not.
func (r *Rules) Withdrawal(c Contract) Withdrawal {
	return r.rightTo(c, DayOf(c.Made, c.Market.Zone))
}

func (r *Rules) rightTo(c Contract, on Day) Withdrawal {
	rule, ok := r.one(RightToWithdraw, c.Market.Code, on)
	if !ok {
		return Withdrawal{Regime: c.Market.Code}
	}
	w := Withdrawal{Regime: rule.Condition, Days: int(rule.number / one), Working: rule.Unit == daysWorking, Rules: []Row{rule.Row}}
	if function, ok := r.one(Function, c.Market.Code, on); ok {
		w.Button, w.Rules = true, append(w.Rules, function.Row)
	}
	if c.Sale != Primeur {
		return w
	}
	conditions := r.all(Exemption, w.Regime, on)
	for _, condition := range conditions {
		if !c.meets(condition) {
			w.Lacking = append(w.Lacking, condition.Condition)
		}
	}
	if len(conditions) > 0 && len(w.Lacking) == 0 {
		w.Exempt = true
		for _, condition := range conditions {
			w.Rules = append(w.Rules, condition.Row)
		}
	}
	return w
}

// meets a condition. One that this program does not know is not met: then the line can be withdrawn from.
func (c Contract) meets(condition *rule) bool {
	switch condition.Condition {
	case deliveryAfter:
		return c.Delivery.After(c.Made.AddDate(0, 0, int(condition.number/one)))
	case priceAgreed:
		return c.PriceAgreed
	case marketValue:
		return c.MarketValue
	case buyerTold:
		return c.Told
	default:
		return false
	}
}

// End of the right for goods that were received at a moment: the first moment at which it is over, on the clocks of a zone.
// The day of the receipt does not count. Zero where nothing was received yet, and where no law gives a right.
//
// Where days are counted to a working day (Regulation (EEC, Euratom) No 1182/71, article 3 (4)), a period that would end on a
// Saturday or Sunday ends with the Monday. Public holidays are not known here: whoever judges a late statement looks them up.
func (w Withdrawal) End(received time.Time, zone *time.Location) time.Time {
	if received.IsZero() || w.Days == 0 {
		return time.Time{}
	}
	year, month, day := received.In(zone).Date()
	last := time.Date(year, month, day+w.Days, 0, 0, 0, 0, zone)
	for w.Working && (last.Weekday() == time.Saturday || last.Weekday() == time.Sunday) {
		last = last.AddDate(0, 0, 1)
	}
	return last.AddDate(0, 0, 1)
}
