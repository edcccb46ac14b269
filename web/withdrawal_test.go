package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/store/limit"
	"caveau/store/mail"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/withdrawal"
	"caveau/web"
)

// fakeLeaving is a web.Withdrawals over orders of its own that keeps the promise of its contract: one record for an ID.
type fakeLeaving struct {
	*fakeOrders
	orders  map[order.Number]order.Order
	keys    map[order.Key]order.Number
	records []withdrawal.Record
	letters []mail.Letter
	err     error // what everything answers with
}

func (f *fakeLeaving) Status(_ context.Context, number order.Number, key order.Key, _ string) (order.Order, error) {
	o, ok := f.orders[number]
	if !ok || f.keys[key] != number {
		return order.Order{}, order.ErrUnknown
	}
	return o, f.err
}

func (f *fakeLeaving) Find(_ context.Context, number order.Number, email string) (order.Order, error) {
	o, ok := f.orders[number]
	if f.err != nil {
		return order.Order{}, f.err
	}
	if !ok || !strings.EqualFold(o.Contact.Email, email) {
		return order.Order{}, order.ErrUnknown
	}
	return o, nil
}

func (f *fakeLeaving) Withdrawals(context.Context, order.Number) ([]withdrawal.Record, error) {
	return f.records, f.err
}

func (f *fakeLeaving) Withdraw(ctx context.Context, s withdrawal.Statement, letter func(withdrawal.Record) mail.Letter) (withdrawal.Record, error) {
	id, err := s.ID()
	if err != nil || f.err != nil {
		return withdrawal.Record{}, errors.Join(err, f.err)
	}
	if r, err := f.Receipt(ctx, id); err == nil {
		return r, nil
	}
	r := withdrawal.Record{
		ID: uint64(len(f.records) + 1), Key: id, Market: s.Market, Locale: s.Locale, Number: s.Number, Name: s.Name, Email: s.Email, Words: s.Words, At: today,
		Late: !s.Ends.IsZero() && !today.Before(s.Ends),
	}
	if o, err := f.Find(ctx, s.Order(), s.Email); err == nil {
		r.Matched = o.Number
	}
	for _, l := range s.Lines {
		l.Counted = l.Quantity
		r.Lines = append(r.Lines, l)
	}
	f.records, f.letters = append(f.records, r), append(f.letters, letter(r))
	return r, nil
}

func (f *fakeLeaving) Receipt(_ context.Context, key order.Key) (withdrawal.Record, error) {
	for _, r := range f.records {
		if r.Key == key {
			return r, nil
		}
	}
	return withdrawal.Record{}, withdrawal.ErrUnknown
}

// leaver is a shop in which Anne has bought three bottles in stock, and a case en primeur that meets every condition.
func leaver(t *testing.T, change func(*order.Order), more ...func(*web.Config)) (*shop, *fakeLeaving) {
	t.Helper()
	line := func(sku, sale string, n int) order.Line {
		unit := money.Of(12_000, "EUR")
		return order.Line{Kind: order.Wine, SKU: sku, SaleType: sale, Title: "Château " + sku, Quantity: n, Unit: unit, Net: unit.Times(int64(n)), Tax: money.Of(0, "EUR")}
	}
	primeur := line("P", "primeur", 6)
	primeur.Promise = order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true, Told: true}
	o := order.Order{
		Number: "FR-100000", Market: "fr", Contact: order.Contact{Name: "Anne Dupont", Email: "anne@example.com"}, State: order.Paid, PlacedAt: today.Add(-24 * time.Hour),
		Lines: []order.Line{line("A", "stock", 3), primeur},
	}
	if change != nil {
		change(&o)
	}
	f := &fakeLeaving{orders: map[order.Number]order.Order{o.Number: o}, keys: map[order.Key]order.Number{{7}: o.Number}}
	s := newShop(t, append(more, func(c *web.Config) {
		f.fakeOrders = c.Orders.(*fakeOrders)
		c.Orders, c.Leaving = f, f
	})...)
	return s, f
}

// counting is a web.Limits that counts in this process, while no time passes.
type counting struct{ *limit.Local }

func (c counting) Take(_ context.Context, claims ...limit.Claim) time.Duration {
	for _, claim := range claims {
		if wait := c.Local.Take(claim, today); wait > 0 {
			return wait
		}
	}
	return 0
}

func (counting) Forget(context.Context, ...limit.Claim) error { return nil }

