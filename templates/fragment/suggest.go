package fragment

// Suggest is what the box of every page shows below itself while somebody types.
type Suggest struct {
	Label string // of the list
	News  string // how many there are, read out
	Rows  []SuggestRow
}

// SuggestRow is a wine, a producer or a place.
type SuggestRow struct {
	Href string
	Text string
	Lang string // of Text where it is not the page's
	Note string // vintages in stock, or what it is
}
