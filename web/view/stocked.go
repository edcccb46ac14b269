package view

import (
	"slices"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/live"
)

// Left is how many are left in some places of the stock board, summed, in the warehouse of the page's market.
type Left func(slots live.Stock) int

// Ordered says that what is sold out comes last on pages of a kind, and that they are made anew when that changes.
func Ordered(kind route.Kind) bool {
	return slices.Contains([]route.Kind{route.Region, route.Appellation, route.Colour, route.Classification, route.Landing, route.Primeur}, kind)
}

// Standing is a number for the order of a list: another number, another order. It is part of what such a page hangs on, beside Rev.
// 0 for pages that are not Ordered.
func (s *Site) Standing(snap *catalog.Snapshot, e *market.Edition, node *route.Node, left Left) uint64 {
	if !Ordered(node.Page.Kind) {
		return 0
	}
	d := s.desk(snap, e, node)
	d.left = left
	sum := uint64(14695981039346656037) // FNV-1a, by words
	for _, v := range d.listing() {
		sum = (sum ^ (uint64(v.Wine.Index)<<12 | uint64(v.Year))) * 1099511628211
	}
	return sum
}

// listing is what the page lists, in its order, all pages of it.
func (d *desk) listing() []*catalog.Vintage {
	switch at := d.node.Page; at.Kind {
	case route.Region:
		if r := d.snap.Region(at.Code); r != nil {
			return d.stocked(r.Wines)
		}
	case route.Appellation:
		if a := d.snap.Appellation(at.Code); a != nil {
			return d.stocked(a.Wines)
		}
	case route.Colour:
		code, colour := at.AppellationColour()
		if a := d.snap.Appellation(code); a != nil {
			return d.stocked(d.ofColour(a, catalog.Colour(colour)))
		}
	case route.Classification:
		if c := d.snap.Classification(at.Code); c != nil {
			return d.stocked(c.Wines)
		}
	case route.Landing:
		if spot, ok := d.spot(); ok {
			return d.ofYear(at.Year, spot)
		}
	case route.Primeur:
		var out []*catalog.Vintage
		for _, c := range d.snap.Campaigns {
			if at.Code == "" || c.Code == at.Code {
				out = append(out, d.campaigners(c)...)
			}
		}
		return out
	}
	return nil
}

// stocked shows each wine by one vintage, those of which something is left before the others.
func (d *desk) stocked(wines []int) []*catalog.Vintage {
	out := make([]*catalog.Vintage, 0, len(wines))
	for _, i := range wines {
		if v := d.shownBy(d.snap.Wines[i]); v != nil {
			out = append(out, v)
		}
	}
	return d.inStockFirst(out)
}

// shownBy is the vintage that a wine is shown by: the newest that is left, rather one that can be drunk than one in barrel; else the
// newest that the market sells; else its newest. Nil of a wine without any.
func (d *desk) shownBy(w *catalog.Wine) *catalog.Vintage {
	var barrel *catalog.Vintage
	for _, v := range w.Vintages {
		switch {
		case d.left == nil || !d.hasLeft(v):
		case v.SKUs[0].SaleType != catalog.Primeur:
			return v
		case barrel == nil:
			barrel = v
		}
	}
	if barrel != nil {
		return barrel
	}
	if v := d.newest(w); v != nil || len(w.Vintages) == 0 {
		return v
	}
	return w.Vintages[0]
}

// inStockFirst keeps the order among those that are left and among those that are not.
func (d *desk) inStockFirst(all []*catalog.Vintage) []*catalog.Vintage {
	if d.left == nil {
		return all
	}
	out := make([]*catalog.Vintage, 0, len(all))
	var none []*catalog.Vintage
	for _, v := range all {
		if d.hasLeft(v) {
			out = append(out, v)
		} else {
			none = append(none, v)
		}
	}
	return append(out, none...)
}

// hasLeft says that something of a vintage can be bought in the market now.
func (d *desk) hasLeft(v *catalog.Vintage) bool {
	d.room = d.room[:0]
	for _, sku := range v.SKUs {
		if _, priced := sku.Price(d.Market); priced {
			d.room = append(d.room, sku.Slot)
		}
	}
	return len(d.room) > 0 && d.left(d.room) > 0
}
