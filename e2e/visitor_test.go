package e2e

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/market"
	"caveau/store/route"
)

// visitor is a person with a browser in one shop.
type visitor struct {
	*testing.T
	edition *market.Edition
	way     browser.Way
	page    playwright.Page
	expect  playwright.PlaywrightAssertions

	mu       sync.Mutex
	troubles []string // what the browser complained about
}

// patience is how long a visitor waits for what the page is about to show, in milliseconds: long enough for a machine that is busy with
// something else. What is there is seen at once.
const patience = 20_000

// visit opens a browser of its own in an edition. When the test ends, what the browser complained about on the way fails it.
func visit(t *testing.T, e *market.Edition, w browser.Way) *visitor {
	t.Helper()
	theShop(t)
	if w.Language == "" {
		w.Language = string(e.Locale)
	}
	page, err := theBrowser(t).Visit(w)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{T: t, edition: e, way: w, page: page, expect: playwright.NewPlaywrightAssertions(patience)}
	page.OnConsole(func(m playwright.ConsoleMessage) {
		if m.Type() == "error" || m.Type() == "warning" {
			v.complain("console: " + m.Text())
		}
	})
	page.OnPageError(func(err error) { v.complain("script: " + err.Error()) })
	page.OnRequestFailed(func(r playwright.Request) { v.complain("request failed: " + r.URL()) })
	t.Cleanup(v.leave)
	return v
}

func (v *visitor) complain(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.troubles = append(v.troubles, text)
}

// leave closes the page; what was under way ends with it, and is no trouble.
func (v *visitor) leave() {
	v.mu.Lock()
	troubles := v.troubles
	v.mu.Unlock()
	v.must(v.page.Context().Close())
	for _, trouble := range troubles {
		v.Error(trouble)
	}
}

func (v *visitor) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatalf("%s: %v", v.page.URL(), err)
	}
}

// opens types an address into the browser.
func (v *visitor) opens(path string) {
	v.Helper()
	res, err := v.page.Goto(theShop(v.T).URL(v.edition.Market.Code, path))
	v.must(err)
	if res.Status() != 200 {
		v.Fatalf("%s: %d", path, res.Status())
	}
	v.looksRound()
}

// opensPage opens a page of the URL table.
func (v *visitor) opensPage(p route.Page) {
	v.Helper()
	v.opens(path(v.T, v.edition, p))
}

// follows clicks the first visible link to a page.
func (v *visitor) follows(p route.Page) {
	v.Helper()
	v.followsPath(path(v.T, v.edition, p))
}

func (v *visitor) followsPath(to string) {
	v.Helper()
	v.clicks(v.one(fmt.Sprintf(`a[href=%q]`, to)))
	v.arrives(to)
}

// clicks waits until nothing moves or lies over an element, and clicks it.
//
// Where scripts are off it is this function that tries again, not the driver: the driver's pause between two tries is a timer in the page,
// which never ends there. A try must not wait for the page that the click opens, or a slow one would be clicked twice.
func (v *visitor) clicks(l playwright.Locator) {
	v.Helper()
	if !v.way.NoScript {
		v.must(l.Click())
		return
	}
	v.tries("click", func(limit *float64) error {
		//nolint:staticcheck // deprecated as the default to come, which the pinned driver does not have yet
		return l.Click(playwright.LocatorClickOptions{Timeout: limit, NoWaitAfter: playwright.Bool(true)})
	})
}

// tries something that may be done again, with ever more patience.
func (v *visitor) tries(what string, do func(limit *float64) error) {
	v.Helper()
	var err error
	for limit := 1000.0; limit <= 2*patience; limit *= 2 {
		if err = do(&limit); err == nil {
			return
		}
	}
	v.Fatalf("%s: %s: %v", v.page.URL(), what, err)
}

// arrives waits until the browser shows a path of this shop.
func (v *visitor) arrives(at string) {
	v.Helper()
	v.must(v.page.WaitForURL(theShop(v.T).URL(v.edition.Market.Code, at)))
	v.must(v.page.WaitForLoadState())
	v.looksRound()
}

