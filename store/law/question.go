package law

import (
	"fmt"
	"time"

	"caveau/store/market"
	"caveau/store/money"
)

// Style is how the tax office sees a wine. Sweet wine is still wine.
type Style string

// The styles.
const (
	Still     Style = "still"
	Sparkling Style = "sparkling"
	Fortified Style = "fortified"
)

var styles = map[Style]bool{Still: true, Sparkling: true, Fortified: true}

// Sale says when the bottle can leave.
type Sale string

// The sale types, in the words of package catalog.
const (
	Stock   Sale = "stock"
	Primeur Sale = "primeur"
)

// SKU holds the facts of what is sold that the rules ask for.
type SKU struct {
	Volume   int // millilitres of one bottle
	Bottles  int // in the unit
	Strength int // tenths of % vol; 0 unknown
	Style    Style
	Vintage  int       // 0: NV
	Produced time.Time // when it was made; zero where it is not known
	Sale     Sale
	Delivery time.Time // primeur: the first day on which it can be delivered; zero where it is not known

	Price money.Amount // of the unit, in the market's currency
	Basis market.Basis // what the price contains: Incl is with the duty and VAT of the market's own country
}

// Destination is where the wine goes.
type Destination struct {
	Country  string // ISO 3166
	State    string // "CA" or "US-CA", where states differ
	Postcode string // may be empty; parts of a country with taxes of their own are found by it
}

// Question is one SKU, sold by a market to a destination on a day.
type Question struct {
	Market      *market.Market
	SKU         SKU
	Destination Destination
	On          time.Time
	InBond      bool // it stays in the bonded warehouse; only where MayBond
}

// The bounds of what is believed.
const (
	MaxQuantity = 10_000            // units of a line
	maxPrice    = 1_000_000_000_000 // minor units
	strongest   = 220               // tenths of % vol: more is no wine
)

func (s SKU) check(m *market.Market) error {
	switch {
	case s.Volume < 100 || s.Volume > 30_000:
		return refuse(BadSKU, fmt.Sprintf("a bottle of %d ml", s.Volume))
	case s.Bottles < 1 || s.Bottles > 60:
		return refuse(BadSKU, fmt.Sprintf("a unit of %d bottles", s.Bottles))
	case s.Strength < 0 || s.Strength > strongest:
		return refuse(BadSKU, fmt.Sprintf("a strength of %d tenths of %% vol", s.Strength))
	case !styles[s.Style]:
		return refuse(BadSKU, fmt.Sprintf("style %q", s.Style))
	case s.Sale != Stock && s.Sale != Primeur:
		return refuse(BadSKU, fmt.Sprintf("sale type %q", s.Sale))
	case s.Price.Minor <= 0 || s.Price.Minor > maxPrice || s.Price.Currency != m.Currency:
		return refuse(BadPrice, fmt.Sprintf("%s in market %s", s.Price, m.Code))
	case s.Basis != market.Incl && s.Basis != market.Excl && s.Basis != market.InBond:
		return refuse(BadPrice, fmt.Sprintf("basis %q", s.Basis))
	}
	return nil
}

// millilitres of one unit.
func (s SKU) millilitres() int64 { return int64(s.Volume) * int64(s.Bottles) }

// equivalents are bottles of 75 cl, begun ones counted.
func equivalents(millilitres int64) int { return int((millilitres + 749) / 750) }
