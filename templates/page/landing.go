package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Landing is a year, or a year in a region or an appellation. It never disappears: without stock it shows
// what was there and what is near.
type Landing struct {
	layout.Frame
	Heading   string // "1982", or "Pauillac 1982"
	Year      string // set large above the place; equals Heading where there is no place
	Place     component.Name
	Lead      string // composed from facts
	Empty     string // said instead of a list when nothing is in stock; empty otherwise
	Ribbon    component.Ribbon
	Harvests  []component.Harvest
	Harvest   string         // heading of that note
	Best      []LandingScore // best marks of the year
	BestHead  string
	Groups    []component.Group // in stock, by region or appellation
	SoldOut   component.Group   // wines that were here; no rows leaves it out
	Years     []component.Link  // neighbours in time
	YearsHead string
	Places    []component.Link // the same year elsewhere
	PlaceHead string
	Refine    *component.Refine
	Pager     *component.Pager
	Live      component.Live
}

// LandingScore is a wine of the year with its best mark.
type LandingScore struct {
	Wine  component.Link
	Score component.Score
}

func (l Landing) shapes() []string {
	return component.Shapes(append(component.BottlesOf(l.Groups), component.Bottles(l.SoldOut.Rows)...)...)
}
