package office

import "caveau/templates/component"

// Bar stands above a previewed page and says what it is.
type Bar struct {
	Lang    string // BCP 47, of its words
	Name    string // "Preview"
	What    string // "France · Français · 4 December 2026, 08:00 CET"
	Notes   []string
	Problem string // with what was typed; empty where nothing was

	Action string // GET: to the same page elsewhere, or at another moment
	Page   string // the page, within its edition
	Sheet  bool   // the form stands on a sheet, and leads to one
	Shops  []Shop
	At     Field
	Words  struct{ Shop, Show string }
	Links  []component.Link
}

// Shop is an edition to choose.
type Shop struct {
	Value    string // its locale and market
	Name     string
	Lang     string // BCP 47, of the name
	Selected bool
}

// Field of a form.
type Field struct{ Label, Value, Hint string }

// Document is what a page of the office has around its content.
type Document struct {
	Lang, Title string
	CSS, Own    string // addresses of the shops' style sheet and the office's
}

// Message is a page of a few words.
type Message struct {
	Document
	Words string
	Back  component.Link // without Href there is none
}

// Sheet shows one page in several editions, or in one at several widths.
type Sheet struct {
	Document
	Bar    Bar
	Shops  []Proof
	Single bool // one edition, as large as it is
}

// Proof is a page in one edition.
type Proof struct {
	Name, Lang string
	Href       string // the preview of the page alone
	Missing    string // what is missing: the page, or words on it; empty where nothing is
	Frames     []Frame
}

// Frame is a page at a width.
type Frame struct {
	Src   string
	Title string
	Width string // "360", "768" or "1280"
}
