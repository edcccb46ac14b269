package web_test

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"caveau/store/order"
	"caveau/store/payment"
	"caveau/web"
)

const payPage = "https://checkout.stripe.example"

// fakeCards is a web.Payments and a web.Waiting that notes what it is asked.
type fakeCards struct {
	orders *fakeOrders
	words  payment.Words
	begins []order.Number
	err    error // of the next call
	woken  int
	told   []string // bodies
	signed string
}

func (c *fakeCards) Begin(_ context.Context, number order.Number, words payment.Words) (string, error) {
	for _, r := range c.orders.placed {
		if c.orders.number(r) == number && cmp.Or(c.orders.method, r.Method) != order.Redirect {
			return "", order.ErrState
		}
	}
	c.begins, c.words = append(c.begins, number), words
	return payPage + "/c/pay/cs_1", c.err
}

func (c *fakeCards) Notice(_ context.Context, body []byte, signature string) error {
	c.told, c.signed = append(c.told, string(body)), signature
	return c.err
}

func (c *fakeCards) Wake() { c.woken++ }

func (c *fakeCards) GiveUp(_ context.Context, number order.Number) (order.Change, error) {
	c.orders.state = order.Cancelled
	return order.Change{Number: number, State: order.Cancelled}, c.err
}

func (c *fakeCards) ByTransfer(_ context.Context, number order.Number) (order.Change, error) {
	c.orders.method = order.Transfer
	return order.Change{Number: number}, c.err
}

func (c *fakeCards) ByCard(_ context.Context, number order.Number) (order.Change, error) {
	c.orders.method = order.Redirect
	return order.Change{Number: number}, c.err
}

// newCardShop is a shop that takes cards.
func newCardShop(t *testing.T) (*shop, *fakeCards) {
	t.Helper()
	cards := &fakeCards{}
	s := newShop(t, func(c *web.Config) {
		c.Cards = &web.Cards{Payments: cards, Orders: cards, Signature: "Stripe-Signature", Pages: []string{payPage}}
	})
	cards.orders = s.orders
	return s, cards
}

// placed is a buyer who chose the card, and the address that they were sent to.
func (s *shop) placed(t *testing.T) (v *visitor, where string, form url.Values) {
	t.Helper()
	v, checkout, form := s.buyer(t, "fr", "/panier")
	form.Set("method", "redirect")
	return v, v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location"), form
}

