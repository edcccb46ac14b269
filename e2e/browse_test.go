package e2e

import (
	"strings"
	"testing"

	"caveau/e2e/browser"
	"caveau/store/market"
	"caveau/store/route"
)

// A visitor comes to the front of the shop, goes by the year to a place, to a vintage, to its wine and back, and fills a cart.
func TestBrowseAndFillACart(t *testing.T) {
	for _, code := range []string{"fr", "de", "hk"} {
		for _, way := range []browser.Way{
			{Device: browser.Phone}, {Device: browser.Desktop}, {Device: browser.Phone, NoScript: true}, {Device: browser.Desktop, NoScript: true},
		} {
			name := code + " " + way.Name
			if way.NoScript {
				name += " without script"
			}
			t.Run(name, func(t *testing.T) {
				e := edition(t, code)
				var place route.Page
				wine := inStock(t, e.Market.Warehouse, 4, func(v vintage) (fits bool) {
					place, fits = linked(t, e, v)
					return fits
				})
				browseAndBuy(visit(t, e, way), wine, place)
			})
		}
	}
}

// linked names the place by which links lead from the front of the shop to a vintage.
func linked(t *testing.T, e *market.Edition, v vintage) (place route.Page, ok bool) {
	t.Helper()
	home, year := bodyOf(t, e, route.Page{Kind: route.Home}), bodyOf(t, e, v.yearPage())
	if !leadsTo(t, e, home, v.yearPage()) {
		return place, false
	}
	for _, place := range v.placePages(t) {
		if leadsTo(t, e, year, place) && leadsTo(t, e, bodyOf(t, e, place), v.page()) {
			return place, true
		}
	}
	return place, false
}

// bodies of pages that were looked through for links; links don't change while the stories run.
var bodies = map[string]string{}

func bodyOf(t *testing.T, e *market.Edition, p route.Page) string {
	t.Helper()
	url := theShop(t).URL(e.Market.Code, path(t, e, p))
	if bodies[url] == "" {
		bodies[url] = get(t, url).body
	}
	return bodies[url]
}

func leadsTo(t *testing.T, e *market.Edition, body string, to route.Page) bool {
	t.Helper()
	return strings.Contains(body, `href="`+path(t, e, to)+`"`)
}

func browseAndBuy(v *visitor, wine vintage, place route.Page) {
	v.opensPage(route.Page{Kind: route.Home})
	v.follows(wine.yearPage())
	v.follows(place)
	v.follows(wine.page())
	v.follows(wine.winePage())
	v.sees(".matrix", "")
	v.follows(wine.page())
	v.badge(0)
	if had := v.cookies(); had != "" {
		v.Errorf("looking round left cookies: %s", had)
	}
	one, other := wine.skus[0], wine.skus[1]
	v.chooses(one)
	v.buys()
	v.badge(1)
	if had := v.cookies(); had != "__Host-cart" {
		v.Errorf("the first add left cookies %q", had)
	}
	v.opensPage(wine.page())
	v.chooses(other)
	v.must(v.page.Locator("form.buy input[name=quantity]").Fill("2"))
	v.buys()
	v.badge(3)
	v.opensCart()
	v.has(one, 1)
	v.has(other, 2)
	v.sets(one, 3)
	v.badge(5)
	v.removes(other)
	v.badge(3)
	v.opensPage(route.Page{Kind: route.Home})
	v.badge(3)
	v.opensCart()
	v.removes(one)
	v.badge(0)
}
