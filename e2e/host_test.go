package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/store/market"
	"caveau/store/route"
)

func all(t *testing.T) []*market.Edition {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	return markets.Editions
}

// kinds are one page of every type.
func kinds(t *testing.T) []route.Page {
	t.Helper()
	wine := inStock(t, "bordeaux", 1, nil)
	gone := soldOut(t, "bordeaux")
	places := wine.placePages(t)
	return []route.Page{
		{Kind: route.Home}, {Kind: route.Places}, anyOf(t, route.Region, "code = 'bordeaux'"), anyOf(t, route.Appellation, "code = 'margaux'"),
		anyOf(t, route.Colour, "code = 'pessac-leognan:white'"), anyOf(t, route.Classification, "code = 'premier-grand-cru-classe-en-1855'"),
		anyOf(t, route.Producer, "code = 'chateau-margaux'"), wine.winePage(), wine.page(), gone.page(), {Kind: route.Vintages}, {Kind: route.Birth}, wine.yearPage(), places[0],
		{Kind: route.Primeur}, anyOf(t, route.Primeur, "code <> ''"), {Kind: route.Cart}, {Kind: route.Destination}, {Kind: route.Delivery}, {Kind: route.Imprint},
		{Kind: route.Terms}, {Kind: route.Privacy}, {Kind: route.Contact}, {Kind: route.Accessibility},
	}
}

// Looking at a page leaves nothing in the browser, whatever the page.
func TestNoGetSetsACookie(t *testing.T) {
	e := edition(t, "fr")
	for _, p := range kinds(t) {
		a := get(t, theShop(t).URL("fr", path(t, e, p)))
		if a.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", p, a.StatusCode)
		}
		if set := a.Header.Values("Set-Cookie"); len(set) > 0 {
			t.Errorf("%s sets %q", p, set)
		}
	}
	wine := inStock(t, e.Market.Warehouse, 1, nil)
	a := post(t, e, "", url.Values{"sku": {wine.skus[0]}, "quantity": {"1"}})
	if set := a.Cookies(); a.StatusCode != http.StatusSeeOther || len(set) != 1 || !strings.HasPrefix(set[0].Name, "__Host-") {
		t.Errorf("the first add answers %d with %v", a.StatusCode, set)
	}
}

// A host that is no shop's gets none, and the way to all of them. So does bare localhost.
func TestUnknownHostIsLedToTheShops(t *testing.T) {
	s := theShop(t)
	for _, host := range []string{"localhost", "xx.localhost", "fr.localhost.evil.example", "127.0.0.1"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL("fr", "/"), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = fmt.Sprintf("%s:%d", host, s.Port)
		a := do(t, req)
		if a.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%s: %d", host, a.StatusCode)
		}
		for _, e := range all(t) {
			if !strings.Contains(a.body, s.URL(e.Market.Code, e.Prefix+"/")) {
				t.Errorf("%s: no link to %s", host, e.Locale)
			}
		}
	}
}

func TestHealthAnswersOnAnyHost(t *testing.T) {
	s := theShop(t)
	for _, host := range []string{"localhost", "10.0.0.7", "fr.localhost"} {
		for _, path := range []string{"/healthz", "/readyz"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL("fr", path), http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = fmt.Sprintf("%s:%d", host, s.Port)
			if a := do(t, req); a.StatusCode != http.StatusOK {
				t.Errorf("%s%s: %d", host, path, a.StatusCode)
			}
		}
	}
}

// An address that leads nowhere says so in the shop's language, and what was perhaps meant.
func TestUnknownPathIsLocalized(t *testing.T) {
	headings := map[string][]string{}
	for _, e := range all(t) {
		s := theShop(t)
		wine := path(t, e, anyOf(t, route.Wine, "code = 'chateau-margaux'"))
		a := get(t, s.URL(e.Market.Code, strings.Replace(wine, "margaux", "margeaux", 1)))
		doc := a.document(t)
		if a.StatusCode != http.StatusNotFound || doc.Find("html").AttrOr("lang", "") != string(e.Locale) {
			t.Errorf("%s: %d in %s", e.Locale, a.StatusCode, doc.Find("html").AttrOr("lang", "no language"))
		}
		if doc.Find(fmt.Sprintf("main a[href^=%q]", wine)).Length() == 0 {
			t.Errorf("%s: nothing near is offered", e.Locale)
		}
		heading := doc.Find("h1").Text()
		headings[heading] = append(headings[heading], e.Locale.Language())
	}
	if len(headings) != len(route.Languages) {
		t.Errorf("%d languages have %d headings: %v", len(route.Languages), len(headings), headings)
	}
}
