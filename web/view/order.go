package view

import (
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/templates/page"

	"github.com/a-h/templ"
	"github.com/bojanz/address"
)

// Order is how an order stands, for whoever has its link.
// i18n:prefix status.state.
func (s *Site) Order(snap *catalog.Snapshot, e *market.Edition, o order.Order) templ.Component {
	return s.order(snap, e, o).View()
}

// OwnOrder is the same for the account that it belongs to: without its link, and with a way to order it again.
func (s *Site) OwnOrder(snap *catalog.Snapshot, e *market.Edition, o order.Order) templ.Component {
	out := s.order(snap, e, o)
	d := s.desk(snap, e, nil)
	keep := d.p.T("status.keep")
	out.Notes = slices.DeleteFunc(out.Notes, func(note string) bool { return note == keep })
	out.Own = d.again(o)
	return out.View()
}

func (s *Site) order(snap *catalog.Snapshot, e *market.Edition, o order.Order) page.Order {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Cart})
	d := s.desk(snap, e, node)
	out := page.Order{
		Frame: d.cartFrame(), Heading: d.p.T("status.title", "number", o.Number), Lead: d.p.T("status.thanks"), State: d.state(o.State),
		Bill: page.Bill{Heading: d.p.T("checkout.summary")}, To: d.p.T("status.to"), Address: d.written(o.Delivery), Past: d.p.T("status.history"),
	}
	out.Title = d.title(head{title: out.Heading})
	out.Bill.Lines, out.Bill.Totals = d.billed(o.Lines, o.Sums)
	if o.State == order.Awaiting {
		total := d.p.Money(o.Sums.Total.Minor, string(o.Sums.Total.Currency))
		out.Notes = append(out.Notes, d.p.T("status.pay", "amount", total, "date", d.day(o.Expires), "number", o.Number))
	}
	out.Notes = append(out.Notes, d.p.T("status.keep"))
	if d.snap.About.DemoPrices {
		out.Notes = append(out.Notes, d.p.T("status.demo"))
	}
	for _, event := range o.Events {
		out.Events = append(out.Events, page.Total{Label: d.day(event.At), Value: d.state(event.State)})
	}
	return out
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
