package view

import (
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// classification is the page of a rank that is written on labels. Its name is kept by its path where no wine of the catalogue holds it
// any more.
func (d *desk) classification(code string, number int) (templ.Component, error) {
	c := d.snap.Classification(code)
	name, wines := component.Name{Text: unslugged(code)}, []int(nil)
	if c != nil {
		name, wines = d.classificationName(c), c.Wines
	}
	shown, pager, err := paged(d, d.stocked(wines), number)
	if err != nil {
		return nil, err
	}
	title := d.p.T("title.classification", "name", name.Text)
	lead := append([]string{d.count(len(wines)), d.span(d.yearsOf(wines))}, d.aboutRank(wines)...)
	out := page.Appellation{
		Frame: d.frame(head{
			title: title, description: append([]string{title}, lead...), nav: route.Places, number: number,
			crumbs: []component.Link{{Text: d.p.T("nav.regions"), Href: d.path(route.Page{Kind: route.Places})}, {Text: name.Text, Lang: name.Lang}},
		}),
		Heading: name, Level: component.Name{Text: d.p.T("fact.classification")}, Lead: d.sentences(lead), Empty: d.emptyList(wines),
		Wines: []component.Group{{Heading: component.Name{Text: d.p.T("head.wines")}, Note: d.count(len(wines)), Rows: d.rows(shown, listHeight)}},
		Pager: pager, Live: d.live(), Refine: d.refine("class", code),
	}
	if number == 1 {
		out.ProducerHead, out.Producers = d.p.T("head.producers"), d.producersOf(wines)
		out.NearHead, out.Near = d.p.T("head.classifications"), d.classificationLinks(code)
	}
	return out.View(), nil
}

// unslugged is a code as words, where nothing better is known.
func unslugged(code string) string { return sentence(strings.ReplaceAll(code, "-", " ")) }

func (d *desk) emptyList(wines []int) string {
	if len(wines) == 0 {
		return d.p.T("landing.none")
	}
	return ""
}

// shownNames is how many names a sentence lists.
const shownNames = 4

// aboutRank says where the wines of a rank come from, and which are best known.
func (d *desk) aboutRank(wines []int) []string {
	var places, known []string
	seen := map[*catalog.Appellation]bool{}
	for _, i := range wines {
		w := d.snap.Wines[i]
		if a := w.Appellation; a != nil && !seen[a] && len(places) < shownNames {
			seen[a] = true
			places = append(places, d.appellationName(a).Text)
		}
		if len(known) < shownNames {
			known = append(known, d.fullName(w))
		}
	}
	var out []string
	if len(places) > 0 {
		out = append(out, d.p.N("about.appellations", len(places), "list", d.p.List(places)))
	}
	if len(known) > 0 {
		out = append(out, d.p.N("about.best_known", len(known), "list", d.p.List(known)))
	}
	return out
}

// yearsOf some wines, the newest first.
func (d *desk) yearsOf(wines []int) []yearCount {
	counts := map[int]int{}
	for _, i := range wines {
		for _, v := range d.snap.Wines[i].Vintages {
			if v.Year > 0 {
				counts[v.Year]++
			}
		}
	}
	return newestFirst(counts)
}

// classificationLinks are the ranks that have pages, but for one.
func (d *desk) classificationLinks(but string) []component.Link {
	var out []component.Link
	for _, c := range d.snap.Classifications {
		if l := d.classificationLink(c); c.Code != but && l.Href != "" && len(out) < shownLinks {
			out = append(out, l)
		}
	}
	return out
}

func (d *desk) classificationLink(c *catalog.Classification) component.Link {
	name := d.classificationName(c)
	return component.Link{
		Text: name.Text, Lang: name.Lang, Href: d.path(route.Page{Kind: route.Classification, Code: c.Code}), Note: d.p.Number(int64(len(c.Wines))),
	}
}

// colour is the page of an appellation's wines of one colour.
func (d *desk) colour(a *catalog.Appellation, colour catalog.Colour, number int) (templ.Component, error) {
	wines := d.ofColour(a, colour)
	shown, pager, err := paged(d, d.stocked(wines), number)
	if err != nil {
		return nil, err
	}
	name, region := d.colourTitle(a, colour), d.regionName(a.Region)
	lead := []string{d.origin(nil, a.Region), d.count(len(wines)), d.span(d.yearsOf(wines)), d.grapesOf(wines)}
	lead = append(lead, d.aboutRank(wines)[min(1, len(d.aboutRank(wines))):]...)
	crumbs := append(d.crumbsIn(a, a.Region), component.Link{Text: sentence(d.colourWines(colour))})
	out := page.Appellation{
		Frame:   d.frame(head{title: name, place: region.Text, description: append([]string{name}, lead...), crumbs: here(crumbs), nav: route.Places, number: number}),
		Heading: component.Name{Text: name}, Level: component.Name{Text: a.Level, Lang: foreign(spoken[countryOf(a.Region)], d.edition)}, Lead: d.sentences(lead),
		Wines: []component.Group{{Heading: component.Name{Text: d.p.T("head.wines")}, Note: d.count(len(wines)), Rows: d.rows(shown, listHeight)}},
		Pager: pager, Live: d.live(), Empty: d.emptyList(wines), Refine: d.refine("appellation", a.Code, "colour", string(colour)),
	}
	if number == 1 {
		out.ColourHead, out.Colours = d.p.T("head.colours"), d.colourLinks(a, colour)
		out.ProducerHead, out.Producers = d.p.T("head.producers"), d.producersOf(wines)
		out.NearHead, out.Near = d.p.T("head.same_colour"), d.nearColours(a, colour)
	}
	return out.View(), nil
}

// colourTitle is "Pessac-Léognan: white wines".
func (d *desk) colourTitle(a *catalog.Appellation, colour catalog.Colour) string {
	return d.p.T("colour.heading", "place", d.appellationTitle(a).Text, "wines", d.colourWines(colour))
}

func (d *desk) colourWines(colour catalog.Colour) string {
	return d.p.T("colour.wines." + string(colour)) // i18n:prefix colour.wines.
}

// ofColour are an appellation's wines of one colour, by popularity.
func (d *desk) ofColour(a *catalog.Appellation, colour catalog.Colour) []int {
	var out []int
	for _, i := range a.Wines {
		if d.snap.Wines[i].Colour == colour {
			out = append(out, i)
		}
	}
	return out
}

// grapesOf some wines: those that most of them begin with.
func (d *desk) grapesOf(wines []int) string {
	var grapes []string
	seen := map[string]bool{}
	for _, i := range wines {
		for _, g := range d.snap.Wines[i].Grapes {
			if !seen[g] && len(grapes) < shownNames {
				seen[g] = true
				grapes = append(grapes, g)
			}
		}
	}
	if len(grapes) == 0 {
		return ""
	}
	return d.p.N("about.grapes", len(grapes), "list", d.p.List(grapes))
}

// colourLinks are the appellation as a whole and its other colours that have pages.
func (d *desk) colourLinks(a *catalog.Appellation, but catalog.Colour) []component.Link {
	var out []component.Link
	if but != "" {
		out = append(out, d.appellationLink(a))
	}
	for _, colour := range catalog.Colours {
		if l := d.colourLink(a, colour); colour != but && l.Href != "" {
			l.Text = sentence(d.colourWines(colour))
			out = append(out, l)
		}
	}
	return out
}

func (d *desk) colourLink(a *catalog.Appellation, colour catalog.Colour) component.Link {
	return component.Link{
		Text: d.colourTitle(a, colour), Href: d.path(route.Page{Kind: route.Colour, Code: route.ColourOf(a.Code, string(colour))}),
		Note: d.p.Number(int64(len(d.ofColour(a, colour)))),
	}
}

// nearColours are the same colour's pages of other appellations of the region, and of the country where the region has none.
func (d *desk) nearColours(a *catalog.Appellation, colour catalog.Colour) []component.Link {
	var near, far []component.Link
	for _, other := range d.snap.Appellations {
		l := d.colourLink(other, colour)
		switch {
		case other == a || l.Href == "":
		case topRegion(other.Region) == topRegion(a.Region):
			near = append(near, l)
		case countryOf(other.Region) == countryOf(a.Region):
			far = append(far, l)
		}
	}
	if len(near) == 0 {
		near = far
	}
	return near[:min(len(near), shownLinks)]
}

// refine is the short form that leads from a page for crawlers into a selection of the same wines: keys and values by turns.
func (d *desk) refine(of ...string) *component.Refine {
	out := &component.Refine{
		Action: d.path(route.Page{Kind: route.Search}), Heading: d.p.T("facet.title"), Button: d.p.T("facet.apply"),
		Field: component.FacetField{Name: "max", Label: d.p.T("refine.max"), Least: "0", Unit: d.currency()},
		Ticks: []component.Tick{
			{Name: "sale", Value: "stock", Text: d.p.T("facet.stock")}, {Name: "window", Value: "ready", Text: sentence(d.p.T("window.ready"))},
			{Name: "format", Value: "1500", Text: d.sizeName(strconv.Itoa(1500))},
		},
	}
	for i := 0; i+1 < len(of); i += 2 {
		out.Hidden = append(out.Hidden, component.Input{Name: of[i], Value: of[i+1]})
	}
	if out.Action == "" {
		return nil
	}
	return out
}
