package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Vintage is the page that sells: one wine in one year. Its h1 is Year and Name together.
type Vintage struct {
	layout.Frame
	Year       string // "1990"; empty for a wine without a year
	NV         string // the word for non-vintage, set where Year is empty
	Name       component.Name
	Overline   []component.Link // appellation, classification; a link without Href is plain text
	Lead       string           // what the harvest was; the facts say the rest; may be empty
	Bottle     component.Bottle
	Window     *component.Window // nil where it is not known
	Facts      []component.Fact
	Scores     []component.Score
	ScoresNote string // "Demonstration scores"; may be empty
	Buy        component.Buy
	Gone       string // where no SKU is listed at all: what is said instead of the form
	Alert      component.Alert
	Remember   component.Remember
	Neighbours component.Ribbon // other years of the wine, this one current
	NearHead   string           // heading over Neighbours
	All        component.Link   // to the wine page
	SameYear   component.Shelf  // same year and place
	Product    component.Product
}

// inArt is the page with its bottles drawn in one block.
func (v Vintage) inArt() Vintage {
	v.Bottle, v.SameYear = v.Bottle.InArt("v"), v.SameYear.InArt()
	return v
}

// art is all bottles of that block, the page's own one first.
func (v Vintage) art() []component.Bottle {
	return append([]component.Bottle{v.Bottle}, component.Bottles(v.SameYear.Rows)...)
}
