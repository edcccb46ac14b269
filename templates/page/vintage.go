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
	Lead       string           // composed from facts
	Bottle     component.Bottle
	Window     *component.Window // nil where it is not known
	Facts      []component.Fact
	Scores     []component.Score
	ScoresNote string // "Demonstration scores"; may be empty
	Buy        component.Buy
	Gone       string           // where no SKU is listed at all: what is said instead of the form
	Neighbours component.Ribbon // other years of the wine, this one current
	NearHead   string           // heading over Neighbours
	All        component.Link   // to the wine page
	SameYear   component.Shelf  // same year and place
	Product    component.Product
}

func (v Vintage) shapes() []string {
	return component.Shapes(append(component.Bottles(v.SameYear.Rows), v.Bottle)...)
}
