package gallery

import (
	"caveau/templates/live"
	"caveau/templates/page"
)

// pages are the states that every language of the gallery shows.
func (s shop) pages() []State {
	tag := "/" + s.locale.Tag()
	margaux := wines[0]
	if s.locale.Language() == "de" {
		margaux = wines[4]
	}
	if s.locale.Language() == "zh" {
		margaux = wines[6]
	}
	return []State{
		{"home" + tag, filled(s.home().View())},
		{"vintage" + tag, filled(s.vintage(margaux).View())},
		{"wine" + tag, filled(s.wine(margaux, 9, 6).View())},
		{"landing" + tag, filled(s.landing(wines).View())},
		{"vintages" + tag, filled(s.vintages().View())},
		{"region" + tag, filled(s.region().View())},
		{"producer" + tag, filled(s.producer().View())},
		{"primeur" + tag, filled(s.primeur().View())},
		{"cart" + tag, filled(s.cart(4).View())},
		{"text" + tag, filled(s.text().View())},
		{"error-404" + tag, filled(s.trouble(404).View())},
		{"markets" + tag, filled(s.markets().View())},
	}
}

// states are the corners, in one language.
func (s shop) states() []State {
	soldOut := s.vintage(wines[8])
	for i := range soldOut.Buy.Offers {
		soldOut.Buy.Offers[i].Stock, soldOut.Product.Offers[i].Stock = live.Stock{0}, live.Stock{0}
	}
	soldOut.Buy.Any = live.Stock{0}
	soldOut.Buy.Choose = s.p.T("offer.sold_out")
	gone := s.vintage(wines[8])
	gone.Gone, gone.Buy.Offers, gone.Product.Offers = s.say["gone"], nil, nil
	return []State{
		{"vintage/sold-out", filled(soldOut.View())},
		{"vintage/gone", filled(gone.View())},
		{"vintage/without-year", filled(s.vintage(wines[5]).View())},
		{"wine/forty-by-six", filled(s.wine(wines[0], 40, 6).View())},
		{"landing/empty", filled(s.emptyLanding().View())},
		{"cart/empty", filled(s.cart(0).View())},
		{"cart/sixty", filled(s.cart(60).View())},
		{"error/410", filled(s.trouble(410).View())},
		{"error/421", filled(s.trouble(421).View())},
		{"error/500", filled(s.trouble(500).View())},
		{"error/503", filled(s.trouble(503).View())},
	}
}

func (s shop) home() page.Home {
	h := page.Home{
		Frame: s.frame("Caveau"), Heading: s.p.T("home.title"), Lead: s.p.T("home.intro"), Ribbon: s.ribbon(1945, 2025, 0), Live: s.live(),
		Regions: s.places(),
		Primeur: &page.Teaser{Heading: "Bordeaux 2025", Text: s.p.T("stock.primeur"), Link: s.link(s.p.T("nav.primeur"))},
	}
	h.Breadcrumbs = nil
	h.Notices.Minors = s.say["minors"]
	h.Shelves = append(h.Shelves, s.shelf(wines[:8]))
	return h
}
