package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
)

// inBarrel is a vintage that is sold en primeur from a warehouse, and nothing else of it.
func inBarrel(t *testing.T, warehouse string, n int) vintage {
	t.Helper()
	return find(t, nil, `
		SELECT w.code, v.year, GROUP_CONCAT(s.code ORDER BY s.volume, s.pack, s.id)
		FROM vintage v
		JOIN wine w ON w.id = v.wine_id
		JOIN sku s ON s.vintage_id = v.id AND s.sale_type = 'primeur' AND NOT s.withdrawn
		LEFT JOIN stock t ON t.sku = s.code AND t.warehouse = ?
		GROUP BY v.id HAVING MIN(COALESCE(t.available, 0)) >= ?
		ORDER BY MAX(w.popularity) DESC, v.id`, warehouse, n)
}

// A shopper of the French shop has wine in stock and wine in barrel sent to Germany, the one now and the other when it can leave,
// without a script: the form turns German at the press of a button, and says what is due when.
func TestAMixedCartGoesToGermany(t *testing.T) {
	e := edition(t, "fr")
	old, young := inStock(t, e.Market.Warehouse, 3, nil), inBarrel(t, e.Market.Warehouse, 3)
	for _, way := range []browser.Way{{Device: browser.Phone, NoScript: true}, {Device: browser.Desktop}} {
		t.Run(fmt.Sprintf("%s script %v", way.Name, !way.NoScript), func(t *testing.T) {
			v := visit(t, e, way)
			for _, wine := range []vintage{old, young} {
				v.opensPage(wine.page())
				v.chooses(wine.skus[0])
				v.buys()
			}
			v.opensCart()
			v.clicks(v.page.Locator(".sum a.btn"))
			v.arrives(v.cartPath() + "/checkout")
			v.fillsIn()
			v.picks("country", "DE")
			if way.NoScript {
				v.clicks(v.page.Locator(`button[name=change][value=country]`))
			}
			v.must(v.expect.Locator(v.page.Locator(`#country option[value=DE][selected]`)).ToHaveCount(1))
			v.must(v.expect.Locator(v.page.Locator("#recipient")).ToHaveValue("Émilie d’Ünal"))
			v.must(v.expect.Locator(v.page.Locator(".schedule li")).ToHaveCount(2))
			v.must(v.expect.Locator(v.page.Locator("#parcels-split")).ToBeChecked())
			v.sees(".schedule", "environ")
			for name, value := range map[string]string{"postcode": "99423", "locality": "Weimar"} {
				v.tries("fill in "+name, func(limit *float64) error {
					return v.page.Locator("#"+name).Fill(value, playwright.LocatorFillOptions{Timeout: limit})
				})
			}
			v.sends()
			v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/order?") }))
			v.looksRound()
			v.sees("address", "99423 Weimar")
			v.sees(".schedule", "environ")
			v.must(v.expect.Locator(v.page.Locator(".schedule li")).ToHaveCount(2))
		})
	}
}

// While a wine lies in the cart its price rises: the cart says from what to what, and a button accepts it.
func TestACartSaysThatAPriceRose(t *testing.T) {
	e := edition(t, "fr")
	wine := inStock(t, e.Market.Warehouse, 3, nil)
	v := visit(t, e, browser.Way{Device: browser.Phone, NoScript: true})
	v.opensPage(wine.page())
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.must(v.expect.Locator(v.page.Locator(".news")).ToHaveCount(0))
	raise(t, wine.skus[0], e.Market.Code)
	deadline := time.Now().Add(20 * time.Second)
	for shown := 0; shown == 0; {
		v.reloads()
		n, err := v.page.Locator(".news").Count()
		v.must(err)
		if shown = n; time.Now().After(deadline) {
			t.Fatal("the price rose, and the cart says nothing of it")
		}
	}
	v.sees(".news", "prix en hausse")
	v.clicks(v.page.Locator(".news button"))
	v.must(v.expect.Locator(v.page.Locator(".news")).ToHaveCount(0))
	v.has(wine.skus[0], 1)
}

// raise the price of a SKU by a hundred, as the merchant's staff do: one row more.
func raise(t *testing.T, sku, market string) {
	t.Helper()
	_, err := theShop(t).Primary.ExecContext(t.Context(), `INSERT INTO price (sku_id, market, minor, valid_from)
		SELECT p.sku_id, p.market, p.minor + 10000, UTC_TIMESTAMP(6) FROM price p JOIN sku s ON s.id = p.sku_id
		WHERE s.code = ? AND p.market = ? ORDER BY p.valid_from DESC LIMIT 1`, sku, market)
	if err != nil {
		t.Fatal(err)
	}
}
