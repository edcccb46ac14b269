package order

import "slices"

// State is where an order stands.
type State string

// The states of an order.
const (
	Awaiting  State = "awaiting"   // placed, waits for money; its bottles are held
	Paid      State = "paid"       // the bottles are sold
	Shipped   State = "shipped"    // with the carrier
	Delivered State = "delivered"  // with the customer
	Cancelled State = "cancelled"  // called off before money came; the bottles are free again
	Expired   State = "expired"    // nobody paid in time; the bottles are free again
	RefundDue State = "refund_due" // money is here that must go back
	Refunded  State = "refunded"   // it went back
)

// moves are all that can happen to an order. What is not here is refused with ErrState.
var moves = map[State][]State{
	"":        {Awaiting},
	Awaiting:  {Paid, Cancelled, Expired},
	Paid:      {Shipped, RefundDue},
	Shipped:   {Delivered, RefundDue},
	Delivered: {RefundDue},
	Expired:   {Paid, RefundDue}, // paid late: reserved again, else the money goes back
	Cancelled: {RefundDue},       // paid late: somebody called it off, so the money goes back
	RefundDue: {Refunded},
	Refunded:  {},
}

// May says whether an order can go from s to next. Every order begins at "".
func (s State) May(next State) bool { return slices.Contains(moves[s], next) }

// Sold says that the bottles of an order in state s are sold and its money is here.
func (s State) Sold() bool { return s == Paid || s == Shipped || s == Delivered }

// Goods is what a state means for the bottles of an order.
type Goods string

// Where the bottles of an order are. A reservation row holds one of these.
const (
	Held     Goods = "held"     // reserved: off the stock, not yet sold
	Sold     Goods = "sold"     // off the stock for good
	Released Goods = "released" // back in the stock
)

// Payment decides what money does that came for an order in state s. It never refuses: money that is here
// is either for goods or to be given back.
func (s State) Payment() Effect {
	switch s {
	case Awaiting:
		return Sell
	case Expired:
		return SellAgain
	case Cancelled:
		return GiveBack
	default:
		return Surplus
	}
}

// Effect of a payment on its order.
type Effect int

// The effects of a payment.
const (
	Sell      Effect = iota // the held bottles are sold
	SellAgain               // the bottles were released: take them again, or give the money back if they are gone
	GiveBack                // the order was called off: the order is RefundDue
	Surplus                 // it was paid already: this payment goes back, the order stays as it is
)
