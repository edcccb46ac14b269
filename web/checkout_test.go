package web_test

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/store/law"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/web"
)

// fakeRules is a web.Rules with the rules that come with the program, or none.
type fakeRules struct{ rules *law.Rules }

func (r fakeRules) Rules() *law.Rules { return r.rules }

// fakeOrders is a web.Orders that keeps the promise of its contract: one order for a key.
type fakeOrders struct {
	placed map[order.Key]order.Request
	err    error // what the next Place answers with

	state  order.State // of the orders; "": they wait
	method order.Method
	goods  []order.Reservation
}

func (o *fakeOrders) Place(_ context.Context, r order.Request) (order.Placed, error) {
	if o.err != nil {
		return order.Placed{}, o.err
	}
	if err := r.Check(); err != nil {
		return order.Placed{}, err
	}
	if _, again := o.placed[r.Key]; again {
		return order.Placed{Change: order.Change{Number: o.number(r)}, Again: true}, nil
	}
	o.placed[r.Key] = r
	return order.Placed{Change: order.Change{Number: o.number(r), State: order.Awaiting}, Total: r.Total}, nil
}

func (o *fakeOrders) number(r order.Request) order.Number {
	return order.NumberOf(r.Market, order.FirstNumber)
}

func (o *fakeOrders) Outcome(_ context.Context, key order.Key) (order.Placed, error) {
	r, ok := o.placed[key]
	if !ok {
		return order.Placed{}, order.ErrUnknown
	}
	return order.Placed{Change: order.Change{Number: o.number(r)}}, nil
}

func (o *fakeOrders) Status(_ context.Context, number order.Number, key order.Key, _ string) (order.Order, error) {
	r, ok := o.placed[key]
	if !ok || o.number(r) != number {
		return order.Order{}, order.ErrUnknown
	}
	sums, err := order.Sum(r.Lines, r.Total.Currency)
	return order.Order{
		Number: number, Market: r.Market, Delivery: r.Delivery, Parcels: r.Parcels, State: cmp.Or(o.state, order.Awaiting), Method: cmp.Or(o.method, r.Method),
		Goods: o.goods, Lines: r.Lines, Sums: sums,
		PlacedAt: today, Expires: today.Add(7 * 24 * time.Hour), Events: []order.Event{{State: order.Awaiting, At: today}},
	}, err
}

// only is the one order that was placed.
func (o *fakeOrders) only(t *testing.T) order.Request {
	t.Helper()
	if len(o.placed) != 1 {
		t.Fatalf("%d orders, want 1", len(o.placed))
	}
	for _, r := range o.placed {
		return r
	}
	return order.Request{}
}

// filledForm is a page's form with all that a shopper of the market enters.
func filledForm(doc *goquery.Document, market string) url.Values {
	form := url.Values{}
	for _, hidden := range doc.Find(`.checkout__form input[type="hidden"]`).EachIter() {
		form.Set(hidden.AttrOr("name", ""), hidden.AttrOr("value", ""))
	}
	for _, box := range doc.Find(`.checkout__form input[type="checkbox"][required]`).EachIter() {
		form.Set(box.AttrOr("name", ""), "yes")
	}
	form.Set("email", "emilie@example.com")
	form.Set("recipient", "Émilie d’Ünal")
	form.Set("line1", "1 rue Foy")
	form.Set("locality", "Bordeaux")
	switch market {
	case "us":
		form.Set("region", "NY")
		form.Set("postcode", "10001")
	case "hk":
		form.Set("region", "Kowloon")
	default:
		form.Set("postcode", "33000")
	}
	return form
}

