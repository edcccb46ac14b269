package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"caveau/store/law"
	"caveau/store/order"
	"caveau/web"
)

// changed sends a form with some fields set and a button that shows it anew.
func (v *visitor) changed(t *testing.T, checkout, button string, form url.Values, set map[string]string) *goquery.Document {
	t.Helper()
	for name, value := range set {
		form.Set(name, value)
	}
	anew := url.Values{"change": {button}}
	for name := range form {
		anew.Set(name, form.Get(name))
	}
	doc := v.post(t, checkout, anew.Encode()).want(t, http.StatusOK).page(t)
	if problems := doc.Find("#problems"); problems.Length() > 0 && set["country"] != "NO" && set["country"] != "MO" {
		t.Errorf("%v: %s", set, words(problems.Text()))
	}
	return doc
}

// posted is what a browser would send of a page's form: its hidden fields, inputs, boxes and choices as they stand.
func posted(doc *goquery.Document) url.Values {
	form := url.Values{}
	for _, field := range doc.Find(".checkout__form input, .checkout__form select").EachIter() {
		kind, _ := field.Attr("type")
		_, ticked := field.Attr("checked")
		name, value := field.AttrOr("name", ""), field.AttrOr("value", "")
		if goquery.NodeName(field) == "select" {
			value = field.Find("option[selected]").AttrOr("value", "")
		}
		if kind != "checkbox" && kind != "radio" || ticked {
			form.Set(name, value)
		}
	}
	return form
}

func tickAll(doc *goquery.Document, form url.Values) {
	for _, box := range doc.Find(`.checkout__form input[type="checkbox"]`).EachIter() {
		form.Set(box.AttrOr("name", ""), "yes")
	}
}

// Without a script: a button shows the form of another country, and everything that was entered is kept, also what that country does
// not write.
func TestACountryIsChangedAndEverythingKept(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	home := form.Get("total")
	doc := v.changed(t, checkout, "country", form, map[string]string{"country": "DE", "postcode": "33000", "age-declaration": ""})
	same(t, "country", attr(t, doc, "#country option[selected]", "value"), "DE")
	same(t, "first of the list", attr(t, doc, "#country option:first-child", "value"), "FR")
	same(t, "recipient", attr(t, doc, "#recipient", "value"), "Émilie d’Ünal")
	same(t, "key", attr(t, doc, `input[name="key"]`, "value"), form.Get("key"))
	if total := attr(t, doc, `input[name="total"]`, "value"); total == home {
		t.Errorf("to Germany it costs what it costs in France: %s", total)
	}
	if boxes := doc.Find(`input[type="checkbox"][checked]`).Length(); boxes != 1 {
		t.Errorf("%d boxes are ticked, want the terms", boxes)
	}

	doc = v.changed(t, checkout, "country", posted(doc), map[string]string{"country": "MO"}) // Macao writes no postcode
	if doc.Find("#postcode").Length() > 0 {
		t.Error("Macao has a postcode")
	}
	doc = v.changed(t, checkout, "country", posted(doc), map[string]string{"country": "JP"})
	same(t, "postcode is back", attr(t, doc, "#postcode", "value"), "33000")
	if doc.Find("#region option").Length() < 40 {
		t.Error("no prefectures to choose from")
	}
	contains(t, "bill", words(doc.Find(".bill").Text()), "Taxes dues à l’arrivée")
	if len(s.orders.placed) > 0 {
		t.Error("an order was placed")
	}
}

func TestAnOrderGoesAbroad(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	doc := v.changed(t, checkout, "country", form, map[string]string{"country": "DE"})
	form = posted(doc)
	form.Set("postcode", "99423")
	form.Set("locality", "Weimar")
	tickAll(doc, form)
	where := v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	r := s.orders.only(t)
	if r.Delivery.Country != "DE" || r.Lines[0].Terms != order.Abroad || r.Lines[0].Gross() == r.Lines[0].Unit.Times(2) {
		t.Errorf("%+v", r)
	}
	same(t, "total that was seen", strconv.FormatInt(r.Total.Minor, 10), form.Get("total"))
	contains(t, "order", words(v.get(t, where).want(t, http.StatusOK).page(t).Find("address").Text()), "99423 Weimar", "Allemagne")
}

// A country that is chosen and sent at once: its total was not seen, so nothing is placed.
func TestAnotherCountryThanTheTotalsIsShownFirst(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	form.Set("country", "DE")
	form.Set("postcode", "99423")
	doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	contains(t, "problem", words(doc.Find("#problems").Text()), "Le total a changé")
	same(t, "country", attr(t, doc, "#country option[selected]", "value"), "DE")
	if len(s.orders.placed) > 0 {
		t.Error("an order was placed")
	}
}

func TestWhoPaysTaxesOnArrivalConfirmsIt(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	doc := v.changed(t, checkout, "country", form, map[string]string{"country": "JP"})
	form = posted(doc)
	form.Set("postcode", "100-0001")
	form.Set("region", "13")
	tickAll(doc, form)
	form.Del("taxes-on-arrival")
	doc = v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	same(t, "leads to the box", doc.Find(`#problems a[href="#taxes-on-arrival"]`).Length(), 1)
	form.Set("taxes-on-arrival", "yes")
	v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther)
	if r := s.orders.only(t); r.Lines[0].Terms != order.OnArrival || !slices.Contains(r.Declared, "taxes-on-arrival") {
		t.Errorf("%+v", r)
	}
}

