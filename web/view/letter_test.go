package view

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/invoice"
	"caveau/store/mail"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/route"
)

// hostile is a name that would be code, a header or a hole if somebody let it.
const hostile = `<script>alert("1")</script> {{.number}} Anne`

// orderOf an edition with so many lines, at prices as its market means them.
func orderOf(e *market.Edition, lines int) order.Order {
	m := e.Market
	home := order.Address{Recipient: "Émilie d’Ünal", Line1: "1 rue Foy", Locality: "Bordeaux", Postcode: "33000", Country: m.Country}
	o := order.Order{
		Number: order.NumberOf(m.Code, order.FirstNumber), Market: m.Code, Locale: e.Locale.Tag(), Contact: order.Contact{Name: hostile, Email: "emilie@example.com"},
		Delivery: home, Invoice: home, Method: order.Transfer, State: order.Awaiting, PlacedAt: today, Expires: today.AddDate(0, 0, 7),
		Payments: []order.Payment{{Method: order.Transfer, Reference: "SEPA-1", State: order.Received}},
		Events:   []order.Event{{State: order.Awaiting, At: today}, {State: order.Shipped, Note: "1Z 999", At: today}},
	}
	for n := range lines {
		unit := money.Of(int64(9_000+100*n), m.Currency)
		net, tax := unit, money.Of(0, m.Currency)
		if m.Basis == market.Incl {
			net, tax = order.Rate(m.VAT * 100).Included(unit)
		}
		o.Lines = append(o.Lines, order.Line{
			Kind: order.Wine, SKU: fmt.Sprint("A", n), SaleType: "stock", Title: fmt.Sprintf("Château Margaux %d", 1950+n), Quantity: 1, Unit: unit, Net: net, Tax: tax,
		})
	}
	sums, err := order.Sum(o.Lines, m.Currency)
	if err != nil {
		panic(err)
	}
	o.Sums = sums
	return o
}

func papersOf(t *testing.T, o order.Order) []invoice.Document {
	t.Helper()
	bill := invoice.Issue(o, invoice.NumberOf(o.Market, invoice.Invoice, 2026, 1), today)
	note, err := invoice.TakeBack(bill, nil, bill.Left(nil), invoice.NumberOf(o.Market, invoice.Credit, 2026, 1), today)
	if err != nil {
		t.Fatal(err)
	}
	return []invoice.Document{{Facts: bill}, {Facts: note}}
}

var hole = regexp.MustCompile(`⟦|⟧|\{\{\.[a-z]+\}\}.*\{\{|%!|<no value>`)

// Every topic in every edition: it has all its words, as text and as HTML; it leads to the order's page; what a visitor entered stays
// text; and the money is there.
func TestEveryLetterInEveryEdition(t *testing.T) {
	s := demoShop(t)
	for _, e := range s.markets.Editions {
		o := orderOf(e, 2)
		for _, topic := range append(mail.OrderTopics(), mail.PartRefund, mail.PartReturned) {
			post := Post{Letter: mail.Letter{Topic: topic, Market: e.Market.Code, Locale: e.Locale.Tag()}, About: &o, Pass: "PASS", Papers: papersOf(t, o)}
			part := topic == mail.PartRefund || topic == mail.PartReturned
			if part {
				post.Data = map[string]string{mail.Minor: "4711", "document": string(post.Papers[1].Number)}
			}
			l, err := s.site.Letter(s.snap, e, post)
			if err != nil {
				t.Error(err)
				continue
			}
			var html bytes.Buffer
			if err := l.HTML().Render(t.Context(), &html); err != nil {
				t.Fatal(err)
			}
			link := s.site.URL(s.snap, e, route.Page{Kind: route.Cart}) + "/order?number=" + string(o.Number) + "&pass=PASS"
			for name, text := range map[string]string{"text": l.Plain(), "HTML": strings.ReplaceAll(html.String(), "&amp;", "&")} {
				if hole.MatchString(text) || strings.Contains(text, ": \n") {
					t.Errorf("%s %s %s has a hole: %s", e.Locale, topic, name, hole.FindString(text))
				}
				if !strings.Contains(text, link) {
					t.Errorf("%s %s %s does not lead to %s", e.Locale, topic, name, link)
				}
				if part && !strings.Contains(text, s.site.desk(s.snap, e, nil).amount(money.Of(4711, e.Market.Currency))) {
					t.Errorf("%s %s %s does not say how much went back", e.Locale, topic, name)
				}
				if topic == mail.Awaiting && !strings.Contains(text, s.site.desk(s.snap, e, nil).amount(o.Sums.Total)) {
					t.Errorf("%s %s %s does not say what it costs", e.Locale, topic, name)
				}
			}
			if given := Enclosed(post); topic == mail.PartRefund && (len(given) != 1 || given[0].Kind != invoice.Credit) {
				t.Errorf("%s: with the letter about a part goes %v", e.Locale, given)
			}
			if strings.Contains(html.String(), "<script") {
				t.Errorf("%s %s: a name became code", e.Locale, topic)
			}
			if l.Subject == "" || !strings.Contains(l.Subject, string(o.Number)) || len(l.Text) == 0 || l.Text[0] == "" {
				t.Errorf("%s %s: subject %q, text %q", e.Locale, topic, l.Subject, l.Text)
			}
		}
	}
}

