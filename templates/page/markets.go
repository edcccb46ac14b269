package page

import "caveau/templates/layout"

// Markets lists all shops.
type Markets struct {
	layout.Frame
	Heading string
	Lead    string
	Shops   []Shop
}

// Shop is one market as a place to go to.
type Shop struct {
	Name     string
	Currency string // "EUR"; may be empty
	Cellar   string // "from our Bordeaux cellars"; may be empty
	Current  bool
	Locales  []layout.SwitchLocale
}
