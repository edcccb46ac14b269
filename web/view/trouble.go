package view

import (
	"net/http"
	"strconv"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// NotFound is the page for a path that leads nowhere; near are pages with a path like it.
func (s *Site) NotFound(snap *catalog.Snapshot, e *market.Edition, near []*route.Node) templ.Component {
	d := s.desk(snap, e, nil)
	out := d.missing(http.StatusNotFound, d.p.T("error.not_found"), d.p.T("error.not_found_text"))
	out.NearHead = d.p.T("error.near")
	for _, node := range near {
		if l := d.link(node); l.Href != "" {
			out.Near = append(out.Near, l)
		}
	}
	return out.View()
}

// Gone is the page for what was here and is not in the catalogue any more.
func (s *Site) Gone(snap *catalog.Snapshot, e *market.Edition, node *route.Node) templ.Component {
	d := s.desk(snap, e, node)
	out := d.missing(http.StatusGone, d.p.T("error.gone"), d.p.T("error.gone_text"))
	out.NearHead, out.Near = d.p.T("error.near"), d.neighboursOf(node.Page)
	return out.View()
}

// UnknownHost is the page for a host that is no shop, in the words of an edition: the list of shops.
func (s *Site) UnknownHost(e *market.Edition) templ.Component {
	ed := s.edition(e)
	f := s.plainFrame(ed, ed.p.T("error.host"))
	f.Home, f.Switch = ed.base+"/", layout.Switch{}
	shops := s.shops(ed)
	shops[ed.Market.Index].Current = false // the visitor is in none
	return page.Error{
		Frame: f, Status: http.StatusMisdirectedRequest, Heading: ed.p.T("error.host"), Text: ed.p.T("error.host_text"), Shops: shops,
	}.View()
}

// Trouble is the page for a failure of ours, or for a request that is refused. It needs no catalogue.
// retry is in how many seconds to come back, or empty.
func (s *Site) Trouble(e *market.Edition, status int, request, retry string) templ.Component {
	ed := s.edition(e)
	heading, text := ed.p.T("error.trouble"), ed.p.T("error.trouble_text")
	switch {
	case status == http.StatusServiceUnavailable:
		heading, text = ed.p.T("error.busy"), ed.p.T("error.busy_text")
	case status < http.StatusInternalServerError:
		heading, text = ed.p.T("error.refused"), ed.p.T("error.refused_text")
	}
	out := page.Error{Frame: s.plainFrame(ed, heading), Status: status, Heading: heading, Text: text}
	if seconds, err := strconv.Atoi(retry); err == nil && seconds > 0 {
		out.Retry = ed.p.N("error.retry", seconds)
	}
	if request != "" {
		out.Request = ed.p.T("error.request", "id", request)
	}
	return out.View()
}

// missing is a page with the shop around it.
func (d *desk) missing(status int, heading, text string) page.Error {
	f, sh := d.site.plainFrame(d.edition, heading), d.shell()
	f.Home, f.Nav, f.Footer, f.Withdraw, f.Notices.Demo = sh.home, sh.nav, sh.footer, sh.leave, sh.demo
	f.Place = d.placeLine(sh)
	f.Cart, f.Account, f.Search = layout.CartLink{Href: sh.cart, Badge: d.site.badge}, d.accountLink(), sh.search
	return page.Error{
		Frame: f, Status: status, Heading: heading, Text: text, Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: sh.years},
	}
}

// plainFrame is for pages that are not in the table: nothing for crawlers, and a switch that leads to the
// fronts of the shops.
func (s *Site) plainFrame(ed *edition, title string) layout.Frame {
	f := ed.bareFrame()
	f.Title, f.Robots, f.Assets = title+" | "+ed.p.T("site.title"), "noindex", s.assets
	f.Switch = ed.marketSwitch(nil)
	return f
}

