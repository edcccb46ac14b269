package order

import (
	"errors"
	"fmt"
	"strings"

	"caveau/store/money"
)

// Why an order is not placed, or not changed. Test with errors.Is. Nothing was changed, unless ErrInDoubt.
var (
	// ErrSoldOut: fewer units are left than were asked for. Problem.Left says how many.
	ErrSoldOut = errors.New("sold out")
	// ErrPrice: the price is another one than the shopper saw. Problem.Now says which.
	ErrPrice = errors.New("price changed")
	// ErrAllocation: the customer would have more than the allocation. Problem.Left says how many may still be had.
	ErrAllocation = errors.New("over the allocation")
	// ErrUnpaid: the buyer has as many orders that wait for a bank transfer as anybody may. Problem.Left says how many.
	ErrUnpaid = errors.New("too many unpaid orders")
	// ErrHoard: more units would wait for bank transfers than one buyer may have reserved. Problem.Left says how many may be had now.
	ErrHoard = errors.New("too many unpaid units")
	// ErrNotSold: the SKU is unknown, withdrawn, or has no price in this market.
	ErrNotSold = errors.New("not sold in this market")
	// ErrQuantity: less than one unit or more than a cart may hold.
	ErrQuantity = errors.New("quantity out of range")
	// ErrLines: no line, too many, a SKU twice, or sums that do not add up. The program's fault, not the shopper's.
	ErrLines = errors.New("malformed lines")
	// ErrPerson: a contact or address with a field that is missing, too long or not text. Problem.Field names it.
	ErrPerson = errors.New("contact or address not usable")
	// ErrRequest: an unknown method of payment, or no market. The program's fault.
	ErrRequest = errors.New("malformed request")
	// ErrKeyReused: the key was used for another checkout.
	ErrKeyReused = errors.New("key used for another order")
	// ErrKey: not a key.
	ErrKey = errors.New("not a key")
	// ErrUnknown: no order with this number and key.
	ErrUnknown = errors.New("no such order")
	// ErrState: what was asked cannot be done with an order in its state.
	ErrState = errors.New("not in this state")
	// ErrAmount: the money received is not the order's total.
	ErrAmount = errors.New("amount is not the total")
	// ErrReceipt: a receipt without a usable reference, or one whose reference belongs to another order.
	ErrReceipt = errors.New("receipt not usable")
	// ErrBusy: the database was asked several times and each time let others go first, or did not answer. Nothing
	// was written.
	ErrBusy = errors.New("could not be written, try again")
	// ErrInDoubt: the answer to a commit was lost and could not be had since. Ask by the key; never make a new one.
	ErrInDoubt = errors.New("outcome unknown")
)

// Problem is one thing that stands in the way of an order.
type Problem struct {
	Err   error  // one of the errors above
	SKU   string // of which line, or ""
	Field string // of a contact or address, or ""
	Asked int
	Left  int          // ErrSoldOut, ErrAllocation, ErrHoard: how many can be had
	Now   money.Amount // ErrPrice: the price that holds now
}

// Refusal lists all that stands in the way, so that a shopper mends it in one go. It is each of its problems to
// errors.Is.
type Refusal struct{ Problems []Problem }

func (r *Refusal) Error() string {
	var list []string
	for _, p := range r.Problems {
		list = append(list, p.String())
	}
	return "order refused: " + strings.Join(list, "; ")
}

// Unwrap gives the reasons.
func (r *Refusal) Unwrap() []error {
	var list []error
	for _, p := range r.Problems {
		list = append(list, p.Err)
	}
	return list
}

// Refuse is a Refusal, or nil where there is no problem.
func Refuse(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &Refusal{Problems: problems}
}

// String is for logs.
func (p Problem) String() string {
	switch {
	case errors.Is(p.Err, ErrPrice):
		return fmt.Sprintf("%s: %s, now %s", p.SKU, p.Err, p.Now)
	case p.Field != "":
		return fmt.Sprintf("%s: %s", p.Field, p.Err)
	case p.SKU != "":
		return fmt.Sprintf("%.64q: %s, asked %d, left %d", p.SKU, p.Err, p.Asked, p.Left)
	}
	return p.Err.Error()
}
