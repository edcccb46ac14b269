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
	Bill         Bill
	Payment      FieldGroup // no fields: how it is paid, in words
	Declare      string     // heading over the declarations
	Declarations []Declaration
	Terms        component.Link
	Button       string // in the words that the market's law wants
	Back         component.Link
}

// FormProblem says what is wrong, and leads to the field.
type FormProblem struct {
	Text  string
	Field string // its name; empty where it is about none
}

// Hidden is a field that nobody sees.
type Hidden struct{ Name, Value string }

// FieldGroup is a fieldset.
type FieldGroup struct {
	Heading string
	Text    string // may be empty
	Fields  []Field
}

// Field of a form.
type Field struct {
	Name, Label, Value string
	Type               string // "text", "email", "tel", "password"
	Complete           string // autocomplete token
	Required           bool
	Wrong              bool     // it is among the problems
	Options            []Option // a choice instead of an input
	Choose             string   // said before one is chosen
}

// Option of a choice.
type Option struct{ Value, Text string }

// Declaration is a box that has to be ticked.
type Declaration struct {
	Name, Text     string
	Checked, Wrong bool
}

// Bill is what is bought and what it costs.
type Bill struct {
	Heading string
	Lines   []BillLine
	Totals  []Total // the last one is what is paid
	Notes   []string
}

// BillLine is a line of it.
type BillLine struct{ Text, Amount string }

func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{"id": f.Name, "name": f.Name, "required": f.Required}
	if f.Complete != "" {
		a["autocomplete"] = f.Complete
	}
	if f.Wrong {
		a["aria-invalid"] = "true"
	}
	if len(f.Options) == 0 {
		a["type"], a["value"], a["maxlength"] = f.Type, f.Value, "254"
	}
	return a
}

func (d Declaration) attributes() templ.Attributes {
	a := templ.Attributes{"type": "checkbox", "id": d.Name, "name": d.Name, "value": "yes", "required": true, "checked": d.Checked}
	if d.Wrong {
		a["aria-invalid"] = "true"
	}
	return a
}
