package e2e

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// Somebody looks for a wine on a phone, takes back what was understood, narrows what was found, and buys. With scripts the box suggests,
// and the keyboard walks through it.
func TestFindingAWineAndBuyingIt(t *testing.T) {
	for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Phone, NoScript: true}} {
		name := way.Name
		if way.NoScript {
			name += " without scripts"
		}
		t.Run(name, func(t *testing.T) {
			e := edition(t, "fr")
			wine := inStock(t, e.Market.Warehouse, 2, func(v vintage) bool { return alsoInBarrel(t, v) })
			words := strings.ReplaceAll(wine.page().Code, "-", " ")
			v := visit(t, e, way)
			v.opensPage(route.Page{Kind: route.Home})
			v.searches(words + " magnum")
			v.sees(".search .chips", "magnum")
			v.clicks(v.page.Locator(`.search .chips button[aria-label="Retirer magnum"]`))
			v.finds("q=" + url.QueryEscape(words))
			v.clicks(v.page.Locator(".facets > summary"))
			v.must(v.page.Locator(`.facets input[name="sale"][value="stock"]`).Press("Space")) // the bar with the button may lie over it
			v.clicks(v.page.Locator(".facets__go .btn"))
			v.finds("q=" + url.QueryEscape(words) + "&sale=stock")
			v.sees(".finder__head .chips", "En stock")
			v.followsPath(path(t, e, wine.page()))
			v.chooses(wine.skus[0])
			v.buys()
			v.opensCart()
			v.has(wine.skus[0], 1)
		})
	}
}

// alsoInBarrel says that the wine is sold en primeur too: then what is in stock is a choice.
func alsoInBarrel(t *testing.T, v vintage) (is bool) {
	t.Helper()
	err := theShop(t).Primary.QueryRowContext(t.Context(), `SELECT EXISTS (
		SELECT 1 FROM sku s JOIN vintage v ON v.id = s.vintage_id JOIN wine w ON w.id = v.wine_id
		WHERE w.code = ? AND s.sale_type = 'primeur' AND NOT s.withdrawn)`, v.wine).Scan(&is)
	if err != nil {
		t.Fatal(err)
	}
	return is
}

// searches by the box at the top of every page. With scripts a row of what it suggests is reached and left by the keyboard first.
func (v *visitor) searches(query string) {
	v.Helper()
	box := v.page.Locator(".find input")
	v.must(box.Fill(query))
	if v.way.NoScript {
		v.clicks(v.page.Locator(".find button"))
		v.finds("q=" + url.QueryEscape(query))
		return
	}
	v.must(v.expect.Locator(v.page.Locator("#found [role=option]").First()).ToBeVisible())
	v.must(box.Press("ArrowDown"))
	v.must(v.expect.Locator(v.page.Locator(`#found [aria-selected="true"]`)).ToHaveCount(1))
	v.must(v.expect.Locator(box).ToHaveAttribute("aria-activedescendant", "found-0"))
	v.must(box.Press("Escape"))
	v.must(v.expect.Locator(box).ToHaveAttribute("aria-expanded", "false"))
	v.must(box.Press("Enter"))
	v.finds("q=" + url.QueryEscape(query))
}

// finds waits for the search page of a selection.
func (v *visitor) finds(query string) {
	v.Helper()
	at := path(v.T, v.edition, route.Page{Kind: route.Search}) + "?" + query
	v.must(v.page.WaitForURL(regexp.MustCompile(regexp.QuoteMeta(at) + "$")))
	v.must(v.page.WaitForLoadState())
	v.looksRound()
}

// readsSearches opens what a search can come to: a narrowed list with its sheet open, an empty one, and a comparison.
func (v *visitor) readsSearches(schemes []*playwright.ColorScheme, wines ...vintage) {
	v.Helper()
	v.opens(path(v.T, v.edition, route.Page{Kind: route.Search}) + "?colour=red&sale=stock")
	if v.way.Touch {
		v.clicks(v.page.Locator(".facets > summary"))
	}
	v.axe(schemes, "a narrowed list")
	compare := url.Values{}
	for _, w := range wines {
		compare.Add("v", w.page().Code+"."+route.YearSlug(w.page().Year))
	}
	v.opens(path(v.T, v.edition, route.Page{Kind: route.Compare}) + "?" + compare.Encode())
	v.axe(schemes, "a comparison")
}
