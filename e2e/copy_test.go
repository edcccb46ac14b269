package e2e

import (
	"testing"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// A visitor has a cart in the French shop, finds the way to take it along on any page, and has it in the German one, with and without
// scripts. The French cart stays.
func TestCartIsTakenToAnotherShop(t *testing.T) {
	for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop, NoScript: true}} {
		t.Run(way.Name, func(t *testing.T) {
			fr, de := edition(t, "fr"), edition(t, "de")
			wine := inStock(t, fr.Market.Warehouse, 4, nil)
			v := visit(t, fr, way)
			v.opensPage(wine.page())
			v.chooses(wine.skus[0])
			v.buys()
			v.opensPage(route.Page{Kind: route.Home})
			v.clicks(v.page.Locator(".switch summary"))
			v.clicks(v.page.Locator(".switch__all p a"))
			v.must(v.expect.Locator(v.page.Locator(line(wine.skus[0]))).ToBeVisible())
			v.clicks(v.page.Locator(`.elsewhere a[href^="` + theShop(t).URL("de", "/") + `"]`))

			v.edition = de
			v.must(v.expect.Locator(v.page.Locator("form.copy button")).ToBeVisible())
			v.looksRound()
			v.badge(0)
			v.clicks(v.page.Locator("form.copy button"))
			v.has(wine.skus[0], 1)
			v.badge(1)
			v.opensPage(route.Page{Kind: route.Home})
			v.badge(1)

			v.edition = fr
			v.opensPage(route.Page{Kind: route.Cart})
			v.has(wine.skus[0], 1)
		})
	}
}
