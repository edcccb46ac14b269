package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Order is how an order stands, for whoever has its link. It is made to be printed too.
type Order struct {
	layout.Frame
	Heading string
	Lead    string // thanks
	Notes   []string
	State   string
	Bill    Bill
	Plan    Schedule // what is due and delivered when; without choices
	To      string   // heading over the address
	Address []string // line by line
	Papers  Papers
	Past    string  // heading over the events
	Events  []Total // when, and what

	Ledgers  []Ledger       // one for each line en primeur
	Withdraw component.Link // empty where the law gives no such function
}

// Papers are the documents of an order.
type Papers struct {
	Heading string
	Links   []component.Link
}
