package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Search is what was found and how it can be narrowed; without a query, how to ask as well.
type Search struct {
	layout.Frame
	Heading  string
	Action   string // of the forms
	Query    string
	Label    string
	Button   string
	Kept     []component.Input // of the selection that is shown
	Chips    []SearchChip      // of the query
	ChipHead string
	Choice   []SearchChip // of the facets
	Chosen   string       // heading of Choice
	Said     []string     // what became of the query
	Absent   string       // said with more weight
	Places   []component.Link
	PlacesOf string
	Facets   *component.Facets // nil where there is nothing to narrow
	Sort     SearchSort
	Groups   []component.Group
	Compare  CompareForm
	Rescue   SearchRescue // where nothing is left
	Pager    *SearchPager
	Help     string
	Examples []component.Link
	TryHead  string
	Live     component.Live
}

// SearchChip is a part of the query as it was understood, or a chosen value; its button leads to the list without it.
type SearchChip struct {
	Kind    string // "Vintage"
	Text    string // "1990"
	Without string // what the button sends
	Remove  string // "Remove 1990"
	Unmet   bool   // nothing that is shown holds it
}

// CompareForm is what the boxes of rows belong to; no action leaves it out.
type CompareForm struct{ Action, Button string }

// SearchSort is the choice of an order.
type SearchSort struct {
	Action  string
	Kept    []component.Input // of the selection that is shown, but for its order
	Label   string
	Button  string
	Options []SearchOrder
}

// SearchOrder is one of them.
type SearchOrder struct {
	Value, Text string
	Chosen      bool
}

// SearchRescue says that nothing is left, and what one change would bring.
type SearchRescue struct {
	Words   string
	Heading string
	Ways    []SearchWay
}

// SearchWay is one change: a button.
type SearchWay struct{ Without, Text, Note string }

// SearchPager leads on by buttons: its pages are none for crawlers. 0 leaves a button out.
type SearchPager struct {
	Words      string
	PrevWords  string
	NextWords  string
	Prev, Next int
}

func (s Search) shapes() []string { return component.Shapes(component.BottlesOf(s.Groups)...) }