// looksRound checks what holds on every page: it is in the shop's language, has one h1, and fits the screen.
func (v *visitor) looksRound() {
	v.Helper()
	v.must(v.expect.Locator(v.page.Locator("html")).ToHaveAttribute("lang", string(v.edition.Locale)))
	v.must(v.expect.Locator(v.page.Locator("h1")).ToHaveCount(1))
	if v.way.NoScript {
		return // the browser runs no questions either
	}
	wide, err := v.page.Evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`)
	v.must(err)
	if number(wide) > 0 {
		v.Errorf("%s is %v px wider than the %s", v.page.URL(), wide, v.way.Name)
	}
}

// number of a script's answer, which is an int or a float as it happens.
func number(answer any) float64 {
	switch n := answer.(type) {
	case int:
		return float64(n)
	case float64:
		return n
	default:
		return -1
	}
}

// one is the first visible element of a selector.
func (v *visitor) one(selector string) playwright.Locator {
	return v.page.Locator(selector).Locator("visible=true").First()
}

// sees waits for an element that is visible and holds a text.
func (v *visitor) sees(selector, text string) {
	v.Helper()
	v.must(v.expect.Locator(v.page.Locator(selector).First()).ToContainText(text))
}

// chooses picks an offer on a vintage page.
func (v *visitor) chooses(sku string) {
	v.Helper()
	v.clicks(v.page.Locator(fmt.Sprintf(`label.offer[data-sku=%q]`, sku)))
	v.must(v.expect.Locator(v.page.Locator(fmt.Sprintf(`input[type=radio][value=%q]`, sku))).ToBeChecked())
}

// buys presses the button. With scripts the page stays and says so; without them the cart opens.
func (v *visitor) buys() {
	v.Helper()
	v.clicks(v.page.Locator("form.buy .btn"))
	if v.way.NoScript {
		v.arrives(v.cartPath())
		return
	}
	v.must(v.expect.Locator(v.page.Locator(".buy__said a")).ToBeVisible())
	if n, err := v.page.Locator("form.buy").Count(); err != nil || n != 1 {
		v.Fatalf("%s: the page was left (%v)", v.page.URL(), err)
	}
}

func (v *visitor) cartPath() string { return path(v.T, v.edition, route.Page{Kind: route.Cart}) }

// opensCart follows the link at the top.
func (v *visitor) opensCart() {
	v.Helper()
	if u, err := url.Parse(v.page.URL()); err == nil && u.Path == v.cartPath() {
		return
	}
	v.clicks(v.page.Locator(fmt.Sprintf(`.tools a[href=%q]`, v.cartPath())))
	v.arrives(v.cartPath())
}

func line(sku string) string { return fmt.Sprintf(`.line[data-sku=%q]`, sku) }

// sets changes a line of the cart.
func (v *visitor) sets(sku string, quantity int) {
	v.Helper()
	v.must(v.page.Locator(line(sku) + " input[name=quantity]").Fill(fmt.Sprint(quantity)))
	v.clicks(v.page.Locator(line(sku) + " form:has(input[name=quantity]) button"))
	v.has(sku, quantity)
}

// removes takes a line out of the cart.
func (v *visitor) removes(sku string) {
	v.Helper()
	v.clicks(v.page.Locator(line(sku) + ` form[action$="/remove"] button`))
	v.must(v.expect.Locator(v.page.Locator(line(sku))).ToHaveCount(0))
}

// has waits until the server says that a line of the cart holds so many units: the attribute, as the value is what was typed.
func (v *visitor) has(sku string, quantity int) {
	v.Helper()
	v.must(v.expect.Locator(v.page.Locator(line(sku)+" input[name=quantity]")).ToHaveAttribute("value", fmt.Sprint(quantity)))
	v.must(v.page.WaitForLoadState())
}

// badge waits until the cart's badge counts so many units.
func (v *visitor) badge(n int) {
	v.Helper()
	text := fmt.Sprint(n)
	if n == 0 {
		text = ""
	}
	v.must(v.expect.Locator(v.page.Locator(".tools .badge")).ToHaveText(text))
}

// cookies are the names of the cookies that the browser holds.
func (v *visitor) cookies() string {
	v.Helper()
	all, err := v.page.Context().Cookies()
	v.must(err)
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}
