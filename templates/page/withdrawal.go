package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"

	"github.com/a-h/templ"
)

// Withdrawal is one of the two steps in which a buyer withdraws from a contract. Both are forms that work without a script.
type Withdrawal struct {
	layout.Frame
	Heading  string
	Step     string // "Step 1 of 2"
	Problems Problems
	Texts    []string
	Action   string // POST
	Hidden   []Hidden

	Fields []Field          // first step
	Facts  []component.Fact // second step: what was entered in the first

	LinesHeading string
	Lines        []WithdrawalLine // second step: of the order
	Words        *Field           // second step: where there is nothing to choose

	Button string // the second one in the words of the law
	Edit   string // second step: back to the first with what was entered; empty in the first
}

// WithdrawalLine is a line of the order.
type WithdrawalLine struct {
	Text  string
	Notes []string
	Units *Field // nil where nothing can be withdrawn from it
	Most  string // units
}

// WithdrawalReceipt is what a buyer keeps. It is made to be printed.
type WithdrawalReceipt struct {
	layout.Frame
	Heading      string
	Lead         string
	Facts        []component.Fact
	AboutHeading string
	About        []string // what was withdrawn from, line by line
	Notes        []string
}

// Fields are the names of those that something is wrong with.
func (l Problems) Fields() map[string]bool {
	wrong := map[string]bool{}
	for _, p := range l.List {
		wrong[p.Field] = true
	}
	return wrong
}

func (l WithdrawalLine) attributes() templ.Attributes {
	a := templ.Attributes{
		"id": l.Units.Name, "name": l.Units.Name, "value": l.Units.Value, "type": "number", "inputmode": "numeric", "min": "0", "max": l.Most, "step": "1", "required": true,
	}
	if l.Units.Wrong {
		a["aria-invalid"] = "true"
	}
	return a
}

func (w Withdrawal) wordsAttributes() templ.Attributes {
	a := templ.Attributes{"id": w.Words.Name, "name": w.Words.Name, "rows": "4", "maxlength": "2000"}
	if w.Words.Wrong {
		a["aria-invalid"] = "true"
	}
	return a
}
