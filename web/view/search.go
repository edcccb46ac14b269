package view

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/facet"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/store/search"
	"caveau/templates/component"
	"caveau/templates/fragment"
	"caveau/templates/layout"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// SearchSuggest is the last part of the path of suggestions, below the search page.
const SearchSuggest = "suggest"

// SearchPartPrefix stands before the number of a part of the query in what a chip's button sends.
const SearchPartPrefix = "q:"

// SuggestedWines is how many wines the box suggests beside places and producers.
const SuggestedWines = 6

// Year is the calendar year: what two digits of a query mean hangs on it.
func (s *Site) Year() int { return s.now().UTC().Year() }

// Found is what a selection came to.
type Found struct {
	search.Answer              // of its query; empty without one
	facet.Result               // what is listed
	Others        []search.Hit // of the same wines in other years and sizes, shown below
}

// Search is the page of what was found; without a query, how to ask. A door is where a visitor's deliveries go; nil is the public page.
func (s *Site) Search(snap *catalog.Snapshot, e *market.Edition, f Found, door *Door) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Search})
	d := s.desk(snap, e, node)
	d.open(door)
	title := d.p.T("search.title")
	out := page.Search{
		Heading: title, Action: d.path(route.Page{Kind: route.Search}), Query: f.Selection.Query, Label: d.p.T("search.label"), Button: d.p.T("search.button"),
		ChipHead: d.p.T("search.understood"),
	}
	if f.Selection.Query != "" {
		title = d.p.T("search.of", "query", f.Selection.Query)
	}
	out.Frame = d.frame(head{title: title, crumbs: []component.Link{{Text: d.p.T("search.title")}}})
	frame := &out.Frame
	frame.Canonical, frame.Alternates, frame.Description, frame.OpenGraph, frame.Robots, frame.LD = "", nil, "", layout.OpenGraph{}, "noindex, follow", nil
	if f.Selection.Query == "" && !f.Narrowed() {
		out.Help, out.TryHead, out.Examples = d.p.T("search.help"), d.p.T("search.try"), d.examples()
	}
	d.found(&out, f)
	d.narrow(&out, f)
	return out.View()
}

// found fills the list, and what is said of it.
func (d *desk) found(out *page.Search, f Found) {
	a := f.Answer
	out.Chips, out.Live = d.chips(a), d.live()
	listed := component.Group{Heading: component.Name{Text: d.p.N("search.found", f.Total)}, Rows: d.chosenRows(f)}
	if f.Selection.Query == "" {
		out.Groups = nonEmpty(listed)
		return
	}
	out.Said, out.Absent = d.saidOf(a), d.absence(a)
	if f.Page == 1 && !f.Narrowed() {
		out.PlacesOf, out.Places = d.p.T("search.places"), d.entities(a.Entities)
	}
	others := component.Group{Heading: component.Name{Text: d.p.T("search.others")}, Rows: d.hitRows(f.Others)}
	near := component.Group{Heading: component.Name{Text: d.p.T("search.near")}, Rows: d.hitRows(a.Near)}
	out.Groups = nonEmpty(listed, others, near)
	if len(a.Hits) > 0 && !a.Hits[0].Full { // the wine that is meant has no such vintage: its others lead
		out.Groups = nonEmpty(others, listed, near)
	}
	if len(out.Groups) == 0 && !f.Narrowed() {
		out.TryHead, out.Examples = d.p.T("search.try"), d.examples()
	}
}

// chosenRows show each vintage by those of its offers that are what was chosen: a list of magnums has the prices of magnums.
func (d *desk) chosenRows(f Found) []component.Row {
	out := make([]component.Row, len(f.Vintages))
	for i, v := range f.Vintages {
		offers := d.offers(v)
		chosen := slices.DeleteFunc(slices.Clone(offers), func(o offer) bool { return !f.Fits(o.sku, d.Market) })
		if len(chosen) == 0 {
			chosen = offers
		}
		out[i] = d.rowOf(v, chosen, i, listHeight)
		out[i].Compare = component.Tick{Name: "v", Value: CompareID(v), Text: d.p.T("compare.add", "what", d.fullName(v.Wine)+" "+d.yearText(v))}
	}
	return out
}

// nonEmpty are the groups that have rows.
func nonEmpty(all ...component.Group) []component.Group {
	return slices.DeleteFunc(all, func(g component.Group) bool { return len(g.Rows) == 0 })
}

// hitRows are the vintages as the rows of any list.
func (d *desk) hitRows(hits []search.Hit) []component.Row {
	out := make([]component.Row, len(hits))
	for i, h := range hits {
		out[i] = d.row(h.Vintage, i, listHeight)
	}
	return out
}

// chips are the parts of the query; the button of each leads to the query without it.
func (d *desk) chips(a search.Answer) []page.SearchChip {
	var out []page.SearchChip
	q := a.Query
	unmet := append(slices.Clone(a.Relaxed), a.Dropped...)
	for i := 0; i < len(q.Parts); i++ {
		p := q.Parts[i]
		out = append(out, page.SearchChip{
			Kind: d.kindOf(p.Kind), Text: d.partText(p), Without: SearchPartPrefix + strconv.Itoa(i), Remove: d.p.T("search.remove", "what", p.Text), Unmet: slices.Contains(unmet, i),
		})
	}
	return out
}

