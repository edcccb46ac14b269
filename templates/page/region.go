package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Region is a country or a wine region.
type Region struct {
	layout.Frame
	Heading      component.Name
	Lead         string
	Ribbon       component.Ribbon
	Regions      []Place // below it
	RegionsHead  string
	Appellations []component.Link
	AppellHead   string
	Producers    []component.Link
	ProducerHead string
	Wines        component.Group
	Refine       *component.Refine
	Pager        *component.Pager
	Live         component.Live
}

// Regions is the index of countries and their regions.
type Regions struct {
	Ranks     []component.Link
	RanksHead string
	layout.Frame
	Heading   string
	Lead      string
	Countries []Place
}
