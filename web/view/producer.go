package view

import (
	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// producer is the page of a house and all its labels.
func (d *desk) producer(p *catalog.Producer) templ.Component {
	name, region := d.producerName(p), d.regionName(p.Region)
	where := d.origin(nil, p.Region)
	if p.Commune != "" && p.Commune != p.Region.Name {
		where = p.Commune + d.comma() + where
	}
	title := d.p.T("title.producer", "name", name.Text)
	lead := []string{where, d.count(len(p.Wines))}
	out := page.Producer{
		Frame: d.frame(head{
			title: title, place: region.Text, description: append([]string{d.p.T("about.producer", "name", name.Text)}, lead...),
			crumbs: append(d.crumbsOf(p.Region), component.Link{Text: name.Text, Lang: name.Lang}), nav: route.Places,
		}),
		Heading: name, Lead: d.sentences(lead), Live: d.live(),
	}
	for i, at := range p.Wines {
		out.Wines = append(out.Wines, d.producerWine(d.snap.Wines[at], i))
	}
	return out.View()
}

func (d *desk) producerWine(w *catalog.Wine, neighbour int) page.ProducerWine {
	name := d.wineName(w)
	out := page.ProducerWine{
		Name: component.Link{Text: name.Text, Lang: name.Lang, Href: d.winePath(w), Note: d.placeName(w).Text}, Text: d.sentences(d.about(w)),
		Bottle: wineBottle(w, labelHeight), Years: component.Ribbon{Label: name.Text, Years: d.wineYears(w)},
	}
	out.Bottle.Neighbour, out.Bottle.Decorative = neighbour, true
	return out
}