// kindOf a part in words.
func (d *desk) kindOf(k search.Kind) string {
	names := [...]string{"word", "year", "format", "pack", "packaging", "colour", "style", "price", "score", "sale"}
	return d.p.T("search.kind." + names[k]) // i18n:prefix search.kind.
}

// partText is a part as it was understood: '90 is 1990, mag is as it was typed.
func (d *desk) partText(p search.Part) string {
	switch {
	case p.Kind == search.Year && p.NV:
		return d.p.T("vintage.nv")
	case p.Kind == search.Year && p.Low == p.High:
		return strconv.Itoa(int(p.Low))
	case p.Kind == search.Year:
		return strconv.Itoa(int(p.Low)) + "–" + strconv.Itoa(int(p.High))
	default:
		return p.Text
	}
}

func (d *desk) searchHref(query string) string {
	href := d.path(route.Page{Kind: route.Search})
	if query == "" {
		return href
	}
	return href + "?q=" + url.QueryEscape(search.Clean(query))
}

// saidOf an answer: what was misspelt, and what does not hold of any hit.
func (d *desk) saidOf(a search.Answer) []string {
	var out []string
	if a.Corrected != "" {
		out = append(out, d.p.T("search.corrected", "words", a.Corrected))
	}
	if len(a.Relaxed) > 0 {
		out = append(out, d.p.T("search.relaxed", "parts", d.partsOf(a.Query, a.Relaxed)))
	}
	return out
}

func (d *desk) absence(a search.Answer) string {
	switch {
	case a.Absent != "" && len(a.Dropped) > 0 && len(a.Near) > 0:
		return d.p.T("search.absent", "name", curly(a.Absent)) + " " + d.p.T("search.dropped", "parts", d.partsOf(a.Query, a.Dropped))
	case a.Absent != "":
		return d.p.T("search.absent", "name", curly(a.Absent))
	case len(a.Hits) == 0:
		return d.p.T("search.none")
	}
	return ""
}

func (d *desk) partsOf(q search.Query, parts []int) string {
	var out []string
	for _, i := range parts {
		out = append(out, q.Parts[i].Text)
	}
	return strings.Join(out, d.comma())
}

// entities are links to the pages of places and producers.
func (d *desk) entities(all []search.Entity) []component.Link {
	var out []component.Link
	for _, e := range all {
		if l := d.entity(e); l.Href != "" {
			out = append(out, l)
		}
	}
	return out
}

func (d *desk) entity(e search.Entity) component.Link {
	node, ok := d.snap.Routes.Node(e.Page)
	if !ok || node.Gone {
		return component.Link{}
	}
	l := d.link(node)
	l.Note = d.p.T("search.entity."+string(e.Page.Kind)) + " · " + d.count(e.Wines) // i18n:prefix search.entity.
	return l
}

// examples of what can be asked, from the catalogue itself.
func (d *desk) examples() []component.Link {
	var queries []string
	for _, w := range d.snap.Wines[:min(3, len(d.snap.Wines))] {
		q := w.Name
		if len(w.Vintages) > 1 {
			q += " " + strconv.Itoa(w.Vintages[len(w.Vintages)/2].Year)
		}
		queries = append(queries, q)
	}
	if len(queries) > 0 {
		queries[0] += " magnum"
	}
	queries = append(queries, "ch. margaux '90", "bordeaux 2000-2005 <100", "champagne 95+")
	var out []component.Link
	for _, q := range queries {
		out = append(out, component.Link{Text: curly(q), Href: d.searchHref(q)})
	}
	return out
}

// Suggest is what the box shows while somebody types: places and producers, then wines with their vintages in stock.
func (s *Site) Suggest(snap *catalog.Snapshot, e *market.Edition, a search.Answer, places []search.Entity, shop search.Shop) templ.Component {
	d := s.desk(snap, e, nil)
	out := fragment.Suggest{Label: d.p.T("search.suggestions")}
	for _, l := range d.entities(places) {
		out.Rows = append(out.Rows, fragment.SuggestRow{Href: l.Href, Text: l.Text, Lang: l.Lang, Note: l.Note})
	}
	seen := map[*catalog.Wine]bool{}
	for _, h := range append(slices.Clone(a.Hits), a.Near...) {
		w := h.Vintage.Wine
		if len(seen) == SuggestedWines || seen[w] {
			continue
		}
		seen[w] = true
		out.Rows = append(out.Rows, d.suggested(h, shop))
	}
	out.News = d.p.N("search.news", len(out.Rows))
	return out.View()
}

// suggested is a wine with its newest vintages in stock; with a year in the query, that vintage.
func (d *desk) suggested(h search.Hit, shop search.Shop) fragment.SuggestRow {
	w := h.Vintage.Wine
	r := fragment.SuggestRow{Href: d.winePath(w), Text: d.fullName(w), Note: d.vintagesInStock(w, shop)}
	if h.Full && h.Narrow {
		r.Href, r.Note = d.vintagePath(h.Vintage), d.yearText(h.Vintage)
	}
	return r
}

// shownYears is how many vintages stand after a wine's name.
const shownYears = 4

func (d *desk) vintagesInStock(w *catalog.Wine, shop search.Shop) string {
	var years []string
	for _, v := range w.Vintages {
		if shop.InStock(v) {
			if len(years) == shownYears {
				years = append(years, "…")
				break
			}
			years = append(years, d.yearText(v))
		}
	}
	if len(years) == 0 {
		return d.placeName(w).Text
	}
	return strings.Join(years, d.comma())
}
