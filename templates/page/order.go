package page

import (
	"strconv"

	"caveau/templates/component"
	"caveau/templates/layout"

	"github.com/a-h/templ"
)

// Order is how an order stands, for whoever has its link. It is made to be printed too.
type Order struct {
	layout.Frame
	Heading string
	Lead    string // thanks
	Notes   []string
	State   string
	Code    string    // the state, for scripts
	Every   int       // seconds after which a script looks again whether the state is another; 0 never
	Pay     *OrderPay // nil when it waits for no money
	Bill    Bill
	Plan    Schedule // what is due and delivered when; without choices
	To      string   // heading over the address
	Address []string // line by line
	Papers  Papers
	Past    string  // heading over the events
	Events  []Total // when, and what

	Ledgers  []Ledger       // one for each line en primeur
	Withdraw component.Link // empty where the law gives no such function
	Own      *Own           // nil but for its account
}

// Papers are the documents of an order.
type Papers struct {
	Heading string
	Links   []component.Link
}

func (o Order) every() templ.Attributes {
	if o.Every == 0 {
		return nil
	}
	return templ.Attributes{"data-every": strconv.Itoa(o.Every)}
}
