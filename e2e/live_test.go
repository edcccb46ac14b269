package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
)

// The merchant sells the last units elsewhere while a visitor looks at the page: the page says so by itself, and a reload too.
func TestStockChangesUnderTheVisitorsEyes(t *testing.T) {
	e := edition(t, "fr")
	wine := inStock(t, e.Market.Warehouse, 2, nil)
	v := visit(t, e, browser.Way{Device: browser.Phone})
	v.must(v.page.Clock().Install(playwright.ClockInstallOptions{Time: time.Now()}))
	v.opensPage(wine.page())
	for _, sku := range wine.skus {
		v.level(sku, true)
	}
	v.chooses(wine.skus[0])

	setStock(t, e, wine, wine.skus[0], 0)
	v.waitsAMinute()
	v.level(wine.skus[0], false)
	v.level(wine.skus[1], true)
	v.must(v.expect.Locator(v.page.Locator(`input[type=radio]:checked`)).ToHaveCount(0))
	v.must(v.expect.Locator(v.page.Locator("form.buy .btn")).ToBeEnabled())

	for _, sku := range wine.skus[1:] {
		setStock(t, e, wine, sku, 0)
	}
	v.waitsAMinute()
	v.must(v.expect.Locator(v.page.Locator("form.buy .btn")).ToBeDisabled())
	v.must(v.expect.Locator(v.page.Locator("live-stock [role=status]")).Not().ToBeEmpty()) // said to who does not see it

	v.reloads()
	for _, sku := range wine.skus {
		v.level(sku, false)
	}
	v.must(v.expect.Locator(v.page.Locator("form.buy .btn")).ToBeDisabled())
	v.opensPage(wine.winePage())
	row := v.page.Locator(fmt.Sprintf(`.matrix tr:has(th a[href=%q])`, path(t, e, wine.page())))
	v.must(v.expect.Locator(row.Locator(`[data-level="none"]`)).Not().ToHaveCount(0))
	v.must(v.expect.Locator(row.Locator(`[data-level]:not([data-level="none"])`)).ToHaveCount(0))

	setStock(t, e, wine, wine.skus[0], 40)
	v.opensPage(wine.page())
	v.level(wine.skus[0], true)
	v.chooses(wine.skus[0])
	v.buys()
	v.badge(1)
}

// waitsAMinute lets the page's clock run: the page reads the stock anew when it has grown old.
func (v *visitor) waitsAMinute() {
	v.Helper()
	v.must(v.page.Clock().FastForward(60_000))
}

func (v *visitor) reloads() {
	v.Helper()
	_, err := v.page.Reload()
	v.must(err)
	v.looksRound()
}

// level waits until an offer says that there is some, or none; its choice follows.
func (v *visitor) level(sku string, some bool) {
	v.Helper()
	offer := v.page.Locator(fmt.Sprintf(`label.offer[data-sku=%q]`, sku))
	radio, words := offer.Locator("input[type=radio]"), offer.Locator(".stock")
	if some {
		v.must(v.expect.Locator(words).Not().ToHaveAttribute("data-level", "none"))
		v.must(v.expect.Locator(radio).ToBeEnabled())
		return
	}
	v.must(v.expect.Locator(words).ToHaveAttribute("data-level", "none"))
	v.must(v.expect.Locator(radio).ToBeDisabled())
}

// A warehouse sells to its own markets: what leaves Bordeaux is still in Hong Kong.
func TestAMarketShowsItsOwnWarehouse(t *testing.T) {
	fr, hk := edition(t, "fr"), edition(t, "hk")
	wine := inStock(t, hk.Market.Warehouse, 1, nil)
	setStock(t, fr, wine, wine.skus[0], 0)
	says := offers(t, get(t, theShop(t).URL("hk", path(t, hk, wine.page()))))
	if says[wine.skus[0]] != "InStock" {
		t.Errorf("Hong Kong says %q of what is in its own cellar", says[wine.skus[0]])
	}
}
