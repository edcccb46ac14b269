package layout

import (
	"caveau/i18n"
	"caveau/templates/component"
	"caveau/templates/live"
)

// Frame is what every page has around its own content. The same Frame, made once per edition and page,
// serves all visitors: nothing in it belongs to one of them.
type Frame struct {
	P    *i18n.Printer
	Lang string // value of <html lang>
	Dir  string // "ltr"; empty is ltr

	Kin string // names the pages that are made like this one (live.Kin); empty where they are few

	Title       string // whole text of <title>
	Description string
	Canonical   string // absolute; empty leaves it out (errors, cart)
	Robots      string // "noindex, follow"; empty leaves it out
	Reload      int    // seconds after which a browser without scripts asks for the page again; 0 never
	Alternates  []Alternate
	OpenGraph   OpenGraph

	Market      Market
	Home        string // href of the shop's home page
	Nav         []component.Link
	NavCurrent  string // Href of the entry that the page belongs to; may be empty
	Switch      Switch
	Breadcrumbs []component.Link // from the shop's home down; the last one is the page itself, without Href
	Account     component.Link   // to the account, or to the log-in; without Href there is none
	Cart        CartLink
	Place       Place
	Search      Search
	Notices     Notices
	Withdraw    component.Link   // from a contract: stands out at the foot of every page where the law wants it; empty leaves it out
	Footer      []component.Link // delivery, imprint, terms, privacy, contact, accessibility
	Assets      Assets
	LD          []any // values for JSON-LD scripts; those with live stock are part of the page (component.Product)
}

// Alternate is a hreflang link.
type Alternate struct {
	Hreflang string // BCP 47 or "x-default"
	Href     string // absolute
}

// OpenGraph describes the page to those who link to it.
type OpenGraph struct {
	Type  string // "product" or "website"; empty leaves all of it out
	Image string // absolute; may be empty
}

// Market is the shop.
type Market struct {
	Code     string // "fr"
	Name     string // in the page's language: "France"
	Currency string // "€", as the shop writes it
}

// Switch lists all shops and their languages; each address is the same page there, or the nearest one.
type Switch struct {
	Href    string // the page that lists all shops, for small screens and for print
	Markets []SwitchMarket
	Cart    component.Link // where a cart is taken along from; may be empty
	Own     bool           // the addresses belong to one visitor, and are no part that pages share
}

// SwitchMarket is one shop of the switch.
type SwitchMarket struct {
	Code    string
	Name    string // as it calls itself: "Deutschland"
	Lang    string // BCP 47, of Name
	Locales []SwitchLocale
}

// SwitchLocale is a language of a shop.
type SwitchLocale struct {
	Label   string // in that language: "Deutsch"
	Lang    string // BCP 47
	Href    string // absolute, or rooted when it is this shop
	Current bool
}

// CartLink leads to the cart and says how many units are in it.
type CartLink struct {
	Href  string
	Badge *live.Phrase // digits alone; nothing for 0
}

// Place says where deliveries go, what prices contain there, and leads to where that is chosen.
type Place struct {
	Href   string // of the chooser; empty leaves all of it out
	Words  string // "Delivery: Germany"
	Prices string // "delivered, taxes and delivery included"; empty where the page shows the market's list prices
	List   string // words of the button that leads back to the list prices; set with Prices
	Action string // POST of that button
}

// Search is the box in the bar of every page. It is the same on all of them: what was asked for stands on the search page.
type Search struct {
	Href  string // of the search page; empty leaves the box out
	Label string // of the field
	Words string // of the button
}

// Notices are what law or honesty wants on the page. Empty ones are left out.
type Notices struct {
	Minors  string           // France, full width at the top: home and payment
	Health  string           // France, on every page that sells
	Notices []component.Name // prescribed words, verbatim, each in its language (Hong Kong: zh-Hant and en)
	Demo    string           // "Prices, scores and stock are demonstration data"
	Age     string           // "We sell to adults of 18 and over"
}

// Assets are the addresses of the hashed files (static.Assets.URL).
type Assets struct {
	CSS    string
	Script string // empty leaves it out
	Font   string
	Icon   string // SVG
}
