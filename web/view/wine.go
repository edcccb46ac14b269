package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// wine is the page of the family: all vintages in all formats.
func (d *desk) wine(w *catalog.Wine) templ.Component {
	full, about := d.fullName(w), d.about(w)
	name := d.wineName(w)
	crumbs := append(d.crumbsIn(w.Appellation, w.Region), component.Link{Text: name.Text, Lang: name.Lang})
	producer := d.producerName(w.Producer)
	out := page.Wine{
		Frame: d.frame(head{
			title: d.p.T("title.wine", "name", full), short: full, place: d.placeName(w).Text,
			description: append([]string{full + ": " + d.p.N("count.vintages", len(w.Vintages))}, about...), crumbs: crumbs, nav: route.Places,
		}),
		Heading: name, Overline: d.wineOverline(w), Lead: d.listedYears(w),
		Producer: component.Link{Text: producer.Text, Lang: producer.Lang, Href: d.producerPath(w.Producer)},
		Facts:    d.facts(w), Bottle: wineBottle(w, wineHeight), Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: d.wineYears(w)},
		Matrix: d.matrix(w, full), Basis: d.priceNote() + " " + d.p.T("note.matrix"), Near: d.nearWines(w), Live: d.live(), Alert: d.nextBox(w), Remember: d.remember(),
	}
	if slices.ContainsFunc(w.Vintages, d.sellsPrimeur) {
		out.Basis += " " + d.primeurNote()
	}
	return out.View()
}

// listedYears is how many vintages there are, and from when to when: "34 vintages, 1945–2025"; nothing where
// the wine has no years.
func (d *desk) listedYears(w *catalog.Wine) string {
	if len(w.Vintages) == 1 && w.Vintages[0].Year == 0 {
		return ""
	}
	said := d.p.N("count.vintages", len(w.Vintages))
	last := len(w.Vintages) - 1
	for last > 0 && w.Vintages[last].Year == 0 {
		last--
	}
	if last > 0 {
		said += d.comma() + years(w.Vintages[last].Year, w.Vintages[0].Year)
	}
	return said
}

func (d *desk) sellsPrimeur(v *catalog.Vintage) bool {
	return slices.ContainsFunc(d.offers(v), func(o offer) bool { return o.sku.SaleType == catalog.Primeur })
}

// wineOverline is producer, place and rank on one line.
func (d *desk) wineOverline(w *catalog.Wine) string {
	var parts []string
	for _, l := range d.overline(w) {
		parts = append(parts, l.Text)
	}
	return strings.Join(parts, " · ")
}

// wineYears is the ribbon of a wine; one year alone needs none.
func (d *desk) wineYears(w *catalog.Wine) []component.RibbonYear {
	if len(w.Vintages) == 1 {
		return nil
	}
	out := make([]component.RibbonYear, len(w.Vintages))
	for i, v := range w.Vintages {
		out[i] = d.wineYear(v, false)
	}
	return out
}

// matrix has a column for each size of bottle that the market has a price for.
func (d *desk) matrix(w *catalog.Wine, full string) component.Matrix {
	m := component.Matrix{
		Caption:  d.p.T("matrix.caption", "wine", full),
		YearHead: d.p.T("matrix.year"), StateHead: d.p.T("fact.window"),
	}
	volumes := d.volumes(w)
	for _, volume := range volumes {
		b := wineBottle(w, matrixHeight)
		b.Volume = volume
		m.Formats = append(m.Formats, component.MatrixFormat{
			Name: d.p.T(catalog.FormatKey(volume, w.BottleShape())), Litres: d.p.Litres(volume), Bottle: b,
		})
	}
	for _, v := range w.Vintages {
		m.Rows = append(m.Rows, d.matrixRow(v, volumes))
	}
	return m
}

func (d *desk) volumes(w *catalog.Wine) []int {
	var out []int
	for _, v := range w.Vintages {
		for _, o := range d.offers(v) {
			if !slices.Contains(out, o.sku.Volume) {
				out = append(out, o.sku.Volume)
			}
		}
	}
	slices.SortFunc(out, cmp.Compare[int])
	return out
}

func (d *desk) matrixRow(v *catalog.Vintage, volumes []int) component.MatrixRow {
	r := component.MatrixRow{
		Year: d.yearText(v), Href: d.vintagePath(v), State: string(v.Window.In(d.year())), StateWord: sentence(d.stateWord(v.Window)),
		Cells: make([]component.Cell, len(volumes)),
	}
	if s := best(v); s != nil {
		r.Score = d.scoreValue(s) + "/" + strconv.Itoa(s.Scale)
	}
	if v.Window.Known() {
		r.Span = years(v.Window.From, v.Window.To)
	}
	offers := d.shown(d.offers(v))
	for i, volume := range volumes {
		var here []offer
		for _, o := range offers {
			if o.sku.Volume == volume {
				here = append(here, o)
			}
		}
		if len(here) > 0 {
			r.Cells[i] = d.cell(here, r.Href)
		}
	}
	return r
}

// cell is all packs of a vintage in one size; its price is that of the cheapest, with the unit price that
// the market's law wants beside it.
func (d *desk) cell(offers []offer, href string) component.Cell {
	low := cheapest(offers)
	c := component.Cell{
		Href: href + "#sku-" + low.sku.Code, Price: d.from(offers), Pack: pack(low.sku), Stock: live.Stock(slots(offers)), Words: d.brief(offers),
	}
	for _, quiet := range []string{d.cellBasis(low), d.perLitre(low)} {
		if quiet != "" && c.Pack != "" {
			c.Pack += " · "
		}
		c.Pack += quiet
	}
	if len(offers) == 1 {
		c.SKU = low.sku.Code
	}
	return c
}

// cellBasis is said where it is not what the page says of all its prices.
func (d *desk) cellBasis(o offer) string {
	if d.door != nil && o.door.Terms == d.door.usual || d.door == nil && o.price.Basis == d.Market.Basis {
		return ""
	}
	return d.contains(o)
}

// nearWines are other wines of the place, each in its newest vintage on sale.
func (d *desk) nearWines(w *catalog.Wine) component.Shelf {
	wines, name, href := w.Region.Wines, d.regionName(w.Region), d.regionPath(w.Region)
	if w.Appellation != nil && len(w.Appellation.Wines) > 1 {
		wines, name, href = w.Appellation.Wines, d.appellationName(w.Appellation), d.appellationPath(w.Appellation)
	}
	var vintages []*catalog.Vintage
	for _, i := range wines {
		if other := d.snap.Wines[i]; other.Code != w.Code {
			if v := d.newest(other); v != nil {
				if vintages = append(vintages, v); len(vintages) == shelfSize {
					break
				}
			}
		}
	}
	return component.Shelf{
		Heading: d.p.T("head.more", "place", name.Text), Href: href, More: d.p.T("shelf.all"), Rows: d.rows(vintages, shelfHeight),
	}
}

// newest vintage of a wine that the market has a price for, rather one that can be drunk than one in
// barrel; nil where there is none.
func (d *desk) newest(w *catalog.Wine) *catalog.Vintage {
	var barrel *catalog.Vintage
	for _, v := range w.Vintages {
		offers := d.offers(v)
		switch {
		case len(offers) == 0:
		case offers[0].sku.SaleType != catalog.Primeur:
			return v
		case barrel == nil:
			barrel = v
		}
	}
	return barrel
}
