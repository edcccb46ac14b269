package withdrawal

import (
	"caveau/store/law"
	"caveau/store/money"
	"caveau/store/order"
)

// Refund is what goes back for statements about one order.
type Refund struct {
	Lines    []Share // of wine, by position
	Carriage []Share // and what was charged with it
	Total    money.Amount
	Whole    bool // nothing is left of the order
}

// Share is what goes back of a line.
type Share struct {
	Position int
	Quantity int
	Amount   money.Amount
}

// Parts of the order that go back.
func (r Refund) Parts() []order.Part {
	var parts []order.Part
	for _, list := range [][]Share{r.Lines, r.Carriage} {
		for _, s := range list {
			parts = append(parts, order.Part{Line: s.Position - 1, Quantity: s.Quantity})
		}
	}
	return parts
}

// Due is what goes back for the records that are not settled. taken is how many units of each line, by position, the money went back
// for already: for records that are settled, or because the staff decided so.
func Due(o order.Order, records []Record, taken map[int]int) Refund {
	var open []Record
	for _, r := range records {
		if !r.Settled {
			open = append(open, r)
		}
	}
	return owed(o, counted(open), taken)
}

func owed(o order.Order, want, taken map[int]int) Refund {
	out := Refund{Whole: true, Total: money.Of(0, o.Sums.Total.Currency)}
	carries, primeurs := false, true // something that travels with this order's parcel is kept; it has nothing but primeurs
	for i, l := range o.Lines {
		if l.Kind != order.Wine {
			continue
		}
		gone := min(taken[i+1]+want[i+1], l.Quantity)
		out.Lines = out.add(out.Lines, i+1, l, taken[i+1], gone)
		out.Whole = out.Whole && gone == l.Quantity
		if l.SaleType != string(law.Primeur) {
			primeurs = false
			carries = carries || gone < l.Quantity
		}
	}
	if carries || primeurs && !out.Whole {
		return out
	}
	for i, l := range o.Lines {
		if l.Kind != order.Wine {
			out.Carriage = out.add(out.Carriage, i+1, l, taken[i+1], l.Quantity)
		}
	}
	return out
}

// add the share of a line between so many units that are spoken for and so many that will be.
func (r *Refund) add(list []Share, position int, l order.Line, before, until int) []Share {
	if until <= before {
		return list
	}
	share := Share{Position: position, Quantity: until - before, Amount: l.Share(before, until-before).Gross()}
	r.Total.Minor += share.Amount.Minor
	return append(list, share)
}
