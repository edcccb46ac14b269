package view

import (
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/live"
)

// desk is where one page is made: the edition, the snapshot and the moment.
type desk struct {
	*edition
	site *Site
	snap *catalog.Snapshot
	plan *plan
	now  time.Time
	node *route.Node // nil for pages that are not in the table
	door *doorway    // nil: list prices
	left Left        // nil: lists stand in the catalogue's own order

	room live.Stock // room for hasLeft
}

func (s *Site) desk(snap *catalog.Snapshot, e *market.Edition, node *route.Node) *desk {
	return &desk{edition: s.edition(e), site: s, snap: snap, plan: s.plan(snap), now: s.now(), node: node}
}

// year is the calendar year that drinking windows are read in. All editions turn it at the same moment,
// so that Rev is one number for all of them.
func (d *desk) year() int { return d.now.UTC().Year() }

// path of a page in this edition, rooted; empty where it has none.
func (d *desk) path(page route.Page) string {
	path, ok := d.snap.Routes.Path(page, d.language)
	if !ok {
		return ""
	}
	return d.Prefix + path
}

func (d *desk) winePath(w *catalog.Wine) string {
	return d.path(route.Page{Kind: route.Wine, Code: w.Code})
}

func (d *desk) vintagePath(v *catalog.Vintage) string {
	return d.path(route.Page{Kind: route.Vintage, Code: v.Wine.Code, Year: v.Year})
}

func (d *desk) regionPath(r *catalog.Region) string {
	return d.path(route.Page{Kind: route.Region, Code: r.Code})
}

func (d *desk) appellationPath(a *catalog.Appellation) string {
	return d.path(route.Page{Kind: route.Appellation, Code: a.Code})
}

func (d *desk) producerPath(p *catalog.Producer) string {
	return d.path(route.Page{Kind: route.Producer, Code: p.Code})
}
