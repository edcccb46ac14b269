package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Account is a page of a customer's own, or one that leads there. It is made for one visitor and is no page for crawlers.
type Account struct {
	layout.Frame
	Heading      string
	Menu         []component.Link // of the account; empty where nobody is logged in
	MenuLabel    string
	Current      string // Href of the menu's entry that the page is
	Messages     []Message
	ProblemsHead string
	Problems     []FormProblem
	Parts        []AccountPart
}

// AccountPart is one section: what is in it stands in this order.
type AccountPart struct {
	Heading string   // may be empty
	Text    []string // paragraphs
	Lines   []string // an address
	Facts   []Total
	Rows    []AccountRow
	Forms   []AccountForm
	Links   []component.Link
}

// AccountRow is a line of a list that leads somewhere.
type AccountRow struct {
	Link   component.Link
	Detail string
	Amount string
}

// AccountForm is a form that is posted. Its fields stand below each other.
type AccountForm struct {
	Action string
	Hidden []Hidden
	Fields []Field
	Ticks  []Declaration
	Button string
	Label  string // what the button is about, where several say the same
	Quiet  bool   // not what the page is for
	Anew   bool   // a field shows the form anew; one such form on a page
}

func (f AccountForm) class() string {
	if f.Quiet {
		return "quiet"
	}
	return "btn"
}

// Own is what the page of an order has for whoever it belongs to.
type Own struct {
	Form AccountForm // order it again
	Back component.Link
}
