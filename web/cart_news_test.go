package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"caveau/store/cart"
	"caveau/store/law"
	"caveau/web"
)

// tuesday is five days before today, and what a visitor was shown then.
func tuesday(price int64, left int) cart.Seen {
	return cart.SeenAs(price, left, time.Date(2026, time.November, 17, 12, 0, 0, 0, time.UTC))
}

// changedCart has a line that got cheaper, one that got dearer and is nearly gone, one that is as it was, and one that knows nothing.
func (s *shop) changedCart(t *testing.T) *visitor {
	t.Helper()
	v := s.visitor("fr")
	s.has("M90-150", "bordeaux", 2)
	v.give(t, s.mirror, cart.Cart{Market: "fr", Version: 4, Lines: []cart.Line{
		{SKU: "M90-75", Quantity: 1, Seen: tuesday(120_000, 12)},
		{SKU: "M90-150", Quantity: 1, Seen: tuesday(200_000, 5)},
		{SKU: "KNV-75", Quantity: 1, Seen: tuesday(21_990, 12)},
		{SKU: "CLOS-01", Quantity: 1},
	}})
	return v
}

func TestTheCartSaysWhatHasChanged(t *testing.T) {
	v := newShop(t).changedCart(t)
	doc := v.get(t, "/panier").want(t, http.StatusOK).page(t)
	same(t, "heading", words(doc.Find(".news b").Text()), "3 changements depuis mardi")
	contains(t, "news", words(doc.Find(".news ul").Text()), "prix en baisse, de 1 200", "à 1 090", "prix en hausse, de 2 000", "à 2 310,50", "Plus que 2 disponibles")
	if strings.Contains(doc.Find(".news").Text(), "Krug") {
		t.Error("what is as it was is news")
	}
	if cookies := v.get(t, "/panier").Cookies(); len(cookies) > 0 {
		t.Error("to look at the news sets a cookie")
	}
}

// The button accepts what was shown, and nothing that changed since.
func TestNewsIsAcceptedAsItWasShown(t *testing.T) {
	s := newShop(t)
	v := s.changedCart(t)
	doc := v.get(t, "/panier").page(t)
	form := url.Values{}
	for _, shown := range doc.Find(`.news input[name="shown"]`).EachIter() {
		form.Add("shown", shown.AttrOr("value", ""))
	}
	s.has("M90-75", "bordeaux", 3)
	v.post(t, "/panier/confirm", form.Encode()).want(t, http.StatusSeeOther)
	doc = v.get(t, "/panier").page(t)
	contains(t, "news", words(doc.Find(".news").Text()), "1 changement aujourd’hui", "Plus que 3 disponibles")
	same(t, "lines", lines(doc), "M90-75 1, M90-150 1, KNV-75 1, CLOS-01 1")
	if seen := v.mirrored(t).Lines[3].Seen; seen.Price != 10_000 {
		t.Errorf("what knew nothing is remembered as %+v", seen)
	}
}

