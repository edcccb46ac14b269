package view

import (
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/invoice"
	"caveau/store/mail"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/route"
	letter "caveau/templates/mail"
	"caveau/templates/page"
)

// orderWords are the parameters that words about an order and an amount of its money may have.
func (d *desk) orderWords(o order.Order, amount money.Amount) []any {
	return []any{"number", string(o.Number), "name", o.Contact.Name, "amount", d.amount(amount), "date", d.day(o.PlacedAt)}
}

// fillOrder adds to a letter what its order says.
func (d *desk) fillOrder(out *letter.Letter, post Post) {
	o := *post.About
	switch post.Topic {
	case mail.Awaiting:
		d.confirm(out, o)
	case mail.Shipped:
		if tracking := lastNote(o, order.Shipped); tracking != "" {
			out.Facts = append(out.Facts, letter.Pair{Term: d.p.T("mail.tracking"), Text: tracking})
		}
		out.Sections = append(out.Sections, letter.Section{Heading: d.p.T("status.to"), Lines: d.written(o.Delivery)})
	}
	for _, p := range Enclosed(post) {
		key := "mail.invoice_attached"
		if p.Kind == invoice.Credit {
			key = "mail.credit_attached"
		}
		out.Text = append(out.Text, d.p.T(key))
	}
	if d.snap.About.DemoPrices {
		out.Notes = append(out.Notes, d.p.T("status.demo"))
	}
}

// moved is the money that a letter is about: a part that it names, what was left when all of it went back, or else the order's total.
func moved(post Post) money.Amount {
	o := *post.About
	if minor, err := strconv.ParseInt(post.Data[mail.Minor], 10, 64); err == nil {
		return money.Of(minor, o.Sums.Total.Currency)
	}
	amount := o.Sums.Total
	if post.Topic == mail.RefundDue || post.Topic == mail.Refunded {
		for _, p := range o.Payments {
			if p.Part {
				amount.Minor -= p.Amount.Minor
			}
		}
	}
	return amount
}

// Enclosed are the papers that go with a letter: the one that it names, the invoice with the payment's, the last credit note with the
// refund's.
func Enclosed(post Post) []invoice.Document {
	want := map[mail.Topic]invoice.Kind{mail.Paid: invoice.Invoice, mail.Refunded: invoice.Credit}[post.Topic]
	for i, p := range slices.Backward(post.Papers) {
		if p.Kind == want || string(p.Number) == post.Data["document"] {
			return post.Papers[i : i+1]
		}
	}
	return nil
}

// confirm makes the letter the confirmation on a durable medium that the law wants with a contract made at a distance: what was
// bought and what it costs, where it goes, how to pay, and how to withdraw (Directive 2011/83/EU, article 8 (7)). The
// terms go with it as a file.
func (d *desk) confirm(out *letter.Letter, o order.Order) {
	if d.snap.About.DemoPrices {
		out.Text = append(out.Text, newTextWriter(d.p, d.Market, d.notice).t("text.terms.demo"))
	} else {
		out.Text = append(out.Text, d.p.T("mail.contract"))
	}
	if o.State == order.Awaiting && o.Method == order.Transfer {
		total, until := d.amount(o.Sums.Total), d.day(o.Expires)
		out.Text = append(out.Text, d.p.T("status.pay", "amount", total, "date", until, "number", o.Number))
		out.Facts = []letter.Pair{
			{Term: d.p.T("mail.pay.amount"), Text: total}, {Term: d.p.T("mail.pay.until"), Text: until},
			{Term: d.p.T("mail.pay.reference"), Text: string(o.Number)},
		}
	}
	lines, sums := d.billed(o.Lines, o.Sums)
	out.Bill.Heading = d.p.T("checkout.summary")
	for _, l := range lines {
		out.Bill.Lines = append(out.Bill.Lines, letter.Pair{Term: l.Text, Text: l.Amount})
	}
	for _, sum := range sums {
		out.Bill.Sums = append(out.Bill.Sums, letter.Pair{Term: sum.Label, Text: sum.Value})
	}
	out.Sections = append(out.Sections, letter.Section{Heading: d.p.T("status.to"), Lines: d.written(o.Delivery)})
	for _, s := range d.terms() {
		if s.ID == "withdrawal" || s.ID == "form" {
			out.Sections = append(out.Sections, letter.Section{Heading: s.Heading, Text: d.plain(s.Blocks)})
		}
	}
	out.Notes = append(out.Notes, d.p.T("mail.terms_attached"))
}

// terms of sale of the edition, as they stand.
func (d *desk) terms() []page.Section {
	return newTextWriter(d.p, d.Market, d.notice).sections(termsText.chapters)
}

// Terms are an edition's terms of sale as a file, for the confirmation of an order.
func (s *Site) Terms(snap *catalog.Snapshot, e *market.Edition) mail.File {
	return s.desk(snap, e, nil).termsFile()
}

func (d *desk) termsFile() mail.File {
	var b strings.Builder
	b.WriteString(d.p.T("site.title") + "\n" + d.p.T("nav.terms") + "\n" + d.p.T("text.updated", "date", d.p.Date(textsRevised)) + "\n")
	for _, s := range d.terms() {
		b.WriteString("\n\n" + s.Heading + "\n\n" + strings.Join(d.plain(s.Blocks), "\n\n") + "\n")
	}
	name := strings.TrimPrefix(route.NewPath(route.Page{Kind: route.Terms}, d.language), "/")
	return mail.File{Name: name + ".txt", Type: "text/plain; charset=utf-8", Body: []byte(b.String())}
}

// plain is blocks of a page as paragraphs of plain text.
func (d *desk) plain(blocks []page.Block) []string {
	var out []string
	for _, b := range blocks {
		if b.Text != "" {
			out = append(out, b.Text)
		}
		for _, entry := range b.List {
			out = append(out, "– "+entry)
		}
		if len(b.Lines) > 0 {
			out = append(out, strings.Join(b.Lines, "\n"))
		}
		var facts []string
		for _, f := range b.Facts {
			facts = append(facts, f.Term+d.p.T("text.colon")+f.Text)
		}
		if len(facts) > 0 {
			out = append(out, strings.Join(facts, "\n"))
		}
	}
	return out
}

// lastNote of an order's events in a state.
func lastNote(o order.Order, state order.State) string {
	note := ""
	for _, e := range o.Events {
		if e.State == state && e.Note != "" {
			note = e.Note
		}
	}
	return note
}
