package page

import "caveau/templates/layout"

// Order is how an order stands, for whoever has its link. It is made to be printed too.
type Order struct {
	layout.Frame
	Heading string
	Lead    string // thanks
	Notes   []string
	State   string
	Bill    Bill
	To      string   // heading over the address
	Address []string // line by line
	Past    string   // heading over the events
	Events  []Total  // when, and what
	Own     *Own     // nil but for its account
}
