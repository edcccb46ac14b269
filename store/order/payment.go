package order

import (
	"fmt"
	"time"

	"caveau/store/money"
)

// Method is how an order is paid.
type Method string

// The methods of payment.
const (
	Redirect Method = "redirect" // at the payment provider's page
	Transfer Method = "transfer" // by bank, against a pro forma invoice
)

// Hold is how long bottles wait for the money. A provider's payment page lives for 30 minutes; the five more
// are for its message. A bank transfer takes days.
func (m Method) Hold() time.Duration {
	switch m {
	case Redirect:
		return 35 * time.Minute
	case Transfer:
		return 7 * 24 * time.Hour
	}
	return 0
}

// Payment is money for an order: asked for, received, or to be given back.
type Payment struct {
	Method    Method
	Reference string // the provider's or the bank's, unique within the method; "" until money came
	Amount    money.Amount
	State     PaymentState
	Part      bool      // it gives a part of another payment back
	At        time.Time // of the last change
}

// PaymentState is where a payment stands.
type PaymentState string

// The states of a payment.
const (
	Asked    PaymentState = "asked"    // the intent, written when the order is placed
	Received PaymentState = "received" // the money is here
	Due      PaymentState = "due"      // the money is here and must go back
	Returned PaymentState = "returned" // it went back
	Void     PaymentState = "void"     // nobody will pay this any more
)

// Receipt says that money came: a webhook of the provider, or a line of the bank's statement. The same receipt may
// come twice; its Method and Reference tell.
type Receipt struct {
	Number    Number
	Method    Method
	Reference string
	Amount    money.Amount
}

// MaxReference is the longest reference of a payment, in bytes.
const MaxReference = 128

// Check a receipt against the total of its order. A wrong amount is refused: it is a forgery, a fault, or a
// part payment that a person has to look at.
func (r Receipt) Check(total money.Amount) error {
	if r.Method.Hold() == 0 || r.Reference == "" || len(r.Reference) > MaxReference {
		return fmt.Errorf("receipt %.40q by %.20q: %w", r.Reference, r.Method, ErrReceipt)
	}
	if r.Amount != total {
		return fmt.Errorf("receipt of %s for a total of %s: %w", r.Amount, total, ErrAmount)
	}
	return nil
}
