package component

import (
	"strings"

	"caveau/templates/live"

	"github.com/a-h/templ"
)

// Row is one vintage in a list: a row on a phone, a bottle on the shelf's line on a wide screen.
type Row struct {
	Href    string
	Name    Name
	Year    string // "1990"; the word for non-vintage where there is none
	Place   string // appellation, "Margaux"
	Score   string // the best mark in short, "98"; may be empty
	State   string // catalog.Drinkability: "keep", "ready", "late", "past"; may be empty
	Price   string // "from 890 €", basis included where the market needs it
	Unit    string // "75 cl", what the price is for; may be empty
	Per     string // "1 187 €/l"; may be empty
	Compare Tick   // a box that takes the vintage into a comparison; no Value leaves it out
	SKU     string // set only where the row stands for one SKU: the script can then refresh it
	Stock   live.Stock
	Words   *live.Phrase // short: "12 in stock", "last 2", "sold out"
	Bottle  Bottle
}

// Group is a headed part of a list.
type Group struct {
	Heading Name
	Href    string // may be empty
	Note    string // "14 wines"
	Rows    []Row
}

// Shelf is a handful of bottles standing on one line.
type Shelf struct {
	Heading string
	Href    string // to the whole list; may be empty
	More    string // words of that link
	Rows    []Row
}

// Pager leads through a long list. Prev and Next are nil at the ends.
type Pager struct {
	Words string // "Page 2 of 5"
	Prev  *Link
	Next  *Link
}

// unit is what the price is for and what a litre costs; it breaks behind a dot only.
func (r Row) unit() string {
	const blank, fixed = " ", "\u00a0"
	all := strings.ReplaceAll(strings.Join(said(r.Unit, r.Per), " · "), blank, fixed)
	return strings.ReplaceAll(all, "·"+fixed, "·"+blank)
}

// at tells the row's bottle its place among its neighbours.
func (r Row) at(i int) Row {
	r.Bottle.Neighbour, r.Bottle.Decorative = i+1, true
	return r
}

func (r Row) attributes() templ.Attributes {
	a := templ.Attributes{"class": "row"}
	if r.SKU != "" {
		a["data-sku"], a["data-short"] = r.SKU, true
	}
	return a
}
