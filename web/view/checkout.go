package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/customer"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// The last parts of the paths below the cart's own: the checkout, an order that was placed there, the same for programs, and its papers.
const (
	CartCheckout  = "checkout"
	CartOrder     = "order"
	CartOrderData = "order.json"
	CartDocument  = "document"
)

// Form is what a shopper entered on the checkout page. The addresses hold all parts that were entered, also those that their country
// does not write: Written leaves them out.
type Form struct {
	Key      order.Key
	Stale    bool   // the form came without a key of ours; this one is new
	Total    string // minor units of the total that the shopper saw; "" where there was none
	Email    string
	Phone    string
	Address  order.Address
	Apart    bool // the invoice goes to an address of its own
	Invoice  order.Address
	InBond   bool         // to an account in a bonded warehouse
	Bond     string       // that account, with the warehouse
	Together bool         // of a mixed cart: all of it leaves in one parcel
	Method   order.Method // "" and what is not offered are by transfer
	Cards    bool         // payment by redirect is offered
	Agreed   []string     // boxes that are ticked, by their names

	Member bool               // somebody is logged in, who may keep the address
	Book   []customer.Address // and has these
	Saved  string             // the one of them that was chosen
}

// KeepAddress is the box beside the address by which a customer keeps it in the account; SavedField chooses one that is kept.
const (
	KeepAddress = "keep-address"
	SavedField  = "saved"
)

// InvoiceTo is where the invoice goes.
func (f Form) InvoiceTo() order.Address {
	if f.Apart {
		return Written(f.Invoice)
	}
	return Written(f.Address)
}

// TermsOfSale is the declaration that every order needs beside those that the law asks for.
const TermsOfSale = "terms"

// Items are the lines of a cart that can still be sold here.
func (s *Site) Items(snap *catalog.Snapshot, e *market.Edition, c cart.Cart) []checkout.Item {
	d := s.desk(snap, e, nil)
	var out []checkout.Item
	for _, line := range c.Lines {
		if o, ok := d.cartOffer(line); ok {
			out = append(out, checkout.Item{SKU: o.sku, Price: o.price, Quantity: o.quantity, Title: d.skuTitle(o.sku), Wish: line.Wish})
		}
	}
	return out
}

// skuTitle is a SKU on a bill.
func (d *desk) skuTitle(sku *catalog.SKU) string {
	v := sku.Vintage
	return d.fullName(v.Wine) + " " + d.yearText(v) + d.comma() + d.wholeFormat(sku)
}

// Delivery is what the line of the parcel is called.
func (s *Site) Delivery(e *market.Edition) string { return s.printer(e).T("status.delivery") }

// InvoiceField chooses whether the invoice goes to an address of its own.
const (
	InvoiceField = "invoice"
	InvoiceApart = "apart"
	invoiceSame  = "same"
)

// Checkout is the page. q has no lines where the price is not known yet; then the button shows it. countries are those that an address
// of delivery can be chosen in; nil where that is not known.
// i18n:prefix law.button.
func (s *Site) Checkout(snap *catalog.Snapshot, e *market.Edition, f Form, countries []string, items []checkout.Item, q checkout.Quote, problems []Problem) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Cart})
	d := s.desk(snap, e, node)
	out := page.Checkout{
		Frame: d.cartFrame(), Heading: d.p.T("checkout.title"), ProblemsHead: d.p.T("checkout.errors"), Action: d.shell().cart + "/" + CartCheckout,
		Declare: d.p.T("checkout.declare"), Back: component.Link{Text: d.p.T("cart.go"), Href: d.shell().cart},
		Terms:   component.Link{Text: d.p.T("checkout.terms_link"), Href: d.path(route.Page{Kind: route.Terms})},
		Payment: d.methods(f),
		Bill:    d.quoted(items, q), Button: d.p.T("checkout.show"),
	}
	out.Title = d.title(head{title: out.Heading})
	if len(q.Lines) > 0 {
		out.Button = d.p.T(q.Button)
		f.Total = strconv.FormatInt(q.Sums.Total.Minor, 10)
	}
	out.Hidden = []page.Hidden{{Name: "key", Value: f.Key.String()}, {Name: "total", Value: f.Total}}
	out.Hidden = append(append(out.Hidden, kept(f.Address, "")...), kept(f.Invoice, InvoicePrefix)...)
	wrong := map[string]bool{}
	for _, p := range problems {
		wrong[p.Field] = true
		out.Problems = append(out.Problems, p.form())
	}
	out.Groups = []page.FieldGroup{d.contactFields(f, wrong), d.deliveryFields(f, countries, wrong), d.invoiceFields(f, wrong)}
	out.Schedule = d.schedule(q.Lines, q.Sums.Total, d.arrives(q.Door.Delivery))
	if out.Schedule.Choices = d.parcels(q); len(out.Schedule.Choices) > 0 {
		out.Schedule.Legend, out.Schedule.Change = d.p.T("schedule.choice"), d.p.T("schedule.change")
	}
	out.Declarations = d.declarations(f, q, wrong)
	return out.View()
}

