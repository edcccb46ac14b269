package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Alert is the page of alerts: the form in full, as a visitor gets it whose entries have to be looked at, or news about an alert
// with what can be done about it.
type Alert struct {
	layout.Frame
	Heading      string
	Problems     []FormProblem
	ProblemsHead string
	What         string       // what the alert is about, in words; may be empty
	Lead         string       // may be empty
	Form         *FieldForm   // nil: nothing to fill in
	Buttons      []FormButton // what can be done; the first one stands out
	Back         component.Link
}

// FieldForm is a form of fields and one button.
type FieldForm struct {
	Action string // POST
	Hidden []Hidden
	Fields []Field
	Button string
	Note   string
}

// FormButton is a form that is only a button.
type FormButton struct {
	Action string // POST
	Hidden []Hidden
	Text   string
}
