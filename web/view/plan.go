package view

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
)

// plan is what follows from the structure of the catalogue and is the same for all its pages: which years
// each place has, and per edition the parts of the frame. It does not change when prices, scores or stock
// do, so that snapshots which share their structure share it too.
type plan struct {
	routes *route.Table
	rev    uint64
	about  catalog.About
	years  map[place][]yearCount // newest first
	tells  []bool                // by wine: its name tells its producer
	shells []atomic.Pointer[shell]
}

// place is a region or an appellation; the zero place is the world.
type place struct {
	kind route.Kind
	code string
}

// yearCount is how many vintages of a year a place has.
type yearCount struct{ year, count int }

// plans keeps the newest few: a preview beside the shop must not drive the shop's out.
type plans struct {
	sync.Mutex
	kept []*plan
}

const keptPlans = 4

func (s *Site) plan(snap *catalog.Snapshot) *plan {
	s.plans.Lock()
	defer s.plans.Unlock()
	for _, p := range s.plans.kept {
		if p.routes == snap.Routes && p.rev == snap.Rev && p.about == snap.About && len(p.tells) == len(snap.Wines) {
			return p
		}
	}
	p := newPlan(snap, len(s.editions))
	s.plans.kept = append([]*plan{p}, s.plans.kept[:min(len(s.plans.kept), keptPlans-1)]...)
	return p
}

func newPlan(snap *catalog.Snapshot, editions int) *plan {
	p := &plan{
		routes: snap.Routes, rev: snap.Rev, about: snap.About, shells: make([]atomic.Pointer[shell], editions),
		tells: make([]bool, len(snap.Wines)),
	}
	counts := map[place]map[int]int{}
	for i, w := range snap.Wines {
		p.tells[i] = tellsProducer(w)
		for _, at := range placesOf(w) {
			if counts[at] == nil {
				counts[at] = map[int]int{}
			}
			for _, v := range w.Vintages {
				if v.Year > 0 {
					counts[at][v.Year]++
				}
			}
		}
	}
	p.years = make(map[place][]yearCount, len(counts))
	for at, years := range counts {
		p.years[at] = newestFirst(years)
	}
	return p
}

// placesOf a wine: the world, its appellation, its region and all above.
func placesOf(w *catalog.Wine) []place {
	out := []place{{}}
	if w.Appellation != nil {
		out = append(out, place{route.Appellation, w.Appellation.Code})
	}
	for _, r := range lineage(w.Region) {
		out = append(out, place{route.Region, r.Code})
	}
	return out
}

func newestFirst(years map[int]int) []yearCount {
	out := make([]yearCount, 0, len(years))
	for year, count := range years {
		out = append(out, yearCount{year, count})
	}
	slices.SortFunc(out, func(a, b yearCount) int { return cmp.Compare(b.year, a.year) })
	return out
}

// shell is what all frames of an edition have in common.
type shell struct {
	home    string
	nav     []component.Link
	footer  []component.Link
	cart    string
	search  layout.Search
	chooser string // where a destination is chosen
	own     string // the account
	alerts  string
	wish    string
	leave   component.Link // withdrawal, where the law wants it at hand
	demo    string
	years   []component.RibbonYear // of the whole shop
}

// shell of an edition, made on its first page.
func (d *desk) shell() *shell {
	at := &d.plan.shells[d.Index]
	if made := at.Load(); made != nil {
		return made
	}
	made := d.newShell()
	at.Store(made)
	return made
}

func (d *desk) newShell() *shell {
	p := d.p
	sh := &shell{
		home: d.path(route.Page{Kind: route.Home}), cart: d.path(route.Page{Kind: route.Cart}), chooser: d.path(route.Page{Kind: route.Destination}),
		own: d.path(route.Page{Kind: route.Account}), alerts: d.path(route.Page{Kind: route.Alerts}), wish: d.path(route.Page{Kind: route.Wish}),
		search: d.searchBox(), demo: d.demo(d.snap.About),
	}
	sh.nav = d.links(
		component.Link{Text: p.T("nav.vintages"), Href: d.path(route.Page{Kind: route.Vintages})},
		component.Link{Text: p.T("nav.regions"), Href: d.path(route.Page{Kind: route.Places})},
		component.Link{Text: p.T("nav.primeur"), Href: d.path(route.Page{Kind: route.Primeur})},
	)
	if inUnion(d.Market) {
		sh.leave = component.Link{Text: p.T("withdrawal.label"), Href: d.path(route.Page{Kind: route.Withdrawal})}
	}
	for _, t := range textPages {
		sh.footer = append(sh.footer, d.links(component.Link{Text: p.T(t.key), Href: d.path(route.Page{Kind: t.kind})})...)
	}
	if !inUnion(d.Market) {
		sh.footer = append(sh.footer, d.links(component.Link{Text: p.T("text.terms.withdrawal_title"), Href: d.path(route.Page{Kind: route.Withdrawal})})...)
	}
	sh.footer = append(sh.footer, d.links(component.Link{Text: p.T("wish.title"), Href: sh.wish})...)
	sh.years = d.ribbonYears(place{}, 0)
	return sh
}

// searchBox of every page.
func (d *desk) searchBox() layout.Search {
	return layout.Search{Href: d.path(route.Page{Kind: route.Search}), Label: d.p.T("search.label"), Words: d.p.T("search.button")}
}

// textPages are those of the footer, in their order.
var textPages = []struct {
	kind route.Kind
	key  string
}{
	{route.Delivery, "nav.delivery"}, {route.Imprint, "nav.imprint"}, {route.Terms, "nav.terms"}, {route.Privacy, "nav.privacy"},
	{route.Contact, "nav.contact"}, {route.Accessibility, "nav.accessibility"},
}

// links leaves out those that lead nowhere.
func (d *desk) links(all ...component.Link) []component.Link {
	return slices.DeleteFunc(all, func(l component.Link) bool { return l.Href == "" })
}

// ribbonYears are the years of a place that have landing pages, the newest first.
func (d *desk) ribbonYears(at place, current int) []component.RibbonYear {
	counts := d.plan.years[at]
	out := make([]component.RibbonYear, 0, len(counts))
	most := 0
	for _, c := range counts {
		most = max(most, c.count)
	}
	for _, c := range counts {
		href := d.path(landing(at, c.year))
		if href == "" {
			continue
		}
		out = append(out, component.RibbonYear{
			Year: strconv.Itoa(c.year), Href: href, Count: d.p.N("count.wines", c.count), Step: step(c.count, most), Current: c.year == current,
		})
	}
	return out
}

// landing is the page of a year in a place.
func landing(at place, year int) route.Page {
	page := route.Page{Kind: route.Landing, Year: year}
	if at.code != "" {
		page.Code = route.PlaceOf(at.kind, at.code)
	}
	return page
}

// largest is the biggest step of a ribbon.
const largest = 7

// step grows with the logarithm: the cellar holds a hundred times more of 2015 than of 1945.
func step(count, most int) int {
	if most <= 1 {
		return largest / 2
	}
	return int(math.Round(largest * math.Log(float64(count)) / math.Log(float64(most))))
}
