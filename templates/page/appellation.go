package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Appellation is a name of origin and its wines; or those of one colour, or of one rank.
type Appellation struct {
	layout.Frame
	Heading      component.Name
	Level        component.Name // "AOC", "Grand Cru"
	Lead         string
	Facts        []component.Fact
	Ribbon       component.Ribbon
	Wines        []component.Group // by producer, or one group
	Producers    []component.Link
	ProducerHead string
	Near         []component.Link // neighbouring appellations
	NearHead     string
	Colours      []component.Link // of its pages by colour
	ColourHead   string
	Empty        string // said instead of a list when no wine is there; empty otherwise
	Refine       *component.Refine
	Pager        *component.Pager
	Live         component.Live
}
