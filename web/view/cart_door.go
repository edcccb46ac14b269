package view

import (
	"caveau/store/checkout"
	"caveau/store/law"
	"caveau/store/money"
	"caveau/templates/component"
	"caveau/templates/page"
)

// parcel is a cart on its way to a place: every line's price there, with its share of this very parcel.
type parcel struct {
	law.Door
	list money.Amount // of what leaves now, at list prices: what free delivery is counted by
}

// parcel of a cart to a place; false where it has no price there.
func (d *desk) parcel(rules *law.Rules, to law.Destination, inBond bool, sold []cartOffer) (parcel, bool) {
	if rules == nil || len(sold) == 0 {
		return parcel{}, false
	}
	out := parcel{list: money.Of(0, d.Market.Currency)}
	order := law.Order{Market: d.Market, Destination: to, On: d.now, InBond: inBond}
	for _, o := range sold {
		facts := checkout.Facts(o.sku, o.list())
		order.Lines = append(order.Lines, law.Line{SKU: facts, Quantity: o.quantity})
		if facts.Sale == law.Stock {
			out.list.Minor += o.list().Minor * int64(o.quantity)
		}
	}
	var err error
	out.Door, err = rules.Door(order)
	if code, _ := law.Refused(err); inBond && code == law.NoBond {
		return d.parcel(rules, to, false, sold)
	}
	return out, err == nil
}

// deliver writes the prices at the door into the lines of a cart and what they come to below them; false where the cart has no
// price there and keeps those of the list.
func (d *desk) deliver(out *page.Cart, sold []cartOffer) bool {
	if d.door == nil || d.door.block != nil {
		return false
	}
	p, ok := d.parcel(d.door.Rules, d.door.To, d.door.InBond, sold)
	if !ok {
		return false
	}
	for i, charged := range p.Lines {
		o := sold[i]
		o.door = &atDoor{Charged: charged, list: o.price}
		line := &out.Lines[i]
		line.Total = d.money(charged.Gross)
		o.price.Amount = charged.Gross.Per(int64(o.quantity), 1).RoundTo(d.Market.Rounding)
		line.Price, line.PerLitre = d.p.T("cart.each", "price", d.money(o.price.Amount)), d.perLitre(o.offer)
		if contains := d.contains(o.offer); contains != "" {
			line.Price += " · " + contains
		}
	}
	out.Totals = d.sums(p)
	out.Notes = append(d.parcelNotes(p), out.Notes...)
	return true
}

// sums are the parts of a parcel's price and the total.
// i18n:prefix law.part.
func (d *desk) sums(p parcel) []page.Total {
	var out []page.Total
	for _, item := range p.Items {
		if item.Part == law.PartDelivery {
			out = append(out, page.Total{Label: d.deliveryLine(p.Delivery, d.doorName()), Value: d.deliveryPrice(item.Amount)})
		} else if !item.Amount.IsZero() {
			out = append(out, page.Total{Label: d.p.T(item.Message()), Value: d.full(item.Amount)})
		}
	}
	return append(out, page.Total{Label: d.p.T("cart.total"), Value: d.full(p.Gross)})
}

// deliveryLine names the delivery and the days between which it comes.
func (d *desk) deliveryLine(delivery law.Delivery, place string) string {
	from, to := d.lawDay(delivery.Earliest), d.lawDay(delivery.Latest)
	return d.p.T("door.delivery_line", "place", place, "from", from, "to", to)
}

func (d *desk) deliveryPrice(a money.Amount) string {
	if a.IsZero() {
		return d.p.T("door.free")
	}
	return d.full(a)
}

// parcelNotes say how much is missing to free delivery, and what is due later.
func (d *desk) parcelNotes(p parcel) []string {
	out := d.toFree(p.Delivery.FreeFrom, p.list)
	due := money.Of(0, d.Market.Currency)
	for _, line := range p.Lines {
		if line.Terms == law.Bonded && line.Due != nil && len(line.Due.Missing) == 0 {
			due.Minor += line.Due.Gross.Minor
		}
	}
	if due.Minor > 0 {
		out = append(out, d.p.T("door.due_sum", "amount", d.full(due)))
	}
	return out
}

