package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"
)

// Compare is two to four vintages side by side; with fewer it says how to come by them.
type Compare struct {
	layout.Frame
	Heading string
	Help    string
	Note    string // that differences are marked
	Term    string // heading of the first column
	Wines   []Compared
	Lines   []CompareLine
	Stock   string // heading of the line of stock
	Live    component.Live
}

// Compared is a vintage: the head of a column.
type Compared struct {
	Bottle component.Bottle
	Wine   component.Link
	Year   string
	Stock  live.Stock
	Words  *live.Phrase
}

// CompareLine is one property of all of them.
type CompareLine struct {
	Term    string
	Cells   []component.Name
	Differs bool
}

func (c Compare) shapes() []string {
	var bottles []component.Bottle
	for _, w := range c.Wines {
		bottles = append(bottles, w.Bottle)
	}
	return component.Shapes(bottles...)
}
