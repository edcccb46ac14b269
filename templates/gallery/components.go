package gallery

import (
	"strconv"

	"caveau/i18n"
	"caveau/templates/component"
	"caveau/templates/live"
)

// Components are the parts of pages in named states, each alone.
func Components(cat *i18n.Catalogue) []State {
	s := newShop(cat, "fr-FR", Assets{})
	return append(append(s.bottles(), s.offers()...), s.parts()...)
}

func (s shop) bottles() []State {
	all := []State{{"bottle/paint", component.Paint([]string{"bocksbeutel", "bordeaux", "burgundy", "champagne", "flute", "port", "rhone"})}}
	for _, w := range wines {
		w.volume = 750
		all = append(all, State{"bottle/" + w.shape + "-" + w.colour + "-" + strconv.Itoa(w.year), w.bottle(300, 0).View()})
	}
	for _, volume := range []int{375, 1500, 6000, 15000} {
		w := wines[0]
		w.volume = volume
		all = append(all, State{"bottle/volume-" + strconv.Itoa(volume), w.bottle(300, 0).View()})
	}
	for place := 1; place <= 4; place++ {
		all = append(all, State{"bottle/place-" + strconv.Itoa(place), wines[place].bottle(300, place).View()})
	}
	return append(all, State{"bottle/symbol", wines[0].bottle(46, 0).Symbol()}, State{"bottle/small", wines[0].bottle(46, 0).Small()})
}

func (s shop) offers() []State {
	var all []State
	for _, k := range packs {
		name := "offer/" + strconv.Itoa(k.volume) + "-" + strconv.Itoa(k.count) + "-" + strconv.Itoa(int(k.stock))
		all = append(all, State{name, filled(s.offer(wines[0], k).View())})
	}
	primeur := s.offer(wines[0], packs[2])
	primeur.Delivery, primeur.Basis, primeur.Demo = "2028", s.p.T("offer.excl_vat"), "*"
	only := s.offer(wines[0], packs[1])
	only.Preselect = true
	barred := s.offer(wines[0], packs[1])
	barred.Restricted = s.say["gone"]
	return append(all,
		State{"offer/primeur", filled(primeur.View())}, State{"offer/only", filled(only.View())}, State{"offer/barred", filled(barred.View())})
}

func (s shop) parts() []State {
	row := s.row(wines[0], 300, 0)
	row.SKU = "CV-1990"
	foreign := s.row(wines[4], 300, 1)
	young := &component.Window{State: "keep", StateWord: s.p.T("window.keep"), Words: "2030–2060", From: 2030, To: 2060, Now: 2026}
	past := &component.Window{State: "past", StateWord: s.p.T("window.past"), Words: "1975–1995", From: 1975, To: 1995, PeakFrom: 1980, PeakTo: 1988, Now: 2026}
	matrix := s.wine(wines[0], 3, 3).Matrix
	buy := s.vintage(wines[0]).Buy
	return []State{
		{"row/one-sku", filled(row.View())}, {"row/foreign", filled(foreign.View())}, {"row/sold-out", filled(s.row(wines[8], 300, 2).View())},
		{"window/ready", s.vintage(wines[0]).Window.View()}, {"window/keep", young.View()}, {"window/past", past.View()},
		{"ribbon/current", s.ribbon(1985, 1995, 1990).View()}, {"matrix/three-by-three", filled(matrix.View())},
		{"buy/six-offers", filled(buy.View(s.p))}, {"stock/stamp", filled(s.live().View())},
		{"scores/two", component.Scores(s.vintage(wines[0]).Scores, s.say["demo"])}, {"facts/four", component.Facts(s.vintage(wines[0]).Facts)},
		{"product/json", filled(s.vintage(wines[0]).Product.LD())},
		{"cell/empty", component.Cell{}.View("")}, {"cell/low", filled(component.Cell{Href: "/v", Price: "1 €", Stock: live.Stock{2}, Words: s.short}.View("Magnum"))},
	}
}
