package page

import (
	"caveau/templates/layout"

	"github.com/a-h/templ"
)

// Destination is where a visitor says where deliveries go. It is one form, which works without a script.
type Destination struct {
	layout.Frame
	Heading, Lead string
	Problems      []FormProblem
	ProblemsHead  string
	Action        string // POST
	Back          string // the path that the visitor came from, sent along
	Country       Country
	State         *Field // nil where no country of the shop needs one
	Postcode      *Field // nil where no country of the shop has parts with other taxes
	PostcodeHint  string
	Basis         *BasisChoice // nil where the shop does not sell in bond
	Button        string
	List          Button // back to the list prices
	Share         string // what a delivery share is
}

// Button of a form without fields.
type Button struct {
	Words  string
	Action string // POST
}

// Country is the choice of one, those that the shop delivers to first.
type Country struct {
	Label, Value string
	Wrong        bool
	Groups       []OptionGroup
}

// OptionGroup is a headed part of a choice.
type OptionGroup struct {
	Heading string
	Options []Option
}

// BasisChoice is duty paid or in bond, as radio buttons.
type BasisChoice struct {
	Name, Legend, Value, Hint string
	Options                   []Option
}

func (c Country) attributes() templ.Attributes {
	a := templ.Attributes{"id": "country", "name": "country", "required": true, "autocomplete": "country"}
	if c.Wrong {
		a["aria-invalid"] = "true"
	}
	return a
}

// problems are told as those of the checkout.
func (d Destination) problems() templ.Component {
	return Problems{d.ProblemsHead, d.Problems}.View()
}
