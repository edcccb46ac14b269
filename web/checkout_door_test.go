package web_test

import (
	"net/http"
	"testing"

	"caveau/store/catalog"
	"caveau/store/order"
)

// The destination of the prices on all pages is that of the checkout's form too.
func TestTheCheckoutBeginsAtTheChosenDestination(t *testing.T) {
	s := newShop(t)
	v := s.bound(t, "fr", "country=DE")
	v.post(t, "/panier", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	doc := v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
	same(t, "country", attr(t, doc, "#country option[selected]", "value"), "DE")
	if attr(t, doc, `input[name="total"]`, "value") == "" {
		t.Error("no total")
	}
}

// In bond the goods alone are charged, and they go to an account; without one nothing is placed.
func TestInBondGoesToAnAccount(t *testing.T) {
	s := newShop(t)
	list := cellarList()
	list.Prices = append(list.Prices, catalog.PriceRow{SKU: "M90-75", Market: "uk", Minor: 95_000, ValidFrom: day(2026, 3, 12)})
	s.catalogue.snap = s.snapshot(t, list, 2)
	uk, _ := s.markets.Market("uk")
	s.has("M90-75", uk.Warehouse, 12)
	v := s.bound(t, "uk", "country=GB&basis=bond")
	v.post(t, "/cart", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	doc := v.get(t, "/cart/checkout").want(t, http.StatusOK).page(t)
	form := posted(doc)
	tickAll(doc, form)
	for name, value := range map[string]string{"email": "ann@example.com", "recipient": "Ann", "line1": "3 St James's Street", "locality": "London", "postcode": "SW1A 1EG"} {
		form.Set(name, value)
	}
	refused := v.post(t, "/cart/checkout", form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	same(t, "leads to", attr(t, refused, "#problems a", "href"), "#"+order.BondField)
	form.Set(order.BondField, "London City Bond, 4711")
	v.post(t, "/cart/checkout", form.Encode()).want(t, http.StatusSeeOther)
	placed := s.orders.only(t)
	same(t, "account", placed.Bond, "London City Bond, 4711")
	for _, l := range placed.Lines {
		if l.Terms != order.InBond || !l.Tax.IsZero() || l.Net.Minor >= l.Unit.Minor {
			t.Errorf("%+v", l)
		}
	}
}
