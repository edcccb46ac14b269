package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Error is a page that is not there (404), gone (410), asked of the wrong host (421), or in trouble (500, 503).
type Error struct {
	layout.Frame
	Status   int
	Heading  string
	Text     string
	NearHead string
	Near     []component.Link // near matches of a 404, neighbours of a 410
	Ribbon   component.Ribbon // no years leaves it out
	Shops    []Shop           // 421; empty otherwise
	Retry    string           // 503: when to come back; may be empty
	Request  string           // the request's id, for 500; may be empty
}
