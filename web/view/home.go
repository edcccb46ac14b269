package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// home is the front of a shop.
func (d *desk) home() templ.Component {
	shop := d.shops[d.Market.Index].name
	out := page.Home{
		Frame:   d.frame(head{title: d.p.T("site.tagline"), place: shop, description: []string{d.p.T("about.shop", "market", shop), d.p.T("about.live")}}),
		Heading: d.p.T("home.title"), Lead: d.p.T("home.intro"), Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: d.shell().years},
		Shelves: d.shelves(), Regions: d.countries(), Primeur: d.teaser(), Figures: d.figures(), Live: d.live(), Banner: d.banner(), Birth: d.birthForm("", ""),
	}
	out.LD = append(out.LD, d.house()...)
	if d.Market.Has(minorsBanner) {
		out.Notices.Minors = minorsFR
	}
	return out.View()
}

// Ages of a vintage, in years.
const (
	legendAge = 30 // from here on it is old
	matureAge = 20
	youngAge  = 5
)

// shelves of the front: what the shop is known for, what can be drunk tonight, and what is new.
func (d *desk) shelves() []component.Shelf {
	all := d.path(route.Page{Kind: route.Vintages})
	shown := map[*catalog.Wine]bool{}
	shelf := func(heading string, fits func(v *catalog.Vintage) bool) component.Shelf {
		return component.Shelf{Heading: heading, Href: all, More: d.p.T("shelf.all"), Rows: d.rows(d.pick(shown, fits), shelfHeight)}
	}
	return []component.Shelf{
		shelf(d.p.T("shelf.legends"), func(v *catalog.Vintage) bool {
			rating, _ := d.snap.Harvest(v.Wine.Region, v.Year)
			return v.Year > 0 && d.year()-v.Year > legendAge && rating == 5
		}),
		shelf(d.p.T("shelf.ready"), func(v *catalog.Vintage) bool {
			return d.year()-v.Year <= matureAge && v.Window.In(d.year()) == catalog.Ready
		}),
		shelf(d.p.T("shelf.young"), func(v *catalog.Vintage) bool {
			return d.year()-v.Year <= youngAge && d.offers(v)[0].sku.SaleType != catalog.Primeur
		}),
	}
}

// spare is how many more bottles than a shelf shows stand behind it, to move up where one is sold out.
const spare = 8

// pick takes the best known wines with a vintage that fits, each wine once on the page and at most three
// from a region, so that one region does not fill the shelf.
func (d *desk) pick(shown map[*catalog.Wine]bool, fits func(v *catalog.Vintage) bool) []*catalog.Vintage {
	const most = 3
	regions := map[*catalog.Region]int{}
	var out []*catalog.Vintage
	for _, w := range d.snap.Wines {
		top := topRegion(w.Region)
		if regions[top] == most || shown[w] {
			continue
		}
		for _, v := range w.Vintages {
			if len(d.offers(v)) > 0 && fits(v) {
				regions[top]++
				shown[w] = true
				out = append(out, v)
				break
			}
		}
		if len(out) == shelfSize+spare {
			break
		}
	}
	return out
}

// topRegion is the one below the country.
func topRegion(r *catalog.Region) *catalog.Region {
	for r.Parent != nil && r.Parent.Parent != nil {
		r = r.Parent
	}
	return r
}

// figures of the catalogue.
func (d *desk) figures() []page.Figure {
	vintages := 0
	for _, w := range d.snap.Wines {
		vintages += len(w.Vintages)
	}
	figure := func(key string, n int) page.Figure {
		return page.Figure{Number: d.p.Number(int64(n)), Words: d.p.N(key, n)}
	}
	return []page.Figure{
		figure("figure.wines", len(d.snap.Wines)), figure("figure.vintages", vintages),
		figure("figure.years", len(d.snap.Years)), figure("figure.formats", d.snap.SKUs),
	}
}

// vintages is the index of all years.
func (d *desk) vintages() templ.Component {
	title := d.p.T("nav.vintages")
	if n := len(d.snap.Years); n > 0 {
		title = d.p.T("title.vintages", "year", d.snap.Years[n-1].Year)
	}
	out := page.Vintages{
		Frame: d.frame(head{
			title: title, description: []string{title, d.count(len(d.snap.Wines))}, crumbs: []component.Link{{Text: d.p.T("nav.vintages")}}, nav: route.Vintages,
		}),
		Heading: d.p.T("nav.vintages"), Lead: d.sentences([]string{d.span(d.plan.years[place{}]), d.count(len(d.snap.Wines))}),
	}
	for _, y := range d.shell().years {
		year, err := strconv.Atoi(y.Year)
		if err != nil {
			continue
		}
		name := years(year/10*10, year/10*10+9)
		if n := len(out.Decades); n == 0 || out.Decades[n-1].Name != name {
			out.Decades = append(out.Decades, page.Decade{Name: name})
		}
		last := &out.Decades[len(out.Decades)-1]
		last.Years = append(last.Years, y)
	}
	return out.View()
}
