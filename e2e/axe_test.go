package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// soaking says that the long tables are asked for.
func soaking() bool { return os.Getenv("CAVEAU_SOAK") == "1" }

// devices and schemes that each page type is read on.
var ways = []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop}}

// axe finds nothing: every page type in French on a phone and on a desktop, light and dark; a set of types in every other edition, on a
// phone and light, for colours are the same in all languages. A soak reads all types in all editions in all ways.
func TestAxeFindsNothing(t *testing.T) {
	pages := kinds(t)
	few := pickKinds(pages, route.Home, route.Wine, route.Vintage, route.Landing, route.Terms)
	for _, e := range all(t) {
		which, on, schemes := few, ways[:1], bothSchemes[:1]
		if e.Market.Code == "fr" || soaking() {
			which, on, schemes = pages, ways, bothSchemes
		}
		for _, way := range on {
			t.Run(fmt.Sprintf("%s %s", e.Locale, way.Name), func(t *testing.T) {
				v := visit(t, e, way)
				for _, p := range which {
					v.opensPage(p)
					v.axe(schemes, p.String())
				}
				v.opensCartWithSomething(schemes)
				v.axe(schemes, "a cart with lines")
				v.clicks(v.page.Locator(".sum a.btn"))
				v.arrives(v.cartPath() + "/checkout")
				v.axe(schemes, "the checkout")
				if e.Market.Code == "fr" || soaking() {
					v.readsAFaultyCheckout(schemes)
					v.readsAlerts(schemes)
					v.readsSearches(schemes, inStock(t, e.Market.Warehouse, 1, nil), soldOut(t, e.Market.Warehouse))
				}
				v.opensLost()
				v.axe(schemes, "404")
			})
		}
	}
}

// readsAFaultyCheckout sends it empty, then buys, and reads both pages.
func (v *visitor) readsAFaultyCheckout(schemes []*playwright.ColorScheme) {
	v.Helper()
	v.fillsIn()
	v.must(v.page.Locator("#email").Fill("emilie@example"))
	v.sends()
	v.must(v.expect.Locator(v.page.Locator("#problems")).ToBeVisible())
	v.axe(schemes, "a faulty checkout")
	v.forgives()
	v.fillsIn()
	v.sends()
	v.sees(".checkout--placed h1", "")
	v.axe(schemes, "an order")
}

// readsAlerts asks for one, wrongly and rightly, and opens the links of the letter.
func (v *visitor) readsAlerts(schemes []*playwright.ColorScheme) {
	v.Helper()
	v.opensPage(soldOut(v.T, v.edition.Market.Warehouse).page())
	v.axe(schemes, "an open box for alerts")
	v.must(v.page.Locator(".alert input[name=below]").Fill("?"))
	reader := "axe." + strings.ReplaceAll(v.way.Name, " ", ".") + "@example.com"
	v.must(v.page.Locator(".alert input[type=email]").Fill(reader))
	v.clicks(v.page.Locator(".alert .btn"))
	v.must(v.expect.Locator(v.page.Locator("#problems")).ToBeVisible())
	v.axe(schemes, "a faulty alert")
	v.forgives()
	v.must(v.page.Locator("#below").Fill(""))
	v.clicks(v.page.Locator("main .btn"))
	v.arrives(path(v.T, v.edition, route.Page{Kind: route.Alerts}) + "/asked")
	confirm, stop := mailLinks(v.T, mailAbout(v.T, reader, ""), v.edition.Market.Code)
	for _, link := range []string{confirm, stop} {
		v.opens(link)
		v.axe(schemes, "a link of a letter about an alert")
	}
}

// pickKinds takes the first page of each kind.
func pickKinds(pages []route.Page, which ...route.Kind) []route.Page {
	var picked []route.Page
	for _, kind := range which {
		for _, p := range pages {
			if p.Kind == kind {
				picked = append(picked, p)
				break
			}
		}
	}
	return picked
}

func (v *visitor) opensCartWithSomething(schemes []*playwright.ColorScheme) {
	v.Helper()
	wine := inStock(v.T, v.edition.Market.Warehouse, 1, nil)
	v.opensPage(wine.page())
	v.clicks(v.page.Locator(".switch summary")) // the open switch is read too
	v.axe(schemes, "the open switch")
	v.clicks(v.page.Locator(".switch summary"))
	v.chooses(wine.skus[0])
	v.axe(schemes, "a vintage with a choice")
	v.buys()
	v.opensCart()
}

// opensLost opens a page that is not there. The browser notes the status as an error of the console, rightly.
func (v *visitor) opensLost() {
	v.Helper()
	_, err := v.page.Goto(theShop(v.T).URL(v.edition.Market.Code, v.edition.Prefix+"/no-such-page"))
	v.must(err)
	v.forgives()
}

// forgives what the browser has complained about so far.
func (v *visitor) forgives() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.troubles = nil
}

// finding is one of axe's.
type finding struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

var bothSchemes = []*playwright.ColorScheme{playwright.ColorSchemeLight, playwright.ColorSchemeDark}

// axe reads the page as it stands, in each scheme.
func (v *visitor) axe(schemes []*playwright.ColorScheme, what string) {
	v.Helper()
	source, err := browser.Axe()
	v.must(err)
	_, err = v.page.Evaluate(source + "; 0")
	v.must(err)
	for i, scheme := range schemes {
		v.must(v.page.EmulateMedia(playwright.PageEmulateMediaOptions{ColorScheme: scheme}))
		rules := allRules
		if i > 0 {
			rules = ofColours // another scheme is other colours of the same page
		}
		for _, f := range v.findings(rules) {
			for _, n := range f.Nodes {
				v.Errorf("%s (%s): %s: %s\n  %s\n  %s", what, *scheme, f.ID, f.Help, n.HTML, n.Summary)
			}
		}
	}
}

// What axe looks for, as options of its run.
const (
	allRules  = `{resultTypes: ["violations"]}`
	ofColours = `{resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"]}`
)

func (v *visitor) findings(rules string) []finding {
	v.Helper()
	said, err := v.page.Evaluate(`axe.run(document, ` + rules + `).then(r => JSON.stringify(r.violations))`)
	v.must(err)
	text, ok := said.(string)
	if !ok {
		v.Fatalf("axe says %v", said)
	}
	var found []finding
	v.must(json.Unmarshal([]byte(text), &found))
	return found
}

// The proof that axe is awake: a page with a fault has a finding.
func TestAxeIsAwake(t *testing.T) {
	v := visit(t, edition(t, "fr"), browser.Way{Device: browser.Phone})
	v.opensPage(route.Page{Kind: route.Home})
	_, err := v.page.Evaluate(`document.querySelector("main").insertAdjacentHTML("beforeend", "<img src='data:,'>")`)
	v.must(err)
	source, err := browser.Axe()
	v.must(err)
	_, err = v.page.Evaluate(source + "; 0")
	v.must(err)
	if found := v.findings(allRules); len(found) != 1 || found[0].ID != "image-alt" {
		t.Errorf("axe finds %+v, not the picture without words", found)
	}
}
