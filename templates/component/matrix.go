package component

import (
	"caveau/templates/live"

	"github.com/a-h/templ"
)

// Matrix is the table of a wine: vintages down, formats across.
type Matrix struct {
	Caption string // "Château Margaux: vintages and formats"
	Formats []MatrixFormat
	Rows    []MatrixRow
	// Heads of the first two columns: "Vintage", "To drink".
	YearHead, StateHead string
}

// MatrixFormat is a column.
type MatrixFormat struct {
	Name   string // "Magnum"
	Litres string // "1.5 l"
	Bottle Bottle // Plain and Decorative are set by the template
}

// MatrixRow is a vintage.
type MatrixRow struct {
	Year      string
	Href      string // the vintage page
	State     string // "keep", "ready", "late", "past"; may be empty
	StateWord string // "Ready to drink"; colour is never alone
	Span      string // "2010–2045"; may be empty
	Score     string // the best mark and its scale, "97/100"; may be empty
	Cells     []Cell // one per format, in their order
}

// Cell is a vintage in a format. The zero Cell is empty: never listed.
type Cell struct {
	SKU   string // set where the cell stands for one SKU: the script can then refresh it
	Href  string // the vintage page at this SKU: "…/1990#sku-A"
	Price string // "from 1 090 €" or "1 090 €"
	Pack  string // "× 6" where only cases are sold; may be empty
	Stock live.Stock
	Words *live.Phrase // short: "18 in stock", "last 1", "sold out"
}

func (c Cell) attributes() templ.Attributes {
	a := templ.Attributes{"role": "cell"}
	if c.SKU != "" {
		a["data-sku"], a["data-short"] = c.SKU, true
	}
	return a
}
