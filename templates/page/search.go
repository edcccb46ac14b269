package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Search is what was found, or without a query how to ask.
type Search struct {
	layout.Frame
	Heading  string
	Action   string // of the form
	Query    string
	Label    string
	Button   string
	Chips    []SearchChip
	ChipHead string
	Said     []string // what became of the query
	Absent   string   // said with more weight
	Places   []component.Link
	PlacesOf string
	Groups   []component.Group
	Help     string
	Examples []component.Link
	TryHead  string
	Live     component.Live
}

// SearchChip is a part of the query as it was understood; its link leads to the query without it.
type SearchChip struct {
	Kind   string // "Vintage"
	Text   string // "1990"
	Href   string
	Remove string // "Remove 1990"
	Unmet  bool   // nothing that is shown holds it
}

func (s Search) shapes() []string { return component.Shapes(component.BottlesOf(s.Groups)...) }