// A letter of any other topic needs its words and its data, and nothing else.
func TestALetterOfAnotherTopic(t *testing.T) {
	s := demoShop(t)
	e := s.markets.Editions[0]
	site := ownSite(t, s)
	withLink := map[string]string{"link": e.Prefix + "/x?y=1", "unsubscribe": "/stop?z=2", "number": "FR-1", "amount": "1 €"}
	l, err := site.Letter(s.snap, e, Post{Letter: mail.Letter{Topic: mail.RefundDue, Data: withLink}})
	if err != nil || l.Button.Href != "http://fr.localhost:8080/x?y=1" || l.Unsubscribe.Href != "http://fr.localhost:8080/stop?z=2" {
		t.Errorf("letter %+v, %v", l, err)
	}
	for name, post := range map[string]Post{
		"no such topic":     {Letter: mail.Letter{Topic: "order.eaten", Data: withLink}},
		"a value is absent": {Letter: mail.Letter{Topic: mail.RefundDue, Data: map[string]string{"link": "/x", "number": "FR-1"}}},
		"it leads nowhere":  {Letter: mail.Letter{Topic: mail.RefundDue, Data: map[string]string{"amount": "1 €", "number": "FR-1"}}},
	} {
		if l, err := site.Letter(s.snap, e, post); err == nil {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

// ownSite has messages of its own: the shared ones remember what was missing, and other tests want nothing to be.
func ownSite(t *testing.T, s *shop) *Site {
	t.Helper()
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	site, err := New(Config{
		Markets: s.markets, Messages: messages, Assets: assets, Now: func() time.Time { return today },
		Base: func(code string) string { return "http://" + code + ".localhost:8080" },
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// The confirmation carries what the law wants to be kept: the instructions on withdrawal where there is such a right, and all terms
// in a file.
func TestTheConfirmationCanBeKept(t *testing.T) {
	s := demoShop(t)
	for _, e := range s.markets.Editions {
		o := orderOf(e, 1)
		l, err := s.site.Letter(s.snap, e, Post{Letter: mail.Letter{Topic: mail.Awaiting}, About: &o, Pass: "P"})
		if err != nil {
			t.Fatal(err)
		}
		p := s.site.printer(e)
		if form := strings.Contains(l.Plain(), p.T("text.terms.form_title")); form != withdrawable(e.Market) {
			t.Errorf("%s: the form to withdraw is there: %v", e.Locale, form)
		}
		if !strings.Contains(l.Plain(), p.T("text.terms.withdrawal_title")) {
			t.Errorf("%s says nothing of withdrawal", e.Locale)
		}
		terms := s.site.Terms(s.snap, e)
		for _, key := range []string{"text.terms.contract", "text.terms.faults", "text.terms.stock"} {
			if !strings.Contains(string(terms.Body), p.T(key, "mail", mailContact)) {
				t.Errorf("%s: %s lacks %s", e.Locale, terms.Name, key)
			}
		}
	}
	fr := s.markets.Editions[0]
	o := orderOf(fr, 1)
	real := *s.snap
	real.About.DemoPrices = false
	l, err := s.site.Letter(&real, fr, Post{Letter: mail.Letter{Topic: mail.Awaiting}, About: &o, Pass: "P"})
	if want := s.site.printer(fr).T("mail.contract"); err != nil || !strings.Contains(l.Plain(), want) {
		t.Errorf("with real prices it does not say %q (%v)", want, err)
	}
	if demo, _ := s.site.Letter(s.snap, fr, Post{Letter: mail.Letter{Topic: mail.Awaiting}, About: &o, Pass: "P"}); strings.Contains(demo.Plain(), s.site.printer(fr).T("mail.contract")) {
		t.Error("a demonstration says that it makes a contract")
	}
}
