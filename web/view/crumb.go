package view

import (
	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
)

// crumbsOf a region: the index, the country, and down.
func (d *desk) crumbsOf(r *catalog.Region) []component.Link {
	out := []component.Link{{Text: d.p.T("nav.regions"), Href: d.path(route.Page{Kind: route.Places})}}
	down := lineage(r)
	for i := len(down) - 1; i >= 0; i-- {
		name := d.regionName(down[i])
		out = append(out, component.Link{Text: name.Text, Lang: name.Lang, Href: d.regionPath(down[i])})
	}
	return out
}

// crumbsIn an appellation, or in the region of a wine without one.
func (d *desk) crumbsIn(a *catalog.Appellation, r *catalog.Region) []component.Link {
	out := d.crumbsOf(r)
	if a == nil {
		return out
	}
	name := d.appellationTitle(a)
	return append(out, component.Link{Text: name.Text, Lang: name.Lang, Href: d.appellationPath(a)})
}

func (d *desk) crumbsTo(v *catalog.Vintage) []component.Link {
	name := d.wineName(v.Wine)
	out := append(d.crumbsIn(v.Wine.Appellation, v.Wine.Region), component.Link{Text: name.Text, Lang: name.Lang, Href: d.winePath(v.Wine)})
	return append(out, component.Link{Text: d.yearText(v)})
}

// here ends a way down with the page itself, which is no link.
func here(crumbs []component.Link) []component.Link {
	crumbs[len(crumbs)-1].Href = ""
	return crumbs
}
