package component

// Facets is a form that narrows a list. It works without a script: what is ticked is sent by its button.
type Facets struct {
	Action  string
	Summary string // of the sheet that holds it on a phone
	Button  string
	Clear   Link    // back to the whole list; no address leaves it out
	Hidden  []Input // what the form keeps beside its own fields
	Parts   []Facet
}

// Input is a field that a form sends and nobody sees.
type Input struct{ Name, Value string }

// Facet is one thing to narrow by: values, or fields.
type Facet struct {
	Name    string // of its values in the form
	Label   string
	Single  bool // one of the values, else several
	Values  []FacetValue
	More    string       // words over Rest
	Rest    []FacetValue // values that stand further back
	Fields  []FacetField
	Note    string // small words below; may be empty
	Open    bool
	Columns bool // values are short: two in a row
}

// FacetValue can be ticked.
type FacetValue struct {
	Value  string
	Name   Name
	Count  string // may be empty
	Chosen bool
}

// FacetField takes a number.
type FacetField struct {
	Name  string
	Label string
	Value string
	Least string // what there is, as a hint
	Most  string
	Hint  string
	Unit  string // "€"; may be empty
}

// show says whether there is anything to narrow by.
func (f Facet) show() bool { return len(f.Values)+len(f.Fields) > 0 }

// kind of the boxes of a facet's values.
func (f Facet) kind() string {
	if f.Single {
		return "radio"
	}
	return "checkbox"
}
