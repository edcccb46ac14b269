package office

import "caveau/templates/component"

// Changes lists what changes by itself between two dates.
type Changes struct {
	Document
	Bar      Bar
	Action   string // GET
	From, To Field
	Show     string // words of the button
	Moments  []Turn
	Nothing  string // where there are none
}

// Turn is a moment at which something changes.
type Turn struct {
	When   string
	Counts []string // "412 prices", "3 banners"
	Here   string   // heading of the pages
	Pages  []component.Link
	More   string // "and 312 more pages"; may be empty
}
