package view

import (
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/facet"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"
)

// The values of a facet that are in sight, and those behind them: whoever looks for another one types its name.
const (
	shownValues  = 8
	furtherOnes  = 40
	fewestToSort = 2
)

// narrow fills what a list can be narrowed by, what was chosen, its order and its pages.
func (d *desk) narrow(out *page.Search, f Found) {
	s := f.Selection
	out.Kept = fieldsOf(s, facet.PageKey)
	out.Choice, out.Chosen = d.selected(s), d.p.T("facet.chosen")
	if f.Total == 0 && s.Narrowed() {
		out.Rescue = d.rescue(f)
	}
	if f.Total >= fewestToSort {
		out.Sort = page.SearchSort{Action: out.Action, Kept: fieldsOf(s, facet.PageKey, facet.SortKey), Label: d.p.T("facet.sort"), Button: d.p.T("facet.sort_button"), Options: d.orders(s)}
	}
	out.Pager = d.searchPager(f)
	if len(f.Vintages) >= fewestToSort {
		out.Compare = page.CompareForm{Action: d.path(route.Page{Kind: route.Compare}), Button: d.p.T("compare.button")}
	}
	if f.Total == 0 && !s.Narrowed() {
		return
	}
	parts := d.facetsOf(f)
	out.Facets = &component.Facets{
		Action: out.Action, Summary: d.p.T("facet.title"), Button: d.p.T("facet.apply"), Parts: parts,
		Hidden: fieldsOf(facet.Selection{Query: s.Query, Sort: s.Sort, Page: 1}),
	}
	if s.Narrowed() {
		out.Facets.Clear = component.Link{Text: d.p.T("facet.clear"), Href: d.searchHref(s.Query)}
	}
}

// fieldsOf are the fields of a selection, but for some keys.
func fieldsOf(s facet.Selection, but ...string) []component.Input {
	var out []component.Input
	for key, value := range s.Pairs() {
		if !slices.Contains(but, key) {
			out = append(out, component.Input{Name: key, Value: value})
		}
	}
	return out
}

// selected are the chosen values as chips.
func (d *desk) selected(s facet.Selection) []page.SearchChip {
	var out []page.SearchChip
	add := func(label, text, without string) {
		out = append(out, page.SearchChip{Kind: label, Text: text, Without: without, Remove: d.p.T("search.remove", "what", text)})
	}
	for _, f := range facet.Choices() {
		for _, code := range s.Values[f] {
			add(d.facetLabel(f), d.valueName(f, code).Text, f.Key()+":"+code)
		}
	}
	if s.Chosen(facet.Years) {
		add(d.facetLabel(facet.Years), numbersFrom(s.From, s.To), facet.YearsPart)
	}
	if s.Chosen(facet.Price) {
		add(d.facetLabel(facet.Price), numbersFrom(s.Low, s.High)+" "+d.currency(), facet.PricePart)
	}
	if s.Chosen(facet.Score) {
		add(d.facetLabel(facet.Score), d.p.T("facet.score", "score", s.Score), facet.ScoreKey)
	}
	return out
}

// numbersFrom of two numbers of which one may be open.
func numbersFrom(from, to int) string {
	switch {
	case from == 0:
		return "≤ " + strconv.Itoa(to)
	case to == 0:
		return "≥ " + strconv.Itoa(from)
	case from == to:
		return strconv.Itoa(from)
	default:
		return strconv.Itoa(from) + "–" + strconv.Itoa(to)
	}
}

// facetLabel is what a facet is called.
func (d *desk) facetLabel(f facet.Facet) string {
	switch f {
	case facet.Country:
		return d.p.T("fact.country")
	case facet.Region:
		return d.p.T("fact.region")
	case facet.Appellation:
		return d.p.T("fact.appellation")
	case facet.Producer:
		return d.p.T("fact.producer")
	case facet.Classification:
		return d.p.T("fact.classification")
	case facet.Colour:
		return d.p.T("fact.colour")
	case facet.Format:
		return d.p.T("search.kind.format")
	case facet.Pack:
		return d.p.T("search.kind.pack")
	case facet.Window:
		return d.p.T("fact.window")
	case facet.Sale:
		return d.p.T("search.kind.sale")
	case facet.Years:
		return d.p.T("search.kind.year")
	case facet.Price:
		return d.p.T("search.kind.price")
	default:
		return d.p.T("search.kind.score")
	}
}