// buyer has a bottle in the cart and stands at the checkout.
func (s *shop) buyer(t *testing.T, market, cart string) (v *visitor, checkout string, form url.Values) {
	t.Helper()
	v = s.visitor(market)
	v.post(t, cart, "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	checkout = cart + "/checkout"
	return v, checkout, filledForm(v.get(t, checkout).want(t, http.StatusOK).page(t), market)
}

func TestACartBecomesAnOrder(t *testing.T) {
	for market, cart := range map[string]string{"fr": "/panier", "de": "/warenkorb", "hk": "/cart"} {
		t.Run(market, func(t *testing.T) {
			s := newShop(t)
			v, checkout, form := s.buyer(t, market, cart)
			placed := v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther)
			r := s.orders.only(t)
			if wine := r.Wine(); len(wine) != 1 || wine[0].SKU != "M90-75" || wine[0].Quantity != 2 {
				t.Errorf("lines %+v", r.Lines)
			}
			same(t, "total that was seen", strconv.FormatInt(r.Total.Minor, 10), form.Get("total"))
			same(t, "market", r.Market, market)
			if !slices.Contains(r.Declared, "age-declaration") || !slices.Contains(r.Declared, "terms") || market == "hk" && !slices.Contains(r.Declared, "hk-declaration") {
				t.Errorf("declared: %v", r.Declared)
			}
			same(t, "recipient", r.Delivery.Recipient, "Émilie d’Ünal")
			if v.jar[web.CartCookie] != "" {
				t.Error("the cart is still there")
			}
			where := placed.Header.Get("Location")
			doc := v.get(t, where).want(t, http.StatusOK).page(t)
			if got := words(doc.Find("h1").Text()); !strings.Contains(got, strings.ToUpper(market)+"-100000") {
				t.Errorf("heading %q", got)
			}
			for header, want := range map[string]string{"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"} {
				same(t, header, v.get(t, where).Header.Get(header), want)
			}
			same(t, "robots", attr(t, doc, `meta[name="robots"]`, "content"), "noindex, nofollow")
		})
	}
}

