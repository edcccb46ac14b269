package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Vintages is the index of all years.
type Vintages struct {
	layout.Frame
	Heading string
	Lead    string
	Decades []Decade // newest first
}

// Decade is ten years of the index.
type Decade struct {
	Name  string // "1980–1989", or "1980s" as the language has it
	Years []component.RibbonYear
}
