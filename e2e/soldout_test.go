package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/e2e/browser"
	"caveau/store/market"
	"caveau/store/route"
)

// A vintage of which nothing is left has its page, says so to people and machines, and cannot be bought.
func TestSoldOutVintageCannotBeBought(t *testing.T) {
	for _, code := range []string{"fr", "hk"} {
		for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop, NoScript: true}} {
			t.Run(code+" "+way.Name, func(t *testing.T) {
				e := edition(t, code)
				gone := soldOut(t, e.Market.Warehouse)
				v := visit(t, e, way)
				v.opensPage(gone.page())
				for _, sku := range gone.skus {
					offer := fmt.Sprintf(`label.offer[data-sku=%q]`, sku)
					v.must(v.expect.Locator(v.page.Locator(offer+" > .stock")).ToHaveAttribute("data-level", "none"))
					v.must(v.expect.Locator(v.page.Locator(offer + " input[type=radio]")).ToBeDisabled())
					v.must(v.expect.Locator(v.page.Locator(offer + " .offer__last")).ToBeVisible())
				}
				v.must(v.expect.Locator(v.page.Locator("form.buy .btn")).ToBeDisabled())
				v.must(v.expect.Locator(v.page.Locator(".alert input[type=email]")).ToBeVisible()) // what can be done about it is in sight
				v.must(v.expect.Locator(v.page.Locator(".ribbon a").First()).ToBeVisible())        // and so are its neighbours
				says := offers(t, get(t, theShop(t).URL(code, path(t, e, gone.page()))))
				for _, sku := range gone.skus {
					if says[sku] != "OutOfStock" {
						t.Errorf("JSON-LD says %q of %s", says[sku], sku)
					}
				}
			})
		}
	}
}

// Who posts the form all the same gets the reason, and no cart.
func TestSoldOutVintageIsRefusedByTheServer(t *testing.T) {
	e := edition(t, "fr")
	gone := soldOut(t, e.Market.Warehouse)
	a := post(t, e, "", url.Values{"sku": {gone.skus[0]}, "quantity": {"1"}})
	if a.StatusCode != http.StatusConflict || len(a.Cookies()) > 0 {
		t.Errorf("%d with cookies %v", a.StatusCode, a.Cookies())
	}
	doc := a.document(t)
	if doc.Find(".line").Length() > 0 || strings.TrimSpace(doc.Find(`[role="status"]`).Text()) == "" {
		t.Error("the cart holds it, or the page does not say why not")
	}
}

// post sends a form to the cart as a page of the shop would.
func post(t *testing.T, e *market.Edition, action string, form url.Values, cookies ...*http.Cookie) answer {
	t.Helper()
	return postTo(t, e, path(t, e, route.Page{Kind: route.Cart})+action, form, cookies...)
}

func postTo(t *testing.T, e *market.Edition, to string, form url.Values, cookies ...*http.Cookie) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, theShop(t).URL(e.Market.Code, to), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range cookies {
		req.AddCookie(c)
	}
	return do(t, req)
}
