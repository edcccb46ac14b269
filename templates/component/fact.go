package component

// Fact is a term and what is so: "Grapes", "cabernet sauvignon, merlot".
type Fact struct {
	Term string
	Text string
	Lang string // of Text where it is not the page's
	Href string // may be empty
}

// Score is a critic's mark for this vintage.
type Score struct {
	Critic string
	Value  string // "98–100"
	Scale  string // "/ 100"
	When   string // "from the barrel, April 2021"
}

// Harvest is what the year was in a region.
type Harvest struct {
	Place  string // "Bordeaux, left bank"
	Rating int    // 1 poor to 5 great
	Words  string // "Great"
}

// dot is the class of the i-th of five marks.
func (h Harvest) dot(i int) string {
	if i < h.Rating {
		return "on"
	}
	return "off"
}
