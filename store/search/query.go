package search

import "strings"

// Kind of a part of a query.
type Kind uint8

// The kinds.
const (
	Word      Kind = iota // of a name
	Year                  // a vintage, a range of them, or NV
	Format                // the size of the bottle
	Pack                  // bottles in the unit
	Packaging             // catalog.Packaging
	Colour                // catalog.Colour
	Style                 // catalog.Style
	Price                 // of one bottle, in the shop's currency
	Score                 // at least, of 100
	Sale                  // catalog.SaleType
)

// String is for machines.
func (k Kind) String() string {
	return [...]string{"word", "vintage", "format", "pack", "packaging", "colour", "style", "price", "score", "sale"}[k]
}

// Part is one thing that a query says.
type Part struct {
	Kind    Kind
	Text    string   // as it was typed
	Words   []string // folded: of a Word what is looked for, of another kind what it would be as part of a name
	Code    string   // of a colour, style, packaging, sale
	Volumes []int    // ml: any of them
	Pack    int      // bottles
	Low     float64  // of years, prices or scores, included; 0 is open
	High    float64
	NV      bool // a Year that means none
	Bare    bool // a Year of two digits without an apostrophe: it may be part of a name as well

	from, to int
}

// Query is what somebody asks for, part by part, in the order in which it was typed.
type Query struct {
	Text  string // clean
	Parts []Part
}

// Without is the text of the query without some of its parts.
func (q Query) Without(gone ...int) string {
	var kept []string
	for i, p := range q.Parts {
		if !contains(gone, i) {
			kept = append(kept, p.Text)
		}
	}
	return strings.Join(kept, " ")
}

func contains(list []int, n int) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}

// Empty says that nothing is asked for.
func (q Query) Empty() bool { return len(q.Parts) == 0 }