// Who guesses whose an order is has ten for it and twenty in all from one network. What he entered is kept, another way is named, and a
// statement is taken down all the same.
func TestGuessingWhoseAnOrderIsIsBounded(t *testing.T) {
	s, f := leaver(t, nil, func(c *web.Config) { c.Limits = counting{limit.NewLocal()} })
	_, form := s.stepTwo(t, anne)
	guess := func(number string, code int) answer {
		return s.post(t, "fr", "/retractation", url.Values{"name": {"Eve"}, "number": {number}, "email": {"eve@example.com"}}).want(t, code)
	}
	for range 9 {
		guess("FR-100000", http.StatusOK)
	}
	a := guess(" fr-100000", http.StatusTooManyRequests)
	same(t, "Retry-After", a.Header.Get("Retry-After"), "60")
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	same(t, "what was entered", attr(t, a.page(t), `input[name="number"]`, "value")+" "+attr(t, a.page(t), `input[name="email"]`, "value"), "fr-100000 eve@example.com")
	contains(t, "another way", words(a.page(t).Find("#problems").Text()), "rétractation par e-mail")
	for n := range 9 {
		guess(fmt.Sprint("FR-20000", n), http.StatusOK)
	}
	guess("FR-300000", http.StatusTooManyRequests)
	s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusSeeOther)
	if len(f.records) != 1 {
		t.Errorf("taken down: %+v", f.records)
	}
}

var anne = url.Values{"name": {"Anne Dupont"}, "number": {"fr-100000"}, "email": {"anne@example.com"}}

// stepTwo is the form of the second step, as it comes.
func (s *shop) stepTwo(t *testing.T, form url.Values) (a answer, filled url.Values) {
	t.Helper()
	a = s.post(t, "fr", "/retractation", form).want(t, http.StatusOK)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	filled = url.Values{}
	for _, input := range a.page(t).Find(".withdrawal__form input").EachIter() {
		filled.Set(input.AttrOr("name", ""), input.AttrOr("value", ""))
	}
	return a, filled
}

// A guest withdraws one line in two steps; the primeur is excluded, and why is said. The receipt has it all, the letter too.
func TestAGuestWithdrawsOneLine(t *testing.T) {
	s, f := leaver(t, nil)
	first := s.get(t, "fr", "/retractation").want(t, http.StatusOK)
	same(t, "the first step is everybody's", first.Header.Get("Cache-Control"), publicPages)
	a, form := s.stepTwo(t, anne)
	doc := a.page(t)
	same(t, "button", words(doc.Find(".withdrawal__form .btn").Text()), "Confirmer la rétractation")
	if got := words(doc.Find(".withdrawal__lines").Text()); !strings.Contains(got, "article 16, point g") || doc.Find(`.withdrawal__lines input`).Length() != 1 {
		t.Errorf("lines: %s", got)
	}
	same(t, "all that can be is chosen", form.Get("units-1"), "3")
	if len(f.records) > 0 {
		t.Fatal("the first step took something down")
	}
	form.Set("units-1", "2")
	form.Set("units-2", "6") // nobody offered that
	where := s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusSeeOther).Header.Get("Location")
	again := s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusSeeOther).Header.Get("Location")
	same(t, "sent twice", again, where)
	if len(f.records) != 1 || len(f.letters) != 1 || len(f.records[0].Lines) != 1 || f.records[0].Lines[0].Quantity != 2 || f.records[0].Late {
		t.Fatalf("taken down: %+v", f.records)
	}
	receipt := s.get(t, "fr", where).want(t, http.StatusOK)
	for header, want := range map[string]string{"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"} {
		same(t, header, receipt.Header.Get(header), want)
	}
	shown := words(receipt.page(t).Find("main").Text())
	letter := f.letters[0]
	for _, want := range []string{"2 × Château A", "fr-100000", letter.Data["at"], "W-1", "anne@example.com"} {
		if !strings.Contains(shown, words(want)) {
			t.Errorf("the receipt says nothing of %q: %s", want, shown)
		}
	}
	if letter.To != "anne@example.com" || letter.Data["link"] != where || letter.Data["lines"] != "2 × Château A" || !strings.Contains(letter.Data["at"], "CET") {
		t.Errorf("letter %+v, receipt at %s", letter, where)
	}
}

