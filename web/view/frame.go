package view

import (
	"slices"
	"strconv"

	"caveau/store/money"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/page"
)

// head is what a page says about itself in its frame.
type head struct {
	title       string // without the shop's name
	short       string // what the page is called where title is too long; may be empty
	place       string // stands behind the title where there is room
	description []string
	crumbs      []component.Link // below home; the last one is the page
	nav         route.Kind       // entry of the navigation that the page belongs to
	number      int              // of a list's page, 0 or 1 for the first
	product     bool
}

// frame of a page of the table.
func (d *desk) frame(h head) layout.Frame {
	f := d.bareFrame()
	f.Assets = d.site.assets
	sh := d.shell()
	f.Title, f.Description = d.title(h), d.description(h)
	f.Home, f.Nav, f.Footer, f.Withdraw = sh.home, sh.nav, sh.footer, sh.leave
	f.NavCurrent = d.path(route.Page{Kind: h.nav})
	f.Cart = layout.CartLink{Href: sh.cart, Badge: d.site.badge}
	f.Place, f.Account = d.placeLine(sh), d.accountLink()
	f.Search, f.Notices.Demo = sh.search, sh.demo
	hrefs := d.site.addresses(d.node, h.number)
	f.Canonical = hrefs[d.Index]
	f.Alternates = d.site.alternates(hrefs)
	f.Switch = d.marketSwitch(hrefs)
	f.Switch.Cart = component.Link{Text: d.p.T("cart.take_along"), Href: sh.cart + "#" + page.CartElsewhere}
	f.OpenGraph.Type = "website"
	if h.product {
		f.OpenGraph.Type = "product"
	}
	if d.node != nil {
		f.Kin = d.kin(d.node.Page.Kind)
	}
	if len(h.crumbs) > 0 {
		f.Breadcrumbs = append([]component.Link{{Text: d.p.T("nav.home"), Href: sh.home}}, h.crumbs...)
		f.LD = append(f.LD, d.crumbList(f.Breadcrumbs, f.Canonical))
	}
	return f
}

// kin names the pages of a kind in an edition, of those kinds that make nearly all pages.
func (ed *edition) kin(kind route.Kind) string {
	if !slices.Contains(Kinds, kind) {
		return ""
	}
	return string(kind) + " " + ed.Locale.Tag() + " " + ed.Market.Code
}

// Kinds of which there are thousands of pages, in their order by number.
var Kinds = []route.Kind{route.Vintage, route.Wine}

// bareFrame is what even a page without a catalogue has.
func (ed *edition) bareFrame() layout.Frame {
	return layout.Frame{
		P: ed.p, Lang: ed.Locale.Tag(), Home: ed.Prefix + "/", Notices: ed.notice,
		Market: layout.Market{Code: ed.Market.Code, Name: ed.shops[ed.Market.Index].name, Currency: ed.currency()},
	}
}

// addresses of a node in all editions, by index; empty where an edition has no such page. They are the
// only source of canonical, hreflang and market switch. A page that the table does not have has none.
func (s *Site) addresses(node *route.Node, number int) []string {
	out := make([]string, len(s.editions))
	if node == nil {
		return out
	}
	query := pageQuery(number)
	for i, ed := range s.editions {
		if path := node.Path(ed.language); path != "" {
			out[i] = ed.base + path + query
		}
	}
	return out
}

// pageQuery of page N of a list; the first one has none.
func pageQuery(number int) string {
	if number < 2 {
		return ""
	}
	return "?page=" + strconv.Itoa(number)
}

// alternates are the hreflang links of all editions that have the page, and x-default.
func (s *Site) alternates(hrefs []string) []layout.Alternate {
	out := make([]layout.Alternate, 0, len(hrefs)+1)
	for i, ed := range s.editions {
		if hrefs[i] != "" {
			out = append(out, layout.Alternate{Hreflang: ed.Locale.Tag(), Href: hrefs[i]})
		}
	}
	if href := hrefs[s.fallback.Index]; href != "" {
		out = append(out, layout.Alternate{Hreflang: "x-default", Href: href})
	}
	return out
}

// marketSwitch leads to the same page in all shops, or to the front of those that do not have it.
func (ed *edition) marketSwitch(hrefs []string) layout.Switch {
	out := layout.Switch{Href: ed.Prefix + ShopsPath, Markets: make([]layout.SwitchMarket, len(ed.shops))}
	for i, shop := range ed.shops {
		m := layout.SwitchMarket{
			Code: shop.code, Name: shop.own, Lang: shop.locales[0].tag,
			Locales: make([]layout.SwitchLocale, len(shop.locales)),
		}
		for j, l := range shop.locales {
			href := l.home
			if hrefs != nil && hrefs[l.index] != "" {
				href = hrefs[l.index]
			}
			m.Locales[j] = layout.SwitchLocale{Label: l.label, Lang: l.tag, Href: href, Current: l.index == ed.Index}
		}
		out.Markets[i] = m
	}
	return out
}

// crumbList is the breadcrumbs for search engines (schema.org BreadcrumbList).
func (d *desk) crumbList(crumbs []component.Link, canonical string) any {
	origin := d.base[:len(d.base)-len(d.Prefix)]
	items := make([]crumbItem, len(crumbs))
	for i, c := range crumbs {
		items[i] = crumbItem{Type: "ListItem", Position: i + 1, Name: c.Text, Item: origin + c.Href}
		if c.Href == "" {
			items[i].Item = canonical
		}
	}
	return crumbList{Context: "https://schema.org", Type: "BreadcrumbList", Items: items}
}

type crumbList struct {
	Context string      `json:"@context"`
	Type    string      `json:"@type"`
	Items   []crumbItem `json:"itemListElement"`
}

type crumbItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

// currency as the shop writes it: "€", "CHF".
func (ed *edition) currency() string {
	if sign := signs[ed.Market.Currency]; sign != "" {
		return sign
	}
	return string(ed.Market.Currency)
}

var signs = map[money.Currency]string{"EUR": "€", "GBP": "£", "USD": "$", "HKD": "HK$"}
