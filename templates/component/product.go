package component

import "caveau/templates/live"

// Product is the schema.org description of a vintage page: a Product with one Offer per SKU, whose
// availability is live.
type Product struct {
	Name        string
	Description string
	URL         string // absolute
	Image       string // absolute; may be empty
	Brand       string // the producer
	Category    string // may be empty
	Year        string // vintage; empty without one
	Country     string // ISO 3166 of origin; may be empty
	Offers      []ProductOffer
}

// ProductOffer is a schema.org Offer.
type ProductOffer struct {
	SKU      string
	GTIN     string // may be empty
	URL      string // absolute, with the SKU's fragment
	Name     string // "Magnum 1.5 l"
	Price    string // decimal point, no blanks: "1090.00"; empty drops the offer
	Currency string // ISO 4217
	Primeur  bool   // PreOrder instead of InStock
	Stock    live.Stock
}

// The availabilities of schema.org that a count of units stands for, as JSON strings.
var (
	inStock  = live.NewPhrase(func(n int) string { return availability(n, "InStock", "LimitedAvailability") })
	preOrder = live.NewPhrase(func(n int) string { return availability(n, "PreOrder", "PreOrder") })
)

func availability(n int, many, low string) string {
	switch live.LevelOf(n) {
	case live.None:
		return `"https://schema.org/OutOfStock"`
	case live.Low:
		return `"https://schema.org/` + low + `"`
	default:
		return `"https://schema.org/` + many + `"`
	}
}
