package withdrawal

import (
	"time"

	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/order"
)

// Choice is a line of an order as the form offers it.
type Choice struct {
	Position int // of the line, from 1
	Line     order.Line
	Gone     int // units that were withdrawn from before
	Left     int // units that can be withdrawn from now; 0 where it is exempt
	Right    law.Withdrawal
}

// Choices are the lines of wine of an order, with what the law says of each: asked with what was agreed and said on the day.
func Choices(rules *law.Rules, m *market.Market, o order.Order, earlier []Record) []Choice {
	gone := counted(earlier)
	var out []Choice
	for i, l := range o.Lines {
		if l.Kind != order.Wine {
			continue
		}
		c := Choice{Position: i + 1, Line: l, Gone: gone[i+1], Right: rules.Withdrawal(contract(m, o.PlacedAt, l))}
		if !c.Right.Exempt {
			c.Left = l.Quantity - c.Gone
		}
		out = append(out, c)
	}
	return out
}

func contract(m *market.Market, placed time.Time, l order.Line) law.Contract {
	c := law.Contract{
		Market: m, Sale: law.Stock, Made: placed, PriceAgreed: l.Promise.PriceAgreed, MarketValue: l.Promise.MarketValue, Told: l.Promise.Told,
	}
	if l.SaleType == string(law.Primeur) {
		c.Sale = law.Primeur
	}
	if day, err := time.ParseInLocation(time.DateOnly, l.Promise.Delivery, m.Zone); err == nil {
		c.Delivery = day
	}
	return c
}

// counted is what of each line was withdrawn from, by position.
func counted(earlier []Record) map[int]int {
	gone := map[int]int{}
	for _, r := range earlier {
		for _, l := range r.Lines {
			gone[l.Position] += l.Counted
		}
	}
	return gone
}

// Ends says when the period of an order is over; zero where it has not begun, or no line has a right. own are days on which lines
// arrived by themselves, by SKU.
//
// It counts from the last delivery (article 9 (2) (b)). An order that was noted as delivered holds lines that were not yet, where a
// primeur was promised for a later day: until that line's own delivery is known it has not begun.
func Ends(choices []Choice, m *market.Market, o order.Order, own map[string]time.Time) time.Time {
	var together time.Time
	for _, e := range o.Events {
		if e.State == order.Delivered && e.At.After(together) {
			together = e.At
		}
	}
	var ends time.Time
	for _, c := range choices {
		if c.Right.Exempt {
			continue
		}
		received, known := own[c.Line.SKU]
		if !known {
			received = together
			if c.Line.SaleType == string(law.Primeur) && c.Line.Promise.Delivery > string(law.DayOf(together, m.Zone)) {
				return time.Time{}
			}
		}
		end := c.Right.End(received, m.Zone)
		if end.IsZero() {
			return end
		}
		if end.After(ends) {
			ends = end
		}
	}
	return ends
}