// Twice, by the back button, or after the cart is gone: one order, and the way to it.
func TestACheckoutSentAgainIsTheSameOrder(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	cookie := v.jar[web.CartCookie]
	first := v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	same(t, "without a cart", v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location"), first)
	v.jar[web.CartCookie] = cookie
	same(t, "with the old cart", v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location"), first)
	s.orders.only(t)
}

func TestABadCheckoutKeepsWhatWasEnteredAndPlacesNothing(t *testing.T) {
	s := newShop(t)
	v, checkout, good := s.buyer(t, "fr", "/panier")
	for name, c := range map[string]struct{ field, value string }{
		"no e-mail":          {"email", ""},
		"no such e-mail":     {"email", "emilie@"},
		"no name":            {"recipient", " "},
		"no street":          {"line1", ""},
		"no postcode":        {"postcode", ""},
		"foreign postcode":   {"postcode", "SW1A 1AA"},
		"endless street":     {"line1", strings.Repeat("é", 10_000)},
		"control characters": {"locality", "Bor\x07deaux"},
		"right to left":      {"recipient", "Émilie \u202eXT"},
		"too young":          {"age-declaration", ""},
		"no terms":           {"terms", ""},
	} {
		t.Run(name, func(t *testing.T) {
			form := url.Values{}
			for key := range good {
				form.Set(key, good.Get(key))
			}
			form.Set(c.field, c.value)
			doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
			if doc.Find(`#problems a[href="#`+c.field+`"]`).Length() != 1 {
				t.Errorf("problems: %s", words(doc.Find("#problems").Text()))
			}
			same(t, "marked", attr(t, doc, "#"+c.field, "aria-invalid"), "true")
			same(t, "phone is kept", attr(t, doc, "#locality", "value") != "", true)
			same(t, "key", attr(t, doc, `input[name="key"]`, "value"), good.Get("key"))
			if len(s.orders.placed) > 0 {
				t.Error("an order was placed")
			}
		})
	}
}

// Nobody pays a total that was not shown.
func TestATotalThatChangedIsShownFirst(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	seen := form.Get("total")
	v.post(t, "/panier/set", "sku=M90-75&quantity=3").want(t, http.StatusSeeOther)
	doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	if now := attr(t, doc, `input[name="total"]`, "value"); now == seen || len(s.orders.placed) > 0 {
		t.Errorf("total %s, %d orders", now, len(s.orders.placed))
	}
}

// In the United States the price hangs on the state: it is shown before anything is ordered.
func TestAStateComesBeforeTheTotal(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "new-york", 9)
	v, checkout, form := s.buyer(t, "us", "/cart")
	same(t, "total without a state", form.Get("total"), "")
	doc := v.post(t, checkout, form.Encode()).want(t, http.StatusOK).page(t)
	if len(s.orders.placed) > 0 {
		t.Fatal("an order was placed before its total was seen")
	}
	if doc.Find("#adult-signature").Length() != 1 {
		t.Error("no adult signature is asked for")
	}
	v.post(t, checkout, filledForm(doc, "us").Encode()).want(t, http.StatusSeeOther)
	s.orders.only(t)

	v, checkout, form = s.buyer(t, "us", "/cart")
	form.Set("region", "UT")
	doc = v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	if !strings.Contains(doc.Find("#problems").Text(), "does not allow wine to be shipped") {
		t.Errorf("Utah: %s", words(doc.Find("#problems").Text()))
	}
}

func TestWhyAnOrderWasNotPlaced(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		says   string
	}{
		"sold out":  {order.Refuse([]order.Problem{{Err: order.ErrSoldOut, SKU: "M90-75", Asked: 2, Left: 1}}), http.StatusConflict, "Château Margaux 1990"},
		"allocated": {order.Refuse([]order.Problem{{Err: order.ErrAllocation, SKU: "M90-75", Asked: 2, Left: 1}}), http.StatusConflict, "par client"},
		"price":     {order.Refuse([]order.Problem{{Err: order.ErrPrice, SKU: "M90-75", Now: money.Of(1, "EUR")}}), http.StatusConflict, "il coûte maintenant 0,01"},
		"key":       {order.ErrKeyReused, http.StatusConflict, "déjà passé une commande"},
		"doubt":     {order.ErrInDoubt, http.StatusServiceUnavailable, "ne sera pas passée deux fois"},
		"busy":      {order.ErrBusy, http.StatusServiceUnavailable, "votre panier est conservé"},
		"away":      {errors.New("connection refused"), http.StatusServiceUnavailable, "votre panier est conservé"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			v, checkout, form := s.buyer(t, "fr", "/panier")
			s.orders.err = c.err
			doc := v.post(t, checkout, form.Encode()).want(t, c.status).page(t)
			if got := words(doc.Find("#problems").Text()); !strings.Contains(got, c.says) {
				t.Errorf("says %q", got)
			}
			same(t, "recipient", attr(t, doc, "#recipient", "value"), "Émilie d’Ünal")
			if same := attr(t, doc, `input[name="key"]`, "value") == form.Get("key"); same == errors.Is(c.err, order.ErrKeyReused) {
				t.Errorf("the same key: %v", same)
			}
			if v.jar[web.CartCookie] == "" {
				t.Error("the cart is gone")
			}
		})
	}
}

func TestStrangersSeeNoOrder(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	where := v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	for _, path := range []string{
		strings.Replace(where, "FR-100000", "FR-100001", 1), where[:len(where)-1], "/panier/order", "/panier/order?number=FR-100000", where + "A",
	} {
		s.get(t, "fr", path).want(t, http.StatusNotFound)
	}
	s.get(t, "de", strings.Replace(where, "/panier", "/warenkorb", 1)).want(t, http.StatusNotFound)
	s.get(t, "fr", where).want(t, http.StatusOK)
}

func TestTheCheckoutWantsACartAndThisShop(t *testing.T) {
	s := newShop(t)
	same(t, "without a cart", s.get(t, "fr", "/panier/checkout").want(t, http.StatusSeeOther).Header.Get("Location"), "/panier")
	v, checkout, form := s.buyer(t, "fr", "/panier")
	v.post(t, checkout, form.Encode(), header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
	if len(s.orders.placed) > 0 {
		t.Error("another site placed an order")
	}
	if len(v.get(t, checkout).Cookies()) > 0 {
		t.Error("a GET sets a cookie")
	}
}
