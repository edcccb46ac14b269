package component

import "caveau/templates/live"

// Alert is the box in which a visitor asks to be told of a wine. It is the same for everybody and works without a script.
type Alert struct {
	Action  string // POST; fields of, sku, below and email
	Of      string // what it is about, as package alert writes it
	Summary string // what opens the box
	Always  bool   // it is open whatever the stock
	Stock   live.Stock
	Format  string        // label of the choice; no formats leave it out, and the price with it
	Formats []AlertFormat // the first one is any format
	Below   string        // label
	Hint    string        // below it
	Email   string        // label
	Button  string
	Note    string
}

// AlertFormat is a SKU in the choice.
type AlertFormat struct{ SKU, Text string }
