package payment

import (
	"errors"
	"fmt"
	"time"

	"caveau/store/money"
	"caveau/store/order"
)

// How things can end. Test with errors.Is.
var (
	// ErrAway: the provider was not reached, or was not able to answer. Ask again with the same key.
	ErrAway = errors.New("the payment provider is away")
	// ErrRefused: the provider answered, and will not do it.
	ErrRefused = errors.New("the payment provider refused")
	// ErrForged: a message without a signature of one of our secrets, or with one that is too old.
	ErrForged = errors.New("not signed by the payment provider")
	// ErrEarly: a message about a payment that we do not know yet. Nothing was written: it has to come again.
	ErrEarly = errors.New("nothing is known of this payment yet")
	// ErrLate: the bottles have been held for a payment as long as they are; no further page is begun.
	ErrLate = errors.New("too late for another payment page")
)

// Life is how long a page takes money. The provider wants 30 minutes at least, counted from when it is asked; the
// minute more is for asking again with the same key.
const (
	Life  = 31 * time.Minute
	Again = 50 * time.Second // for so long after its writing an attempt may be repeated
	Grace = 4 * time.Minute  // between the end of a page and the release of the bottles
)

// Most is the largest sum that a card pays, in minor units: the provider takes no more than eight digits.
const Most = 99_999_999

// Page is what the provider is asked for.
type Page struct {
	Number  order.Number
	Attempt int // 1 for an order's first page
	Amount  money.Amount
	Expires time.Time // in whole seconds
	Email   string    // of the buyer; filled in for them
	Locale  string    // "fr-FR"
	Words   Words
}

// Words are the parts of a Page that hang on the shop that asks: the same for every repetition.
type Words struct {
	Title string // what is paid for: "Commande FR-100042"
	Paid  string // where the shopper goes after paying; absolute
	Back  string // where the shopper goes without
}

// Key makes the asking safe to repeat. It holds the page's end, so that no two pages share one, in any database.
func (p Page) Key() string {
	return fmt.Sprintf("page %s %d %d", p.Number, p.Attempt, p.Expires.Unix())
}

// SessionState is how a page stands at the provider.
type SessionState string

// The states of a session.
const (
	Asked   SessionState = "asked"   // written down; nobody knows whether the provider has it
	Open    SessionState = "open"    // it takes money
	Pending SessionState = "pending" // the shopper is done, the money is on its way
	Paid    SessionState = "paid"
	Failed  SessionState = "failed"  // the money that was on its way did not come
	Expired SessionState = "expired" // it takes no money any more
	Void    SessionState = "void"    // asked for and never used
)

// Session is a page at the provider.
type Session struct {
	ID      string // at most 128 bytes
	Address string // where the shopper is sent; empty when it is not open
	State   SessionState
	Number  order.Number
	Attempt int
	Payment string       // the provider's reference of the money; empty while there is none
	Amount  money.Amount // of the page
}

// Notice is what an answer about a session says.
func (s Session) Notice() Notice {
	return Notice{What: Fact(s.State), Session: s.ID, Number: s.Number, Attempt: s.Attempt, Payment: s.Payment, Amount: s.Amount}
}

// Fact is what a notice reports: the state of a session, or money that went back.
type Fact string

// The facts that are no state of a session.
const (
	Returned   Fact = "returned"   // money went back, at our wish or by a person at the provider's
	Unreturned Fact = "unreturned" // money that was on its way back came to nothing: a person has to look
	Nothing    Fact = "nothing"    // about something that we need not know
)

// Notice is something that happened at the provider.
type Notice struct {
	ID      string // of the message; empty when we asked
	What    Fact
	Session string // "" where it is about none
	Number  order.Number
	Attempt int
	Payment string       // the provider's reference of the money
	Amount  money.Amount // that came, or that went back in all
	Refund  uint64       // our own refund that was done; 0 where it is not known which
}

// Refund is money that is due back.
type Refund struct {
	ID       uint64 // ours
	Number   order.Number
	Payment  string // the provider's reference of the payment that it goes back of
	Amount   money.Amount
	Part     bool // other refunds of the payment may stand beside it
	Refusals int  // how often the provider has said no
}

// Key makes the asking safe to repeat. After a refusal it is another one, or the provider would repeat its answer.
func (r Refund) Key() string {
	if r.Part {
		return fmt.Sprintf("refund %s part %d %d", r.Payment, r.ID, r.Refusals)
	}
	return fmt.Sprintf("refund %s %d", r.Payment, r.Refusals)
}

// Errand is a session that has to be asked for, or closed.
type Errand struct {
	Session string
	Number  order.Number
	Close   bool // its order does not wait for it any more
}
