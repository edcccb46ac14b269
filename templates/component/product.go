package component

import (
	"time"

	"caveau/templates/live"
)

// Product is the schema.org description of a vintage page: a Product where there is one SKU or none, a ProductGroup with
// a variant for each SKU where there are several. Availability is live. What is not known is left out.
type Product struct {
	Name        string
	Description string
	URL         string // absolute
	Image       string // absolute; may be empty
	Brand       string // the producer
	Category    string // may be empty
	Year        string // vintage; empty without one
	Country     string // ISO 3166 of origin; may be empty
	Group       string // names the vintage among all goods
	Offers      []ProductOffer

	Shipping *ProductShipping // to the market's own country; nil where it is not known
	Returns  *ProductReturns  // nil where no law gives a right and the house says nothing
}

// ProductOffer is a schema.org Offer.
type ProductOffer struct {
	SKU      string
	GTIN     string    // may be empty
	URL      string    // absolute, with the SKU's fragment
	Name     string    // "Magnum 1.5 l"
	Price    string    // decimal point, no blanks: "1090.00"; empty drops the offer
	Currency string    // ISO 4217
	Primeur  bool      // PreOrder instead of InStock
	From     time.Time // primeur: the first day on which it can be delivered; may be zero
	Carriage string    // of one unit, like Price; empty where it is not known
	Stock    live.Stock
}

// ProductShipping is how long delivery takes.
type ProductShipping struct {
	Country     string // ISO 3166
	First, Last int    // working days
}

// ProductReturns is the right to send back what was in stock.
type ProductReturns struct {
	Country string // ISO 3166
	Days    int
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
