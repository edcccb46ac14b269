package view

import (
	"fmt"

	"caveau/store/route"
	"caveau/templates/component"

	"github.com/a-h/templ"
)

// words is a page of text: delivery, terms and so on. Its title and description come with the text.
func (d *desk) words(kind route.Kind) (templ.Component, error) {
	heading := ""
	for _, t := range textPages {
		if t.kind == kind {
			heading = d.p.T(t.key)
		}
	}
	if kind == route.Withdrawal {
		heading = d.p.T(withdrawalText.heading)
	}
	f := d.frame(head{title: heading, place: d.shops[d.Market.Index].name, crumbs: []component.Link{{Text: heading}}})
	f.Description = ""
	text, err := d.site.text(d.snap, d.Edition, kind, f)
	if err != nil {
		return nil, fmt.Errorf("make page %s: %w", d.node.Page, err)
	}
	text.Description = d.description(head{description: []string{heading, text.Lead}})
	return text.View(), nil
}
