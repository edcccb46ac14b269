package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// A visitor of the French shop has wine delivered to Germany: the choice leads back to the page, prices become those at the door,
// their parts open, the list and the cart say the same, and one button leads back to the list prices. With and without scripts.
func TestPricesAtTheDoor(t *testing.T) {
	for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop, NoScript: true}} {
		t.Run(way.Name, func(t *testing.T) {
			e := edition(t, "fr")
			wine := inStock(t, e.Market.Warehouse, 2, nil)
			page := path(t, e, wine.page())
			v := visit(t, e, way)
			v.opensPage(wine.page())
			sku := wine.skus[0]
			list := v.price(sku)
			v.choosesDestination("DE", page)
			v.sees(".place--set", "Livraison : Allemagne")
			door := v.price(sku)
			if door == list {
				t.Errorf("the price is still %s", list)
			}
			v.clicks(v.page.Locator("details.made summary").First())
			v.must(v.expect.Locator(v.page.Locator("details.made .made__sum").First()).ToBeVisible())
			v.sees("details.made .made__sum", "TVA")
			v.sees("details.made tfoot td", strings.Fields(door)[0])
			v.followsPath(path(t, e, wine.winePage()))
			v.sees(".place--set", "Allemagne")
			v.opensPage(wine.page())
			v.chooses(sku)
			v.buys()
			v.opensCart()
			v.sees(".sum", "Livraison (Allemagne)")
			v.opensPage(wine.page())
			v.clicks(v.page.Locator(".place--set button"))
			v.arrives(page)
			v.sees(".place", "Livraison : France")
			if got := v.price(sku); got != list {
				t.Errorf("back at the list prices: %s, was %s", got, list)
			}
		})
	}
}

// Where nothing goes, the page says so before the cart, and offers the ways out. Axe reads such a page and a form with a fault.
func TestNoWayToTheDoor(t *testing.T) {
	e := edition(t, "us")
	wine := inStock(t, e.Market.Warehouse, 1, nil)
	page := path(t, e, wine.page())
	v := visit(t, e, browser.Way{Device: browser.Phone})
	v.opensPage(wine.page())
	v.clicks(v.page.Locator(".place a"))
	v.arrives(path(t, e, route.Page{Kind: route.Destination}))
	v.clicks(v.page.Locator(".destination__go .btn")) // no state
	v.must(v.expect.Locator(v.page.Locator("#problems")).ToBeFocused())
	v.axe(bothSchemes, "a choice without a state")
	v.forgives()
	v.selects("#state", "UT")
	v.clicks(v.page.Locator(".destination__go .btn"))
	v.arrives(page)
	v.sees(".blocked", "Utah")
	v.must(v.expect.Locator(v.page.Locator("form.buy")).ToHaveCount(0))
	v.axe(bothSchemes, "a page that nothing is delivered from")
	v.clicks(v.page.Locator(fmt.Sprintf(`.blocked a[href=%q]`, path(t, e, route.Page{Kind: route.Destination}))))
	v.selects("#state", "NY")
	v.clicks(v.page.Locator(".destination__go .btn"))
	v.arrives(page)
	v.sees(".place--set", "New York")
	v.clicks(v.page.Locator("details.made summary").First())
	v.axe(bothSchemes, "prices at the door")
}

// price of an offer, as it stands on the page.
func (v *visitor) price(sku string) string {
	v.Helper()
	text, err := v.page.Locator(fmt.Sprintf(`.offer[data-sku=%q] .offer__p b`, sku)).TextContent()
	v.must(err)
	return text
}

// choosesDestination follows the link at the top and comes back to a page.
func (v *visitor) choosesDestination(country, back string) {
	v.Helper()
	v.clicks(v.page.Locator(".place a"))
	v.arrives(path(v.T, v.edition, route.Page{Kind: route.Destination}))
	v.selects("#country", country)
	v.clicks(v.page.Locator(".destination__go .btn"))
	v.arrives(back)
}

// selects an option by its value.
func (v *visitor) selects(selector, value string) {
	v.Helper()
	v.tries("select", func(limit *float64) error {
		_, err := v.page.Locator(selector).SelectOption(playwright.SelectOptionValues{Values: &[]string{value}}, playwright.LocatorSelectOptionOptions{Timeout: limit})
		return err
	})
}
