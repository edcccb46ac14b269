package component

import "strings"

// Blocked says why nothing is delivered where the visitor wants it, and what can be done instead. Zero where it is.
type Blocked struct {
	Reason  string
	Options []Link
}

// Breakdown is what a price at the door is made of, behind a disclosure.
type Breakdown struct {
	Summary string // "What makes up the price: bottle 75 cl, 1 123,45 €"
	Parts   []Part
	Total   Part
	Due     *Due // what is paid later, and is not in Total; nil where nothing is
	Notes   []string
}

// Part of a price. How says how it comes about: the rate, of what, of which date.
type Part struct{ Label, How, Amount string }

// Due is what is paid when the wine leaves a bonded warehouse or, en primeur, when it is delivered.
type Due struct {
	Heading string
	Parts   []Part
	Total   Part
	Note    string // instead of Parts, where it cannot be said yet
}

// Carriage says what delivery costs and how long it takes. It is Shared where it is the same on many pages.
type Carriage struct {
	Words  []string
	Shared bool
}

// key names all that a shared one says.
func (c Carriage) key() string { return "carriage|" + strings.Join(c.Words, "|") }
