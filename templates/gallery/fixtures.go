package gallery

import (
	"fmt"
	"strconv"

	"caveau/templates/component"
	"caveau/templates/live"
	"caveau/templates/page"
)

func (s shop) link(text string) component.Link { return component.Link{Text: text, Href: "/x"} }

func (s shop) shelf(list []wine) component.Shelf {
	return component.Shelf{Heading: s.say["shelf"], Href: "/x", More: s.say["all"], Rows: s.rows(list, 270)}
}

func (s shop) places() []page.Place {
	var out []page.Place
	for _, r := range []struct {
		name     string
		children []string
	}{
		{"Bordeaux", []string{"Pauillac", "Margaux", "Saint-Julien", "Pomerol", "Saint-Émilion", "Sauternes"}},
		{"Bourgogne", []string{"Vosne-Romanée", "Gevrey-Chambertin", "Puligny-Montrachet", "Chablis"}},
		{"Champagne", []string{"Reims", "Épernay"}},
		{"Mosel", []string{"Wehlen", "Bernkastel", "Graach"}},
		{"Piemonte", []string{"Barolo", "Barbaresco"}}, {"Toscana", []string{"Bolgheri", "Montalcino"}},
	} {
		p := page.Place{Link: component.Link{Text: r.name, Href: "/x", Note: strconv.Itoa(len(r.name) * 57)}}
		for i, c := range r.children {
			p.Children = append(p.Children, component.Link{Text: c, Href: "/x", Note: strconv.Itoa((i + 3) * 17)})
		}
		out = append(out, p)
	}
	return out
}

// A pack is a fixture of a SKU.
type pack struct {
	volume, count int
	packaging     string
	stock         uint32
}

var packs = []pack{{375, 1, "", 24}, {750, 1, "", 18}, {750, 6, "owc", 3}, {1500, 1, "", 1}, {3000, 1, "owc", 0}, {6000, 1, "owc", 2}}

var formats = map[int]string{375: "format.half", 750: "format.bottle", 1500: "format.magnum", 3000: "format.double_magnum", 6000: "format.imperial", 15000: "format.nebuchadnezzar"}

func (s shop) offer(w wine, k pack) component.Offer {
	w.volume = k.volume
	total := w.price * k.volume / 750 * k.count
	o := component.Offer{
		SKU: fmt.Sprintf("CV-%d-%d-%d", w.year, k.volume, k.count), Format: s.p.T(formats[k.volume]), Litres: s.p.Litres(k.volume),
		Price: s.money(total), Basis: s.p.T("offer.incl_vat"), Stock: live.Stock{k.stock}, Words: s.long, Bottle: w.bottle(62, 0),
		PerLitre: s.p.T("offer.per_litre", "price", s.money(w.price*1000/750)), Last: s.say["last"] + s.money(total),
		Button: s.p.T("offer.add_price", "price", s.money(total)),
	}
	if k.packaging != "" {
		o.Packaging = s.p.T("packaging." + k.packaging)
	}
	if k.count > 1 {
		o.Pack, o.Words = "× "+strconv.Itoa(k.count), s.cases
		o.PerBottle = s.p.T("offer.per_bottle", "price", s.money(w.price))
	}
	return o
}

