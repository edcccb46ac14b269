package view

import (
	"strconv"
	"strings"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Goods is what feeds say of a vintage: the same product that its page gives to search engines, and what only feeds need.
type Goods struct {
	component.Product
	Label  string // the wine without its year
	Group  string // names the vintage among all goods
	Offers []GoodsOffer
}

// GoodsOffer is one SKU in a feed.
type GoodsOffer struct {
	component.ProductOffer
	Volume int // of one bottle, in millilitres
	Pack   int
	Taxed  bool // the price contains what the market's prices contain
}

// Goods of a vintage in an edition; without offers where the market has no price for it.
func (s *Site) Goods(snap *catalog.Snapshot, e *market.Edition, v *catalog.Vintage) Goods {
	node, ok := snap.Routes.Node(route.Page{Kind: route.Vintage, Code: v.Wine.Code, Year: v.Year})
	if !ok || node.Gone {
		return Goods{}
	}
	d := s.desk(snap, e, node)
	offers, url := d.offers(v), s.URL(snap, e, node.Page)
	if len(offers) == 0 || url == "" {
		return Goods{}
	}
	out := Goods{
		Product: d.product(v, offers, d.description(d.vintageHead(v)), url), Label: d.fullName(v.Wine),
		Group: groupOf(v),
	}
	for i, o := range out.Product.Offers {
		out.Offers = append(out.Offers, GoodsOffer{
			ProductOffer: o, Volume: offers[i].sku.Volume, Pack: offers[i].sku.Pack, Taxed: offers[i].price.Basis == e.Market.Basis,
		})
	}
	return out
}

// groupOf names a vintage for machines, in at most 50 characters as they want it: by its LWIN where it has one.
func groupOf(v *catalog.Vintage) string {
	code := v.Wine.Code
	if v.Wine.LWIN != "" {
		code = "LWIN" + v.Wine.LWIN
	}
	if year := "-" + route.YearSlug(v.Year); len(code)+len(year) <= 50 {
		return code + year
	}
	return "vintage-" + strconv.FormatUint(uint64(v.Wine.ID), 10) + "-" + route.YearSlug(v.Year)
}

// Addresses of a page: its own in an edition, and those that its head names.
func (s *Site) Addresses(e *market.Edition, node *route.Node) (own string, alternates []layout.Alternate) {
	hrefs := s.addresses(node, 1)
	return hrefs[e.Index], s.alternates(hrefs)
}

// Base is the address of a market's host.
func (s *Site) Base(m *market.Market) string {
	for _, ed := range s.editions {
		if ed.Market == m {
			return strings.TrimSuffix(ed.base, ed.Prefix)
		}
	}
	return ""
}

// from is when a SKU is delivered at the earliest, where that is not now.
func from(sku *catalog.SKU) time.Time {
	if sku.SaleType != catalog.Primeur {
		return time.Time{}
	}
	return sku.Delivery
}
