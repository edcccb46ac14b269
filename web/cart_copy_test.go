package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/web"
)

// carried is the address of another shop's cart as the visitor's own cart page gives it, from its path on.
func (v *visitor) carried(t *testing.T, path, shop string) string {
	t.Helper()
	doc := v.get(t, path).want(t, http.StatusOK).page(t)
	for _, selector := range []string{".elsewhere a", ".switch__all a"} {
		found := ""
		for _, a := range doc.Find(selector).EachIter() {
			if href := a.AttrOr("href", ""); strings.HasPrefix(href, "http://"+shop+".localhost:8080/") && found == "" {
				found = strings.TrimPrefix(href, "http://"+shop+".localhost:8080")
			}
		}
		if !strings.Contains(found, "?copy=") {
			t.Fatalf("%s: %q carries nothing", selector, found)
		}
	}
	return strings.TrimPrefix(doc.Find(`.elsewhere a[href^="http://`+shop+`."]`).AttrOr("href", ""), "http://"+shop+".localhost:8080")
}

func TestACartIsCopiedToAnotherShop(t *testing.T) {
	s := newShop(t)
	list := cellarList()
	list.Allocations = []catalog.AllocationRow{{SKU: "KNV-75", Market: "de", PerCustomer: 1}}
	s.catalogue.snap = s.snapshot(t, list, 2)
	french := s.visitor("fr")
	french.give(t, s.mirror, cart.Cart{Market: "fr", Version: 4, Lines: []cart.Line{
		{SKU: "M90-75", Quantity: 2, Wish: cart.NextVintage, Seen: tuesday(1, 2)}, {SKU: "KNV-75", Quantity: 3}, {SKU: "M90-150", Quantity: 1},
	}})
	before := french.cart(t, "/panier")
	where := french.carried(t, "/panier", "de")

	german := s.visitor("de")
	german.post(t, "/warenkorb", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	kept := german.jar[web.CartCookie]
	a := german.get(t, where).want(t, http.StatusOK)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	same(t, "cookies of the offer", len(a.Cookies()), 0)
	same(t, "the offer changes nothing", german.jar[web.CartCookie], kept)
	offer := a.page(t)
	contains(t, "offer", words(offer.Find(".copy").Text()), "Ihr Warenkorb im Shop: Frankreich", "2 × Château Margaux 1990", "3 × Krug", "Höchstens 1 Flasche je Kunde.")
	form := url.Values{"copy": {attr(t, offer, `.copy input[name="copy"]`, "value")}}
	action := attr(t, offer, ".copy", "action")

	german.post(t, action, form.Encode(), header("Sec-Fetch-Site", "same-site")).want(t, http.StatusForbidden)
	for range 2 { // twice is once
		doc := german.post(t, action, form.Encode()).want(t, http.StatusOK).page(t)
		contains(t, "lines", lines(doc), "M90-75 2")
		if strings.Contains(lines(doc), "KNV-75") {
			t.Errorf("more than the allocation was copied: %s", lines(doc))
		}
	}
	same(t, "the first shop's cart", french.cart(t, "/panier"), before)
	if seen := german.mirrored(t).Lines[0]; seen.Quantity != 2 {
		t.Errorf("the cookie has %+v", seen)
	}
}

func TestACartIsBegunByACopy(t *testing.T) {
	s := newShop(t)
	french := s.visitor("fr")
	french.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	where := french.carried(t, "/panier", "de")
	german := s.visitor("de")
	offer := german.get(t, where).page(t)
	doc := german.post(t, attr(t, offer, ".copy", "action"), "copy="+attr(t, offer, `.copy input[name="copy"]`, "value")).want(t, http.StatusOK).page(t)
	contains(t, "message", words(doc.Find(".say--good").Text()), "1 Position wurde in Ihren Warenkorb übernommen.")
	same(t, "lines", german.cart(t, "/warenkorb"), "M90-75 2")
	if german.get(t, where).page(t).Find(".copy").Length() > 0 {
		t.Error("what is here already is offered again")
	}
}

func TestWhatIsNoCopyOfOursIsNothing(t *testing.T) {
	s := newShop(t)
	other, err := cart.NewMirror([]byte("another key of this test and of nothing else"))
	if err != nil {
		t.Fatal(err)
	}
	c := cart.Cart{Market: "fr", Lines: []cart.Line{{SKU: "M90-75", Quantity: 2}}}
	seal := func(m *cart.Mirror, at time.Time) string {
		value, err := m.SealCopy(c, at)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	mirrored, err := s.mirror.Seal(cart.ID{1}, c)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"forged": seal(other, time.Now()), "a cookie": mirrored, "junk": "%00x", "long": strings.Repeat("A", 9000)} {
		v := s.visitor("de")
		if v.get(t, "/warenkorb?copy="+value).want(t, http.StatusOK).page(t).Find(".copy").Length() > 0 {
			t.Errorf("%s: is offered", name)
		}
		v.post(t, "/warenkorb/copy", "copy="+value).want(t, http.StatusOK)
		same(t, name, v.cart(t, "/warenkorb"), "")
	}
	v := s.visitor("de")
	doc := v.get(t, "/warenkorb?copy="+seal(s.mirror, time.Now().Add(-2*time.Hour))).page(t)
	contains(t, "expired", words(doc.Find(".say--warn").Text()), "vor zu langer Zeit")
	if _, _, err := s.mirror.Open(seal(s.mirror, time.Now())); err == nil {
		t.Error("a copy passes for a cart's cookie")
	}
}