func (s shop) vintage(w wine) page.Vintage {
	name := w.nameIn(s)
	v := page.Vintage{
		Frame: s.frame(name.Text+" "+w.yearText(), "Bordeaux", w.place, name.Text), Year: w.yearText(), Name: name, Lead: s.say["lead"],
		Overline: []component.Link{{Text: w.place, Href: "/x"}, {Text: "Premier grand cru classé en 1855", Lang: "fr"}},
		Bottle:   w.bottle(560, 0), SameYear: s.shelf(wines[4:10]), NearHead: s.p.T("vintage.neighbours"), All: s.link(s.say["all"]),
		Neighbours: s.ribbon(1961, 2022, w.year),
		Window: &component.Window{
			State: "ready", StateWord: s.p.T("window.ready"), Words: s.say["window"], From: 2000, To: 2045, PeakFrom: 2010, PeakTo: 2030, Now: 2026,
		},
		Scores: []component.Score{
			{Critic: "Caveau panel", Value: "100", Scale: "/ 100", When: "2009"}, {Critic: "Caveau panel", Value: "19.5", Scale: "/ 20", When: "2016"},
		},
		Facts: []component.Fact{
			{Term: s.p.T("fact.grapes"), Text: "Cabernet sauvignon, merlot, petit verdot, cabernet franc"},
			{Term: s.p.T("fact.strength"), Text: s.p.Decimal(12.5, 1) + " % vol"},
			{Term: s.p.T("fact.producer"), Text: name.Text, Lang: name.Lang, Href: "/x"},
			{Term: s.p.T("fact.region"), Text: "Bordeaux", Href: "/x"},
		},
		Buy: component.Buy{Action: "/panier/ajouter", Max: 99, Live: s.live(), Choose: s.p.T("offer.choose"), Notes: []string{s.say["tax"]}},
	}
	if v.Year == "" {
		v.NV, v.Neighbours.Years = s.p.T("vintage.nv"), nil
	}
	v.Product = component.Product{Name: w.name, URL: v.Canonical, Brand: w.name, Year: w.yearText()}
	for _, k := range packs {
		v.Buy.Offers = append(v.Buy.Offers, s.offer(w, k))
		v.Buy.Any = append(v.Buy.Any, k.stock)
		o := v.Buy.Offers[len(v.Buy.Offers)-1]
		v.Product.Offers = append(v.Product.Offers, component.ProductOffer{SKU: o.SKU, URL: v.Canonical + "#sku-" + o.SKU, Name: o.Format, Price: "1090.00", Currency: s.currency, Stock: o.Stock})
	}
	return v
}

func (s shop) wine(w wine, vintages, columns int) page.Wine {
	name := w.nameIn(s)
	out := page.Wine{
		Frame: s.frame(name.Text, "Bordeaux", w.place), Heading: name, Overline: w.place + " · Premier grand cru classé en 1855", Lead: s.say["lead"],
		Bottle: w.bottle(320, 0), Live: s.live(), Basis: s.say["tax"], Near: s.shelf(wines[1:7]),
		Matrix: component.Matrix{Caption: name.Text, YearHead: s.p.T("nav.vintages"), StateHead: s.p.T("fact.window")},
	}
	volumes := []int{375, 750, 1500, 3000, 6000, 15000}[:columns]
	for _, volume := range volumes {
		w.volume = volume
		out.Matrix.Formats = append(out.Matrix.Formats, component.MatrixFormat{Name: s.p.T(formats[volume]), Litres: s.p.Litres(volume), Bottle: w.bottle(46, 0)})
	}
	for i := range vintages {
		out.Matrix.Rows = append(out.Matrix.Rows, s.matrixRow(w, 2020-i*(60/vintages), volumes))
	}
	return out
}

func (s shop) matrixRow(w wine, year int, volumes []int) component.MatrixRow {
	r := component.MatrixRow{Year: strconv.Itoa(year), Href: "/v/" + strconv.Itoa(year), State: "ready", Span: fmt.Sprintf("%d–%d", year+10, year+45)}
	switch {
	case year > 2014:
		r.State = "keep"
	case year < 1970:
		r.State = "late"
	}
	r.StateWord = s.p.T("window." + r.State)
	for i, volume := range volumes {
		n := uint32((year*13 + i*7) % 23)
		if (year+i*3)%4 == 0 && i != 1 {
			r.Cells = append(r.Cells, component.Cell{})
			continue
		}
		if n > 17 {
			n = 0
		}
		r.Cells = append(r.Cells, component.Cell{
			SKU: fmt.Sprintf("CV-%d-%d", year, volume), Href: r.Href + "#sku", Price: s.money(w.price * volume / 750), Stock: live.Stock{n}, Words: s.short,
		})
	}
	return r
}

