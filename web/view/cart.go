package view

import (
	"slices"
	"strconv"

	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/fragment"
	"caveau/templates/layout"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// Message is news for the visitor on the cart page. Level is "good", "warn" or "bad".
type Message = page.Message

// Again is a quantity that was typed and refused.
type Again = page.Again

// Why an edit of the cart was not made.
type Why int

// The reasons.
const (
	NotSold     Why = iota // the shop does not sell the SKU
	NotChosen              // no format was chosen
	NotAsMany              // fewer are left than asked for
	BadQuantity            // not a number of units that a line can hold
	CartFull
	NotAllotted // more than one customer may have
	NotInCart   // the line is not there any more
	BadWish     // not what can be wished for a line
)

// Refusal says why an edit was not made. sku is what it is about, nil where nobody knows; left is what can still be had, for NotAsMany.
func (s *Site) Refusal(snap *catalog.Snapshot, e *market.Edition, why Why, sku *catalog.SKU, left int) string {
	d := s.desk(snap, e, nil)
	p := d.p
	switch why {
	case NotChosen:
		return p.T("offer.choose")
	case NotAsMany:
		if left <= 0 {
			return p.T("cart.sold_out")
		}
		return p.N("cart.left", left)
	case NotAllotted:
		return d.overAllotted(sku, cart.MaxQuantity+1)
	case BadQuantity:
		return p.T("cart.quantity", "min", 1, "max", cart.MaxQuantity)
	case CartFull:
		return p.N("cart.full", cart.MaxLines)
	case NotInCart:
		return p.T("cart.not_there")
	case BadWish:
		return p.T("wish.bad")
	default:
		return p.T("cart.unknown")
	}
}

// The last part of the paths that edits of the cart are posted to; the cart's own path takes the add.
const (
	CartSet    = "set"
	CartRemove = "remove"
)

// Along is what a cart's page says of the carts of other shops.
type Along struct {
	Lines   string   // of this cart, for the addresses of the other shops; empty without any
	Brought *Brought // of another shop's cart; nil where none was
}

// Cart is the page of a visitor's cart. available is what is left of a SKU now; a line that asks for more
// says so. door is where deliveries go; nil shows list prices, with the delivery to the market's own country below them.
func (s *Site) Cart(snap *catalog.Snapshot, e *market.Edition, door *Door, c cart.Cart, along Along, available func(*catalog.SKU) int, messages ...Message) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Cart})
	d := s.desk(snap, e, node)
	d.open(door)
	home := d.shell().home
	out := page.Cart{
		Frame: d.cartFrame(), Heading: d.p.T("nav.cart"), Messages: messages, Empty: d.p.T("cart.empty"), Set: d.shell().cart + "/" + CartSet,
		EmptyLink: component.Link{Text: d.p.T("home.title"), Href: home}, Remove: d.shell().cart + "/" + CartRemove,
		Continue: component.Link{Text: d.p.T("cart.continue"), Href: home}, Live: d.live(),
	}
	var sold []cartOffer
	var left []int
	for _, line := range c.Lines {
		o, ok := d.cartOffer(line)
		if !ok {
			out.Messages = append(out.Messages, Message{Level: "warn", Text: d.p.T("cart.delisted", "sku", line.SKU), SKU: line.SKU})
			continue
		}
		shown := d.cartLine(o, available(o.sku), len(sold))
		shown.Wish = d.wishField(line, o.sku.Vintage.Year)
		out.Lines = append(out.Lines, shown)
		sold, left = append(sold, o), append(left, available(o.sku))
	}
	d.enter(snap, &out)
	out.News, out.WishAction = d.news(c.Lines, sold, left), d.shell().cart+"/"+CartWish
	out.Totals, out.Notes = d.totals(sold), d.cartNotes(sold)
	if len(sold) > 0 {
		out.Order = component.Link{Text: d.p.T("checkout.go"), Href: d.shell().cart + "/" + CartCheckout}
		d.noWay(&out)
	}
	out.Copy = d.copyOf(along.Brought)
	d.takeAlong(&out, along.Lines)
	if !d.deliver(&out, sold) {
		d.atHome(&out, sold)
	}
	return out.View()
}

// enter puts back what was typed and refused: into the line that it was typed for, else into a field beside the message.
func (d *desk) enter(snap *catalog.Snapshot, out *page.Cart) {
	for i := range out.Messages {
		again := out.Messages[i].Again
		if again == nil {
			continue
		}
		at := slices.IndexFunc(out.Lines, func(l page.CartLine) bool { return l.SKU == again.SKU })
		if again.Sets && at >= 0 {
			out.Lines[at].Quantity, out.Messages[i].Again = again.Quantity, nil
			continue
		}
		again.Action, again.Button, again.Label, again.Max = d.shell().cart, d.p.T("offer.add"), d.p.T("offer.quantity"), cart.MaxQuantity
		if sku := snap.SKU(again.SKU); sku != nil {
			again.Label, again.Max = again.Label+d.comma()+d.skuTitle(sku), d.most(sku)
		}
	}
}

