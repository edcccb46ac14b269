package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Home is the front of a shop: choose a year, then the rest.
type Home struct {
	layout.Frame
	Banner  *Banner // nil where it is no banner's time
	Heading string  // "Choose a year"
	Lead    string
	Ribbon  component.Ribbon
	Shelves []component.Shelf
	Regions []Place
	Birth   BirthForm
	Primeur *Teaser // nil when no campaign is open
	Figures []Figure
	Live    component.Live
}

// Banner is what the front says for a time.
type Banner struct {
	Words string
	Href  string // empty where it leads nowhere
}

// Place is a region, an appellation or a country with what the cellar holds of it.
type Place struct {
	component.Link                  // Note is the count: "412 wines"
	Children       []component.Link // may be empty
}

// Teaser points to the primeur list.
type Teaser struct {
	Heading string
	Text    string
	Link    component.Link
}

// Figure is a number with its words: "12,000" "bottles listed".
type Figure struct{ Number, Words string }