func (s shop) landing(list []wine) page.Landing {
	return page.Landing{
		Frame: s.frame("1990", s.p.T("nav.vintages")), Heading: "1990", Year: "1990", Lead: s.say["intro"], Live: s.live(), Ribbon: s.ribbon(1945, 2025, 1990),
		Harvest: s.p.T("nav.vintages"), Harvests: []component.Harvest{{Place: "Bordeaux", Rating: 5, Words: "★"}, {Place: "Bourgogne", Rating: 5, Words: "★"}, {Place: "Mosel", Rating: 4, Words: "★"}, {Place: "Piemonte", Rating: 5, Words: "★"}},
		BestHead: s.p.T("fact.scores"), Best: []page.LandingScore{{Wine: s.link(wines[0].name), Score: component.Score{Critic: "Caveau panel", Value: "100"}}, {Wine: s.link(wines[8].name), Score: component.Score{Critic: "Caveau panel", Value: "98"}}},
		Groups:  []component.Group{{Heading: component.Name{Text: "Bordeaux"}, Href: "/x", Note: "12", Rows: s.rows(list, 300)}},
		SoldOut: component.Group{Heading: component.Name{Text: s.p.T("stock.none")}, Rows: s.rows(list[8:9], 300)},
		Years:   []component.Link{s.link("1988"), s.link("1989"), s.link("1991")}, YearsHead: s.p.T("vintage.neighbours"),
		Places: []component.Link{{Text: "Pauillac", Href: "/x", Note: "14"}, {Text: "Margaux", Href: "/x", Note: "9"}}, PlaceHead: s.p.T("nav.regions"),
		Pager: &component.Pager{Words: "1 / 3", Next: &component.Link{Text: "2", Href: "?page=2"}},
	}
}

func (s shop) emptyLanding() page.Landing {
	l := s.landing(wines)
	l.Groups, l.Best, l.Pager, l.Empty = nil, nil, nil, s.say["gone"]
	l.Place = component.Name{Text: "Pauillac"}
	return l
}

func (s shop) vintages() page.Vintages {
	v := page.Vintages{Frame: s.frame(s.p.T("nav.vintages")), Heading: s.p.T("nav.vintages"), Lead: s.say["intro"]}
	for d := 2020; d >= 1940; d -= 10 {
		v.Decades = append(v.Decades, page.Decade{Name: fmt.Sprintf("%d–%d", d, d+9), Years: s.ribbon(d, d+9, 0).Years})
	}
	return v
}

func (s shop) region() page.Region {
	return page.Region{
		Frame: s.frame("Bordeaux", s.p.T("nav.regions")), Heading: component.Name{Text: "Bordeaux"}, Lead: s.say["intro"], Ribbon: s.ribbon(1945, 2025, 0),
		Regions: s.places()[:3], RegionsHead: s.p.T("nav.regions"), Wines: component.Group{Heading: component.Name{Text: s.say["shelf"]}, Rows: s.rows(wines, 300)}, Live: s.live(),
		Appellations: s.places()[0].Children, AppellHead: s.p.T("fact.appellation"), Producers: s.places()[1].Children, ProducerHead: s.p.T("fact.producer"),
	}
}

func (s shop) producer() page.Producer {
	p := page.Producer{Frame: s.frame("Château Margaux"), Heading: wines[0].nameIn(s), Lead: s.say["lead"], Live: s.live(), Facts: s.vintage(wines[0]).Facts[:2]}
	for i, w := range []wine{wines[0], wines[9]} {
		p.Wines = append(p.Wines, page.ProducerWine{
			Name: component.Link{Text: w.name, Href: "/x", Note: w.place}, Text: s.say["intro"], Bottle: w.bottle(240, i), Years: s.ribbon(1978, 2022, 0),
		})
	}
	return p
}

func (s shop) primeur() page.Primeur {
	p := page.Primeur{Frame: s.frame(s.p.T("nav.primeur")), Heading: s.p.T("nav.primeur"), Lead: s.p.T("stock.primeur"), Terms: s.say["tax"], Live: s.live()}
	c := page.Campaign{Name: "Bordeaux 2025", Text: s.say["intro"]}
	for _, place := range []string{"Margaux", "Pauillac"} {
		g := page.PrimeurGroup{Heading: component.Name{Text: place}}
		for i, w := range wines[:7] {
			g.Rows = append(g.Rows, page.PrimeurRow{
				Href: "/x", Name: w.nameIn(s), Score: "96–98", Price: s.money(w.price), Unit: "6 × " + s.p.Litres(750), Delivery: "2028",
				SKU: fmt.Sprintf("P-%s-%d", place, i), Stock: live.Stock{uint32(i * 3)}, Words: s.cases,
			})
		}
		c.Groups = append(c.Groups, g)
	}
	p.Campaigns = []page.Campaign{c}
	return p
}

