package view

import (
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/market"
)

// allotted is so many units of a SKU, in words, and whether one customer may have no more of it here. It is a fact of the shop, the same
// for everybody: what somebody has ordered already is known when an order is placed, not before.
func (d *desk) allotted(sku *catalog.SKU) (what string, units int, ok bool) {
	units, ok = sku.Allocation(d.Market)
	if !ok {
		return "", 0, false
	}
	return d.p.N(unitKeys[unitOf(sku)], units), units, true
}

// allottedNote stands among what is said of an offer; empty where there is no such limit.
func (d *desk) allottedNote(sku *catalog.SKU) string {
	what, _, ok := d.allotted(sku)
	if !ok {
		return ""
	}
	return d.p.T("allocation.note", "what", what)
}

// overAllotted says why so many are too many; empty where they are not.
func (d *desk) overAllotted(sku *catalog.SKU, quantity int) string {
	what, units, ok := d.allotted(sku)
	if !ok || quantity <= units {
		return ""
	}
	return d.p.T("allocation.over", "what", what)
}

// allottedLeft says what a customer may still have, who has ordered before.
func (d *desk) allottedLeft(sku *catalog.SKU, left int) string {
	what, units, ok := d.allotted(sku)
	if !ok { // the database knows of a limit that the catalogue has not heard of yet
		what, units = d.p.N(unitKeys[unitOf(sku)], left), left
	}
	switch {
	case left >= units:
		return d.p.T("allocation.over", "what", what)
	case left > 0:
		return d.p.T("allocation.left", "what", what, "left", d.p.N(unitKeys[unitOf(sku)], left))
	default:
		return d.p.T("allocation.none", "what", what)
	}
}

// OverAllotted are the lines of a cart of which a customer may not have as many.
func (s *Site) OverAllotted(snap *catalog.Snapshot, e *market.Edition, items []checkout.Item) []Problem {
	d := s.desk(snap, e, nil)
	var out []Problem
	for _, item := range items {
		if over := d.overAllotted(item.SKU, item.Quantity); over != "" {
			out = append(out, Problem{Text: d.p.T("checkout.line", "wine", item.Title, "problem", over)})
		}
	}
	return out
}

// said is a text on its own, or nothing.
func said(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// most of a SKU that a line may ask for.
func (d *desk) most(sku *catalog.SKU) int {
	if _, units, ok := d.allotted(sku); ok {
		return min(units, cart.MaxQuantity)
	}
	return cart.MaxQuantity
}

// mostOf some offers: what the field of a form takes that is for all of them.
func (d *desk) mostOf(offers []offer) int {
	most := 1
	for _, o := range offers {
		most = max(most, d.most(o.sku))
	}
	return most
}
