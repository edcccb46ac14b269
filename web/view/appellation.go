package view

import (
	"cmp"
	"slices"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// appellation is the page of a name of origin.
func (d *desk) appellation(a *catalog.Appellation, number int) (templ.Component, error) {
	wines, pager, err := paged(d, d.stocked(a.Wines), number)
	if err != nil {
		return nil, err
	}
	name, at, region := d.appellationTitle(a), place{route.Appellation, a.Code}, d.regionName(a.Region)
	title := d.p.T("title.appellation", "name", name.Text)
	lead := []string{d.origin(nil, a.Region), d.count(len(a.Wines)), d.span(d.plan.years[at])}
	out := page.Appellation{
		Frame: d.frame(head{
			title: title, place: region.Text, description: append([]string{title}, lead...), crumbs: here(d.crumbsIn(a, a.Region)), nav: route.Places, number: number,
		}),
		Heading: name, Level: component.Name{Text: a.Level, Lang: foreign(spoken[countryOf(a.Region)], d.edition)}, Lead: d.sentences(lead),
		Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: d.ribbonYears(at, 0)},
		Wines:  []component.Group{{Heading: component.Name{Text: d.p.T("head.wines")}, Note: d.count(len(a.Wines)), Rows: d.rows(wines, listHeight)}},
		Pager:  pager, Live: d.live(), Refine: d.refine("appellation", a.Code),
	}
	out.LD = append(out.LD, d.itemList(out.Wines[0].Rows)...)
	if number == 1 {
		out.ColourHead, out.Colours = d.p.T("head.colours"), d.colourLinks(a, "")
		out.ProducerHead, out.Producers = d.p.T("head.producers"), d.producersOf(a.Wines)
		out.NearHead, out.Near = d.p.T("head.near"), d.nearAppellations(a)
	}
	return out.View(), nil
}

// nearAppellations are the others of the same region.
func (d *desk) nearAppellations(a *catalog.Appellation) []component.Link {
	var out []component.Link
	for _, other := range d.snap.Appellations {
		if other != a && other.Region == a.Region && len(other.Wines) > 0 && len(out) < shownLinks {
			out = append(out, d.appellationLink(other))
		}
	}
	return out
}

// byWines are the countries, those with most wines first.
func (d *desk) byWines() []*catalog.Region {
	var out []*catalog.Region
	for _, r := range d.snap.Regions {
		if r.Parent == nil {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Region) int {
		return cmp.Or(cmp.Compare(len(b.Wines), len(a.Wines)), cmp.Compare(a.Code, b.Code))
	})
	return out
}
