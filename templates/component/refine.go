package component

// Refine is a short form below the head of a page for crawlers: it leads to the same wines, narrowed.
type Refine struct {
	Action  string
	Heading string
	Button  string
	Hidden  []Input
	Ticks   []Tick
	Field   FacetField
}

// Tick is a box of a form.
type Tick struct{ Name, Value, Text string }
