package view

import (
	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// perPage is how many rows a page of a list has.
const perPage = 48

// shownLinks is how many links a page lists before it stops: the rest is in the list itself.
const shownLinks = 60

// region is the page of a country or a region.
func (d *desk) region(r *catalog.Region, number int) (templ.Component, error) {
	wines, pager, err := paged(d, d.stocked(r.Wines), number)
	if err != nil {
		return nil, err
	}
	name, at := d.regionName(r), place{route.Region, r.Code}
	title := d.p.T("title.region", "name", name.Text)
	if r.Parent == nil {
		title = d.p.T("title.country", "name", name.Text)
	}
	lead := []string{d.origin(nil, r.Parent), d.count(len(r.Wines)), d.span(d.plan.years[at])}
	out := page.Region{
		Frame: d.frame(head{
			title: title, place: d.parentName(r), description: append([]string{title}, lead...), crumbs: here(d.crumbsOf(r)), nav: route.Places, number: number,
		}),
		Heading: name, Lead: d.sentences(lead), Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: d.ribbonYears(at, 0)},
		Wines: component.Group{Heading: component.Name{Text: d.p.T("head.wines")}, Note: d.count(len(r.Wines)), Rows: d.rows(wines, listHeight)},
		Pager: pager, Live: d.live(), Refine: d.refine(regionKey(r), r.Code),
	}
	out.LD = append(out.LD, d.itemList(out.Wines.Rows)...)
	if number == 1 {
		d.below(&out, r)
	}
	return out.View(), nil
}

// regionKey is the facet that a region is a value of.
func regionKey(r *catalog.Region) string {
	if r.Parent == nil {
		return "country"
	}
	return "region"
}

// below is what lies within the region; on the first page of its list only.
func (d *desk) below(out *page.Region, r *catalog.Region) {
	out.RegionsHead, out.AppellHead, out.ProducerHead = d.p.T("head.below"), d.p.T("head.appellations"), d.p.T("head.producers")
	for _, child := range r.Children {
		out.Regions = append(out.Regions, d.placeOfRegion(child))
	}
	for _, a := range d.snap.Appellations {
		if a.Region == r && len(a.Wines) > 0 {
			out.Appellations = append(out.Appellations, d.appellationLink(a))
		}
	}
	out.Producers = d.producersOf(r.Wines)
}

func (d *desk) parentName(r *catalog.Region) string {
	if r.Parent == nil {
		return ""
	}
	return d.regionName(r.Parent).Text
}

// placeOfRegion is a region with the regions or the appellations that lie in it.
func (d *desk) placeOfRegion(r *catalog.Region) page.Place {
	name := d.regionName(r)
	p := page.Place{Link: component.Link{Text: name.Text, Lang: name.Lang, Href: d.regionPath(r), Note: d.count(len(r.Wines))}}
	for _, child := range r.Children {
		name := d.regionName(child)
		p.Children = append(p.Children, component.Link{Text: name.Text, Lang: name.Lang, Href: d.regionPath(child), Note: d.p.Number(int64(len(child.Wines)))})
	}
	return p
}

func (d *desk) appellationLink(a *catalog.Appellation) component.Link {
	name := d.appellationTitle(a)
	return component.Link{Text: name.Text, Lang: name.Lang, Href: d.appellationPath(a), Note: d.p.Number(int64(len(a.Wines)))}
}

// producersOf some wines, in the wines' order of popularity.
func (d *desk) producersOf(wines []int) []component.Link {
	seen := map[*catalog.Producer]bool{}
	var out []component.Link
	for _, i := range wines {
		p := d.snap.Wines[i].Producer
		if seen[p] {
			continue
		}
		seen[p] = true
		name := d.producerName(p)
		if out = append(out, component.Link{Text: name.Text, Lang: name.Lang, Href: d.producerPath(p)}); len(out) == shownLinks {
			break
		}
	}
	return out
}

// paged is one page of a list and the pager through it. An empty list has one empty page.
func paged[T any](d *desk, all []T, number int) ([]T, *component.Pager, error) {
	pages := max(1, (len(all)+perPage-1)/perPage)
	if number > pages {
		return nil, nil, ErrNoPage
	}
	shown := all[min(len(all), (number-1)*perPage):min(len(all), number*perPage)]
	if pages == 1 {
		return shown, nil, nil
	}
	href := d.path(d.node.Page)
	p := &component.Pager{Words: d.p.T("pager.words", "page", number, "of", pages)}
	if number > 1 {
		p.Prev = &component.Link{Text: d.p.T("pager.prev"), Href: href + pageQuery(number-1)}
	}
	if number < pages {
		p.Next = &component.Link{Text: d.p.T("pager.next"), Href: href + pageQuery(number+1)}
	}
	return shown, p, nil
}

// places is the index of countries.
func (d *desk) places() templ.Component {
	title := d.p.T("title.places")
	out := page.Regions{Heading: title, Lead: d.sentences([]string{d.count(len(d.snap.Wines)), d.span(d.plan.years[place{}])})}
	out.Frame = d.frame(head{
		title: title, description: []string{title, d.count(len(d.snap.Wines))}, crumbs: []component.Link{{Text: d.p.T("nav.regions")}}, nav: route.Places,
	})
	out.Countries = d.countries()
	out.RanksHead, out.Ranks = d.p.T("head.ranks"), d.classificationLinks("")
	return out.View()
}

// countries with their regions, those with most wines first.
func (d *desk) countries() []page.Place {
	var out []page.Place
	for _, r := range d.byWines() {
		out = append(out, d.placeOfRegion(r))
	}
	return out
}