func (d *desk) deliveryFields(f Form, countries []string, wrong map[string]bool) page.FieldGroup {
	in := map[string]bool{}
	for _, code := range countries {
		in[code] = true
	}
	out := page.FieldGroup{Heading: d.p.T("checkout.address"), Fields: d.addressFields(f.Address, "", "shipping", d.countryOptions(in), wrong)}
	if f.InBond {
		out.Text = d.p.T("checkout.bond_text")
		out.Fields = append([]page.Field{{Name: order.BondField, Label: d.p.T("checkout.bond"), Value: f.Bond, Type: "text", Required: true, Wrong: wrong[order.BondField]}}, out.Fields...)
	}
	if saved, some := d.savedAddresses(f); some {
		out.Fields = append([]page.Field{saved}, out.Fields...)
	}
	if f.Member {
		out.Keep = &page.Declaration{Name: KeepAddress, Text: d.p.T("checkout.keep_address"), Checked: slices.Contains(f.Agreed, KeepAddress), Free: true}
	}
	return out
}

// savedAddresses are those of the account, to choose from; false without any. What is chosen is filled in below, and can be changed there.
func (d *desk) savedAddresses(f Form) (page.Field, bool) {
	out := page.Field{
		Name: SavedField, Label: d.p.T("checkout.saved"), Value: f.Saved, Choose: d.p.T("checkout.choose"), Change: d.p.T("checkout.saved_use"),
	}
	for _, kept := range f.Book {
		out.Options = append(out.Options, page.Option{Value: strconv.FormatUint(kept.ID, 10), Text: strings.Join(d.written(kept.Address), ", ")})
	}
	return out, len(out.Options) > 0
}

func (d *desk) invoiceFields(f Form, wrong map[string]bool) page.FieldGroup {
	opens := &page.Opening{Name: InvoiceField, Value: invoiceSame, Options: []page.Option{
		{Value: invoiceSame, Text: d.p.T("checkout.invoice_same")}, {Value: InvoiceApart, Text: d.p.T("checkout.invoice_apart")},
	}}
	if f.Apart {
		opens.Value = InvoiceApart
	}
	return page.FieldGroup{
		Heading: d.p.T("checkout.invoice"), Opens: opens, Fields: d.addressFields(f.Invoice, InvoicePrefix, "billing", d.countryOptions(nil), wrong),
	}
}

// arrives says when a parcel comes and how; nothing where there is none.
// i18n:prefix checkout.carrier.
func (d *desk) arrives(parcel law.Delivery) string {
	from, to := d.lawDay(parcel.Earliest), d.lawDay(parcel.Latest)
	if from == "" || to == "" {
		return ""
	}
	return d.p.T("checkout.arrives", "from", from, "to", to) + d.comma() + d.p.T("checkout.carrier."+parcel.Carrier)
}

// quoted is the bill of a quote; the wines alone where their price at the door is not known. Beside each line that cannot be withdrawn
// from it says so: without these words it could.
// i18n:prefix law.withdrawal.
func (d *desk) quoted(items []checkout.Item, q checkout.Quote) page.Bill {
	b := page.Bill{Heading: d.p.T("checkout.summary")}
	if len(q.Lines) == 0 {
		for _, item := range items {
			b.Lines = append(b.Lines, page.BillLine{Text: counted(item.Quantity, item.Title), Amount: d.money(item.Price.Times(int64(item.Quantity))), Notes: said(d.allottedNote(item.SKU))})
		}
		if len(q.Block) == 0 {
			b.Notes = append(b.Notes, d.p.T("checkout.estimate"))
		}
		return b
	}
	b.Lines, _ = d.billed(q.Lines, q.Sums)
	for i, l := range q.Lines {
		if sku := d.snap.SKU(l.SKU); sku != nil {
			b.Lines[i].Notes = append(b.Lines[i].Notes, said(d.allottedNote(sku))...)
		}
		if l.Promise.Told {
			b.Lines[i].Notes = append(b.Lines[i].Notes, d.p.T(q.Exempt))
		}
	}
	b.Totals = d.itemised(q)
	if arrives := d.arrives(q.Door.Delivery); arrives != "" {
		b.Notes = append(b.Notes, arrives, d.p.T("checkout.demo"))
	}
	if slices.ContainsFunc(q.Lines, func(l order.Line) bool { return l.Terms == order.OnArrival }) {
		b.Notes = append(b.Notes, d.p.T("checkout.on_arrival"))
	}
	if slices.ContainsFunc(q.Lines, func(l order.Line) bool { return l.SaleType == string(catalog.Primeur) }) {
		b.Notes = append(b.Notes, d.p.T("checkout.later"))
	}
	return b
}

