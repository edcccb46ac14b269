package view

import (
	"time"

	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/templates/layout"
)

// Door is where a visitor's deliveries go. A page that has one shows what everything costs there; a page without one, and every
// public page is, shows the market's list prices.
type Door struct {
	To     law.Destination
	InBond bool // to an account in a bonded warehouse of the market's country
	Rules  *law.Rules
}

// doorway is a Door, looked up for one page.
type doorway struct {
	Door
	m     *market.Market
	on    time.Time
	block *law.Block // why nothing goes there; nil where it does
	usual law.Terms  // of most prices there; empty where blocked
}

// open looks a door up. One that the rules do not know is none: the list prices are shown.
func (d *desk) open(door *Door) {
	if door == nil || door.Rules == nil {
		return
	}
	block, err := door.Rules.Reach(d.Market, door.To, law.DayOf(d.now, d.Market.Zone))
	if err != nil {
		return
	}
	way := &doorway{Door: *door, m: d.Market, on: d.now, block: block}
	switch c, reached := door.Rules.Carriage(d.Market, door.To, d.now); {
	case block != nil || !reached:
	case door.InBond:
		way.usual = law.Bonded
	case c.Taxed:
		way.usual = law.DutyPaid
	default:
		way.usual = law.OnArrival
	}
	d.door = way
}

// atDoor is what an offer costs there.
type atDoor struct {
	law.Charged // no Terms where it has no price there
	list        catalog.Price
	delivery    law.Delivery
	unbonded    bool // in bond was asked for, and this is not sold so
}

// shown are offers as the page shows them: at the door where it has one, each a unit of a consignment.
func (d *desk) shown(offers []offer) []offer {
	if d.door == nil {
		return offers
	}
	for i := range offers {
		offers[i] = d.door.priced(offers[i], 1, law.Consignment)
	}
	return offers
}

// priced is an offer with the price of so many units at the door, in a consignment of so many millilitres or alone. Where there
// is no price it keeps that of the list.
func (w *doorway) priced(o offer, quantity, consignment int) offer {
	at := &atDoor{list: o.price}
	o.door = at
	if w.block != nil {
		return o
	}
	order := law.Order{
		Market: w.m, Destination: w.To, On: w.on, InBond: w.InBond, Consignment: consignment,
		Lines: []law.Line{{SKU: checkout.Facts(o.sku, o.price), Quantity: quantity}},
	}
	priced, err := w.Rules.Door(order)
	if code, _ := law.Refused(err); w.InBond && code == law.NoBond {
		at.unbonded, order.InBond = true, false
		priced, err = w.Rules.Door(order)
	}
	if err != nil {
		return o
	}
	at.Charged, at.delivery = priced.Lines[0], priced.Delivery
	o.price.Amount, o.price.Basis = at.Gross, basisAt(at.Terms)
	return o
}

// basisAt says what a price on these terms contains.
func basisAt(t law.Terms) market.Basis {
	switch t {
	case law.DutyPaid:
		return market.Incl
	case law.Bonded:
		return market.InBond
	default:
		return market.Excl
	}
}

// contains says what an offer's price contains, in few words: the list's basis on a page without a door.
func (d *desk) contains(o offer) string {
	switch {
	case o.door == nil || o.door.Terms == "":
		return d.basis(o.price.Basis)
	case o.door.Terms == law.DutyPaid:
		return d.p.T("door.delivered")
	case o.door.Terms == law.OnArrival:
		return d.p.T("door.delivered_untaxed")
	case o.door.Terms == law.Bonded:
		return d.p.T("offer.in_bond")
	default:
		return d.basis(market.Excl)
	}
}

// list is the offer's price in the catalogue, whatever the page shows.
func (o offer) list() catalog.Price {
	if o.door != nil {
		return o.door.list
	}
	return o.price
}

// alone is what an offer costs at the door when nothing else is ordered; false where that is no more than the page's price.
func (w *doorway) alone(o offer) (money.Amount, bool) {
	if o.door == nil || o.door.Terms != law.DutyPaid && o.door.Terms != law.OnArrival {
		return money.Amount{}, false
	}
	single := w.priced(offer{sku: o.sku, price: o.door.list}, 1, 0)
	return single.price.Amount, single.price.Minor > o.price.Minor
}

// priceNote says what the page's prices contain.
func (d *desk) priceNote() string {
	if d.door == nil {
		return d.taxNote()
	}
	switch place := d.doorName(); d.door.usual {
	case law.DutyPaid:
		return d.p.T("door.note_duty_paid", "place", place)
	case law.OnArrival:
		return d.p.T("door.note_on_arrival", "place", place)
	case law.Bonded:
		return d.p.T("door.note_in_bond")
	default:
		return d.p.T("door.note_blocked", "place", place)
	}
}

// doorName is the destination in the page's language: a country, with its state where states differ.
func (d *desk) doorName() string {
	name := d.p.Country(d.door.To.Country)
	if state := stateName(d.door.To.Country, d.door.To.State); state != "" {
		name = state + d.comma() + name
	}
	return name
}

// placeLine says at the top of every page where deliveries go.
// i18n:prefix law.terms.
func (d *desk) placeLine(sh *shell) layout.Place {
	out := layout.Place{Href: sh.chooser, Words: d.p.T("door.to", "place", d.p.Country(d.Market.Country))}
	if d.door == nil && d.site.chosen != nil {
		there := *d
		there.open(d.site.chosen)
		d = &there
	}
	if d.door == nil || out.Href == "" {
		return out
	}
	out.Words, out.List, out.Action = d.p.T("door.to", "place", d.doorName()), d.p.T("door.list"), sh.chooser+"/"+DestinationList
	out.Prices = d.p.T("door.not_delivered")
	if d.door.InBond {
		out.Words = d.p.T("door.to", "place", d.p.T("door.bond"))
	}
	if d.door.block == nil {
		out.Prices = d.p.T(d.door.usual.Message())
	}
	return out
}
