package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// A customer, without a script: registers, opens the link of the letter, buys, finds the order again, and logs out. axe reads each
// page on the way, on a phone, light and dark.
func TestACustomerHasAnAccount(t *testing.T) {
	e := edition(t, "fr")
	v := visit(t, e, browser.Way{Device: browser.Phone, NoScript: true})
	reader := visit(t, e, browser.Way{Device: browser.Phone})
	account := path(t, e, route.Page{Kind: route.Account})
	email := fmt.Sprintf("anne.%d@example.com", time.Now().UnixNano())
	const password = "neuf caisses de margaux"

	v.opens(account + "/register")
	v.types(map[string]string{"name": "Émilie d’Ünal", "email": email, "password": password})
	v.submits()
	v.sees(".say--good", email)
	v.opens(letterLink(t, email))
	v.types(map[string]string{"password": password})
	v.submits()
	v.arrives(account)
	v.sees("main", email)

	wine := inStock(t, e.Market.Warehouse, 3, nil)
	v.opensPage(wine.page())
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.checksOut()
	v.opens(account + "/orders")
	v.clicks(v.page.Locator(".account__rows a").First())
	v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/order?number=") }))
	v.sees("h1", "FR-")

	reader.opens(account + "/login")
	reader.axe(bothSchemes, "log in")
	reader.types(map[string]string{"email": email, "password": "un autre"})
	reader.submits()
	reader.must(reader.expect.Locator(reader.page.Locator("#problems")).ToBeFocused())
	reader.axe(bothSchemes, "a log-in that failed")
	reader.forgives()
	reader.types(map[string]string{"email": email, "password": password})
	reader.submits()
	reader.arrives(account)
	for _, name := range []string{"", "/orders", "/addresses", "/details", "/data", "/erase", "/register", "/reset", "/confirm?token=x", "/new?token=x"} {
		reader.opens(account + name)
		reader.axe(bothSchemes, "account"+name)
	}

	v.opens(account)
	v.clicks(v.page.Locator(fmt.Sprintf(`form[action="%s/logout"] button`, account)))
	v.arrives(path(t, e, route.Page{Kind: route.Home}))
	_, err := v.page.Goto(theShop(t).URL("fr", account))
	v.must(err)
	v.arrives(account + "/login")
}

// types into fields.
func (v *visitor) types(fields map[string]string) {
	v.Helper()
	for name, value := range fields {
		v.tries("fill in "+name, func(limit *float64) error {
			return v.page.Locator("#"+name).Fill(value, playwright.LocatorFillOptions{Timeout: limit})
		})
	}
}

// submits the first form of an account's page.
func (v *visitor) submits() {
	v.Helper()
	v.clicks(v.page.Locator(".account__form .btn").First())
	v.must(v.page.WaitForLoadState())
}

// letterLink is where the newest mail to an address leads.
func letterLink(t *testing.T, email string) string {
	t.Helper()
	link, _ := mailLinks(t, mailAbout(t, email, ""), "fr")
	return link
}
