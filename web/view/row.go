package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/templates/component"
	"caveau/templates/live"
)

// Heights of the drawn bottles, in CSS pixels of a bottle of 75 cl.
const (
	stageHeight  = 560
	wineHeight   = 320
	listHeight   = 300
	shelfHeight  = 270
	labelHeight  = 240
	cartHeight   = 90
	offerHeight  = 62
	matrixHeight = 46
)

// row is a vintage in a list.
func (d *desk) row(v *catalog.Vintage, neighbour, height int) component.Row {
	return d.rowOf(v, d.offers(v), neighbour, height)
}

// rowOf is a vintage in a list that is about some of its offers.
func (d *desk) rowOf(v *catalog.Vintage, offers []offer, neighbour, height int) component.Row {
	w := v.Wine
	r := component.Row{
		Href: d.vintagePath(v), Name: d.wineName(w), Year: d.yearText(v), Place: d.rowPlace(w), Score: d.bestScore(v),
		State: string(v.Window.In(d.year())), Bottle: d.bottle(v, height), Words: d.phrases.none,
	}
	r.Bottle.Neighbour, r.Bottle.Decorative = neighbour, true
	offers = d.shown(offers)
	if len(offers) == 0 {
		return r
	}
	low := cheapest(offers)
	r.Price, r.Unit, r.Per = d.from(offers), d.contents(low.sku), d.perLitre(low)
	if basis := d.contains(low); basis != "" {
		r.Unit += " · " + basis
	}
	r.Stock, r.Words = live.Stock(slots(offers)), d.brief(offers)
	if len(offers) == 1 {
		r.SKU = low.sku.Code
	}
	return r
}

func (d *desk) rows(vintages []*catalog.Vintage, height int) []component.Row {
	out := make([]component.Row, len(vintages))
	for i, v := range vintages {
		out[i] = d.row(v, i, height)
	}
	return out
}

// rowPlace is the appellation, behind the producer where the wine's name does not tell.
func (d *desk) rowPlace(w *catalog.Wine) string {
	place := d.placeName(w).Text
	if d.plan.tells[w.Index] {
		return place
	}
	return d.producerName(w.Producer).Text + " · " + place
}

// yearText is the year, or the word for none.
func (d *desk) yearText(v *catalog.Vintage) string {
	if v.Year == 0 {
		return d.p.T("vintage.nv")
	}
	return strconv.Itoa(v.Year)
}

// bottle draws the vintage: what is on the label is as on the label, in no page's language.
func (ed *edition) bottle(v *catalog.Vintage, height int) component.Bottle {
	b := wineBottle(v.Wine, height)
	if v.Year > 0 {
		b.Year = strconv.Itoa(v.Year)
	}
	return b
}

func wineBottle(w *catalog.Wine, height int) component.Bottle {
	b := component.Bottle{
		Shape: string(w.BottleShape()), Colour: inside(w), Name: curly(w.Name), Appellation: curly(w.Region.Name), Volume: 750, Seed: w.Code, Height: height,
	}
	if w.Appellation != nil {
		b.Appellation = curly(w.Appellation.Name)
	}
	return b
}

// inside is the colour of what is in the bottle, as the drawing tells them apart.
func inside(w *catalog.Wine) string {
	if w.Colour != catalog.White {
		return string(w.Colour)
	}
	switch w.Style {
	case catalog.Sparkling, catalog.Sweet, catalog.Fortified:
		return string(w.Style)
	default:
		return string(w.Colour)
	}
}
