package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Birth finds the wines of somebody's year.
type Birth struct {
	layout.Frame
	Form     BirthForm
	Wrong    string // what is wrong with the year that was given; empty otherwise
	Near     []component.Link
	NearHead string
	Ribbon   component.Ribbon
}

// BirthForm asks for a year and, if one likes, what a bottle may cost.
type BirthForm struct {
	Heading, Text      string
	Action             string // empty: there is no such page yet
	Label, Year        string
	Budget, Most, Unit string
	Button             string
	Invalid            bool
	Sample             string // a year, as a hint
}
