package component

import (
	"slices"
	"strconv"
	"strings"

	"caveau/templates/live"

	"github.com/a-h/templ"
)

// Offer is one SKU that can be bought, as a row with a radio button.
type Offer struct {
	SKU        string // the radio's value
	Format     string // "Bouteille", "Magnum"
	Litres     string // "75 cl"
	Pack       string // "× 6", empty for a single bottle
	Packaging  string // "caisse bois d'origine"; empty where there is nothing to say
	Price      string // of the unit: "6 420 €"
	Basis      string // "TTC", "HT", "in bond": stands by the price
	Terms      string // "delivered, taxes incl.", instead of Basis where the price is one at the door; stands below it
	PerLitre   string // "1 427 €/l", required in the EU and the UK
	PerBottle  string // "1 070 € la bouteille"; empty for a single bottle
	Demo       string // mark of an invented price, which a note of Buy explains: "*"; empty where it is real
	Last       string // shown when sold out: "last price 1 090 €, 12 March 2026"; may be empty
	Delivery   string // primeur: "delivered from spring 2028"; empty otherwise
	Button     string // what the button says when this offer is chosen: "Add · 6 420 €"
	Bottle     Bottle // Plain and Decorative are set by the template
	Stock      live.Stock
	Words      *live.Phrase // "3 cases in our Bordeaux cellars", "Only 1 case left, …", "Sold out"
	Preselect  bool         // only where it is the page's one offer
	Allotted   string       // "at most 2 cases per customer"; empty where that is not so
	Max        int          // of the quantity, where this offer is chosen
	Restricted string       // why it cannot be bought in this market at all; empty otherwise
}

// Buy is the form that puts an offer into the cart. It works without a script.
type Buy struct {
	Action  string // POST; fields sku and quantity, nothing else
	Offers  []Offer
	Any     live.Stock // all of the form's SKUs: the button is disabled when nothing is left
	Max     int        // of the quantity field
	Live    Live
	Notes   []string // below the button: tax and delivery, health, sulphites
	Choose  string   // the button before an offer is chosen: "Choose a format", or the one offer's Button
	Confirm string   // heading of the message after adding: "Added to your cart"

	Blocked  Blocked     // why nothing can be delivered where the visitor wants it; zero where it can
	Made     []Breakdown // of each offer's price at the door; none where list prices are shown
	Carriage Carriage
}

// Live marks a page that shows stock: it says when the stock was read and lets the script read it anew
// once the page is some seconds old.
//
// The script collects the data-sku attributes of the page and asks Src with ?sku=A,B. The answer is
//
//	{"as_of":"2026-01-31T13:32:05Z","stamp":"checked at 14:32:05",
//	 "stock":{"A":{"available":3,"level":"low","words":"Only 3 …","short":"3 left"}}}
//
// where words is what Offer.Words says and short what Cell.Words and Row.Words say, as plain text.
type Live struct {
	Src   string // "/live/stock" of this locale
	Stamp *live.Stamp
}

func (o Offer) radio() templ.Attributes {
	return templ.Attributes{
		"type": "radio", "name": "sku", "value": o.SKU, "required": true, "checked": o.Preselect, "data-say": o.Button,
		"data-max": templ.KV(strconv.Itoa(o.Max), o.Allotted != ""),
	}
}

// name is what is sold: the format, and how many of it, which no line break parts.
func (o Offer) name() string {
	return strings.Join(said(o.Format, strings.ReplaceAll(o.Pack, " ", "\u00a0")), " ")
}

// note is what stands below the name: contents, packaging, when it is delivered, how many a customer may have, why it cannot be bought.
func (o Offer) note() string {
	return strings.Join(said(o.Litres, o.Packaging, o.Delivery, o.Allotted, o.Restricted), " · ")
}

// units are what the price contains where that takes words, and the prices by bottle and by litre.
func (o Offer) units() []string { return said(o.Terms, o.PerBottle, o.PerLitre) }

// basis is what the price contains, and the mark where it is invented.
func (o Offer) basis() string { return strings.Join(said(o.Basis, o.Demo), " ") }

// said drops what is empty.
func said(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
