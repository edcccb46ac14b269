package view

import (
	"cmp"

	"caveau/store/law"
	"caveau/store/route"
	"caveau/templates/component"
)

// blocked says why nothing goes to the page's door, and what can be done instead; nothing where it is delivered to.
// i18n:prefix law.blocked.
func (d *desk) blocked() component.Blocked {
	if d.door == nil || d.door.block == nil {
		return component.Blocked{}
	}
	block := d.door.block
	out := component.Blocked{Reason: d.p.T("door.blocked", "place", d.doorName(), "reason", d.p.T(block.Message()))}
	out.Options = append(out.Options, d.instead(block.Nearest)...)
	out.Options = append(out.Options, component.Link{Text: d.p.T("door.another"), Href: d.path(route.Page{Kind: route.Destination})})
	return out
}

// instead are the ways out of a block: the same page in the shop that delivers there, else the cellars where the wine can be picked up.
// i18n:prefix law.instead.
func (d *desk) instead(o law.Option) []component.Link {
	if m, known := d.site.markets.Market(o.Market); known {
		e := d.site.markets.Of(m)[0]
		href := cmp.Or(d.site.addresses(d.node, 0)[e.Index], d.site.editions[e.Index].base+"/")
		return []component.Link{{Text: d.p.T(o.Message(), "market", d.shops[m.Index].name), Href: href}}
	}
	return []component.Link{{Text: d.p.T(o.Message(), "place", d.place), Href: d.path(route.Page{Kind: route.Contact})}}
}
