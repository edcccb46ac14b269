package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"

	"github.com/a-h/templ"
)

// Checkout is the one page on which a cart becomes an order. It is one form, which works without a script; what was entered
// stays where something is wrong.
type Checkout struct {
	layout.Frame
	Heading      string
	Problems     []FormProblem // what stands in the way; the page begins with them
	ProblemsHead string
	Action       string // POST
	Hidden       []Hidden
	Groups       []FieldGroup
	Schedule     Schedule
	Bill         Bill
	Payment      FieldGroup // how it is paid: in words, or a choice
	Declare      string     // heading over the declarations
	Declarations []Declaration
	Terms        component.Link
	Button       string // in the words that the market's law wants
	Back         component.Link
}

// FormProblem says what is wrong, and leads to the field.
type FormProblem struct {
	Text    string
	Field   string         // its name; empty where it is about none
	Instead component.Link // what can be done instead; may be empty
}

// Problems is what a form begins with where something is wrong with it.
type Problems struct {
	Heading string
	List    []FormProblem
}

// Hidden is a field that nobody sees.
type Hidden struct{ Name, Value string }

// FieldGroup is a fieldset.
type FieldGroup struct {
	Heading string
	Text    string   // may be empty
	Opens   *Opening // a choice that shows the fields; nil where they always are
	Fields  []Field
	Choices []Choice     // one of them is made
	Keep    *Declaration // whether to keep what is in the fields; nil where nobody asks
}

// Choice is a radio button with what it means.
type Choice struct {
	Name, Value string
	Label, Text string
	Checked     bool
}

// Field of a form.
type Field struct {
	Name, Label, Value string
	Type               string // "text", "email", "tel", "password"
	Complete           string // autocomplete token
	Required           bool
	Wrong              bool     // it is among the problems
	Options            []Option // a choice instead of an input
	Choose             string   // said before one is chosen; empty: one always is
	Change             string   // words of a button beside it that shows the form anew; a script presses it
}

// Option of a choice.
type Option struct{ Value, Text string }

// Declaration is a box that has to be ticked, unless it is free.
type Declaration struct {
	Name, Text     string
	Checked, Wrong bool
	Free           bool
}

// Opening is a choice as radio buttons, of which the last one shows the fields of its group.
type Opening struct {
	Name, Value string
	Options     []Option
}

// Schedule says when what is paid and delivered; empty where all of it is now.
type Schedule struct {
	Heading string
	Steps   []Step
	Legend  string // over the choices
	Choices []Parcels
	Change  string // as of a Field
	Note    string // may be empty
}

// Step of a schedule.
type Step struct {
	When, Pays string
	Brings     string // what is delivered; may be empty
}

// Parcels is one way to deliver a mixed cart.
type Parcels struct {
	Value, Text string
	Costs       []string
	Checked     bool
}

// Bill is what is bought and what it costs.
type Bill struct {
	Heading string
	Lines   []BillLine
	Totals  []Total // the last one is what is paid
	Notes   []string
}

// BillLine is a line of it.
type BillLine struct {
	Text, Amount string
	Notes        []string
}

func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{"id": f.Name, "name": f.Name, "required": f.Required}
	if f.Complete != "" {
		a["autocomplete"] = f.Complete
	}
	if f.Wrong {
		a["aria-invalid"] = "true"
	}
	if f.Change != "" {
		a["data-anew"] = true
	}
	if len(f.Options) == 0 {
		a["type"], a["value"], a["maxlength"] = f.Type, f.Value, "254"
	}
	return a
}

func (c Choice) id() string { return c.Name + "-" + c.Value }

func (d Declaration) attributes() templ.Attributes {
	a := templ.Attributes{"type": "checkbox", "id": d.Name, "name": d.Name, "value": "yes", "required": !d.Free, "checked": d.Checked}
	if d.Wrong {
		a["aria-invalid"] = "true"
	}
	return a
}

func (o Opening) attributes(option Option) templ.Attributes {
	return templ.Attributes{"type": "radio", "id": o.Name + "-" + option.Value, "name": o.Name, "value": option.Value, "checked": option.Value == o.Value}
}

func (p Parcels) attributes() templ.Attributes {
	return templ.Attributes{"type": "radio", "id": "parcels-" + p.Value, "name": "parcels", "value": p.Value, "checked": p.Checked, "data-anew": true}
}