func (s shop) cart(lines int) page.Cart {
	c := page.Cart{
		Frame: s.frame(s.p.T("nav.cart")), Heading: s.p.T("nav.cart"), Set: "/panier/changer", Remove: "/panier/retirer", Live: s.live(),
		Continue: s.link(s.p.T("nav.vintages")), EmptyLink: s.link(s.p.T("nav.vintages")), Empty: s.say["intro"], Notes: []string{s.say["tax"]},
		Totals: []page.Total{{Label: s.p.T("nav.delivery"), Value: s.money(12)}, {Label: s.p.T("nav.cart"), Value: s.money(10090)}},
	}
	for i := range lines {
		w := wines[i%len(wines)]
		c.Lines = append(c.Lines, page.CartLine{
			SKU: fmt.Sprintf("CV-%d", i), Href: "/x", Name: w.nameIn(s), Year: w.yearText(), Format: s.p.T("format.bottle") + " " + s.p.Litres(w.volume),
			Price: s.money(w.price), Total: s.money(w.price * 2), PerLitre: s.p.T("offer.per_litre", "price", s.money(w.price*1000/w.volume)), Quantity: "2", Max: 99,
			Bottle: w.bottle(90, i), Stock: live.Stock{uint32(w.stock)}, Words: s.long,
		})
	}
	if lines > 0 {
		c.Messages = []page.Message{{Level: "warn", Text: s.p.T("stock.low", "what", s.p.N("unit.bottle", 2), "place", s.p.T(s.place))}}
	}
	return c
}

func (s shop) text() page.Text {
	t := page.Text{Frame: s.frame(s.p.T("nav.delivery")), Heading: s.p.T("nav.delivery"), Lead: s.say["intro"], Updated: s.p.Date(Time)}
	for i, key := range []string{"nav.delivery", "nav.imprint", "nav.privacy", "nav.contact"} {
		sec := page.Section{ID: "s" + strconv.Itoa(i), Heading: s.p.T(key), Blocks: []page.Block{{Text: s.say["lead"]}, {List: []string{s.say["tax"], s.say["intro"]}}}}
		if i == 0 {
			sec.Blocks = append(sec.Blocks, page.Block{Table: &page.Table{
				Caption: s.p.T("nav.delivery"), Head: []string{s.p.T("fact.country"), "6", "12"}, Numeric: true,
				Rows: [][]string{{s.p.Country("FR"), s.money(12), s.money(18)}, {s.p.Country("DE"), s.money(15), s.money(22)}},
			}})
		}
		if i == 1 {
			sec.Blocks = append(sec.Blocks, page.Block{Lines: []string{"Caveau SAS", "1, quai des Chartrons", "33000 Bordeaux"}})
		}
		t.Sections = append(t.Sections, sec)
	}
	return t
}

func (s shop) trouble(status int) page.Error {
	e := page.Error{Frame: s.frame(strconv.Itoa(status)), Status: status, Heading: s.say["gone"], Text: s.say["intro"]}
	switch status {
	case 404, 410:
		e.NearHead, e.Near, e.Ribbon = s.p.T("vintage.neighbours"), []component.Link{s.link("Château Margaux 1989"), s.link("Château Margaux 1990")}, s.ribbon(1945, 2025, 0)
	case 421:
		e.Shops = s.markets().Shops
	case 500:
		e.Request = "7f3a91c2"
	case 503:
		e.Retry = s.p.T("stock.ago", "seconds", 30)
	}
	return e
}

func (s shop) markets() page.Markets {
	m := page.Markets{Frame: s.frame(s.p.T("nav.market")), Heading: s.p.T("nav.market"), Lead: s.say["intro"]}
	for _, k := range markets(s.market.Code).Markets {
		m.Shops = append(m.Shops, page.Shop{Name: k.Name, Currency: "EUR", Cellar: s.p.T(s.place), Current: k.Locales[0].Current, Locales: k.Locales})
	}
	return m
}
