package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/market"
	"caveau/store/route"
)

// A stranger buys: in three markets, on a phone and on a desktop, with and without a script. What is bought is gone from the
// stock that all pages show, and the order's page stays.
func TestAStrangerBuys(t *testing.T) {
	for _, c := range []struct {
		market string
		way    browser.Way
	}{
		{"fr", browser.Way{Device: browser.Phone}},
		{"fr", browser.Way{Device: browser.Desktop, NoScript: true}},
		{"us", browser.Way{Device: browser.Phone, NoScript: true}},
		{"hk", browser.Way{Device: browser.Phone}},
	} {
		t.Run(fmt.Sprintf("%s %s script %v", c.market, c.way.Name, !c.way.NoScript), func(t *testing.T) {
			e := edition(t, c.market)
			wine := inStock(t, e.Market.Warehouse, 3, nil)
			had := stockOf(t, wine.skus[0], e.Market.Warehouse)
			v := visit(t, e, c.way)
			v.opensPage(wine.page())
			v.chooses(wine.skus[0])
			v.buys()
			v.opensCart()
			v.checksOut()
			if left := stockOf(t, wine.skus[0], e.Market.Warehouse); left != had-1 {
				t.Errorf("%d left of %d", left, had)
			}
			v.badge(0)
			v.reloads()
			v.sees("h1", strings.ToUpper(c.market)+"-")
		})
	}
}

// checksOut goes from the cart through the checkout to the order's page. Where the total hangs on a state it is shown first.
func (v *visitor) checksOut() {
	v.Helper()
	v.clicks(v.page.Locator(".sum a.btn"))
	v.arrives(v.cartPath() + "/checkout")
	if v.edition.Market.Code == "us" {
		v.fillsIn()
		v.sends()
		v.sees(".bill dl", "$")
	}
	v.fillsIn()
	v.sends()
	v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/order?") }))
	v.looksRound()
	v.sees(".bill", "")
}

// sends the form of the checkout.
func (v *visitor) sends() {
	v.Helper()
	v.clicks(v.page.Locator(".checkout__go .btn"))
	v.must(v.page.WaitForLoadState())
}

// fillsIn what the market's form asks for, and ticks its boxes.
func (v *visitor) fillsIn() {
	v.Helper()
	fields := map[string]string{"email": "emilie@example.com", "recipient": "Émilie d’Ünal", "line1": "1 rue Foy", "locality": "Bordeaux"}
	switch v.edition.Market.Code {
	case "us":
		fields["postcode"] = "10001"
		v.picks("region", "NY")
	case "hk":
		v.picks("region", "Kowloon")
	default:
		fields["postcode"] = "33000"
	}
	for name, value := range fields {
		v.tries("fill in "+name, func(limit *float64) error {
			return v.page.Locator("#"+name).Fill(value, playwright.LocatorFillOptions{Timeout: limit})
		})
	}
	if choice := v.page.Locator("#method-transfer"); v.offers(choice) {
		v.tries("choose the transfer", func(limit *float64) error { return choice.Check(playwright.LocatorCheckOptions{Timeout: limit}) })
	}
	boxes, err := v.page.Locator(".checkout__form input[type=checkbox]").All()
	v.must(err)
	for _, box := range boxes {
		v.tries("tick", func(limit *float64) error { return box.Check(playwright.LocatorCheckOptions{Timeout: limit}) })
	}
}

func (v *visitor) picks(name, value string) {
	v.Helper()
	v.tries("choose "+name, func(limit *float64) error {
		_, err := v.page.Locator("#"+name).SelectOption(playwright.SelectOptionValues{Values: &[]string{value}}, playwright.LocatorSelectOptionOptions{Timeout: limit})
		return err
	})
}

// What is wrong is said at the beginning, where the keyboard is, and leads to its field; what was entered stays.
func TestAFaultyCheckoutSaysSoAtTheTop(t *testing.T) {
	e := edition(t, "fr")
	wine := inStock(t, e.Market.Warehouse, 3, nil)
	v := visit(t, e, browser.Way{Device: browser.Phone})
	v.opensPage(wine.page())
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.clicks(v.page.Locator(".sum a.btn"))
	v.arrives(v.cartPath() + "/checkout")
	v.fillsIn()
	v.must(v.page.Locator("#postcode").Fill("SW1A 1AA"))
	v.sends()
	v.must(v.expect.Locator(v.page.Locator("#problems")).ToBeFocused())
	v.must(v.expect.Locator(v.page.Locator("#line1")).ToHaveValue("1 rue Foy"))
	v.clicks(v.page.Locator(`#problems a[href="#postcode"]`))
	v.must(v.expect.Locator(v.page.Locator("#postcode")).ToBeFocused())
	v.forgives() // the browser notes the status as an error of the console, rightly
}

// The same checkout, sent five times at once by a shopper who has no patience: one order.
func TestOneCheckoutIsOneOrder(t *testing.T) {
	e := edition(t, "de")
	wine := inStock(t, e.Market.Warehouse, 6, nil)
	had := stockOf(t, wine.skus[0], e.Market.Warehouse)
	cookie, form := checkout(t, e, wine.skus[0])
	where := make(chan string, 5)
	for range cap(where) {
		go func() {
			where <- post(t, e, "/checkout", form, cookie).Header.Get("Location")
		}()
	}
	first := <-where
	for range cap(where) - 1 {
		if next := <-where; next != first {
			t.Errorf("one leads to %q, another to %q", first, next)
		}
	}
	if !strings.Contains(first, "/order?") || !strings.Contains(first, "number=DE-") {
		t.Errorf("it leads to %q", first)
	}
	if left := stockOf(t, wine.skus[0], e.Market.Warehouse); left != had-1 {
		t.Errorf("%d left of %d", left, had)
	}
}

// checkout puts a SKU into a cart and reads the form that a page of the shop gives for it, filled in.
func checkout(t *testing.T, e *market.Edition, sku string) (cookie *http.Cookie, form url.Values) {
	t.Helper()
	added := post(t, e, "", url.Values{"sku": {sku}, "quantity": {"1"}})
	cookie = added.Cookies()[0]
	doc := get(t, theShop(t).URL(e.Market.Code, path(t, e, route.Page{Kind: route.Cart})+"/checkout"), cookie).document(t)
	form = url.Values{"email": {"emilie@example.com"}, "recipient": {"Émilie"}, "line1": {"Markt 1"}, "locality": {"Weimar"}, "postcode": {"99423"}}
	for _, hidden := range doc.Find(`.checkout__form input[type="hidden"]`).EachIter() {
		form.Set(hidden.AttrOr("name", ""), hidden.AttrOr("value", ""))
	}
	for _, box := range doc.Find(`.checkout__form input[type="checkbox"]`).EachIter() {
		form.Set(box.AttrOr("name", ""), "yes")
	}
	return cookie, form
}

// stockOf a SKU on the primary.
func stockOf(t *testing.T, sku, warehouse string) (available int) {
	t.Helper()
	if err := theShop(t).Primary.QueryRowContext(t.Context(), `SELECT available FROM stock WHERE sku = ? AND warehouse = ?`, sku, warehouse).Scan(&available); err != nil {
		t.Fatal(err)
	}
	return available
}

// offers says whether a page has something.
func (v *visitor) offers(l playwright.Locator) bool {
	v.Helper()
	n, err := l.Count()
	v.must(err)
	return n > 0
}
