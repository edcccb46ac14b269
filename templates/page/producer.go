package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Producer is a house and all its wines.
type Producer struct {
	layout.Frame
	Heading component.Name
	Lead    string
	Facts   []component.Fact
	Wines   []ProducerWine
	Live    component.Live
}

// ProducerWine is one label of the house with its years.
type ProducerWine struct {
	Name   component.Link // to the wine page; Note is the appellation
	Text   string
	Bottle component.Bottle
	Years  component.Ribbon
}

// ribbon is named after the label: a page with several needs to tell them apart.
func (w ProducerWine) ribbon() component.Ribbon {
	w.Years.Label += ": " + w.Name.Text
	return w.Years
}

func (p Producer) shapes() []string {
	var bottles []component.Bottle
	for _, w := range p.Wines {
		bottles = append(bottles, w.Bottle)
	}
	return component.Shapes(bottles...)
}