// itemised is the price at the door, part by part, and its sum.
// i18n:prefix law.part.
func (d *desk) itemised(q checkout.Quote) []page.Total {
	var out []page.Total
	for _, item := range q.Door.Items {
		if item.Amount.IsZero() && item.Part != law.PartDelivery {
			continue
		}
		out = append(out, page.Total{Label: d.p.T(item.Message()), Value: d.p.Money(item.Amount.Minor, string(item.Amount.Currency))})
	}
	return append(out, page.Total{Label: d.p.T("status.total"), Value: d.p.Money(q.Sums.Total.Minor, string(q.Sums.Total.Currency))})
}

// billed are the lines and sums of an order.
func (d *desk) billed(lines []order.Line, sums order.Sums) (out []page.BillLine, totals []page.Total) {
	for _, l := range lines {
		amount := l.Gross()
		if l.Net == l.Unit.Times(int64(l.Quantity)) {
			amount = l.Net // as its price is meant
		}
		out = append(out, page.BillLine{Text: counted(l.Quantity, l.Title), Amount: d.p.Money(amount.Minor, string(amount.Currency)), Notes: d.lineNotes(l)})
	}
	money := func(key string, minor int64) page.Total {
		return page.Total{Label: d.p.T(key), Value: d.p.Money(minor, string(sums.Total.Currency))}
	}
	return out, []page.Total{money("status.net", sums.Net.Minor), money("status.tax", sums.Tax.Minor), money("status.total", sums.Total.Minor)}
}

// lineNotes are what an order says of a line beside its price.
// i18n:prefix wish.
func (d *desk) lineNotes(l order.Line) []string {
	if l.Wish == cart.ThisVintage {
		return nil
	}
	return []string{d.p.T("wish." + string(l.Wish))}
}

func counted(n int, title string) string {
	if n == 1 {
		return title
	}
	return strconv.Itoa(n) + " × " + title
}

// day of a moment, on the shop's clocks.
func (d *desk) day(t time.Time) string { return d.p.Date(t.In(d.Market.Zone)) }

// lawDay is a day of package law in words; empty where there is none.
func (d *desk) lawDay(day law.Day) string {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return ""
	}
	return d.p.Date(t)
}

func (d *desk) contactFields(f Form, wrong map[string]bool) page.FieldGroup {
	return page.FieldGroup{Heading: d.p.T("checkout.contact"), Fields: []page.Field{
		{Name: "email", Label: d.p.T("checkout.email"), Value: f.Email, Type: "email", Complete: "email", Required: true, Wrong: wrong["email"]},
		{Name: "phone", Label: d.p.T("checkout.phone"), Value: f.Phone, Type: "tel", Complete: "tel", Wrong: wrong["phone"]},
	}}
}

// declarations are what the law asks the buyer to say, and the terms of sale.
// i18n:prefix law.ask.
func (d *desk) declarations(f Form, q checkout.Quote, wrong map[string]bool) []page.Declaration {
	var out []page.Declaration
	for _, asked := range q.Ask {
		out = append(out, page.Declaration{
			Name: asked.ID, Text: d.p.T(asked.Message(), "age", asked.Age), Checked: slices.Contains(f.Agreed, asked.ID), Wrong: wrong[asked.ID],
		})
	}
	return append(out, page.Declaration{
		Name: TermsOfSale, Text: d.p.T("checkout.terms"), Checked: slices.Contains(f.Agreed, TermsOfSale), Wrong: wrong[TermsOfSale],
	})
}
