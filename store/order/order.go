package order

import (
	"time"

	"caveau/store/cart"
	"caveau/store/money"
)

// Kind of a line.
type Kind string

// The kinds of lines.
const (
	Wine     Kind = "wine"     // an SKU
	Delivery Kind = "delivery" // carriage
	Duty     Kind = "duty"     // excise and import duty that are charged with the order
)

// Line of an order, as it was on the day: titles, prices and taxes never change afterwards.
type Line struct {
	Kind     Kind
	SKU      string // of wine; "" else
	SaleType string // "stock" or "primeur"; "" where it is no wine
	Title    string // what was bought, in the order's language
	Quantity int
	Unit     money.Amount // what one costs in the market's price list, in the basis of its prices
	Net, Tax money.Amount // of the whole line
	Terms    Terms        `json:",omitzero"`
	Rest     Rest         `json:",omitzero"`
	Wish     cart.Wish    `json:",omitzero"` // what to do should this vintage not be there
	Promise  Promise      `json:",omitzero"` // of a primeur
}

// Promise is what was agreed and said about a primeur on the day: on it hangs whether the line can be withdrawn from.
type Promise struct {
	Delivery    string `json:",omitzero"` // the first day on which it can be delivered, "2028-04-01"; "" where none was named
	PriceAgreed bool   `json:",omitzero"` // with the contract
	MarketValue bool   `json:",omitzero"` // it hangs on the market
	Told        bool   `json:",omitzero"` // the buyer was told, beside the line, that it cannot be withdrawn from
}

// Gross is what the line costs.
func (l Line) Gross() money.Amount { return money.Of(l.Net.Minor+l.Tax.Minor, l.Net.Currency) }

// Order as it stands now.
type Order struct {
	Number    Number
	Market    string
	Locale    string
	Warehouse string
	Customer  string // account, or "" for a guest
	Contact   Contact
	Delivery  Address
	Invoice   Address
	Method    Method
	Bond      string // of wine in bond: warehouse and account
	Parcels   Parcels
	State     State
	Lines     []Line
	Sums      Sums
	Payments  []Payment
	Goods     []Reservation
	Events    []Event // as they happened
	PlacedAt  time.Time
	Expires   time.Time // until when bottles are held that nobody has paid for
}

// Reservation is what an order took from one SKU's stock.
type Reservation struct {
	SKU       string
	Warehouse string
	Quantity  int
	Goods     Goods
	Left      int // how many more of it are for sale at this moment
}

// Event is one thing that happened to an order. Events are only ever added.
type Event struct {
	State State
	Actor Actor
	Note  string
	At    time.Time
}

// Actor is who did something: "shopper", "payment", "clock", or "staff:" and a name.
type Actor string

// The actors that are no people of the staff.
const (
	Shopper  Actor = "shopper"
	Provider Actor = "payment"
	Clock    Actor = "clock"
)

// Staff is a person of the merchant's.
func Staff(name string) Actor { return Actor("staff:" + name) }

// Change is the answer to whatever was done to an order.
type Change struct {
	Number   Number
	State    State  // of the order now
	Position string // of the write in the replication stream: reads that carry it see the change
}
