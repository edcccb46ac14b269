package e2e

import (
	"fmt"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/market"
)

// The switch leads to the same page in another shop or language, with and without scripts.
func TestSwitchKeepsThePage(t *testing.T) {
	wine := inStock(t, "bordeaux", 1, nil)
	for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop, NoScript: true}} {
		for _, to := range []*market.Edition{
			edition(t, "de"), edition(t, "be", "nl-BE"), edition(t, "ch", "fr-CH"), edition(t, "hk", "zh-Hant-HK"), edition(t, "hk", "en-HK"),
		} {
			t.Run(fmt.Sprintf("%s to %s", way.Name, to.Locale), func(t *testing.T) {
				v := visit(t, edition(t, "fr"), way)
				v.opensPage(wine.page())
				v.switches(to, path(t, to, wine.page()))
				v.sees("h1 .year", fmt.Sprint(wine.year))
				v.sees(".switch summary", currency(to))
				v.switches(edition(t, "fr"), path(t, edition(t, "fr"), wine.page()))
			})
		}
	}
}

// switches opens the switch at the top and goes to another edition.
func (v *visitor) switches(to *market.Edition, path string) {
	v.Helper()
	url := theShop(v.T).URL(to.Market.Code, path)
	v.clicks(v.page.Locator(".switch summary"))
	v.clicks(v.page.Locator(fmt.Sprintf(`.switch__all a[href=%q]`, url)))
	v.edition = to
	v.arrives(path)
}

// currency as the switch names it: symbol or code.
func currency(e *market.Edition) string {
	return map[string]string{"EUR": "€", "CHF": "CHF", "HKD": "HK$"}[string(e.Market.Currency)]
}

// A visitor whose time zone says Germany is told so in the French shop, is led nowhere, and may stay.
func TestHintOffersTheShopOfTheCountry(t *testing.T) {
	v := visit(t, edition(t, "fr"), browser.Way{Device: browser.Phone, Language: "de-DE", TimeZone: "Europe/Berlin"})
	wine := inStock(t, "bordeaux", 1, nil)
	v.opensPage(wine.page())
	link := v.page.Locator("market-hint a")
	v.must(v.expect.Locator(link).ToBeVisible())
	v.must(v.expect.Locator(link).ToHaveAttribute("href", theShop(t).URL("de", path(t, edition(t, "de"), wine.page()))))
	v.clicks(v.page.Locator("market-hint button"))
	v.must(v.expect.Locator(link).ToBeHidden())
	_, err := v.page.Reload(playwright.PageReloadOptions{WaitUntil: playwright.WaitUntilStateLoad})
	v.must(err)
	v.must(v.expect.Locator(link).ToBeHidden())
	if had := v.cookies(); had != "" {
		t.Errorf("staying left cookies: %s", had)
	}
}
