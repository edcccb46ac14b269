package e2e

import (
	"net/url"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// A stranger buys and withdraws one line again, as a guest, without a script, from the foot of a page: two steps, a receipt, a letter
// that goes with it, and the staff that settles it. axe reads both steps and the receipt.
func TestAGuestWithdraws(t *testing.T) {
	e := edition(t, "fr")
	wine := inStock(t, e.Market.Warehouse, 3, nil)
	v := visit(t, e, browser.Way{Device: browser.Phone, NoScript: true})
	v.opensPage(wine.page())
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.checksOut()
	opened, err := url.Parse(v.page.URL())
	v.must(err)
	number := opened.Query().Get("number")

	v.opensPage(route.Page{Kind: route.Home})
	v.clicks(v.page.Locator(".foot__withdraw"))
	v.arrives(path(t, e, route.Page{Kind: route.Withdrawal}))
	v.looksRound()
	for name, value := range map[string]string{"name": "Émilie d’Ünal", "number": number, "email": "Emilie@Example.com"} {
		v.tries("fill in "+name, func(limit *float64) error {
			return v.page.Locator("#"+name).Fill(value, playwright.LocatorFillOptions{Timeout: limit})
		})
	}
	v.clicks(v.page.Locator(".withdrawal__form .btn"))
	v.must(v.page.WaitForLoadState())
	v.sees(".withdrawal__lines", "")
	v.must(v.expect.Locator(v.page.Locator(".withdrawal__form .btn")).ToHaveText("Confirmer la rétractation"))
	v.looksRound()
	v.clicks(v.page.Locator(".withdrawal__form .btn"))
	v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/receipt?key=") }))
	v.sees("main", number)
	v.looksRound()
	receipt := v.page.URL()

	if mail := mailAbout(t, "Emilie@Example.com", "rétractation"); !strings.Contains(mail.Text(), number) {
		t.Errorf("the receipt says %s", mail.Text())
	}
	_, key, _ := strings.Cut(receipt, "?key=")
	said, err := staff(t, "withdrawals")
	if err != nil || !strings.Contains(said, number) || strings.Contains(said, key) {
		t.Errorf("the staff is shown: %v\n%s", err, said)
	}
	had := stockOf(t, wine.skus[0], e.Market.Warehouse)
	if said, err := staff(t, "withdrawn", number, "--note", "as asked"); err != nil || !strings.Contains(said, "is cancelled") {
		t.Errorf("the staff settles: %v\n%s", err, said)
	}
	if left := stockOf(t, wine.skus[0], e.Market.Warehouse); left != had+1 {
		t.Errorf("%d left of %d and the one that came free", left, had)
	}
	if said, err := staff(t, "show", number); err != nil || !strings.Contains(said, "settled") || !strings.Contains(said, "staff:marie") {
		t.Errorf("show: %v\n%s", err, said)
	}
}

// axe finds nothing on either step, nor on one with faults, nor on the receipt.
func TestAxeFindsNothingOnAWithdrawal(t *testing.T) {
	for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop}} {
		e := edition(t, "fr")
		v := visit(t, e, way)
		v.opensPage(route.Page{Kind: route.Withdrawal})
		v.axe(bothSchemes, "the first step")
		for name, value := range map[string]string{"name": "Eve", "number": "celle de mardi", "email": "eve@example"} {
			v.must(v.page.Locator("#" + name).Fill(value))
		}
		v.clicks(v.page.Locator(".withdrawal__form .btn"))
		v.must(v.expect.Locator(v.page.Locator("#problems")).ToBeFocused())
		v.axe(bothSchemes, "a faulty first step")
		v.forgives() // the browser notes the status as an error of the console, rightly
		v.must(v.page.Locator("#email").Fill("eve@example.com"))
		v.clicks(v.page.Locator(".withdrawal__form .btn"))
		v.must(v.expect.Locator(v.page.Locator("textarea")).ToBeVisible())
		v.axe(bothSchemes, "the second step, in words")
		v.clicks(v.page.Locator(".withdrawal__form .btn"))
		v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/receipt?key=") }))
		v.axe(bothSchemes, "the receipt")
		v.readsTheLinesOfAnOrder()
	}
}

// readsTheLinesOfAnOrder buys, and comes to both steps by the link of the order's page.
func (v *visitor) readsTheLinesOfAnOrder() {
	v.Helper()
	wine := inStock(v.T, v.edition.Market.Warehouse, 2, nil)
	v.opensPage(wine.page())
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.checksOut()
	v.clicks(v.page.Locator(".checkout__leave a"))
	v.must(v.expect.Locator(v.page.Locator("#email")).ToHaveValue("emilie@example.com"))
	v.axe(bothSchemes, "the first step, filled in")
	v.clicks(v.page.Locator(".withdrawal__form .btn"))
	v.must(v.expect.Locator(v.page.Locator("#units-1")).ToHaveValue("1"))
	v.axe(bothSchemes, "the second step, with lines")
	v.looksRound()
}
