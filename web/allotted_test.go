package web_test

import (
	"net/http"
	"strings"
	"testing"

	"caveau/store/cart"
	"caveau/store/catalog"
)

// allots so many of a SKU to a customer in the French shop.
func (s *shop) allots(t *testing.T, sku string, units int) {
	t.Helper()
	list := cellarList()
	list.Allocations = []catalog.AllocationRow{{SKU: sku, Market: "fr", PerCustomer: units}}
	s.catalogue.snap = s.snapshot(t, list, 2)
}

func TestAnAllocationIsShownBeforeItIsMet(t *testing.T) {
	s := newShop(t)
	s.allots(t, "M90-75", 2)
	v := s.visitor("fr")
	vintage := s.get(t, "fr", "/vin/chateau-margaux/1990").want(t, http.StatusOK).page(t)
	contains(t, "offer", words(vintage.Find(`[data-sku="M90-75"]`).Text()), "2 bouteilles au plus par client")
	same(t, "what the script may ask for", attr(t, vintage, `input[value="M90-75"]`, "data-max"), "2")
	if strings.Contains(vintage.Find(`[data-sku="M90-150"]`).Text(), "par client") {
		t.Error("an offer without an allocation has one")
	}
	elsewhere := s.get(t, "de", "/wein/chateau-margaux/1990").page(t)
	if strings.Contains(elsewhere.Text(), "je Kunde") {
		t.Error("another market has the allocation")
	}

	v.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	doc := v.get(t, "/panier").page(t)
	contains(t, "line", words(doc.Find(".line").Text()), "2 bouteilles au plus par client")
	same(t, "field", attr(t, doc, `.line input[name="quantity"]`, "max"), "2")
	contains(t, "bill", words(v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t).Find(".bill").Text()), "2 bouteilles au plus par client")
}

func TestMoreThanTheAllocationIsRefusedAndKeptAsTyped(t *testing.T) {
	s := newShop(t)
	s.allots(t, "M90-75", 2)
	v := s.visitor("fr")
	doc := v.post(t, "/panier", "sku=M90-75&quantity=3").want(t, http.StatusConflict).page(t)
	contains(t, "message", words(doc.Find(".say--bad").Text()), "Pas plus de 2 bouteilles par client.")
	same(t, "typed", attr(t, doc, `.again input[name="quantity"]`, "value"), "3")
	same(t, "most", attr(t, doc, `.again input[name="quantity"]`, "max"), "2")
	same(t, "SKU", attr(t, doc, `.again input[name="sku"]`, "value"), "M90-75")
	same(t, "cart", lines(doc), "")

	v.post(t, "/panier", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	v.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusConflict) // with what is in the cart
	doc = v.post(t, "/panier/set", "sku=M90-75&quantity=7").want(t, http.StatusConflict).page(t)
	same(t, "the line keeps what was typed", lines(doc), "M90-75 7")
	same(t, "cart", v.cart(t, "/panier"), "M90-75 1")
}

// The allocation came after the wine was put into the cart.
func TestACartOverAnAllocationIsNoOrder(t *testing.T) {
	s := newShop(t)
	s.allots(t, "M90-75", 2)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	v.give(t, s.mirror, cart.Cart{Market: "fr", Version: 9, Lines: []cart.Line{{SKU: "M90-75", Quantity: 3}}})
	contains(t, "line", words(v.get(t, "/panier").page(t).Find(".line .say").Text()), "Pas plus de 2 bouteilles par client.")
	doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	contains(t, "checkout", words(doc.Find("#problems").Text()), "Château Margaux 1990", "Pas plus de 2 bouteilles par client.")
	if len(s.orders.placed) > 0 {
		t.Error("an order was placed")
	}
}
