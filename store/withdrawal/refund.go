package withdrawal

import (
	"caveau/store/law"
	"caveau/store/money"
	"caveau/store/order"
)

// Refund is what goes back for statements about one order.
type Refund struct {
	Lines    []Share      // of wine, by position
	Carriage money.Amount // carriage and what was charged with it
	Total    money.Amount
	Whole    bool // nothing is left of the order
}

// Share is what goes back of a line.
type Share struct {
	Position int
	Quantity int
	Amount   money.Amount
}

// Due is what goes back for the records that are not settled, given those that are. Records of another order are the caller's fault.
func Due(o order.Order, records []Record) Refund {
	var before []Record
	for _, r := range records {
		if r.Settled {
			before = append(before, r)
		}
	}
	paid, all := owed(o, counted(before)), owed(o, counted(records))
	out := Refund{Whole: all.Whole, Carriage: minus(all.Carriage, paid.Carriage), Total: minus(all.Total, paid.Total)}
	for i, share := range all.Lines {
		share.Quantity -= paid.Lines[i].Quantity
		share.Amount = minus(share.Amount, paid.Lines[i].Amount)
		if share.Quantity > 0 {
			out.Lines = append(out.Lines, share)
		}
	}
	return out
}

// owed is what goes back when so much of each line was withdrawn from, by position.
func owed(o order.Order, gone map[int]int) Refund {
	currency := o.Sums.Total.Currency
	out := Refund{Whole: true, Carriage: money.Of(0, currency), Total: money.Of(0, currency)}
	carries, primeurs := false, true // something that travels with this order's parcel is kept; it has nothing but primeurs
	for i, l := range o.Lines {
		if l.Kind != order.Wine {
			continue
		}
		n := min(gone[i+1], l.Quantity)
		share := Share{Position: i + 1, Quantity: n, Amount: l.Gross().Per(int64(l.Quantity), int64(n))}
		out.Lines = append(out.Lines, share)
		out.Total.Minor += share.Amount.Minor
		out.Whole = out.Whole && n == l.Quantity
		if l.SaleType != string(law.Primeur) {
			primeurs = false
			carries = carries || n < l.Quantity
		}
	}
	if carries || primeurs && !out.Whole {
		return out
	}
	for _, l := range o.Lines {
		if l.Kind != order.Wine {
			out.Carriage.Minor += l.Gross().Minor
		}
	}
	out.Total.Minor += out.Carriage.Minor
	return out
}

func minus(a, b money.Amount) money.Amount { return money.Of(a.Minor-b.Minor, a.Currency) }