// What fits no order is taken down as it is worded, late is said and taken down, and neither tells whether an order exists.
func TestAStatementIsNeverRefused(t *testing.T) {
	long := today.Add(-60 * 24 * time.Hour)
	for name, c := range map[string]struct {
		form    url.Values
		change  func(*order.Order)
		says    string
		matched order.Number
		late    bool
	}{
		"another address":  {url.Values{"name": {"Eve"}, "number": {"FR-100000"}, "email": {"eve@example.com"}}, nil, "Nous ne trouvons pas de commande", "", false},
		"no such order":    {url.Values{"name": {"Eve"}, "number": {"celle de mardi"}, "email": {"anne@example.com"}}, nil, "Nous ne trouvons pas de commande", "", false},
		"another market's": {anne, func(o *order.Order) { o.Market = "de" }, "Nous ne trouvons pas de commande", "FR-100000", false},
		"late": {anne, func(o *order.Order) {
			o.PlacedAt, o.Events = long, []order.Event{{State: order.Delivered, At: long}}
		}, "Le délai a pris fin", "FR-100000", true},
		"nothing but an exempt primeur": {anne, func(o *order.Order) { o.Lines = o.Lines[1:] }, "avec vos mots", "FR-100000", false},
	} {
		t.Run(name, func(t *testing.T) {
			s, f := leaver(t, c.change)
			a, form := s.stepTwo(t, c.form)
			doc := a.page(t)
			if got := words(doc.Find("main").Text()); !strings.Contains(got, c.says) {
				t.Errorf("says %s", got)
			}
			if (doc.Find("textarea").Length() == 1) != (name != "late") {
				t.Error("words are asked for where lines are offered, or the other way round")
			}
			where := s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusSeeOther).Header.Get("Location")
			if len(f.records) != 1 || f.records[0].Matched != c.matched || f.records[0].Late != c.late || f.letters[0].To != c.form.Get("email") {
				t.Errorf("taken down: %+v", f.records)
			}
			s.get(t, "fr", where).want(t, http.StatusOK)
		})
	}
}

func TestAPrimeurThatLacksAConditionCanBeWithdrawnFrom(t *testing.T) {
	for name, change := range map[string]func(*order.Promise){
		"not told":     func(p *order.Promise) { p.Told = false },
		"no price":     func(p *order.Promise) { p.PriceAgreed = false },
		"no market":    func(p *order.Promise) { p.MarketValue = false },
		"no day":       func(p *order.Promise) { p.Delivery = "" },
		"too soon":     func(p *order.Promise) { p.Delivery = today.AddDate(0, 0, 20).Format(time.DateOnly) },
		"and all well": func(*order.Promise) {},
	} {
		s, _ := leaver(t, func(o *order.Order) { change(&o.Lines[1].Promise) })
		_, form := s.stepTwo(t, anne)
		if form.Has("units-2") != (name != "and all well") {
			t.Errorf("%s: offers %v", name, form)
		}
	}
}

func TestBadStatementsKeepWhatWasEntered(t *testing.T) {
	s, f := leaver(t, nil)
	for name, value := range map[string]string{"name": " ", "number": "FR\x07", "email": "anne@"} {
		form := url.Values{"name": anne["name"], "number": anne["number"], "email": anne["email"]}
		form.Set(name, value)
		doc := s.post(t, "fr", "/retractation", form).want(t, http.StatusUnprocessableEntity).page(t)
		if doc.Find(`#problems a[href="#`+name+`"]`).Length() != 1 || attr(t, doc, "#"+name, "aria-invalid") != "true" {
			t.Errorf("%s: problems: %s", name, words(doc.Find("#problems").Text()))
		}
		for kept := range form {
			if kept != name {
				same(t, name+" wrong, "+kept, attr(t, doc, "#"+kept, "value"), form.Get(kept))
			}
		}
	}
	for _, units := range []string{"4", "-1", "1000000000", "1.5", "deux"} {
		_, form := s.stepTwo(t, anne)
		form.Set("units-1", units)
		doc := s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusUnprocessableEntity).page(t)
		if doc.Find(`#problems a[href="#units-1"]`).Length() != 1 {
			t.Errorf("%s units: problems: %s", units, words(doc.Find("#problems").Text()))
		}
		same(t, "units", attr(t, doc, "#units-1", "value"), units)
		same(t, "key", attr(t, doc, `input[name="key"]`, "value"), form.Get("key"))
	}
	_, form := s.stepTwo(t, anne)
	form.Set("units-1", "0")
	if doc := s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusUnprocessableEntity).page(t); !strings.Contains(doc.Find("#problems").Text(), "au moins un vin") {
		t.Error("nothing was chosen, and nobody says so")
	}
	form.Set("edit", "1")
	same(t, "back to the first step", attr(t, s.post(t, "fr", "/retractation/confirm", form).want(t, http.StatusOK).page(t), "#name", "value"), "Anne Dupont")
	if len(f.records) > 0 {
		t.Errorf("taken down: %+v", f.records)
	}
}

