package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// The book holds addresses of any country, each in the fields that its country writes.
func TestAnAddressBookHoldsAnyCountry(t *testing.T) {
	h := newHouse(t, "")
	anne := h.member(t, "fr", "anne@example.com")
	doc := anne.post(t, "/compte/addresses", form("country", "US", "recipient", "Anne", "line1", "1 Main St", "change", "country")).want(t, http.StatusOK).page(t)
	same(t, "kept", attr(t, doc, "#recipient", "value")+", "+attr(t, doc, "#line1", "value"), "Anne, 1 Main St")
	same(t, "states to choose from", doc.Find(`select#region option[value="NY"]`).Length(), 1)
	same(t, "problems", doc.Find("#problems").Length(), 0)

	bad := anne.post(t, "/compte/addresses", form("country", "US", "recipient", "Anne", "line1", "1 Main St", "locality", "New York", "region", "NY", "postcode", "33000-1")).want(t, http.StatusUnprocessableEntity).page(t)
	same(t, "a French postcode", bad.Find(`#problems a[href="#postcode"]`).Length(), 1)
	anne.post(t, "/compte/addresses", form("country", "US", "recipient", "Anne", "line1", "1 Main St", "locality", "New York", "region", "NY", "postcode", "10001")).want(t, http.StatusSeeOther)
	doc = anne.get(t, "/compte/addresses").page(t)
	contains(t, "book", says(t, doc), "1 Main St", "10001")
	edit := ""
	for _, a := range doc.Find(".account__links a").EachIter() {
		if href := a.AttrOr("href", ""); strings.Contains(href, "?id=") {
			edit = href
		}
	}
	doc = anne.get(t, strings.TrimSuffix(edit, "#recipient")).want(t, http.StatusOK).page(t)
	same(t, "edited", attr(t, doc, "#country option[selected]", "value")+" "+attr(t, doc, "#region option[selected]", "value"), "US NY")
}

// An order keeps its address where the buyer ticks the box, and the next checkout offers it.
func TestAnOrdersAddressIsKeptAndOffered(t *testing.T) {
	h := newHouse(t, "")
	anne := h.member(t, "fr", "anne@example.com")
	anne.post(t, "/compte/addresses", form("country", "FR", "recipient", "Anne", "line1", "9 rue Neuve", "postcode", "75001", "locality", "Paris")).want(t, http.StatusSeeOther)
	count := func() int { return h.number(t, `SELECT COUNT(*) FROM customer_address`) }
	order := func(tick bool) {
		t.Helper()
		anne.post(t, "/panier", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
		doc := anne.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
		filled := filledForm(doc, "fr")
		if tick {
			filled.Set(attr(t, doc, `input[name="keep-address"]`, "name"), "yes")
		}
		anne.post(t, "/panier/checkout", filled.Encode()).want(t, http.StatusSeeOther)
	}
	order(false)
	same(t, "addresses without the box", count(), 1)
	order(true)
	same(t, "addresses with the box", count(), 2)
	order(true)
	same(t, "the same address again", count(), 2)

	anne.post(t, "/panier", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	doc := anne.get(t, "/panier/checkout").page(t)
	same(t, "prefilled", attr(t, doc, "#line1", "value"), "9 rue Neuve")
	offered := doc.Find(`#saved option:not([value=""])`)
	same(t, "offered", offered.Length(), 2)
	contains(t, "the order's", offered.Last().Text(), "Émilie d’Ünal, 1 rue Foy, 33000 Bordeaux")
	doc = anne.post(t, "/panier/checkout", form("saved", offered.Last().AttrOr("value", ""), "change", "saved", "email", "typed@example.com", "country", "FR", "line1", "9 rue Neuve")).want(t, http.StatusOK).page(t)
	same(t, "filled in", attr(t, doc, "#line1", "value")+", "+attr(t, doc, "#recipient", "value"), "1 rue Foy, Émilie d’Ünal")
	same(t, "the rest stays", attr(t, doc, "#email", "value"), "typed@example.com")

	berthe := h.member(t, "fr", "berthe@example.com")
	berthe.post(t, "/panier", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	doc = berthe.post(t, "/panier/checkout", form("saved", offered.Last().AttrOr("value", ""), "change", "saved")).want(t, http.StatusOK).page(t)
	same(t, "somebody else's", attr(t, doc, "#line1", "value"), "")
	guest := h.visitor("fr")
	guest.post(t, "/panier", "sku=M90-75&quantity=1")
	if page := guest.get(t, "/panier/checkout").page(t); page.Find("#saved, [name=keep-address]").Length() > 0 {
		t.Error("a guest is offered a book")
	}
}