// link to a page, with the words that it is known by.
func (d *desk) link(node *route.Node) component.Link {
	at := node.Page
	l := component.Link{Href: d.path(at)}
	switch at.Kind {
	case route.Region:
		if r := d.snap.Region(at.Code); r != nil {
			return named(l, d.regionName(r))
		}
	case route.Appellation:
		if a := d.snap.Appellation(at.Code); a != nil {
			return named(l, d.appellationTitle(a))
		}
	case route.Classification:
		if c := d.snap.Classification(at.Code); c != nil {
			return named(l, d.classificationName(c))
		}
	case route.Colour:
		code, colour := at.AppellationColour()
		if a := d.snap.Appellation(code); a != nil {
			l.Text = d.colourTitle(a, catalog.Colour(colour))
			return l
		}
	case route.Producer:
		if p := d.snap.Producer(at.Code); p != nil {
			return named(l, d.producerName(p))
		}
	case route.Wine:
		if w := d.snap.Wine(at.Code); w != nil {
			l.Text = d.fullName(w)
			return l
		}
	case route.Vintage:
		if w := d.snap.Wine(at.Code); w != nil {
			if v, ok := w.Vintage(at.Year); ok {
				l.Text = d.fullName(w) + " " + d.yearText(v)
				return l
			}
		}
	case route.Landing:
		away := *d
		away.node = node
		if at, ok := away.spot(); ok {
			l.Text = strconv.Itoa(node.Page.Year)
			if at.name.Text != "" {
				l.Text = at.name.Text + " " + l.Text
			}
			return l
		}
	default:
		l.Text = d.staticName(at)
		return l
	}
	return component.Link{}
}

func named(l component.Link, n component.Name) component.Link {
	l.Text, l.Lang = n.Text, n.Lang
	return l
}

// staticName of the pages that every catalogue has.
func (d *desk) staticName(at route.Page) string {
	for _, t := range textPages {
		if t.kind == at.Kind {
			return d.p.T(t.key)
		}
	}
	switch at.Kind {
	case route.Places:
		return d.p.T("nav.regions")
	case route.Vintages:
		return d.p.T("nav.vintages")
	case route.Primeur:
		return d.p.T("nav.primeur")
	case route.Search:
		return d.p.T("search.title")
	case route.Compare:
		return d.p.T("compare.title")
	case route.Birth:
		return d.p.T("birth.title")
	case route.Cart:
		return d.p.T("nav.cart")
	case route.Withdrawal:
		return d.p.T("withdrawal.title")
	case route.Destination:
		return d.p.T("door.title")
	case route.Alerts:
		return d.p.T("alert.page")
	case route.Wish:
		return d.p.T("wish.title")
	case route.Account:
		return d.p.T("customer.title")
	default:
		return d.p.T("nav.home")
	}
}

// neighboursOf a page that is gone: the wine of a vintage and its other years, the year of a landing page.
func (d *desk) neighboursOf(at route.Page) []component.Link {
	var pages []route.Page
	switch at.Kind {
	case route.Vintage:
		pages = append(pages, route.Page{Kind: route.Wine, Code: at.Code})
		if w := d.snap.Wine(at.Code); w != nil {
			for _, v := range w.Vintages {
				if v.Year >= at.Year-2 && v.Year <= at.Year+2 {
					pages = append(pages, route.Page{Kind: route.Vintage, Code: at.Code, Year: v.Year})
				}
			}
		}
		pages = append(pages, route.Page{Kind: route.Landing, Year: at.Year})
	case route.Landing:
		pages = append(pages, route.Page{Kind: route.Landing, Year: at.Year})
	}
	pages = append(pages, route.Page{Kind: route.Vintages}, route.Page{Kind: route.Places})
	var out []component.Link
	for _, p := range pages {
		if node, ok := d.snap.Routes.Node(p); ok && !node.Gone && p != at {
			if l := d.link(node); l.Href != "" {
				out = append(out, l)
			}
		}
	}
	return out
}