// The order's page leads to the first step, filled in; a link that opens nothing opens nothing here either.
func TestTheOrdersLinkFillsTheFirstStep(t *testing.T) {
	s, f := leaver(t, nil)
	key := order.Key{7}.String()
	doc := s.get(t, "fr", "/retractation?number=FR-100000&key="+key).want(t, http.StatusOK).page(t)
	same(t, "name", attr(t, doc, "#name", "value"), "Anne Dupont")
	form := url.Values{"secret": {attr(t, doc, `input[name="secret"]`, "value")}, "name": {"Anne"}, "number": {"FR-100000"}, "email": {"anne@elsewhere.example"}}
	_, two := s.stepTwo(t, form)
	if !two.Has("units-1") {
		t.Error("the lines are not offered to who has the link")
	}
	for _, query := range []string{"?number=FR-100000&key=" + order.Key{8}.String(), "?number=FR-100001&key=" + key, "?number=FR-100000&key=x"} {
		s.get(t, "fr", "/retractation"+query).want(t, http.StatusNotFound)
	}
	f.err = errors.New("connection refused")
	if a, _ := s.stepTwo(t, anne); a.page(t).Find("textarea").Length() != 1 {
		t.Error("without a database nothing can be said at all")
	}
	doc = s.post(t, "fr", "/retractation/confirm", two).want(t, http.StatusServiceUnavailable).page(t)
	if !strings.Contains(doc.Find("#problems").Text(), "@caveau.example") {
		t.Errorf("problems: %s", words(doc.Find("#problems").Text()))
	}
}

// Every page of the Union's shops has the function, in the words of the directive; the others have a page of their own words, with its day.
func TestTheFunctionStandsOnEveryPage(t *testing.T) {
	s, _ := leaver(t, nil)
	labels := map[string]string{
		"fr": "Renoncer au contrat ici", "de": "Vertrag widerrufen", "en": "Withdraw from contract here", "it": "Recedere dal contratto qui",
		"es": "Desistir del contrato aquí", "pt": "Retrate-se do contrato aqui", "nl": "Hier de overeenkomst herroepen",
	}
	own := map[string]string{"uk": "Consumer Contracts Regulations 2013", "ch": "Swiss|Schweizer|suisse", "us": "no general right", "hk": "Hong Kong law|香港法律"}
	editions := 0
	for _, e := range s.markets.Editions {
		editions++
		code := e.Market.Code
		for _, path := range []string{"/", "/no-such-page"} {
			doc := s.get(t, code, e.Prefix+path).page(t)
			link := doc.Find("footer .foot__withdraw")
			if _, own := own[code]; own == (link.Length() == 1) {
				t.Errorf("%s %s: %d functions", e.Locale, path, link.Length())
			}
			if link.Length() == 1 {
				same(t, string(e.Locale), words(link.Text()), labels[e.Locale.Language()])
				form := s.get(t, code, attr(t, doc, "footer .foot__withdraw", "href")).want(t, http.StatusOK).page(t)
				if form.Find("form.withdrawal__form #email").Length() != 1 || form.Find(`link[rel="canonical"]`).Length() != 1 {
					t.Errorf("%s: the function leads to no form", e.Locale)
				}
			}
		}
		if want := own[code]; want != "" {
			doc := s.get(t, code, e.Prefix+"/").page(t)
			s.ownWords(t, e.Locale.Tag(), code, want, doc)
		}
	}
	same(t, "editions", editions, 17)
}

// ownWords follows the footer to the shop's own page and looks for its law and its day.
func (s *shop) ownWords(t *testing.T, locale, code, want string, doc *goquery.Document) {
	t.Helper()
	for _, a := range doc.Find("footer nav a").EachIter() {
		href := a.AttrOr("href", "")
		page := s.get(t, code, href)
		if page.StatusCode != http.StatusOK || !strings.Contains(href, "withdrawal") && !strings.Contains(href, "widerruf") && !strings.Contains(href, "retractation") {
			continue
		}
		main := words(page.page(t).Find("main").Text())
		for part := range strings.SplitSeq(want, "|") {
			if strings.Contains(main, part) && strings.Contains(main, "2026") {
				s.post(t, code, href, anne).want(t, http.StatusMethodNotAllowed)
				return
			}
		}
		t.Errorf("%s: says nothing of %s: %s", locale, want, main)
		return
	}
	t.Errorf("%s: the footer leads to no page about withdrawals", locale)
}
