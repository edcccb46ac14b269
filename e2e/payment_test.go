package e2e

import (
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
)

// A shopper pays by card at the provider's page, with and without scripts: the card is declined first, they go back and look,
// pay, and the order is paid.
func TestAShopperPaysByCard(t *testing.T) {
	for name, way := range map[string]browser.Way{
		"phone without scripts": {Device: browser.Phone, NoScript: true}, "desktop": {Device: browser.Desktop},
	} {
		t.Run(name, func(t *testing.T) {
			v := atTheProvider(t, "fr", way)
			v.sees("h1", "Commande FR-")
			v.presses("fail")
			v.sees("[role=alert]", "La carte a été refusée")
			v.presses("back")
			v.atTheOrder()
			v.sees(".pay", "Vous avez quitté la page de paiement sans payer")
			v.leavesBy(v.page.Locator(`.pay button[value="pay"]`))
			v.atTheProvider()
			v.presses("pay")
			v.atTheOrder()
			v.sees(".lead[role=status]", "Payée")
			v.looksRound()
		})
	}
}

// The message to the shop is late: the page waits, and shows the payment by itself.
func TestALateConfirmationIsWaitedFor(t *testing.T) {
	for name, way := range map[string]browser.Way{
		"without scripts": {Device: browser.Phone, NoScript: true}, "with a script": {Device: browser.Phone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := atTheProvider(t, "de", way)
			v.tries("choose a late message", func(limit *float64) error {
				_, err := v.page.Locator("select").SelectOption(playwright.SelectOptionValues{Values: &[]string{"late"}}, playwright.LocatorSelectOptionOptions{Timeout: limit})
				return err
			})
			v.presses("pay")
			v.atTheOrder()
			v.sees(".pay", "Wir warten auf die Bestätigung Ihrer Bank")
			v.must(v.expect.Locator(v.page.Locator(".lead[role=status]")).ToContainText("Bezahlt", playwright.LocatorAssertionsToContainTextOptions{Timeout: playwright.Float(60_000)}))
		})
	}
}

// Given up, the bottle is for sale again at once, and the provider's page takes no money any more.
func TestAShopperGivesUp(t *testing.T) {
	e := edition(t, "fr")
	v := visit(t, e, browser.Way{Device: browser.Phone, NoScript: true})
	wine := inStock(t, e.Market.Warehouse, 3, nil)
	had := stockOf(t, wine.skus[0], e.Market.Warehouse)
	v.ordersByCard(wine)
	page := v.page.URL()
	v.presses("back")
	v.atTheOrder()
	if left := stockOf(t, wine.skus[0], e.Market.Warehouse); left != had-1 {
		t.Errorf("%d left of %d while the shopper thinks it over", left, had)
	}
	v.clicks(v.page.Locator(`.pay button[value="giveup"]`))
	v.sees(".lead[role=status]", "Annulée")
	if left := stockOf(t, wine.skus[0], e.Market.Warehouse); left != had {
		t.Errorf("%d left of %d after it was given up", left, had)
	}
	v.waitsUntilClosed(page)
}

// By transfer instead: the order's page has what a bank wants to know.
func TestAShopperPaysByTransferInstead(t *testing.T) {
	v := atTheProvider(t, "hk", browser.Way{Device: browser.Phone})
	v.presses("back")
	v.atTheOrder()
	v.clicks(v.page.Locator(`.pay button[value="transfer"]`))
	v.sees(".proforma", "HK-")
	v.looksRound()
	v.axe(bothSchemes, "a pro forma")
}

// atTheProvider is a shopper who has ordered and stands before the provider's page.
func atTheProvider(t *testing.T, market string, way browser.Way) *visitor {
	t.Helper()
	e := edition(t, market)
	v := visit(t, e, way)
	v.ordersByCard(inStock(t, e.Market.Warehouse, 3, nil))
	return v
}

// ordersByCard from a wine's page to the provider's.
func (v *visitor) ordersByCard(wine vintage) {
	v.Helper()
	v.opensPage(wine.page())
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.clicks(v.page.Locator(".sum a.btn"))
	v.arrives(v.cartPath() + "/checkout")
	v.fillsIn()
	v.tries("choose the card", func(limit *float64) error {
		return v.page.Locator("#method-redirect").Check(playwright.LocatorCheckOptions{Timeout: limit})
	})
	v.sends()
	v.atTheProvider()
}

func (v *visitor) atTheProvider() {
	v.Helper()
	v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/c/pay/") }))
}

func (v *visitor) atTheOrder() {
	v.Helper()
	v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/order?") }))
}

// presses a button of the provider's page.
func (v *visitor) presses(do string) {
	v.Helper()
	v.leavesBy(v.page.Locator(`button[value="` + do + `"]`))
}

// leavesBy clicks what leads to another host. The driver may lose sight of such a click; then the address tells that it was made, and a
// button of the same name on the next page is left alone.
func (v *visitor) leavesBy(l playwright.Locator) {
	v.Helper()
	before := v.page.URL()
	v.tries("leave", func(limit *float64) error {
		if v.page.URL() != before {
			return nil
		}
		//nolint:staticcheck // deprecated as the default to come, which the pinned driver does not have yet
		return l.Click(playwright.LocatorClickOptions{Timeout: limit, NoWaitAfter: playwright.Bool(true)})
	})
}

// waitsUntilClosed looks at the provider's page until it takes no money.
func (v *visitor) waitsUntilClosed(page string) {
	v.Helper()
	for range 30 {
		if _, err := v.page.Goto(page); err != nil {
			v.Fatal(err)
		}
		gone, err := v.page.Locator(`button[value="pay"]`).Count()
		v.must(err)
		if gone == 0 {
			return
		}
		v.must(v.page.WaitForLoadState(playwright.PageWaitForLoadStateOptions{State: playwright.LoadStateNetworkidle}))
	}
	v.Error("the provider's page still takes money")
}