// valueName is what a value of a facet is called; its code where the catalogue has no such thing.
func (d *desk) valueName(f facet.Facet, code string) component.Name {
	fallback := component.Name{Text: code}
	switch f {
	case facet.Country, facet.Region:
		if r := d.snap.Region(code); r != nil {
			return d.regionName(r)
		}
	case facet.Appellation:
		if a := d.snap.Appellation(code); a != nil {
			return d.appellationTitle(a)
		}
	case facet.Producer:
		if p := d.snap.Producer(code); p != nil {
			return d.producerName(p)
		}
	case facet.Classification:
		if c := d.snap.Classification(code); c != nil {
			return d.classificationName(c)
		}
	case facet.Colour:
		return component.Name{Text: d.p.T("facet.colour." + code)} // i18n:prefix facet.colour.
	case facet.Format:
		return component.Name{Text: d.sizeName(code)}
	case facet.Pack:
		if n, err := strconv.Atoi(code); err == nil {
			return component.Name{Text: d.p.N("facet.pack", n)}
		}
	case facet.Window:
		return component.Name{Text: sentence(d.p.T("window." + code))} // i18n:prefix window.
	case facet.Sale:
		if code == facet.Primeur {
			return component.Name{Text: d.p.T("facet.primeur")}
		}
		return component.Name{Text: d.p.T("facet.stock")}
	}
	return fallback
}

// classificationName in its own language.
func (d *desk) classificationName(c *catalog.Classification) component.Name {
	return component.Name{Text: curly(c.Name), Lang: foreign(spoken[countryOf(d.snap.Wines[c.Wines[0]].Region)], d.edition)}
}

// sizeName is "Magnum 1,5 l"; of sizes whose name hangs on the region it is the litres alone.
func (d *desk) sizeName(code string) string {
	volume, err := strconv.Atoi(code)
	if err != nil {
		return code
	}
	in, key := d.p.Litres(volume), catalog.FormatKey(volume, catalog.Bordeaux)
	if key == "format.other" || key != catalog.FormatKey(volume, catalog.Champagne) {
		return in
	}
	return d.p.T(key) + " " + in
}

// facetsOf a list, in the order in which people ask.
func (d *desk) facetsOf(f Found) []component.Facet {
	parts := []component.Facet{
		d.values(f, facet.Sale, true), d.values(f, facet.Colour, true), d.years(f), d.values(f, facet.Country, true), d.values(f, facet.Region, true),
		d.values(f, facet.Appellation, false), d.prices(f), d.values(f, facet.Format, true), d.values(f, facet.Pack, false), d.marks(f),
		d.values(f, facet.Window, false), d.values(f, facet.Classification, false), d.values(f, facet.Producer, false),
	}
	return parts
}

// values of a facet; one that has a single value and nothing chosen narrows nothing.
func (d *desk) values(f Found, of facet.Facet, open bool) component.Facet {
	options := f.Options(of)
	if of == facet.Region {
		options = slices.DeleteFunc(options, func(o facet.Option) bool { return !o.Chosen && d.isDeep(f, o.Code) })
	}
	if len(options) < 2 && !f.Chosen(of) {
		return component.Facet{}
	}
	out := component.Facet{
		Name: of.Key(), Label: d.facetLabel(of), More: d.p.T("facet.more"), Open: open || f.Chosen(of), Columns: of == facet.Colour || of == facet.Sale,
	}
	for i, o := range options {
		v := component.FacetValue{Value: o.Code, Name: d.valueName(of, o.Code), Count: d.p.Number(int64(o.Count)), Chosen: o.Chosen}
		switch {
		case o.Chosen || len(out.Values) < shownValues:
			out.Values = append(out.Values, v)
		case i < furtherOnes:
			out.Rest = append(out.Rest, v)
		}
	}
	slices.SortStableFunc(out.Rest, func(a, b component.FacetValue) int { return strings.Compare(a.Name.Text, b.Name.Text) })
	return out
}

// isDeep says that a region lies within another one that is not chosen: Médoc stands below Bordeaux once that is.
func (d *desk) isDeep(f Found, code string) bool {
	r := d.snap.Region(code)
	return r != nil && r.Parent != nil && r.Parent.Parent != nil && !f.Has(facet.Region, r.Parent.Code)
}

