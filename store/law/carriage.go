package law

import (
	"time"

	"caveau/store/market"
	"caveau/store/money"
)

// Carriage is what the carrier of a place asks and how long it takes, before anything is in a parcel. It hangs on no clock but
// the day's rules, so that a page may say it for as long as they hold.
type Carriage struct {
	Zone, Carrier string
	First, Last   int // working days
	Steps         []Step
	FreeFrom      money.Amount // goods at list price; zero currency where it never is
	Taxed         bool         // steps are with the tax on the delivery of still wine; else no rate is known, or a state decides
	Status        Status       // of the weakest rule
}

// Step is the price of a parcel of so many bottles of 75 cl.
type Step struct {
	From, To int
	Price    money.Amount // with tax where Carriage.Taxed
}

// ordinary is the wine whose tax the delivery is shown with before a wine is chosen.
const ordinary = 130

// Carriage of a market to a destination; false where it does not deliver there. A state may be missing: then the price is without
// tax. Prices for each bottle of a large parcel are left out.
func (r *Rules) Carriage(m *market.Market, to Destination, on time.Time) (Carriage, bool) {
	day := DayOf(on, m.Zone)
	p, err := r.place(m, to, day)
	if code, refused := Refused(err); err != nil && (!refused || code != StateNeeded) || p.block != nil {
		return Carriage{}, false
	}
	c := Carriage{Zone: p.zone(), Status: p.served.Status}
	tax, taxed := r.onDelivery(m, p, day)
	c.Taxed = err == nil && taxed
	for _, t := range r.all(Tariff, c.Zone, day) {
		if t.per == perBottle {
			continue
		}
		price := money.Of(minorOf(t.number), t.currency)
		if c.Taxed {
			price.Minor += percentOf(price.Minor, tax)
		}
		c.Steps = append(c.Steps, Step{From: t.first, To: t.last, Price: price})
		c.Status = weaker(c.Status, t.Status)
	}
	if free, ok := r.under(Free, m.Code, c.Zone, day); ok {
		c.FreeFrom = money.Of(minorOf(free.number), free.currency)
	}
	if transit, ok := r.one(Transit, c.Zone, day); ok {
		c.Carrier, c.First, c.Last = transit.Condition, transit.first, transit.last
	}
	return c, len(c.Steps) > 0
}

// onDelivery is the tax on the delivery of an ordinary wine, in per cent; false where a rate of it has no source.
func (r *Rules) onDelivery(m *market.Market, p place, on Day) (thousandths, bool) {
	x, err := r.rates(m, SKU{Volume: 750, Bottles: 1, Strength: ordinary, Style: Still}, p, on)
	switch {
	case err != nil || len(x.missing) > 0:
		return 0, false
	case x.vat != nil:
		return x.vat.number, true
	case x.sales.Condition == taxWithDelivery:
		return x.sales.number, true
	default:
		return 0, true
	}
}

// For is the price of a parcel of so many bottles; false where it is beyond the steps.
func (c Carriage) For(bottles int) (money.Amount, bool) {
	for _, s := range c.Steps {
		if s.From <= bottles && bottles <= s.To {
			return s.Price, true
		}
	}
	return money.Amount{}, false
}