// Whatever is sent as shown: the lines stay, and nothing is charged by it.
func TestNonsenseIsNotRemembered(t *testing.T) {
	s := newShop(t)
	v := s.changedCart(t)
	before := v.jar[web.CartCookie]
	for _, shown := range []string{"", "M90-75", "M90-75 -1 3", "M90-75 0 3", "M90-75 1 x", "M90-75 99999999999999999999 1", "M 90 1", "NONE 100 1", strings.Repeat("x", 5000) + " 1 1"} {
		v.post(t, "/panier/confirm", url.Values{"shown": {shown}}.Encode()).want(t, http.StatusSeeOther)
		same(t, shown, v.jar[web.CartCookie], before)
	}
	v.post(t, "/panier/confirm", "shown=M90-75+1+1", header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
	same(t, "cookies of a stranger", len(s.visitor("fr").post(t, "/panier/confirm", "shown=M90-75+1+1").want(t, http.StatusSeeOther).Cookies()), 0)
}

func TestWhatIsAddedIsRememberedAsShown(t *testing.T) {
	for _, away := range []error{nil, cart.ErrUnavailable} {
		s := newShop(t)
		v := s.visitor("fr")
		s.carts.away = away
		v.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
		if seen := v.mirrored(t).Lines[0].Seen; seen.Price != 109_000 || seen.Left != 12 || seen.Day == 0 {
			t.Errorf("remembered %+v", seen)
		}
		same(t, "news", v.get(t, "/panier").page(t).Find(".news").Length(), 0)
	}
}

// What is wished for a line is kept with it, through the order to its page.
func TestAWishIsKeptToTheOrder(t *testing.T) {
	for _, away := range []error{nil, cart.ErrUnavailable} {
		s := newShop(t)
		v := s.visitor("fr")
		s.carts.away = away
		v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
		v.post(t, "/panier", "sku=KNV-75").want(t, http.StatusSeeOther)
		v.post(t, "/panier/wish", "sku=M90-75&wish=next").want(t, http.StatusSeeOther)
		doc := v.get(t, "/panier").page(t)
		same(t, "chosen", attr(t, doc, `.line[data-sku="M90-75"] .wish option[selected]`, "value"), "next")
		same(t, "of a wine without a year", doc.Find(`.line[data-sku="KNV-75"] .wish`).Length(), 0)
		v.refused(t, "/panier/wish", "sku=M90-75&wish=never", http.StatusUnprocessableEntity,
			"Veuillez choisir l’une des trois options : ce millésime seulement, le suivant, ou vous consulter.")
		v.refused(t, "/panier/wish", "sku=M90-150&wish=next", http.StatusConflict, "Cette ligne n’est plus dans votre panier.")

		form := filledForm(v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t), "fr")
		where := v.post(t, "/panier/checkout", form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
		if r := s.orders.only(t); r.Wine()[1].Wish != cart.NextVintage {
			t.Errorf("%+v", r.Lines)
		}
		contains(t, "order", words(v.get(t, where).page(t).Find(".bill").Text()), "le suivant convient")
	}
}

// A country was closed since the cart was seen: the rules are dated, and say so.
func TestTheCartSaysThatItsDestinationIsNoLongerServed(t *testing.T) {
	rows, err := law.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	closed := law.Row{
		Kind: law.Closed, Subject: "DE", Value: "import_licence", From: law.Day(today.AddDate(0, 0, -2).Format(time.DateOnly)), Status: law.Verify, Source: "test",
	}
	s := newShop(t)
	rules, err := law.New(append(rows, closed), s.markets)
	if err != nil {
		t.Fatal(err)
	}
	s.Rules = fakeRules{rules}
	v := s.bound(t, "fr", "country=DE")
	seen := func(ago int) cart.Seen { return cart.SeenAs(109_000, 12, today.AddDate(0, 0, -ago)) }
	cartSeen := func(version uint64, when cart.Seen) {
		v.give(t, s.mirror, cart.Cart{Market: "fr", Version: version, Lines: []cart.Line{{SKU: "M90-75", Quantity: 1, Seen: when}}})
	}
	cartSeen(4, seen(5))
	doc := v.get(t, "/panier").want(t, http.StatusOK).page(t)
	contains(t, "news", words(doc.Find(".news").Text()), "1 changement depuis", "Destination Allemagne : nous n’y livrons plus.")
	cartSeen(5, seen(1))
	if v.get(t, "/panier").page(t).Find(".news").Length() > 0 {
		t.Error("what was so already is news")
	}
	s.Rules = fakeRules{mustRules(t, s)}
	cartSeen(6, seen(5))
	if v.get(t, "/panier").page(t).Find(".news").Length() > 0 {
		t.Error("a country that is served is news")
	}
}

func mustRules(t *testing.T, s *shop) *law.Rules {
	t.Helper()
	rules, err := law.Load(s.markets)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}