// years from one to another, or that of a birth.
func (d *desk) years(f Found) component.Facet {
	if f.First == f.Last && !f.Chosen(facet.Years) {
		return component.Facet{}
	}
	field := func(name, label string, value, hint int) component.FacetField {
		return component.FacetField{Name: name, Label: label, Value: given(value), Least: "1800", Most: "2100", Hint: given(hint)}
	}
	from, to, birth := f.From, f.To, 0
	if from == to {
		from, to, birth = 0, 0, from
	}
	return component.Facet{Name: "years", Label: d.facetLabel(facet.Years), Open: true, Fields: []component.FacetField{
		field(facet.FromKey, d.p.T("facet.from"), from, f.First), field(facet.ToKey, d.p.T("facet.to"), to, f.Last),
		field(facet.BirthKey, d.p.T("facet.birth"), birth, 0),
	}}
}

// prices of a bottle, in whole units of the shop's currency.
func (d *desk) prices(f Found) component.Facet {
	if f.Lowest == f.Highest && !f.Chosen(facet.Price) {
		return component.Facet{}
	}
	field := func(name, label string, value, hint int) component.FacetField {
		return component.FacetField{Name: name, Label: label, Value: given(value), Least: "0", Hint: given(hint), Unit: d.currency()}
	}
	out := component.Facet{Name: "price", Label: d.facetLabel(facet.Price), Open: true, Fields: []component.FacetField{
		field(facet.LowKey, d.p.T("facet.from"), f.Low, f.Lowest/100), field(facet.HighKey, d.p.T("facet.to"), f.High, (f.Highest+99)/100),
	}}
	if d.door != nil {
		out.Note = d.p.T("facet.list_prices")
	}
	return out
}

func given(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// marks are the least scores.
func (d *desk) marks(f Found) component.Facet {
	options := f.Marks()
	if len(options) == 0 {
		return component.Facet{}
	}
	out := component.Facet{Name: facet.ScoreKey, Label: d.facetLabel(facet.Score), Single: true, Open: f.Chosen(facet.Score)}
	out.Values = []component.FacetValue{{Name: component.Name{Text: d.p.T("facet.any")}, Chosen: !f.Chosen(facet.Score)}}
	for _, o := range options {
		out.Values = append(out.Values, component.FacetValue{
			Value: o.Code, Name: component.Name{Text: d.p.T("facet.score", "score", o.Code)}, Count: d.p.Number(int64(o.Count)), Chosen: o.Chosen,
		})
	}
	return out
}

// orders of the list.
func (d *desk) orders(s facet.Selection) []page.SearchOrder {
	var out []page.SearchOrder
	for _, o := range facet.Sorts() {
		out = append(out, page.SearchOrder{Value: string(o), Text: d.orderName(o), Chosen: o == s.Sort})
	}
	return out
}

func (d *desk) orderName(o facet.Sort) string {
	switch o {
	case facet.Cheapest:
		return d.p.T("facet.sort.price")
	case facet.Dearest:
		return d.p.T("facet.sort.price_desc")
	case facet.Newest:
		return d.p.T("facet.sort.vintage")
	case facet.Oldest:
		return d.p.T("facet.sort.vintage_asc")
	case facet.BestScore:
		return d.p.T("facet.sort.score")
	case facet.ByName:
		return d.p.T("facet.sort.name")
	default:
		return d.p.T("facet.sort.relevance")
	}
}

// rescue says that nothing is left, and which one thing less would bring something back.
func (d *desk) rescue(f Found) page.SearchRescue {
	out := page.SearchRescue{Words: d.p.T("facet.nothing"), Heading: d.p.T("facet.rescue")}
	for _, of := range facet.All() {
		if n := f.If(of); n > 0 && f.Chosen(of) {
			out.Ways = append(out.Ways, page.SearchWay{
				Without: of.Part(), Text: d.p.T("facet.without", "what", d.facetLabel(of)), Note: d.p.N("search.found", n),
			})
		}
	}
	return out
}

func (d *desk) searchPager(f Found) *page.SearchPager {
	pages := f.Pages()
	if pages == 1 {
		return nil
	}
	out := &page.SearchPager{Words: d.p.T("pager.words", "page", f.Page, "of", pages), PrevWords: d.p.T("pager.prev"), NextWords: d.p.T("pager.next"), Prev: f.Page - 1}
	if f.Page < pages {
		out.Next = f.Page + 1
	}
	return out
}
