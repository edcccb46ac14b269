package order

import "caveau/store/money"

// Terms say which taxes a line of wine bears.
type Terms string

// The terms.
const (
	AsListed  Terms = ""           // those of the price list: it is delivered in the country of the shop
	Abroad    Terms = "abroad"     // duty and tax of the country that it goes to
	OnArrival Terms = "on_arrival" // none: the buyer pays them where it arrives
	InBond    Terms = "in_bond"    // none: it stays in the bonded warehouse
	Later     Terms = "later"      // none yet: they are paid when it is delivered
)

// adds says whether net and tax of a line can be what terms make of its price in the list.
func (t Terms) adds(l Line) bool {
	sum := l.Unit.Times(int64(l.Quantity))
	switch t {
	case AsListed:
		return l.Gross() == sum || l.Net == sum && l.Tax.Minor <= sum.Minor
	case Abroad:
		return l.Net.Minor > 0 && l.Net.Minor <= sum.Minor && l.Tax.Minor <= MaxUnit
	case OnArrival, InBond:
		return l.Net.Minor > 0 && l.Net.Minor <= sum.Minor && l.Tax.IsZero()
	case Later:
		return l.Net == sum && l.Tax.IsZero()
	default:
		return false
	}
}

// Parcels is what the buyer of wine that can leave at different times chose; empty where there was nothing to choose.
type Parcels string

// The choices.
const (
	Split    Parcels = "split"    // each leaves when it can
	Together Parcels = "together" // all wait for the last
)

// Valid says that p is a choice or none.
func (p Parcels) Valid() bool { return p == "" || p == Split || p == Together }

// Rest is what the buyer of a line was told will be due later: an estimate at the rates of the day of the order.
type Rest struct {
	On     string       // from which day on, "2028-04-01"; empty: nothing is due later
	Amount money.Amount // duty, tax and delivery; no currency where it could not be told
}

func (r Rest) wellFormed(currency money.Currency) bool {
	known := r.Amount.Currency == currency && r.Amount.Minor >= 0 && r.Amount.Minor <= 999*MaxUnit
	return (r.On == "" || len(r.On) == len("2028-04-01")) && (r.Amount == money.Amount{} || known && r.On != "")
}