func TestACardIsPaidAtTheProvidersPage(t *testing.T) {
	s, cards := newCardShop(t)
	v, where, form := s.placed(t)
	same(t, "sent to", where, payPage+"/c/pay/cs_1")
	same(t, "method", s.orders.only(t).Method, order.Redirect)
	for back, address := range map[string]string{"paid": cards.words.Paid, "unpaid": cards.words.Back} {
		at, err := url.Parse(address)
		if err != nil || at.Scheme == "" || at.Path != "/panier/order" || at.Query().Get("back") != back {
			t.Errorf("%s leads to %q, %v", back, address, err)
			continue
		}
		v.get(t, at.RequestURI()).want(t, http.StatusOK)
	}
	same(t, "sent again", v.post(t, "/panier/checkout", form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location"), where)
}

// Both ways are offered, the card first, and what was chosen stays when something is wrong.
func TestTheShopperChoosesHowToPay(t *testing.T) {
	s, _ := newCardShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	doc := v.get(t, checkout).want(t, http.StatusOK).page(t)
	var offered []string
	for _, radio := range doc.Find(`input[name="method"]`).EachIter() {
		offered = append(offered, radio.AttrOr("value", ""))
	}
	if !slices.Equal(offered, []string{"redirect", "transfer"}) {
		t.Errorf("offered %v", offered)
	}
	same(t, "chosen at first", attr(t, doc, `input[name="method"][checked]`, "value"), "redirect")
	form.Set("method", "transfer")
	form.Set("postcode", "")
	doc = v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	same(t, "chosen still", attr(t, doc, `input[name="method"][checked]`, "value"), "transfer")
	form.Set("postcode", "33000")
	where := v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	same(t, "method", s.orders.only(t).Method, order.Transfer)
	doc = v.get(t, where).want(t, http.StatusOK).page(t)
	contains(t, "pro forma", words(doc.Find(".proforma").Text()), "FR14 2004 1010 0505 0001 3M02 606", "FR-100000", "Données de démonstration")
}

func TestWithoutAProviderThereIsTheTransfer(t *testing.T) {
	s := newShop(t)
	v, where, _ := s.placed(t)
	same(t, "method", s.orders.only(t).Method, order.Transfer)
	doc := v.get(t, where).want(t, http.StatusOK).page(t)
	if doc.Find(".proforma").Length() != 1 || doc.Find(`form button[name="do"]`).Length() != 0 {
		t.Error("no pro forma, or buttons that lead nowhere")
	}
	s.ask(t, http.MethodPost, "fr", "/payment/notice", nil).want(t, http.StatusNotFound)
}

// The provider is away: the order stays, its page says so and offers another try, the transfer and the way out.
func TestTheProviderIsAway(t *testing.T) {
	s, cards := newCardShop(t)
	cards.err = payment.ErrAway
	v, where, _ := s.placed(t)
	contains(t, "address", where, "/panier/order?", "number=FR-100000", "back=away")
	doc := v.get(t, where).want(t, http.StatusOK).page(t)
	contains(t, "page", words(doc.Find("main").Text()), "La page de paiement est injoignable", "Votre commande est conservée")
	_, form, _ := strings.Cut(where, "?")
	same(t, "forms", doc.Find(".pay form").Length(), 1)
	cards.err = nil
	same(t, "pay now", v.post(t, "/panier/order?"+form, "do=pay").want(t, http.StatusSeeOther).Header.Get("Location"), payPage+"/c/pay/cs_1")
	cards.err = payment.ErrLate
	contains(t, "too late", v.post(t, "/panier/order?"+form, "do=pay").want(t, http.StatusSeeOther).Header.Get("Location"), "back=late")
}

func TestTheButtonsOfAnOrder(t *testing.T) {
	s, cards := newCardShop(t)
	cards.err = payment.ErrAway
	v, where, _ := s.placed(t)
	cards.err = nil
	doc := v.get(t, where).page(t)
	var buttons []string
	for _, b := range doc.Find(`.pay form button[name="do"]`).EachIter() {
		buttons = append(buttons, b.AttrOr("value", ""))
	}
	if !slices.Equal(buttons, []string{"pay", "transfer", "giveup"}) {
		t.Errorf("buttons %v", buttons)
	}
	_, form, _ := strings.Cut(attr(t, doc, ".pay form", "action"), "?")
	v.post(t, "/panier/order?"+form, "do=giveup", header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
	v.post(t, "/panier/order?"+strings.Replace(form, "FR-100000", "FR-100001", 1), "do=giveup").want(t, http.StatusNotFound)
	v.post(t, "/panier/order?"+form, "do=else").want(t, http.StatusNotFound)
	if s.orders.state == order.Cancelled {
		t.Fatal("somebody else gave the order up")
	}
	v.post(t, "/panier/order?"+form, "do=transfer").want(t, http.StatusSeeOther)
	same(t, "method", s.orders.method, order.Transfer)
	v.post(t, "/panier/order?"+form, "do=giveup").want(t, http.StatusSeeOther)
	same(t, "state", s.orders.state, order.Cancelled)
	same(t, "woken", cards.woken, 2)
	if v.get(t, where).page(t).Find(".pay").Length() != 0 {
		t.Error("an order that was given up can be paid")
	}
}

// Who chose the transfer may pay by card after all, and is sent there at once.
func TestAnOrderByTransferIsPaidByCard(t *testing.T) {
	s, _ := newCardShop(t)
	v, checkout, filled := s.buyer(t, "fr", "/panier")
	filled.Set("method", "transfer")
	where := v.post(t, checkout, filled.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	doc := v.get(t, where).want(t, http.StatusOK).page(t)
	same(t, "button", attr(t, doc, `.pay form button[name="do"]`, "value"), "card")
	_, form, _ := strings.Cut(attr(t, doc, ".pay form", "action"), "?")
	v.post(t, "/panier/order?"+form, "do=card", header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
	same(t, "method", s.orders.method, order.Method(""))
	same(t, "sent to", v.post(t, "/panier/order?"+form, "do=card").want(t, http.StatusSeeOther).Header.Get("Location"), payPage+"/c/pay/cs_1")
	if v.get(t, where).page(t).Find(".proforma").Length() > 0 {
		t.Error("the pro forma is still there")
	}
}

// Whoever comes back from paying sees what is true, and a page that looks again by itself until it is.
func TestComingBackFromPaying(t *testing.T) {
	s, cards := newCardShop(t)
	v, _, _ := s.placed(t)
	paid, err := url.Parse(cards.words.Paid)
	if err != nil {
		t.Fatal(err)
	}
	doc := v.get(t, paid.RequestURI()).want(t, http.StatusOK).page(t)
	contains(t, "waiting", words(doc.Find("main").Text()), "Nous attendons la confirmation de votre banque")
	same(t, "with a script", attr(t, doc, "order-watch", "data-every"), "5")
	contains(t, "without", doc.Find("head noscript").Text(), `http-equiv="refresh"`, `content="5"`)
	if doc.Find(`.pay form`).Length() != 0 {
		t.Error("what is being paid can be paid again")
	}
	s.orders.state = order.Paid
	doc = v.get(t, paid.RequestURI()).want(t, http.StatusOK).page(t)
	same(t, "state", attr(t, doc, "order-watch", "data-state"), "paid")
	if doc.Find("head noscript").Length() != 0 || doc.Find("[data-every]").Length() != 0 || doc.Find(".pay").Length() != 0 {
		t.Error("a paid order is waited for")
	}
}

// A clock is shown only to those whose bottles others would take.
func TestOnlyTheLastBottlesHaveAClock(t *testing.T) {
	s, cards := newCardShop(t)
	v, _, _ := s.placed(t)
	back, err := url.Parse(cards.words.Back)
	if err != nil {
		t.Fatal(err)
	}
	for left, want := range map[int]bool{0: true, 3: false} {
		s.orders.goods = []order.Reservation{{SKU: "M90-75", Warehouse: "bordeaux", Quantity: 2, Goods: order.Held, Left: left}}
		text := words(v.get(t, back.RequestURI()).page(t).Find("main").Text())
		if got := strings.Contains(text, "Ce sont les dernières bouteilles"); got != want {
			t.Errorf("%d left: a clock is shown: %v", left, got)
		}
	}
}

// The provider's page is the only foreign place that a form may lead to, and only where one does; no script comes from there.
func TestNoScriptOfTheProvidersAndNoOtherPlace(t *testing.T) {
	s, cards := newCardShop(t)
	v, checkout, _ := s.buyer(t, "fr", "/panier")
	cards.err = payment.ErrAway
	_, where, _ := s.placed(t)
	for path, want := range map[string]string{checkout: "'self' " + payPage, where: "'self' " + payPage, "/panier": "'self'", "/millesime/1990": "'self'"} {
		a := v.get(t, path)
		policy := a.Header.Get("Content-Security-Policy")
		contains(t, path, policy, "form-action "+want+";", "script-src 'self';", "connect-src 'self';")
		same(t, path+": mentions", strings.Count(policy, payPage), strings.Count(want, payPage))
		for _, script := range a.page(t).Find("script[src], iframe, link[rel=stylesheet], img[src]").EachIter() {
			if at := script.AttrOr("src", script.AttrOr("href", "")); !strings.HasPrefix(at, "/") && !strings.HasPrefix(at, "data:") {
				t.Errorf("%s loads %q", path, at)
			}
		}
	}
}

func TestMessagesOfTheProvider(t *testing.T) {
	s, cards := newCardShop(t)
	send := func(host string) answer {
		return s.ask(t, http.MethodPost, host, "/payment/notice", strings.NewReader(`{"id": "secret of evt_1"}`), header("Stripe-Signature", "t=1,v1=aa"))
	}
	for _, host := range []string{"fr", "de", "nobody"} { // it knows no shop
		send(host).want(t, http.StatusOK)
	}
	same(t, "body", cards.told[0], `{"id": "secret of evt_1"}`)
	same(t, "signature", cards.signed, "t=1,v1=aa")
	for want, err := range map[int]error{
		http.StatusBadRequest: payment.ErrForged, http.StatusServiceUnavailable: errors.New("the database is away"),
	} {
		cards.err = err
		a := send("fr").want(t, want)
		same(t, "cookies", len(a.Cookies()), 0)
	}
	cards.err = payment.ErrEarly
	send("fr").want(t, http.StatusServiceUnavailable)
	if strings.Contains(s.log.String(), "secret") {
		t.Error("a message is in the log")
	}
	s.get(t, "fr", "/payment/notice").want(t, http.StatusMethodNotAllowed)
}
