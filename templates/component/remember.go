package component

// Remember is the button that puts the page into the visitor's wish list. It is the same for everybody.
type Remember struct {
	Action string // POST; empty leaves it out
	Page   string // number of the page in the URL table
	Text   string
}
