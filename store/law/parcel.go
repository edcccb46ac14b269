package law

import (
	"slices"
	"strings"
	"time"

	"caveau/store/money"
)

// Parcel is what leaves on one day, and what the carrier asks for it.
type Parcel struct {
	Delivery
	When  Day   // from which day on it can leave; empty: now
	Lines []int // of the order, by their places
}

// share is a line's part of its parcel.
type share struct {
	when     Day   // as in Parcel; today where a later day is not known
	later    bool  // its parcel leaves later
	minor    int64 // of the carrier's price
	rules    []Row
	unpriced bool // the carrier has no price for so much on that day: only what leaves now is refused for it
}

// now is what a line pays of the parcel with the order.
func (s share) now() (minor int64, rules []Row) {
	if s.later {
		return 0, nil
	}
	return s.minor, s.rules
}

// parcels puts every line into the parcel that it leaves with, prices the parcels and gives each line its share.
func (c calculation) parcels(out *Door) ([]share, error) {
	shares := make([]share, len(c.order.Lines))
	if c.order.InBond {
		return shares, nil
	}
	last := c.last()
	lines := map[departure][]int{}
	for i, l := range c.order.Lines {
		d := departure{later: l.SKU.Sale == Primeur, ready: l.SKU.ready(c.order.On)}
		if c.order.Together {
			d = last
		}
		shares[i].when, shares[i].later = DayOf(d.ready, c.order.Market.Zone), d.later
		lines[d] = append(lines[d], i)
	}
	for d, list := range lines {
		p, err := c.parcel(d, list, shares)
		if err != nil {
			return nil, err
		}
		out.Parcels = append(out.Parcels, p)
		if !d.later {
			out.Delivery = p.Delivery
		}
	}
	slices.SortFunc(out.Parcels, func(a, b Parcel) int { return strings.Compare(string(a.When), string(b.When)) })
	return shares, nil
}

// departure is when a parcel can leave.
type departure struct {
	later bool // not with the order, as something in it is sold en primeur
	ready time.Time
}

// last is when the last line can leave.
func (c calculation) last() departure {
	out := departure{ready: c.order.On}
	for _, l := range c.order.Lines {
		out.later = out.later || l.SKU.Sale == Primeur
		if leaves := l.SKU.ready(c.order.On); leaves.After(out.ready) {
			out.ready = leaves
		}
	}
	return out
}

// parcel prices one and shares its price by volume, so that the shares add up to it, unless it is a consignment that holds more
// than the lines. Where the carrier has no price an order that leaves now is refused; one that leaves later only cannot be told
// yet what it will cost.
func (c calculation) parcel(d departure, list []int, shares []share) (Parcel, error) {
	var all int64
	goods := money.Of(0, c.order.Market.Currency)
	for _, i := range list {
		l := c.order.Lines[i]
		all += l.SKU.millilitres() * int64(l.Quantity)
		goods.Minor += l.SKU.Price.Minor * int64(l.Quantity)
	}
	all = max(all, int64(c.order.Consignment))
	day := DayOf(d.ready, c.order.Market.Zone)
	out := Parcel{Lines: list}
	if d.later {
		out.When = day
	}
	var err error
	out.Delivery, err = c.deliver(c.order.Market, c.place, all, goods, day, d.ready)
	if err != nil && !d.later {
		return Parcel{}, err
	}
	var sofar, given int64
	for _, i := range list {
		l := c.order.Lines[i]
		sofar += l.SKU.millilitres() * int64(l.Quantity)
		shares[i].minor = part(all, out.Price.Minor, sofar) - given
		shares[i].rules, shares[i].unpriced = out.Rules, err != nil
		given += shares[i].minor
	}
	return out, nil
}

// dueLater gathers what the lines pay later by the day on which it falls due.
func (c calculation) dueLater(lines []Charged) []Due {
	sums, missing := map[Day][]Sum{}, map[Day][]string{}
	for _, l := range lines {
		if l.Due == nil {
			continue
		}
		sums[l.Due.When] = append(sums[l.Due.When], l.Due.Sum)
		for _, m := range l.Due.Missing {
			if !slices.Contains(missing[l.Due.When], m) {
				missing[l.Due.When] = append(missing[l.Due.When], m)
			}
		}
	}
	var out []Due
	for when, list := range sums {
		out = append(out, Due{Sum: add(c.order.Market.Currency, list), When: when, Missing: missing[when]})
	}
	slices.SortFunc(out, func(a, b Due) int { return strings.Compare(string(a.When), string(b.When)) })
	return out
}
