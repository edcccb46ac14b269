package main

import (
	"context"
	"fmt"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/shop"
	"caveau/store/route"
)

// locale that pictures are made in: its market's root.
type locale struct{ name, market, language string }

var locales = []locale{{"fr", "fr", "fr"}, {"de", "de", "de"}, {"zh-Hant-HK", "hk", "zh"}}

// subject is a page type.
type subject struct {
	name   string
	path   func(locale) (string, error)
	before func(playwright.Page) error // what a visitor does there first; may be nil
}

// choose names a page of every type.
func choose(ctx context.Context, s *shop.Shop) ([]subject, error) {
	pages := []struct {
		name string
		page route.Page
	}{
		{"home", route.Page{Kind: route.Home}},
		{"places", route.Page{Kind: route.Places}},
		{"country", route.Page{Kind: route.Region, Code: "france"}},
		{"region", route.Page{Kind: route.Region, Code: "bordeaux"}},
		{"appellation", route.Page{Kind: route.Appellation, Code: "margaux"}},
		{"colour", route.Page{Kind: route.Colour, Code: route.ColourOf("pessac-leognan", "white")}},
		{"classification", route.Page{Kind: route.Classification, Code: "premier-grand-cru-classe-en-1855"}},
		{"search", route.Page{Kind: route.Search}},
		{"compare", route.Page{Kind: route.Compare}},
		{"birth", route.Page{Kind: route.Birth}},
		{"producer", route.Page{Kind: route.Producer, Code: "chateau-margaux"}},
		{"wine", route.Page{Kind: route.Wine, Code: "chateau-margaux"}},
		{"vintages", route.Page{Kind: route.Vintages}},
		{"year", route.Page{Kind: route.Landing, Year: 1990}},
		{"landing", route.Page{Kind: route.Landing, Year: 1990, Code: route.PlaceOf(route.Region, "bordeaux")}},
		{"primeur", route.Page{Kind: route.Primeur}},
		{"delivery", route.Page{Kind: route.Delivery}},
		{"imprint", route.Page{Kind: route.Imprint}},
		{"terms", route.Page{Kind: route.Terms}},
		{"privacy", route.Page{Kind: route.Privacy}},
		{"contact", route.Page{Kind: route.Contact}},
		{"accessibility", route.Page{Kind: route.Accessibility}},
		{"cart-empty", route.Page{Kind: route.Cart}},
		{"destination", route.Page{Kind: route.Destination}},
	}
	var subjects []subject
	for _, p := range pages {
		subjects = append(subjects, subject{name: p.name, path: tableOf(ctx, s, p.page)})
	}
	for _, v := range vintages {
		page, err := v.find(ctx, s)
		if err != nil {
			return nil, err
		}
		subjects = append(subjects, subject{name: v.name, path: tableOf(ctx, s, page)})
		if v.name == "vintage" {
			subjects = append(subjects,
				subject{name: "cart", path: tableOf(ctx, s, page), before: buy},
				subject{name: "checkout", path: tableOf(ctx, s, page), before: checkOut},
			)
		}
	}
	return append(subjects,
		subject{name: "404", path: always("/no-such-page")},
		subject{name: "switch", path: always("/"), before: openSwitch},
	), nil
}

func always(path string) func(locale) (string, error) {
	return func(locale) (string, error) { return path, nil }
}

// tableOf asks the URL table.
func tableOf(ctx context.Context, s *shop.Shop, p route.Page) func(locale) (string, error) {
	return func(l locale) (path string, err error) {
		err = s.Primary.QueryRowContext(ctx, `
			SELECT u.path FROM url u JOIN page p ON p.id = u.page_id
			WHERE p.kind = ? AND p.code = ? AND p.year = ? AND u.language = ? AND u.status = 'live'`,
			string(p.Kind), p.Code, p.Year, l.language).Scan(&path)
		if err != nil {
			return "", fmt.Errorf("path of %s: %w", p, err)
		}
		return path, nil
	}
}

// kindOfVintage is a state that a vintage page can be in, and how to find one: the most popular of those with the most SKUs.
type kindOfVintage struct{ name, having string }

var vintages = []kindOfVintage{
	{"vintage", "MAX(v.year) > 0 AND MIN(s.sale_type) = 'stock' AND COUNT(DISTINCT s.id) BETWEEN 3 AND 6 AND SUM(t.available > 6) > 0 AND SUM(t.available = 0) > 0"},
	{"vintage-sold-out", "MAX(v.year) > 0 AND MIN(s.sale_type) = 'stock' AND COUNT(DISTINCT s.id) > 1 AND SUM(t.available) = 0"},
	{"vintage-primeur", "MIN(s.sale_type) = 'primeur'"},
	{"vintage-nv", "MAX(v.year) = 0"},
}

func (k kindOfVintage) find(ctx context.Context, s *shop.Shop) (route.Page, error) {
	p := route.Page{Kind: route.Vintage}
	err := s.Primary.QueryRowContext(ctx, `
		SELECT w.code, v.year FROM vintage v JOIN wine w ON w.id = v.wine_id
		JOIN sku s ON s.vintage_id = v.id AND NOT s.withdrawn JOIN stock t ON t.sku = s.code
		GROUP BY v.id HAVING `+k.having+` ORDER BY MAX(w.popularity) DESC, COUNT(*) DESC, v.id LIMIT 1`).Scan(&p.Code, &p.Year)
	if err != nil {
		return p, fmt.Errorf("find a page for %s: %w", k.name, err)
	}
	return p, nil
}

// buy puts what is left of the vintage into the cart and goes there.
func buy(page playwright.Page) error {
	if err := page.Locator("input[type=radio]:enabled").First().Check(); err != nil {
		return err
	}
	if err := page.Locator("form.buy .btn").Click(); err != nil {
		return err
	}
	return page.Locator(".buy__said a").Click()
}

// checkOut goes on from the cart. The next page fades in: it is there when nothing moves any more.
func checkOut(page playwright.Page) error {
	if err := buy(page); err != nil {
		return err
	}
	return page.Locator(".sum a.btn").Click()
}

func openSwitch(page playwright.Page) error { return page.Locator(".switch summary").Click() }