// cartFrame is private: no canonical, no alternates, nothing for crawlers. The switch leads to the other
// shops' carts.
func (d *desk) cartFrame() layout.Frame {
	f := d.frame(head{title: d.p.T("nav.cart")})
	f.Canonical, f.Alternates, f.Description, f.OpenGraph, f.Robots = "", nil, "", layout.OpenGraph{}, "noindex, nofollow"
	if d.Market.Has(minorsBanner) {
		f.Notices.Minors = minorsFR
	}
	return f
}

type cartOffer struct {
	offer
	quantity int
}

// cartOffer is a line that can still be sold here.
func (d *desk) cartOffer(line cart.Line) (cartOffer, bool) {
	sku := d.snap.SKU(line.SKU)
	if sku == nil {
		return cartOffer{}, false
	}
	price, ok := sku.Price(d.Market)
	return cartOffer{offer{sku: sku, price: price}, line.Quantity}, ok
}

func (d *desk) cartLine(o cartOffer, left, neighbour int) page.CartLine {
	v := o.sku.Vintage
	total := d.money(o.price.Times(int64(o.quantity)))
	if basis := d.basis(o.price.Basis); basis != "" {
		total += " " + basis
	}
	if d.snap.About.DemoPrices {
		total += " " + demoMark
	}
	l := page.CartLine{
		SKU: o.sku.Code, Href: d.vintagePath(v) + "#sku-" + o.sku.Code, Name: d.wineName(v.Wine), Year: d.yearText(v), Format: d.wholeFormat(o.sku),
		Price: d.p.T("cart.each", "price", d.money(o.price.Amount)), Total: total, PerLitre: d.perLitre(o.offer), Quantity: strconv.Itoa(o.quantity),
		Max: min(max(left, o.quantity, 1), d.most(o.sku)), Allotted: d.allottedNote(o.sku), Bottle: d.bottle(v, cartHeight), Stock: live.Stock{o.sku.Slot}, Words: d.phrase(o.sku),
	}
	l.Bottle.Volume, l.Bottle.Neighbour, l.Bottle.Decorative = o.sku.Volume, neighbour, true
	switch {
	case left <= 0:
		l.Problem = d.p.T("cart.sold_out")
	case left < o.quantity:
		l.Problem = d.p.N("cart.left", left)
	default:
		l.Problem = d.overAllotted(o.sku, o.quantity)
	}
	return l
}

// totals are one per basis: what is sold without tax is never added to what includes it.
func (d *desk) totals(sold []cartOffer) []page.Total {
	sums := map[market.Basis]money.Amount{}
	for _, o := range sold {
		sum, err := sums[o.price.Basis].Add(o.price.Times(int64(o.quantity)))
		if err != nil { // the first of its basis: the zero amount has no currency
			sum = o.price.Times(int64(o.quantity))
		}
		sums[o.price.Basis] = sum
	}
	var out []page.Total
	for _, b := range []market.Basis{market.InBond, market.Excl, market.Incl} {
		sum, ok := sums[b]
		if !ok {
			continue
		}
		label := d.p.T("cart.total")
		if b == market.Excl && d.Market.Basis != market.Excl {
			label = d.p.T("cart.total_primeur")
		}
		if basis := d.basis(b); basis != "" {
			label += " (" + basis + ")"
		}
		out = append(out, page.Total{Label: label, Value: d.p.Money(sum.Minor, string(sum.Currency))})
	}
	return out
}

func (d *desk) cartNotes(sold []cartOffer) []string {
	offers := make([]offer, len(sold))
	for i, o := range sold {
		offers[i] = o.offer
	}
	return d.buyNotes(offers)
}

// Added is what the script shows after an add: what was added, or the problem why it was not. sku may be
// nil when there is a problem.
func (s *Site) Added(snap *catalog.Snapshot, e *market.Edition, c cart.Cart, sku *catalog.SKU, quantity int, problem string) templ.Component {
	d := s.desk(snap, e, nil)
	out := fragment.Added{Badge: badge(c.Count()), Problem: problem, Href: d.shell().cart, Link: d.p.T("cart.go")}
	if problem == "" && sku != nil {
		out.Heading = d.p.T("cart.added")
		out.Text = d.fullName(sku.Vintage.Wine) + " " + d.yearText(sku.Vintage) + d.comma() + d.wholeFormat(sku)
		if quantity > 1 {
			out.Text = strconv.Itoa(quantity) + " × " + out.Text
		}
	}
	return out.View()
}
