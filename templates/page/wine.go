package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Wine is the family: all vintages in all formats.
type Wine struct {
	layout.Frame
	Heading  component.Name
	Overline string // appellation and classification
	Lead     string
	Producer component.Link
	Facts    []component.Fact
	Bottle   component.Bottle
	Ribbon   component.Ribbon // no years leaves it out
	Matrix   component.Matrix
	Basis    string // "All prices incl. VAT, per bottle of the format"
	Alert    component.Alert
	Remember component.Remember
	Near     component.Shelf
	Live     component.Live
}

func (w Wine) shapes() []string {
	return component.Shapes(append(component.Bottles(w.Near.Rows), w.Bottle)...)
}
