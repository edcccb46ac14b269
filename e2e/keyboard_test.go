package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// A purchase with nothing but Tab, Enter, Space and the arrows, from the front to the confirmation. Wherever the keyboard is, it is seen.
func TestAPurchaseByKeyboardAlone(t *testing.T) {
	for market, device := range map[string]browser.Device{"fr": browser.Phone, "hk": browser.Desktop} {
		t.Run(market, func(t *testing.T) {
			e := edition(t, market)
			k := keyboard{visit(t, e, browser.Way{Device: device})}
			k.opensPage(route.Page{Kind: route.Home})
			k.presses("Tab")
			k.at(".skip")
			k.presses("Enter")
			k.reaches(".shelf .row a")
			k.enters()
			k.reaches("form.buy input[type=radio]")
			k.presses("Space")
			k.must(k.expect.Locator(k.page.Locator("form.buy input[type=radio]:checked")).ToHaveCount(1))
			k.reaches("form.buy .btn")
			k.presses("Enter")
			k.must(k.expect.Locator(k.page.Locator(".buy__said a")).ToBeVisible())
			k.reaches(".buy__said a")
			k.enters()
			k.reaches(".line input[name=quantity]")
			k.reaches(".sum a.btn")
			k.enters()
			k.fillsTheForm()
			k.reaches(".checkout__go .btn")
			k.presses("Enter")
			k.must(k.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/order?") }))
			k.looksRound()
			k.sees("h1", strings.ToUpper(market)+"-")
		})
	}
}

// keyboard is a visitor without a mouse.
type keyboard struct{ *visitor }

func (k keyboard) presses(key string) {
	k.Helper()
	k.must(k.page.Keyboard().Press(key))
}

// at says whether the keyboard is at an element; it fails where it is nowhere, or where nobody can see that.
func (k keyboard) at(selector string) bool {
	k.Helper()
	found, err := k.page.Evaluate(`selector => {
		const at = document.activeElement;
		if (!at || at === document.body) return "nowhere";
		const seen = [at, at.closest("label"), at.closest("form")].some((e) => e && getComputedStyle(e).outlineStyle !== "none");
		if (!seen) return "unseen: " + at.outerHTML.slice(0, 200);
		return at.matches(selector) ? "there" : "elsewhere";
	}`, selector)
	k.must(err)
	where := fmt.Sprint(found)
	if strings.HasPrefix(where, "unseen") {
		k.Errorf("%s: the keyboard is %s", k.page.URL(), where)
	}
	return where == "there"
}

// steps is how often Tab is pressed before an element counts as out of reach: the front has a link for each year.
const steps = 400

// reaches an element by Tab.
func (k keyboard) reaches(selector string) {
	k.Helper()
	for range steps {
		k.presses("Tab")
		if k.at(selector) {
			return
		}
	}
	k.Fatalf("%s: %s is not reached by Tab", k.page.URL(), selector)
}

// enters follows a link by Enter, and waits until its page is there.
func (k keyboard) enters() {
	k.Helper()
	from := k.page.URL()
	k.presses("Enter")
	k.must(k.page.WaitForURL(func(at string) bool { return at != from }))
	k.must(k.page.WaitForLoadState())
	k.looksRound()
}

// fillsTheForm of the checkout, in the order in which Tab comes to its fields.
func (k keyboard) fillsTheForm() {
	k.Helper()
	typed := []struct{ field, text string }{
		{"email", "emilie@example.com"}, {"recipient", "Émilie d’Ünal"}, {"line1", "1 rue Foy"}, {"postcode", "33000"}, {"locality", "Bordeaux"},
	}
	if k.edition.Market.Code == "hk" {
		typed = append(typed[:3:3], struct{ field, text string }{"locality", "Tsim Sha Tsui"})
	}
	for _, f := range typed {
		k.reaches("#" + f.field)
		k.must(k.page.Keyboard().Type(f.text))
	}
	if k.edition.Market.Code == "hk" {
		k.reaches("#region")
		k.chooses("#region", "Kowloon")
	}
	if method := k.page.Locator("#method-transfer"); k.offers(method) {
		k.reaches("input[name=method]")
		k.presses("ArrowDown")
		k.must(k.expect.Locator(method).ToBeChecked())
	}
	boxes, err := k.page.Locator(".checkout__form input[type=checkbox]").Count()
	k.must(err)
	for range boxes {
		k.reaches(".checkout__form input[type=checkbox]")
		k.presses("Space")
	}
	k.must(k.expect.Locator(k.page.Locator(".checkout__form input[type=checkbox]:checked")).ToHaveCount(boxes))
}

// chooses an option with the arrows.
func (k keyboard) chooses(selector, value string) {
	k.Helper()
	for range 10 {
		k.presses("ArrowDown")
		now, err := k.page.Locator(selector).InputValue(playwright.LocatorInputValueOptions{})
		k.must(err)
		if now == value {
			return
		}
	}
	k.Fatalf("%s: %s has no %s", k.page.URL(), selector, value)
}
