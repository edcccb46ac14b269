package view

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/invoice"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
	"github.com/bojanz/address"
)

// OrderSeen is an order with all that its page shows. Access is the query that opens it, and its papers too.
type OrderSeen struct {
	order.Order
	Papers []invoice.Document
	Ways   []Way
	Access url.Values
	Back   CameBack
	Cards  bool // it could be paid by card
}

// Order is how an order stands, for whoever has its link.
func (s *Site) Order(snap *catalog.Snapshot, e *market.Edition, o OrderSeen) templ.Component {
	return s.order(snap, e, o).View()
}

// OwnOrder is the same for the account that it belongs to: without a word about its link, and with a way to order it again.
func (s *Site) OwnOrder(snap *catalog.Snapshot, e *market.Edition, o OrderSeen) templ.Component {
	out := s.order(snap, e, o)
	d := s.desk(snap, e, nil)
	keep := d.p.T("status.keep")
	out.Notes = slices.DeleteFunc(out.Notes, func(note string) bool { return note == keep })
	out.Own = d.again(o.Order)
	return out.View()
}

// i18n:prefix status.state.
func (s *Site) order(snap *catalog.Snapshot, e *market.Edition, o OrderSeen) page.Order {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Cart})
	d := s.desk(snap, e, node)
	out := page.Order{
		Frame: d.cartFrame(), Heading: d.p.T("status.title", "number", o.Number), Lead: d.p.T("status.thanks"), State: d.state(o.State),
		Bill: page.Bill{Heading: d.p.T("checkout.summary")}, To: d.p.T("status.to"), Address: d.written(o.Delivery), Past: d.p.T("status.history"),
	}
	out.Title = d.title(head{title: out.Heading})
	out.Bill.Lines, out.Bill.Totals = d.billed(o.Lines, o.Sums)
	if slices.ContainsFunc(o.Lines, func(l order.Line) bool { return l.Terms == order.OnArrival }) {
		out.Bill.Notes = append(out.Bill.Notes, d.p.T("checkout.on_arrival"))
	}
	out.Plan = d.schedule(o.Lines, o.Sums.Total, "")
	if o.Bond != "" {
		out.Bill.Notes = append(out.Bill.Notes, d.p.T("status.bond", "account", o.Bond))
	}
	if o.Parcels == order.Together {
		out.Bill.Notes = append(out.Bill.Notes, d.p.T("schedule.together"))
	}
	out.Code, out.Pay = string(o.State), d.pay(o)
	if out.Pay != nil && out.Pay.Waiting {
		out.Every = reloadAfter(s.now().Sub(o.PlacedAt))
		out.Reload = out.Every
	}
	out.Notes = append(out.Notes, d.p.T("status.keep"))
	if d.snap.About.DemoPrices {
		out.Notes = append(out.Notes, d.p.T("status.demo"))
	}
	for i, event := range o.Events {
		if i > 0 && event.State == o.Events[i-1].State {
			continue // a remark for the staff
		}
		out.Events = append(out.Events, page.Total{Label: d.day(event.At), Value: d.state(event.State)})
	}
	if len(o.Papers) > 0 {
		out.Papers.Heading = d.p.T("status.documents")
	}
	for _, p := range o.Papers {
		out.Papers.Links = append(out.Papers.Links, component.Link{Text: d.paperTitle(p.Facts), Href: d.paperPath(p.Number, o.Access)})
	}
	for _, way := range o.Ways {
		out.Ledgers = append(out.Ledgers, d.ledger(way))
	}
	if link := d.shell().leave; link.Href != "" {
		out.Withdraw = component.Link{Text: link.Text, Href: link.Href + "?" + o.Access.Encode()}
	}
	return out
}

// paperPath is where a document is, for whoever may see its order.
func (d *desk) paperPath(number invoice.Number, access url.Values) string {
	query := maps.Clone(access)
	query.Set("document", string(number))
	return d.shell().cart + "/" + CartDocument + "?" + query.Encode()
}

func (d *desk) state(s order.State) string { return d.p.T("status.state." + string(s)) }

// written is an address as its country writes it, line by line.
func (d *desk) written(a order.Address) []string {
	format := address.GetFormat(a.Country)
	region := a.Region
	if name, ok := format.Regions.Get(region); ok && !format.ShowRegionID {
		region = name
	}
	values := map[rune]string{'1': a.Line1, '2': a.Line2, '3': a.Line3, 'S': a.Sublocality, 'L': a.Locality, 'R': region, 'P': a.Postcode}
	lines := []string{a.Recipient}
	for _, layout := range strings.Split(format.Layout, "\n") {
		if line := filled(layout, values); line != "" {
			lines = append(lines, line)
		}
	}
	return append(lines, d.p.Country(a.Country))
}

// filled is a line of a layout ("%P %L") with its values; nothing where none has one.
func filled(layout string, values map[rune]string) string {
	var b strings.Builder
	some, field := false, false
	for _, c := range layout {
		switch {
		case field:
			b.WriteString(values[c])
			some, field = some || values[c] != "", false
		case c == '%':
			field = true
		default:
			b.WriteRune(c)
		}
	}
	if !some {
		return ""
	}
	return strings.Trim(b.String(), " ,-")
}
