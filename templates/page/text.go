package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"

	"github.com/a-h/templ"
)

// Text is a page of words: delivery, imprint, terms, privacy, contact, accessibility.
type Text struct {
	layout.Frame
	Heading  string
	Lead     string
	Updated  string // "As of 12 March 2026"; may be empty
	Sections []Section
}

// Section is a heading and what stands below it.
type Section struct {
	ID      string // fragment; empty leaves it out of the contents
	Heading string
	Blocks  []Block
}

// Block is one of: a paragraph, a list, a table, facts, an address of lines.
type Block struct {
	Text  string
	Lang  string // of Text where it is not the page's
	List  []string
	Table *Table
	Facts []component.Fact
	Lines []string // an address
}

// Table has a head row and a head column.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string // the first cell of a row is its head
	Numeric bool       // all but the first column are figures: set at the end
}

func (s Section) attributes() templ.Attributes {
	if s.ID == "" {
		return nil
	}
	return templ.Attributes{"id": s.ID}
}

func (t *Table) attributes() templ.Attributes {
	if !t.Numeric {
		return nil
	}
	return templ.Attributes{"class": "sheet--n"}
}
