package law

import (
	"time"

	"caveau/store/market"
)

// What a row of Retention is about.
const (
	keepInvoice = "invoice"
	keepContact = "contact"
)

// Keeping is how long what names people is kept, in years. 0 is for ever: nobody says how long.
type Keeping struct {
	Invoice int // of an invoice, with the name and address on it; from the day of it
	Contact int // of everything else in an order: from the last thing that happened to it
}

// Keeping in a market, as the rules of a moment want it.
func (r *Rules) Keeping(m *market.Market, at time.Time) Keeping {
	years := func(what string) int {
		rule, ok := r.under(Retention, m.Code, what, DayOf(at, m.Zone))
		if !ok {
			return 0
		}
		return int(rule.number / one)
	}
	return Keeping{Invoice: years(keepInvoice), Contact: years(keepContact)}
}
