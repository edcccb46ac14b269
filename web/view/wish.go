package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/store/wish"
	"caveau/templates/component"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// The last parts of the paths below the wish list's own, which takes what is to be remembered.
const (
	WishRemove = "remove"
	WishMove   = "move"
	WishShared = "shared"
)

// WishQuery is the key of a shared list in its address.
const WishQuery = "list"

// remember is the button of the page.
func (d *desk) remember() component.Remember {
	return component.Remember{Action: d.shell().wish, Page: strconv.FormatUint(uint64(d.node.ID), 10), Text: d.p.T("wish.add")}
}

// Wished is the node of a page that can be remembered: a wine or a vintage that is here; nil for others.
func Wished(snap *catalog.Snapshot, id uint32) *route.Node {
	node, ok := snap.Routes.ByID(id)
	if !ok || node.Gone || node.Page.Kind != route.Wine && node.Page.Kind != route.Vintage {
		return nil
	}
	return node
}

// WishFull says that nothing more can be remembered.
func (s *Site) WishFull(e *market.Edition) Message {
	return Message{Level: "bad", Text: s.printer(e).N("wish.full", wish.Max)}
}

// Wish is the visitor's own list. available is what is left of a SKU now.
func (s *Site) Wish(snap *catalog.Snapshot, e *market.Edition, l wish.List, available func(*catalog.SKU) int, messages ...Message) templ.Component {
	d := s.wishDesk(snap, e)
	out := d.wishPage("wish.title", l, available)
	out.Messages, out.Remove, out.MoveAction = messages, d.shell().wish+"/"+WishRemove, d.shell().wish+"/"+WishMove
	out.Empty, out.EmptyLink = d.p.T("wish.empty"), component.Link{Text: d.p.T("home.title"), Href: d.shell().home}
	if len(out.Lines) > 0 {
		out.Share = &page.WishShare{
			Label: d.p.T("wish.share"), Note: d.p.T("wish.share_note"),
			URL: s.URL(snap, e, route.Page{Kind: route.Wish}) + "/" + WishShared + "?" + WishQuery + "=" + l.String(),
		}
	}
	return out.View()
}

// SharedWish is somebody's list, to look at.
func (s *Site) SharedWish(snap *catalog.Snapshot, e *market.Edition, l wish.List, available func(*catalog.SKU) int) templ.Component {
	return s.wishDesk(snap, e).wishPage("wish.shared", l, available).View()
}

func (s *Site) wishDesk(snap *catalog.Snapshot, e *market.Edition) *desk {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Wish})
	return s.desk(snap, e, node)
}

// wishPage is what both have. Pages that are not here any more are left out.
func (d *desk) wishPage(heading string, l wish.List, available func(*catalog.SKU) int) page.Wish {
	out := page.Wish{Frame: d.cartFrame(), Heading: d.p.T(heading), GapsHead: d.p.T("wish.gaps"), Live: d.live()}
	out.Title = d.title(head{title: out.Heading})
	if d.snap.About.DemoPrices {
		out.Note = demoMark + " " + d.p.T("offer.demo_price")
	}
	verticals := map[*catalog.Wine][]int{}
	var wines []*catalog.Wine
	for _, id := range l {
		node := Wished(d.snap, id)
		if node == nil {
			continue
		}
		w := d.snap.Wine(node.Page.Code)
		if w == nil {
			continue
		}
		line := page.WishLine{Page: strconv.FormatUint(uint64(id), 10), Name: d.wineName(w), Place: d.rowPlace(w)}
		if v, ok := w.Vintage(node.Page.Year); ok && node.Page.Kind == route.Vintage {
			d.wishVintage(&line, v)
			if verticals[w] == nil {
				wines = append(wines, w)
			}
			verticals[w] = append(verticals[w], v.Year)
		} else {
			d.wishWine(&line, w)
		}
		line.Bottle.Neighbour, line.Bottle.Decorative = len(out.Lines), true
		out.Lines = append(out.Lines, line)
	}
	for _, w := range wines {
		if missing := wish.Missing(verticals[w]); len(missing) > 0 {
			out.Gaps = append(out.Gaps, d.gap(w, missing, available))
		}
	}
	return out
}

func (d *desk) wishVintage(line *page.WishLine, v *catalog.Vintage) {
	line.Href, line.Year, line.Bottle = d.vintagePath(v), d.yearText(v), d.bottle(v, cartHeight)
	for _, o := range d.offers(v) {
		line.Offers = append(line.Offers, page.WishOffer{
			SKU: o.sku.Code, Format: d.shortFormat(o.sku), Price: d.marked(d.based(o.price)), Stock: live.Stock{o.sku.Slot}, Words: d.phrase(o.sku),
		})
	}
}

// wishWine has one line for all vintages.
func (d *desk) wishWine(line *page.WishLine, w *catalog.Wine) {
	line.Href, line.Bottle = d.winePath(w), wineBottle(w, cartHeight)
	var all []offer
	for _, v := range w.Vintages {
		all = append(all, d.offers(v)...)
	}
	if len(all) > 0 {
		line.Offers = []page.WishOffer{{
			Format: d.p.N("count.vintages", len(w.Vintages)), Price: d.marked(d.from(all)), Stock: live.Stock(slots(all)), Words: d.brief(all),
		}}
	}
}

// marked where prices are invented.
func (d *desk) marked(price string) string {
	if d.snap.About.DemoPrices {
		return price + " " + demoMark
	}
	return price
}

// gap is the missing years of a wine; those that are in stock lead there.
func (d *desk) gap(w *catalog.Wine, missing []int, available func(*catalog.SKU) int) page.WishGap {
	out := page.WishGap{Wine: d.wineName(w)}
	for _, year := range missing {
		l := component.Link{Text: strconv.Itoa(year)}
		if v, ok := w.Vintage(year); ok {
			for _, o := range d.offers(v) {
				if available(o.sku) > 0 {
					l.Href = d.vintagePath(v)
					break
				}
			}
		}
		out.Years = append(out.Years, l)
	}
	return out
}
