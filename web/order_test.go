package web_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/store/invoice"
	"caveau/store/order"
)

// Show makes fakeOrders show an order to whoever may see it otherwise.
func (o *fakeOrders) Show(ctx context.Context, number order.Number) (order.Order, error) {
	for key, r := range o.placed {
		if o.number(r) == number {
			return o.Status(ctx, number, key, "")
		}
	}
	return order.Order{}, order.ErrUnknown
}

// Documents makes fakeOrders a web.Papers: an invoice for each order.
func (o *fakeOrders) Documents(ctx context.Context, number order.Number) ([]invoice.Document, error) {
	found, err := o.Show(ctx, number)
	if err != nil {
		return nil, err
	}
	found.Locale, found.Invoice = "fr-FR", found.Delivery
	return []invoice.Document{{Facts: invoice.Issue(found, invoice.NumberOf(found.Market, invoice.Invoice, 2026, 1), today)}}, nil
}

// A pass that came by mail opens the page that the key opens, and its papers, on any device: no cookie is asked for.
func TestAPassOpensTheOrderAndItsPapers(t *testing.T) {
	s := newShop(t)
	v, checkout, form := s.buyer(t, "fr", "/panier")
	byKey := v.post(t, checkout, form.Encode()).want(t, http.StatusSeeOther).Header.Get("Location")
	passes, err := order.NewPasses([]byte("a key of this test and of nothing else"))
	if err != nil {
		t.Fatal(err)
	}
	byPass := "/panier/order?number=FR-100000&pass=" + passes.For("FR-100000")
	for name, where := range map[string]string{"key": byKey, "pass": byPass} {
		page := s.get(t, "fr", where).want(t, http.StatusOK)
		same(t, name+": cache", page.Header.Get("Cache-Control"), "private, no-store")
		same(t, name+": referrer", page.Header.Get("Referrer-Policy"), "no-referrer")
		link, _ := page.page(t).Find("a[download]").Attr("href")
		if !strings.Contains(link, name+"=") {
			t.Fatalf("%s: the paper is at %q", name, link)
		}
		pdf := s.get(t, "fr", link).want(t, http.StatusOK)
		same(t, name+": type", pdf.Header.Get("Content-Type"), "application/pdf")
		same(t, name+": cache of the paper", pdf.Header.Get("Cache-Control"), "private, no-store")
		same(t, name+": name", pdf.Header.Get("Content-Disposition"), "attachment; filename=FR-I-2026-00001.pdf")
		if !bytes.HasPrefix(pdf.body, []byte("%PDF-")) {
			t.Errorf("%s: %.20q is no PDF", name, pdf.body)
		}
	}
	other := url.QueryEscape(passes.For("FR-100001"))
	for name, path := range map[string]string{
		"another order's pass":   "/panier/order?number=FR-100000&pass=" + other,
		"its own pass, no order": "/panier/order?number=FR-100001&pass=" + other,
		"no pass":                "/panier/order?number=FR-100000&pass=",
		"papers without a pass":  "/panier/document?number=FR-100000&document=FR-I-2026-00001",
		"papers, wrong pass":     "/panier/document?number=FR-100000&document=FR-I-2026-00001&pass=" + other,
		"another paper":          strings.Replace(byPass, "/order?", "/document?document=FR-I-2026-00002&", 1),
		"no paper":               strings.Replace(byPass, "/order?", "/document?", 1),
	} {
		if got := s.get(t, "fr", path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.StatusCode)
		}
	}
	if got := s.get(t, "de", "/warenkorb/order?number=FR-100000&pass="+passes.For("FR-100000")); got.StatusCode != http.StatusNotFound {
		t.Errorf("another market shows the order: %d", got.StatusCode)
	}
	if strings.Contains(s.log.String(), passes.For("FR-100000")) {
		t.Error("the log holds a pass")
	}
}
