package component

// Ribbon is the line of years. The size of a year follows how much of it the cellar holds.
type Ribbon struct {
	Label string // for the landmark: "Vintages"
	Years []RibbonYear
}

// RibbonYear is one year of the ribbon.
type RibbonYear struct {
	Year    string
	Href    string
	Count   string // "88 wines"
	Step    int    // 0 (next to nothing) to 7 (most)
	Current bool
}

// steps are the classes of the eight sizes.
var steps = [8]string{"y0", "y1", "y2", "y3", "y4", "y5", "y6", "y7"}

func (y RibbonYear) step() string { return steps[min(max(y.Step, 0), len(steps)-1)] }
