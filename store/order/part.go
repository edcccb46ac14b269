package order

import (
	"fmt"

	"caveau/store/money"
)

// Part is so many units of a line.
type Part struct {
	Line     int // position in the order, and in its invoice, from 0
	Quantity int
}

// Share of a line: what n of its units cost where others, before, are spoken for. However a line is divided, its shares together are
// the line, to the minor unit in net and in tax, and none is less than nothing. Where one costs unit, n cost unit × n.
func (l Line) Share(before, n int) Line {
	until, from := l.until(before+n), l.until(before)
	until.Net.Minor -= from.Net.Minor
	until.Tax.Minor -= from.Tax.Minor
	until.Quantity = n
	return until
}

// until is what the first units of a line cost: gross and tax in proportion, rounded down. The net between two of them would now and then
// fall by a minor unit, so it is the highest so far.
func (l Line) until(units int) Line {
	of := func(whole int64, n int) int64 { return whole * int64(n) / int64(l.Quantity) }
	gross, net := of(l.Gross().Minor, units), int64(0)
	for n := range units + 1 {
		net = max(net, of(l.Gross().Minor, n)-of(l.Tax.Minor, n))
	}
	l.Net.Minor, l.Tax.Minor = net, gross-net
	return l
}

// Refund is the staff's decision to give back the money for parts of an order.
type Refund struct {
	Reference string // of the decision within the order: the same one again changes nothing
	Parts     []Part
	Restock   bool // the bottles are in the house and whole: they are for sale again
	By        Actor
	Note      string
}

// Check says why a decision cannot be one: ErrReceipt, ErrQuantity.
func (r Refund) Check() error {
	if r.Reference == "" || len(r.Reference) > MaxReference {
		return fmt.Errorf("refund %.40q: %w", r.Reference, ErrReceipt)
	}
	if len(r.Parts) == 0 {
		return fmt.Errorf("refund %.40q of nothing: %w", r.Reference, ErrQuantity)
	}
	return nil
}

// GivenBack is what became of a Refund.
type GivenBack struct {
	Change
	Amount money.Amount // that goes back
	Whole  bool         // nothing is left of the order: it is RefundDue
	Again  bool         // it was decided before
}

// Pick finds the lines that units were asked of, by SKU, or "delivery" and "duty" for what is no wine. Units of a kind that has several
// lines are taken from the first ones. ErrNotSold, ErrQuantity.
func (o Order) Pick(name string, units int) ([]Part, error) {
	var out []Part
	known, left := false, units
	for i, l := range o.Lines {
		called := string(l.Kind)
		if l.Kind == Wine {
			called = l.SKU
		}
		if called != name {
			continue
		}
		known = true
		if n := min(left, l.Quantity); n > 0 {
			out = append(out, Part{i, n})
			left -= n
		}
	}
	switch {
	case !known:
		return nil, fmt.Errorf("%.64q is not in the order: %w", name, ErrNotSold)
	case units < 1 || left > 0:
		return nil, fmt.Errorf("%d of %.64q: %w", units, name, ErrQuantity)
	}
	return out, nil
}
