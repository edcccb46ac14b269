package view

import (
	"cmp"
	"slices"
	"strconv"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// landing is the page of a year, or of a year in a place. It stays when nothing of the year is left: then
// it says so and shows what is near.
func (d *desk) landing(number int) (templ.Component, error) {
	year := d.node.Page.Year
	spot, ok := d.spot()
	if !ok {
		return nil, ErrNoPage
	}
	all := d.ofYear(year, spot)
	shown, pager, err := paged(d, all, number)
	if err != nil {
		return nil, err
	}
	heading := strconv.Itoa(year)
	if spot.name.Text != "" {
		heading = spot.name.Text + " " + heading
	}
	lead := []string{d.landingPlace(spot), d.count(len(all)), d.landingHarvest(spot, year)}
	out := page.Landing{
		Frame: d.frame(head{
			title: d.p.T("title.landing", "name", heading), description: append([]string{d.p.T("title.landing", "name", heading)}, lead[1:]...),
			crumbs: d.landingCrumbs(spot, year), nav: route.Vintages, number: number,
		}),
		Heading: heading, Year: strconv.Itoa(year), Place: spot.name, Lead: d.sentences(lead),
		Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: d.ribbonYears(spot.place, year)},
		Pager:  pager, Live: d.live(), Refine: d.refineYear(spot, year),
	}
	d.listYear(&out, shown, len(all))
	out.LD = append(out.LD, d.itemList(out.Groups[0].Rows, out.SoldOut.Rows)...)
	if number == 1 {
		d.aroundYear(&out, spot, year, all)
	}
	return out.View(), nil
}

// refineYear narrows a year, or a year in a place.
func (d *desk) refineYear(at spot, year int) *component.Refine {
	of := []string{"from", strconv.Itoa(year), "to", strconv.Itoa(year)}
	switch {
	case at.appellation != nil:
		of = append([]string{"appellation", at.appellation.Code}, of...)
	case at.region != nil:
		of = append([]string{regionKey(at.region), at.region.Code}, of...)
	}
	return d.refine(of...)
}

// spot is the place of a landing page.
type spot struct {
	place
	name        component.Name
	region      *catalog.Region
	appellation *catalog.Appellation
	wines       []int
}

// spot of this page; false where the place is no longer in the catalogue.
func (d *desk) spot() (spot, bool) {
	kind, code := d.node.Page.Place()
	at := spot{place: place{kind, code}}
	switch kind {
	case "":
		return spot{}, true
	case route.Region:
		if at.region = d.snap.Region(code); at.region != nil {
			at.name, at.wines = d.regionName(at.region), at.region.Wines
		}
	case route.Appellation:
		if at.appellation = d.snap.Appellation(code); at.appellation != nil {
			at.name, at.wines, at.region = d.appellationTitle(at.appellation), at.appellation.Wines, at.appellation.Region
		}
	}
	return at, at.region != nil
}

// ofYear lists the year's vintages by the popularity of the wine: those of which something is left, then the others, and last those that
// are in no shop.
func (d *desk) ofYear(year int, at spot) []*catalog.Vintage {
	var listed, gone []*catalog.Vintage
	add := func(v *catalog.Vintage) {
		if len(v.SKUs) > 0 {
			listed = append(listed, v)
		} else {
			gone = append(gone, v)
		}
	}
	if at.region == nil {
		if y := d.snap.Year(year); y != nil {
			for _, ref := range y.Vintages {
				add(d.snap.Vintage(ref))
			}
		}
		return append(d.inStockFirst(listed), gone...)
	}
	for _, i := range at.wines {
		if v, ok := d.snap.Wines[i].Vintage(year); ok {
			add(v)
		}
	}
	return append(d.inStockFirst(listed), gone...)
}

// listYear fills the groups: what is listed, and what was.
func (d *desk) listYear(out *page.Landing, shown []*catalog.Vintage, all int) {
	from := len(shown)
	if i := slices.IndexFunc(shown, func(v *catalog.Vintage) bool { return len(v.SKUs) == 0 }); i >= 0 {
		from = i
	}
	if all == 0 {
		out.Empty = d.p.T("landing.empty")
	}
	out.Groups = []component.Group{{
		Heading: component.Name{Text: d.p.T("head.wines")}, Note: d.count(all), Rows: d.rows(shown[:from], listHeight),
	}}
	out.SoldOut = component.Group{Heading: component.Name{Text: d.p.T("head.gone")}, Rows: d.rows(shown[from:], listHeight)}
}

// aroundYear is what stands on the first page of the list only.
func (d *desk) aroundYear(out *page.Landing, at spot, year int, all []*catalog.Vintage) {
	out.Harvest, out.Harvests = d.p.T("head.harvest"), d.harvests(at, year)
	out.BestHead, out.Best = d.p.T("head.best"), d.bestOf(all)
	out.YearsHead, out.Years = d.p.T("vintage.neighbours"), d.nearbyYears(at.place, year)
	out.PlaceHead, out.Places = d.p.T("head.elsewhere", "year", year), d.placesOfYear(at, year)
}

