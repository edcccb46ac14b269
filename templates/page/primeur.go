package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"

	"github.com/a-h/templ"
)

// Primeur lists wine that is sold in barrel.
type Primeur struct {
	layout.Frame
	Heading   string
	Lead      string
	Terms     string // excluding tax, delivered later, no withdrawal: in the market's words
	Campaigns []Campaign
	Empty     string // said when no campaign is open
	Live      component.Live
}

// Campaign is one year of a region in barrel.
type Campaign struct {
	Name   string // "Bordeaux 2025"; empty where the page is about this one alone
	Text   string
	Groups []PrimeurGroup // by appellation
}

// PrimeurGroup is an appellation of a campaign.
type PrimeurGroup struct {
	Heading component.Name
	Rows    []PrimeurRow
}

// PrimeurRow is a wine in barrel.
type PrimeurRow struct {
	Href     string
	Name     component.Name
	Score    string // range, "96–98"; may be empty
	Price    string // release price: "412 €"
	Unit     string // what it is for, and with which tax: "HT · 6 × 75 cl"
	Delivery string // "spring 2028"
	SKU      string
	Stock    live.Stock
	Words    *live.Phrase // short
}

func (r PrimeurRow) attributes() templ.Attributes {
	return templ.Attributes{"data-sku": r.SKU, "data-short": true}
}
