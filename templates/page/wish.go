package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"
)

// Wish is a wish list with live stock: the visitor's own, or one that was shared with him, which has no forms.
type Wish struct {
	layout.Frame
	Heading    string
	Messages   []Message
	Lines      []WishLine
	Empty      string         // said when there are no lines
	EmptyLink  component.Link // where to go then
	Note       string         // what the mark of prices means; may be empty
	GapsHead   string
	Gaps       []WishGap
	Remove     string // POST page; empty on a shared list
	MoveAction string // POST page, sku; likewise
	Share      *WishShare
	Live       component.Live
}

// WishLine is a wine or a vintage.
type WishLine struct {
	Page   string // its number
	Href   string
	Name   component.Name
	Year   string // empty for a wine
	Place  string
	Bottle component.Bottle
	Offers []WishOffer
}

// WishOffer is a SKU of a line. A wine has one offer for all of its vintages, without a SKU.
type WishOffer struct {
	SKU, Format, Price string
	Stock              live.Stock
	Words              *live.Phrase
}

// WishGap is the years that a vertical lacks.
type WishGap struct {
	Wine  component.Name
	Years []component.Link // those that the shop has lead there
}

// WishShare is the link that shows the list to others.
type WishShare struct{ Label, URL, Note string }

func (w Wish) shapes() []string {
	var bottles []component.Bottle
	for _, l := range w.Lines {
		bottles = append(bottles, l.Bottle)
	}
	return component.Shapes(bottles...)
}