// toFree says how much more makes the delivery free; nothing where it is, or never is, or where nothing leaves now.
func (d *desk) toFree(from, list money.Amount) []string {
	if from.Currency == "" || list.Minor == 0 || list.Minor >= from.Minor {
		return nil
	}
	return []string{d.p.T("door.to_free", "amount", d.money(money.Of(from.Minor-list.Minor, from.Currency)))}
}

// atHome adds what delivery to the market's own country costs to the totals of a cart at list prices. Where its tax hangs on a
// state it is without, as the list prices are.
func (d *desk) atHome(out *page.Cart, sold []cartOffer) {
	if d.site.rules == nil || d.door != nil {
		return
	}
	rules := d.site.rules()
	home := homeOf(d.Market)
	p, ok := d.parcel(rules, home, false, sold)
	if ok && p.Delivery.Zone != "" {
		cost := money.Of(p.Gross.Minor-d.listed(sold), d.Market.Currency)
		d.addDelivery(out, d.deliveryLine(p.Delivery, d.p.Country(home.Country)), cost, p.list)
		out.Notes = append(d.toFree(p.Delivery.FreeFrom, p.list), out.Notes...)
		return
	}
	if rules == nil || !rules.NeedsState(home.Country) {
		return
	}
	c, _ := rules.Carriage(d.Market, home, d.now)
	cost, ok := c.For(bottlesOf(sold))
	list := d.leavingNow(sold)
	if !ok || list.Minor == 0 {
		return
	}
	if c.FreeFrom.Currency != "" && list.Minor >= c.FreeFrom.Minor {
		cost.Minor = 0
	}
	d.addDelivery(out, d.p.T("law.part.delivery"), cost, list)
	out.Notes = append(d.toFree(c.FreeFrom, list), out.Notes...)
	out.Notes = append([]string{d.p.T("door.days", "from", c.First, "to", c.Last, "carrier", d.carrier(c.Carrier))}, out.Notes...)
}

// addDelivery adds its line, and the total with it, of what leaves now.
func (d *desk) addDelivery(out *page.Cart, label string, cost, list money.Amount) {
	total := d.p.T("door.total")
	if basis := d.basis(d.Market.Basis); basis != "" {
		total += " (" + basis + ")"
	}
	out.Totals = append(out.Totals, page.Total{Label: label, Value: d.deliveryPrice(cost)},
		page.Total{Label: total, Value: d.full(money.Of(list.Minor+cost.Minor, cost.Currency))})
}

// listed is what all lines cost at list prices, whatever they contain.
func (d *desk) listed(sold []cartOffer) int64 {
	var sum int64
	for _, o := range sold {
		sum += o.list().Minor * int64(o.quantity)
	}
	return sum
}

func (d *desk) leavingNow(sold []cartOffer) money.Amount {
	sum := money.Of(0, d.Market.Currency)
	for _, o := range sold {
		if o.list().Basis == d.Market.Basis && checkout.Facts(o.sku, o.list()).Sale == law.Stock {
			sum.Minor += o.list().Minor * int64(o.quantity)
		}
	}
	return sum
}

// bottlesOf what leaves now, of 75 cl, begun ones counted.
func bottlesOf(sold []cartOffer) int {
	all := 0
	for _, o := range sold {
		if checkout.Facts(o.sku, o.list()).Sale == law.Stock {
			all += o.sku.Millilitres() * o.quantity
		}
	}
	return (all + 749) / 750
}

// noWay tells a visitor whose place nothing goes to, before the cart is an order.
func (d *desk) noWay(out *page.Cart) {
	b := d.blocked()
	if b.Reason == "" {
		return
	}
	out.Messages = append(out.Messages, Message{Level: "warn", Text: b.Reason})
	out.Suggest, out.Order = append(out.Suggest, b.Options...), component.Link{}
}
