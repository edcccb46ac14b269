package law

import "strings"

// Shown is a notice that the page has to show.
type Shown struct {
	ID   string // "loi-evin", as in markets.json
	Rule Row
}

// Message is the key of its words.
func (s Shown) Message() string { return "law.notice." + key(s.ID) }

// Asked is what the buyer has to declare or accept.
type Asked struct {
	ID   string // "age-declaration", "adult-signature", "hk-declaration", "primeur-terms", "taxes-on-arrival"
	Age  int    // of the two that are about it
	Rule Row
}

// Message is the key of its words.
func (a Asked) Message() string { return "law.ask." + key(a.ID) }

func key(id string) string { return strings.ReplaceAll(id, "-", "_") }

// Withdrawal is the right to change one's mind.
type Withdrawal struct {
	Regime string // "eu", "uk", or the market whose own terms are shown
	Days   int    // 0: none by law
	Button bool   // a withdrawal function stands on every page
	Exempt bool   // a primeur that meets the conditions: none, and the buyer is told before

	Working bool     // a period that ends on a weekend goes on to the next working day
	Lacking []string // conditions that a primeur does not meet: "delivery_after", "told" …
	Rules   []Row
}

// Message is the key of its words.
func (w Withdrawal) Message() string {
	if w.Exempt {
		return "law.withdrawal." + "exempt_" + w.Regime
	}
	return "law.withdrawal." + w.Regime
}

// Label says whether ingredients and nutrition have to be told before purchase.
type Label string

// The answers.
const (
	LabelRequired Label = "required"
	LabelExempt   Label = "exempt"  // made before, or not sold in the EU
	LabelUnknown  Label = "unknown" // the day on which the wine was made is needed
)

// Terms say what a price at the door contains.
type Terms string

// The terms.
const (
	DutyPaid  Terms = "duty_paid"  // duty, VAT or sales tax, and delivery
	Bonded    Terms = "in_bond"    // goods in the bonded warehouse; duty and VAT when they leave it
	Later     Terms = "later"      // primeur: duty, tax and delivery when it is delivered
	OnArrival Terms = "on_arrival" // taxes due on arrival, not included
)

// Message is the key of the words for it.
func (t Terms) Message() string { return "law.terms." + string(t) }

// Answer is what the law wants of one SKU, sold to a destination on a day, and why: every part has its row.
type Answer struct {
	Show  []Shown
	Ask   []Asked
	Block []Block // empty: it may be sold

	Age        int // the higher of the house's and the country's
	AgeRule    Row
	Withdrawal Withdrawal
	Label      Label
	Button     string // the message key of the order button
	ButtonRule Row

	Terms     Terms
	TaxRules  []Row    // the rates that apply, where every one has a source
	Missing   []string // what has none: "vat", "excise", "territory" …
	Delivery  Delivery // of one unit; zero where blocked
	LabelRule Row
}

// Allowed says that nothing blocks the sale.
func (a Answer) Allowed() bool { return len(a.Block) == 0 }

// Shows says that a notice is among those to be shown.
func (a Answer) Shows(id string) bool {
	for _, s := range a.Show {
		if s.ID == id {
			return true
		}
	}
	return false
}

// Asks says that a declaration is among those to be made.
func (a Answer) Asks(id string) bool {
	for _, q := range a.Ask {
		if q.ID == id {
			return true
		}
	}
	return false
}
