package view

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"caveau/store/catalog"
	"caveau/store/invoice"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/templates/paper"
)

// Sheet is a document in its final words: those that were written, or else those of today.
func (s *Site) Sheet(snap *catalog.Snapshot, e *market.Edition, doc invoice.Document) (paper.Sheet, error) {
	if doc.Sheet == nil {
		return s.desk(snap, e, nil).sheet(doc.Facts), nil
	}
	var sheet paper.Sheet
	if err := json.Unmarshal(doc.Sheet, &sheet); err != nil {
		return paper.Sheet{}, fmt.Errorf("read the words of document %s: %w", doc.Number, err)
	}
	return sheet, nil
}

// paperTitle is what a document is called.
func (d *desk) paperTitle(f invoice.Facts) string {
	if f.Kind == invoice.Credit {
		return d.p.T("paper.credit", "number", f.Number)
	}
	return d.p.T("paper.invoice", "number", f.Number)
}

func (d *desk) sheet(f invoice.Facts) paper.Sheet {
	out := paper.Sheet{
		Lang: d.Locale.Tag(), Issued: f.IssuedAt, Wordmark: d.p.T("site.title"), Title: d.paperTitle(f), Buyer: d.written(f.Buyer),
		Facts: []paper.Pair{{Term: d.p.T("paper.date"), Text: d.day(f.IssuedAt)}},
		Head: paper.Line{
			Text: d.p.T("paper.what"), Quantity: d.p.T("paper.quantity"), Unit: d.p.T("paper.unit"),
			Net: d.p.T("status.net"), Tax: d.p.T("status.tax"), Total: d.p.T("status.total"),
		},
		Remarks: d.paperRemarks(f), Seller: d.seller(),
	}
	if f.Of != "" {
		out.Facts = append(out.Facts, paper.Pair{Term: d.p.T("paper.of"), Text: string(f.Of)})
	}
	out.Facts = append(out.Facts,
		paper.Pair{Term: d.p.T("paper.order"), Text: string(f.Order)}, paper.Pair{Term: d.p.T("paper.ordered"), Text: d.day(f.PlacedAt)})
	if f.Delivery != f.Buyer {
		out.Facts = append(out.Facts, paper.Pair{Term: d.p.T("status.to")})
		for _, l := range d.written(f.Delivery) {
			out.Facts = append(out.Facts, paper.Pair{Text: l})
		}
	}
	if d.Market.Basis == market.Incl && d.staysHome(f) {
		out.Head.Tax = d.p.T("law.part.vat")
	}
	if f.Sums.Tax.Minor == 0 {
		out.Head.Net, out.Head.Tax = "", ""
	}
	for _, l := range f.Lines {
		line := paper.Line{Text: l.Title, Quantity: strconv.Itoa(l.Quantity), Unit: d.amount(l.Unit), Total: d.amount(l.Gross())}
		if out.Head.Tax != "" {
			split := d.split(l, d.staysHome(f))
			line.Net, line.Tax = d.amount(split.net), d.amount(split.tax)
		}
		out.Lines = append(out.Lines, line)
	}
	out.Sums = append(d.taxes(f), paper.Pair{Term: d.p.T("status.total"), Text: d.amount(f.Sums.Total)})
	return out
}

// amount with its fraction, as bills want it.
func (d *desk) amount(a money.Amount) string { return d.p.Money(a.Minor, string(a.Currency)) }

// split is a line as an invoice divides it. vat says that tax is value added tax at the market's rate.
type split struct {
	net, tax money.Amount
	vat      bool
}

// staysHome says that a document is about wine that stays in the market's country. All that goes elsewhere, its carriage too, bears the taxes
// of the country that it goes to, or none: never the shop's own.
func (d *desk) staysHome(f invoice.Facts) bool { return f.Delivery.Country == d.Market.Country }

// split a line. An order's line counts excise among its taxes; on an invoice it is a part of the price that value added tax is
// charged on. Wine en primeur bears none: its tax is less than the rate would make.
func (d *desk) split(l order.Line, home bool) split {
	if home && d.Market.Basis == market.Incl && l.Terms == order.AsListed {
		net, tax := order.Rate(math.Round(d.Market.VAT * 100)).Included(l.Gross())
		if l.Tax.Minor+rounding >= tax.Minor && tax.Minor > 0 {
			return split{net, tax, true}
		}
	}
	return split{l.Net, l.Tax, false}
}

// rounding is how many minor units a line's taxes may be off, since those of an order are divided among its lines.
const rounding = 3

// taxes of a document: what they are charged on, and each of them with its rate.
func (d *desk) taxes(f invoice.Facts) []paper.Pair {
	currency := f.Sums.Tax.Currency
	net, base, vat, other := money.Of(0, currency), money.Of(0, currency), money.Of(0, currency), money.Of(0, currency)
	for _, l := range f.Lines {
		s := d.split(l, d.staysHome(f))
		net.Minor += s.net.Minor
		if s.vat {
			base.Minor += s.net.Minor
			vat.Minor += s.tax.Minor
		} else {
			other.Minor += s.tax.Minor
		}
	}
	out := []paper.Pair{{Term: d.p.T("status.net"), Text: d.amount(net)}}
	if vat.Minor != 0 {
		label := d.p.T("paper.tax_on", "tax", d.p.T("law.part.vat"), "rate", d.p.Percent(d.Market.VAT, 1), "net", d.amount(base))
		out = append(out, paper.Pair{Term: label, Text: d.amount(vat)})
	}
	if other.Minor != 0 {
		label := d.p.T("status.tax")
		if d.Market.Basis == market.Excl && d.staysHome(f) {
			label = d.p.T("law.part.sales_tax")
		}
		out = append(out, paper.Pair{Term: label, Text: d.amount(other)})
	}
	return out
}

// paperRemarks say how it was paid and what is not in it.
func (d *desk) paperRemarks(f invoice.Facts) []string {
	var out []string
	switch {
	case f.Kind == invoice.Credit:
		out = append(out, d.p.T("paper.returned"))
	case f.Method == order.Transfer:
		out = append(out, d.p.T("paper.paid", "reference", f.Paid))
	default:
		out = append(out, d.p.T("paper.paid_online", "reference", f.Paid))
	}
	primeur := false
	for _, l := range f.Lines {
		primeur = primeur || l.SaleType == string(catalog.Primeur)
	}
	switch {
	case primeur:
		out = append(out, d.p.T("paper.primeur"))
	case f.Sums.Tax.Minor == 0:
		out = append(out, d.p.T("paper.untaxed"))
	}
	if d.snap.About.DemoPrices {
		out = append(out, d.p.T("status.demo"))
	}
	return out
}
