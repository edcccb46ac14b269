package view

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/invoice"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/templates/paper"
)

// abroad are where wine of all shops may go, a country with much higher taxes than most shops' first: it is its carriage that a shop's
// own rate was taken for.
var abroad = []string{"HU", "SE", "FI", "DE", "FR", "BE", "NO", "CH", "GB", "JP", "SG", "US", "CA", "HK", "MO"}

// what a wine is sold as, and where it goes.
type sale struct {
	name    string
	primeur bool
	inBond  bool
	goes    func(m *market.Market) []string
	terms   order.Terms // of the wine
}

var sales = []sale{
	{"domestic", false, false, func(m *market.Market) []string { return []string{m.Country} }, order.AsListed},
	{"abroad, taxed", false, false, func(m *market.Market) []string { return abroad }, order.Abroad},
	{"export", false, false, func(m *market.Market) []string { return abroad }, order.OnArrival},
	{"in bond", false, true, func(m *market.Market) []string { return []string{m.Country} }, order.InBond},
	{"primeur", true, false, func(m *market.Market) []string { return []string{m.Country} }, order.Later},
	{"primeur abroad", true, false, func(m *market.Market) []string { return abroad }, order.Later},
}

// quoted is an order as the checkout makes it, in the first country for which the wine is sold under these terms; false where the shop
// sells nothing like it.
func (s *shop) quoted(t *testing.T, e *market.Edition, k sale) (order.Order, bool) {
	t.Helper()
	m := e.Market
	for _, country := range k.goes(m) {
		if country == m.Country && k.terms == order.Abroad || country == m.Country && k.name == "primeur abroad" || country == m.Country && k.terms == order.OnArrival {
			continue
		}
		to := law.Destination{Country: country, Postcode: "10001"}
		if country == "US" {
			to.State = "US-NY"
		}
		q := checkout.Question{Market: m, Destination: to, On: today, Delivery: "Carriage", InBond: k.inBond}
		if q.Items = s.sold(m, k); len(q.Items) == 0 {
			continue
		}
		quote, err := q.Quote(s.rules)
		if err != nil || len(quote.Lines) == 0 || quote.Lines[0].Terms != k.terms {
			continue
		}
		home := order.Address{Recipient: "A", Line1: "1", Country: m.Country}
		o := order.Order{
			Number: "X-1", Market: m.Code, Locale: e.Locale.Tag(), Invoice: home, Delivery: home, Lines: quote.Lines, Sums: quote.Sums, PlacedAt: today,
			Payments: []order.Payment{{Method: order.Transfer, Reference: "R", State: order.Received}},
		}
		o.Delivery.Country = country
		return o, true
	}
	return order.Order{}, false
}

// sold is one item of the demonstration that a market sells in a way.
func (s *shop) sold(m *market.Market, k sale) []checkout.Item {
	for _, w := range s.snap.Wines {
		for _, v := range w.Vintages {
			for _, sku := range v.SKUs {
				price, priced := sku.Price(m)
				if priced && (sku.SaleType == catalog.Primeur) == k.primeur && v.Strength > 0 && v.Strength <= 135 && sku.Volume == 750 {
					return []checkout.Item{{SKU: sku, Price: price, Quantity: 2, Title: "Wine"}}
				}
			}
		}
	}
	return nil
}

// Every shop, every kind of destination: the shop's own tax is named where wine stays in its country and is taxed there, and nowhere
// else, on the invoice as on a credit note for a part of it; and what a document says adds up.
func TestWhoseTaxADocumentNames(t *testing.T) {
	s := demoShop(t)
	seen := map[string][]string{}
	for _, e := range s.markets.Editions {
		if e.Prefix != "" {
			continue
		}
		d := s.site.desk(s.snap, e, nil)
		for _, k := range sales {
			o, ok := s.quoted(t, e, k)
			if !ok {
				continue
			}
			seen[k.name] = append(seen[k.name], e.Market.Code)
			bill := invoice.Issue(o, "X-I-2026-00001", today)
			note, err := invoice.TakeBack(bill, nil, []order.Part{{Line: 0, Quantity: 1}}, "X-C-2026-00001", today)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range []invoice.Facts{bill, note} {
				d.checksTaxes(t, fmt.Sprintf("%s, %s to %s: %s", e.Market.Code, k.name, o.Delivery.Country, f.Kind), k, f, d.sheet(f))
			}
		}
	}
	t.Logf("seen: %v", seen)
	for name, least := range map[string]int{"domestic": 13, "abroad, taxed": 8, "export": 8, "in bond": 1, "primeur": 10, "primeur abroad": 8} {
		if len(seen[name]) < least {
			t.Errorf("%s was looked at in %v, want %d shops", name, seen[name], least)
		}
	}
}

func (d *desk) checksTaxes(t *testing.T, name string, k sale, f invoice.Facts, sheet paper.Sheet) {
	t.Helper()
	labels := []string{sheet.Head.Tax}
	for _, sum := range sheet.Sums {
		labels = append(labels, sum.Term)
	}
	names := func(key string) bool {
		return slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(l, d.p.T(key)) })
	}
	own := k.terms == order.AsListed && f.Sums.Tax.Minor > 0
	if vat := own && d.Market.Basis == market.Incl; names("law.part.vat") != vat {
		t.Errorf("%s names the shop's VAT: %v; %q", name, !vat, labels)
	}
	if sales := own && d.Market.Basis == market.Excl; names("law.part.sales_tax") != sales {
		t.Errorf("%s names the shop's sales tax: %v; %q", name, !sales, labels)
	}
	if f.Sums.Tax.Minor > 0 && !own && !names("status.tax") {
		t.Errorf("%s has taxes without a name: %q", name, labels)
	}
	if f.Sums.Tax.Minor == 0 && (sheet.Head.Tax != "" || len(sheet.Sums) != 2) {
		t.Errorf("%s has no taxes and names some: %q", name, labels)
	}
	net, tax := int64(0), int64(0)
	for _, l := range f.Lines {
		part := d.split(l, d.staysHome(f))
		net, tax = net+part.net.Minor, tax+part.tax.Minor
	}
	if net+tax != f.Sums.Total.Minor || sheet.Sums[0].Text != d.amount(money.Of(f.Sums.Total.Minor-tax, f.Sums.Total.Currency)) {
		t.Errorf("%s: %d and %d of %s; %q", name, net, tax, f.Sums.Total, sheet.Sums)
	}
}
