package view

import (
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// CompareID is what an address of the comparison calls a vintage: "chateau-margaux.1990".
func CompareID(v *catalog.Vintage) string { return v.Wine.Code + "." + route.YearSlug(v.Year) }

// CompareVintage of such a name; nil where there is none.
func CompareVintage(snap *catalog.Snapshot, id string) *catalog.Vintage {
	code, slug, _ := strings.Cut(id, ".")
	w := snap.Wine(code)
	if w == nil {
		return nil
	}
	for _, v := range w.Vintages {
		if route.YearSlug(v.Year) == slug {
			return v
		}
	}
	return nil
}

// Compare is the page of some vintages side by side; of fewer than two, how to come by them.
func (s *Site) Compare(snap *catalog.Snapshot, e *market.Edition, vintages []*catalog.Vintage, door *Door) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Compare})
	d := s.desk(snap, e, node)
	d.open(door)
	title := d.p.T("compare.title")
	out := page.Compare{
		Frame: d.frame(head{title: title, crumbs: []component.Link{{Text: title}}}), Heading: title, Note: d.p.T("compare.differs"), Term: d.p.T("compare.term"), Stock: d.p.T("compare.stock"),
	}
	f := &out.Frame
	f.Canonical, f.Alternates, f.Description, f.OpenGraph, f.Robots, f.LD = "", nil, "", layout.OpenGraph{}, "noindex, follow", nil
	if len(vintages) < 2 {
		out.Help = d.p.T("compare.help")
	}
	if len(vintages) == 0 {
		return out.View()
	}
	out.Live = d.live()
	for _, v := range vintages {
		out.Wines = append(out.Wines, d.compared(v))
	}
	out.Lines = d.compareLines(vintages)
	return out.View()
}

func (d *desk) compared(v *catalog.Vintage) page.Compared {
	c := page.Compared{
		Bottle: d.bottle(v, listHeight), Wine: component.Link{Text: d.fullName(v.Wine), Href: d.vintagePath(v)}, Year: d.yearText(v), Words: d.phrases.none,
	}
	c.Bottle.Decorative = true
	if offers := d.offers(v); len(offers) > 0 {
		c.Stock, c.Words = live.Stock(slots(offers)), d.brief(offers)
	}
	return c
}

// compareLines are the properties that at least one of the vintages has, with those that differ marked.
func (d *desk) compareLines(vintages []*catalog.Vintage) []page.CompareLine {
	lines := []struct {
		term string
		of   func(v *catalog.Vintage) component.Name
	}{
		{d.p.T("compare.price"), d.comparePrice},
		{d.p.T("compare.sizes"), d.compareSizes},
		{d.p.T("fact.scores"), func(v *catalog.Vintage) component.Name { return component.Name{Text: d.bestScore(v)} }},
		{d.p.T("fact.window"), d.compareWindow},
		{d.p.T("head.harvest"), d.compareHarvest},
		{d.p.T("fact.appellation"), func(v *catalog.Vintage) component.Name { return d.placeName(v.Wine) }},
		{d.p.T("fact.classification"), func(v *catalog.Vintage) component.Name {
			return component.Name{Text: v.Wine.Classification, Lang: foreign(spoken[countryOf(v.Wine.Region)], d.edition)}
		}},
		{d.p.T("fact.producer"), func(v *catalog.Vintage) component.Name { return d.producerName(v.Wine.Producer) }},
		{d.p.T("fact.colour"), func(v *catalog.Vintage) component.Name { return component.Name{Text: d.kind(v.Wine)} }},
		{d.p.T("fact.grapes"), func(v *catalog.Vintage) component.Name { return component.Name{Text: d.p.List(v.Wine.Grapes)} }},
		{d.p.T("fact.strength"), d.compareStrength},
	}
	var out []page.CompareLine
	for _, l := range lines {
		line, said := page.CompareLine{Term: l.term}, false
		for _, v := range vintages {
			cell := l.of(v)
			said = said || cell.Text != ""
			line.Differs = line.Differs || len(line.Cells) > 0 && cell.Text != line.Cells[0].Text
			line.Cells = append(line.Cells, cell)
		}
		for i := range line.Cells {
			if line.Cells[i].Text == "" {
				line.Cells[i] = component.Name{Text: "–"}
			}
		}
		if said {
			out = append(out, line)
		}
	}
	return out
}

// comparePrice is that of one bottle of 75 cl where it is sold so, so that prices stand on one measure; else that of the cheapest unit.
func (d *desk) comparePrice(v *catalog.Vintage) component.Name {
	offers := d.shown(d.offers(v))
	if len(offers) == 0 {
		return component.Name{}
	}
	o := cheapest(offers)
	if i := slices.IndexFunc(offers, func(o offer) bool { return o.sku.Volume == 750 && o.sku.Pack == 1 }); i >= 0 {
		o = offers[i]
	}
	text := d.money(o.price.Amount) + " · " + d.contents(o.sku)
	if basis := d.contains(o); basis != "" {
		text += " · " + basis
	}
	if per := d.perLitre(o); per != "" {
		text += " · " + per
	}
	return component.Name{Text: text}
}

func (d *desk) compareSizes(v *catalog.Vintage) component.Name {
	var sizes []string
	for _, o := range d.offers(v) {
		if c := d.contents(o.sku); !slices.Contains(sizes, c) {
			sizes = append(sizes, c)
		}
	}
	return component.Name{Text: strings.Join(sizes, d.comma())}
}

func (d *desk) compareWindow(v *catalog.Vintage) component.Name {
	if !v.Window.Known() {
		return component.Name{}
	}
	return component.Name{Text: years(v.Window.From, v.Window.To) + d.comma() + d.stateWord(v.Window)}
}

func (d *desk) compareHarvest(v *catalog.Vintage) component.Name {
	rating, of := d.snap.Harvest(v.Wine.Region, v.Year)
	if rating == 0 {
		return component.Name{}
	}
	return component.Name{Text: sentence(d.rating(rating)) + " (" + d.regionName(of).Text + " " + strconv.Itoa(v.Year) + ")"}
}

func (d *desk) compareStrength(v *catalog.Vintage) component.Name {
	if v.Strength == 0 {
		return component.Name{}
	}
	return component.Name{Text: d.p.Percent(float64(v.Strength)/10, 1) + " vol"}
}
