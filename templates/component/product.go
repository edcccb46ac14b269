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