// landingPlace is what lies around the place: year and place themselves are the heading.
func (d *desk) landingPlace(at spot) string {
	switch {
	case at.region == nil:
		return ""
	case at.appellation != nil:
		return d.origin(nil, at.region)
	default:
		return d.origin(nil, at.region.Parent)
	}
}

func (d *desk) landingHarvest(at spot, year int) string {
	if at.region == nil {
		return ""
	}
	return d.aboutHarvest(at.region, year)
}

func (d *desk) landingCrumbs(at spot, year int) []component.Link {
	out := []component.Link{{Text: d.p.T("nav.vintages"), Href: d.path(route.Page{Kind: route.Vintages})}}
	y := component.Link{Text: strconv.Itoa(year)}
	if at.region == nil {
		return append(out, y)
	}
	y.Href = d.path(landing(place{}, year))
	return append(out, y, component.Link{Text: at.name.Text, Lang: at.name.Lang})
}

// shownHarvests is how many regions a year's note names.
const shownHarvests = 12

// harvests of a year: the place's own rating and those within it; of the whole year the best known.
func (d *desk) harvests(at spot, year int) []component.Harvest {
	var out []component.Harvest
	if at.region != nil {
		if rating, of := d.snap.Harvest(at.region, year); rating > 0 {
			out = append(out, d.harvest(of, rating))
		}
		for _, child := range at.region.Children {
			if rating, of := d.snap.Harvest(child, year); rating > 0 && of == child && at.appellation == nil {
				out = append(out, d.harvest(child, rating))
			}
		}
		return out[:min(len(out), shownHarvests)]
	}
	for _, row := range d.snap.Harvests(year) {
		if r := d.snap.Region(row.Region); r != nil && len(out) < shownHarvests {
			out = append(out, d.harvest(r, row.Rating))
		}
	}
	return out
}

func (d *desk) harvest(r *catalog.Region, rating int) component.Harvest {
	return component.Harvest{Place: d.regionName(r).Text, Rating: rating, Words: sentence(d.rating(rating))}
}

// rating of a harvest in words.
func (d *desk) rating(rating int) string {
	return d.p.T("harvest." + strconv.Itoa(min(max(rating, 1), 5))) // i18n:prefix harvest.
}

// bestOf a list: the five highest marks, by popularity where they are equal.
func (d *desk) bestOf(all []*catalog.Vintage) []page.LandingScore {
	marked := slices.DeleteFunc(slices.Clone(all), func(v *catalog.Vintage) bool { return best(v) == nil })
	slices.SortStableFunc(marked, func(a, b *catalog.Vintage) int { return cmp.Compare(share(best(b)), share(best(a))) })
	var out []page.LandingScore
	for _, v := range marked[:min(len(marked), 5)] {
		score := d.score(best(v))
		score.Value = d.mark(best(v))
		out = append(out, page.LandingScore{Wine: component.Link{Text: d.fullName(v.Wine), Href: d.vintagePath(v)}, Score: score})
	}
	return out
}

// nearbyYears are the three before and the three after that the place has pages of, in the order of time.
func (d *desk) nearbyYears(at place, year int) []component.Link {
	const either = 3
	var before, after []component.Link
	for _, c := range d.plan.years[at] { // newest first
		l := component.Link{Text: strconv.Itoa(c.year), Href: d.path(landing(at, c.year)), Note: d.count(c.count)}
		switch {
		case l.Href == "":
		case c.year > year:
			after = append(after, l)
		case c.year < year && len(before) < either:
			before = append(before, l)
		}
	}
	out := append(after[max(0, len(after)-either):], before...)
	slices.Reverse(out)
	return out
}

// placesOfYear are the landing pages of the same year in other places: below this one, else beside it.
func (d *desk) placesOfYear(at spot, year int) []component.Link {
	var out []component.Link
	add := func(to place, name component.Name) {
		href := d.path(landing(to, year))
		if href == "" || to == at.place || len(out) >= shownLinks {
			return
		}
		out = append(out, component.Link{Text: name.Text, Lang: name.Lang, Href: href, Note: d.countOf(to, year)})
	}
	if at.region == nil {
		for _, country := range d.byWines() {
			add(place{route.Region, country.Code}, d.regionName(country))
			for _, r := range country.Children {
				add(place{route.Region, r.Code}, d.regionName(r))
			}
		}
		return out
	}
	for _, above := range lineage(at.region) {
		add(place{route.Region, above.Code}, d.regionName(above))
	}
	for _, r := range at.region.Children {
		add(place{route.Region, r.Code}, d.regionName(r))
	}
	for _, a := range d.snap.Appellations {
		if a.Region == at.region {
			add(place{route.Appellation, a.Code}, d.appellationTitle(a))
		}
	}
	return out
}

func (d *desk) countOf(at place, year int) string {
	for _, c := range d.plan.years[at] {
		if c.year == year {
			return d.p.Number(int64(c.count))
		}
	}
	return ""
}