// Where nothing is delivered the page says why, and what can be done instead.
func TestWhereNothingIsDeliveredSaysWhy(t *testing.T) {
	s := newShop(t)
	for country, want := range map[string]struct{ says, leads string }{
		"NO": {"monopole d’État", "/contact"},
		"MO": {"Une autre de nos boutiques", "http://hk.localhost:8080/cart"},
	} {
		v, checkout, form := s.buyer(t, "fr", "/panier")
		doc := v.changed(t, checkout, "country", form, map[string]string{"country": country})
		contains(t, country, words(doc.Find("#problems").Text()), want.says)
		same(t, country+": leads to the field", doc.Find(`#problems a[href="#country"]`).Length(), 1)
		same(t, country+": instead", doc.Find("#problems a").Last().AttrOr("href", ""), want.leads)
		same(t, country+": total", attr(t, doc, `input[name="total"]`, "value"), "")
		v.post(t, checkout, posted(doc).Encode()).want(t, http.StatusUnprocessableEntity)
	}
	v, checkout, form := s.buyer(t, "fr", "/panier")
	for _, country := range []string{"XX", "france", "<b>", "\u202eRF"} {
		form.Set("country", country)
		doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
		contains(t, country, words(doc.Find("#problems").Text()), "Nous ne connaissons pas les règles de ce pays")
	}
	if len(s.orders.placed) > 0 {
		t.Error("an order was placed")
	}
}

func TestAnInvoiceGoesToAnAddressOfItsOwn(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	form.Set("invoice", "apart")
	form.Set("invoice_country", "CH")
	form.Set("invoice_line1", "Bahnhofstrasse 1")
	doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	for _, field := range []string{"invoice_recipient", "invoice_locality", "invoice_postcode"} {
		same(t, field, doc.Find(`#problems a[href="#`+field+`"]`).Length(), 1)
	}
	same(t, "kept", attr(t, doc, "#invoice_line1", "value"), "Bahnhofstrasse 1")
	same(t, "open", attr(t, doc, "#invoice-apart", "checked"), "")
	form.Set("invoice_recipient", "Ünal AG")
	form.Set("invoice_locality", "Zürich")
	form.Set("invoice_postcode", "8001")
	v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther)
	if r := s.orders.only(t); r.Invoice.Country != "CH" || r.Invoice.Recipient != "Ünal AG" || r.Delivery.Country != "FR" {
		t.Errorf("%+v, %+v", r.Delivery, r.Invoice)
	}
}

// What is asked is a row of the data: a new one is shown, wanted and kept with the order.
func TestANewDeclarationNeedsNoCode(t *testing.T) {
	rows, err := law.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rows = append(rows, law.Row{Kind: law.Declaration, Subject: "*", Condition: "no-resale", Value: "always", From: "2026-01-01", Status: law.Verify, Source: "a test"})
	s := newShop(t)
	rules, err := law.New(rows, s.markets)
	if err != nil {
		t.Fatal(err)
	}
	s = newShop(t, func(c *web.Config) { c.Rules = fakeRules{rules} })
	v, checkout, form := s.buyer(t, "fr", "/panier")
	form.Del("no-resale")
	doc := v.post(t, checkout, form.Encode()).want(t, http.StatusUnprocessableEntity).page(t)
	same(t, "leads to the box", doc.Find(`#problems a[href="#no-resale"]`).Length(), 1)
	form.Set("no-resale", "yes")
	form.Set("of-no-concern", "yes")
	v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther)
	same(t, "declared", strings.Join(s.orders.only(t).Declared, " "), "age-declaration no-resale terms")
}

// What is in stock leaves now and what is in barrel later, or both together: the page says what is due when, and the choice is the
// order's.
func TestAMixedCartShowsAScheduleAndAChoice(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=KNV-75").want(t, http.StatusSeeOther)
	v.post(t, "/panier", "sku=M25-75-6").want(t, http.StatusSeeOther)
	doc := v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
	same(t, "steps", doc.Find(".schedule li").Length(), 2)
	contains(t, "schedule", words(doc.Find(".schedule").Text()), "Maintenant", "Dès avril 2028", "environ", "2 livraisons", "une seule livraison")
	form := filledForm(doc, "fr")
	split := form.Get("total")

	doc = v.changed(t, "/panier/checkout", "parcels", form, map[string]string{"parcels": "together"})
	same(t, "chosen", doc.Find("#parcels-together[checked]").Length(), 1)
	if total := attr(t, doc, `input[name="total"]`, "value"); total == split {
		t.Errorf("one delivery costs as much now as two: %s", total)
	}
	form = posted(doc)
	tickAll(doc, form)
	where := v.post(t, "/panier/checkout", form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	r := s.orders.only(t)
	if r.Parcels != order.Together || r.Lines[0].Rest.On != "2028-04-01" || r.Lines[1].Terms != order.Later || r.Lines[1].Rest.Amount.Minor == 0 {
		t.Errorf("%s: %+v", r.Parcels, r.Lines)
	}
	contains(t, "order", words(v.get(t, where).page(t).Find(".checkout--placed").Text()), "une seule livraison", "Dès avril 2028", "environ")
}

// A cart of one kind has nothing to choose; of wine in stock there is no schedule either.
func TestOnlyAMixedCartHasAChoice(t *testing.T) {
	for sku, steps := range map[string]int{"KNV-75": 0, "M25-75-6": 2} {
		s := newShop(t)
		v := s.visitor("fr")
		v.post(t, "/panier", "sku="+sku).want(t, http.StatusSeeOther)
		doc := v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
		same(t, sku+": steps", doc.Find(".schedule li").Length(), steps)
		same(t, sku+": choices", doc.Find(`input[name="parcels"]`).Length(), 0)
	}
}
