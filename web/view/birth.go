package view

import (
	"cmp"
	"slices"
	"strconv"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// birth is the page of the form that finds wines of somebody's year.
func (d *desk) birth() templ.Component { return d.birthPage("", "").View() }

func (d *desk) birthPage(year, most string) page.Birth {
	title, text := d.p.T("birth.title"), d.p.T("birth.intro")
	return page.Birth{
		Frame: d.frame(head{title: title, description: []string{text}, crumbs: []component.Link{{Text: title}}, nav: route.Vintages}),
		Form:  d.birthForm(year, most), Ribbon: component.Ribbon{Label: d.p.T("nav.vintages"), Years: d.shell().years},
	}
}

func (d *desk) birthForm(year, most string) page.BirthForm {
	f := page.BirthForm{
		Heading: d.p.T("birth.title"), Text: d.p.T("birth.intro"), Action: d.path(route.Page{Kind: route.Birth}), Label: d.p.T("birth.year"), Year: year,
		Budget: d.p.T("birth.budget"), Most: most, Unit: d.currency(), Button: d.p.T("birth.button"),
	}
	if years := d.snap.Years; len(years) > 0 {
		f.Sample = strconv.Itoa(years[len(years)/2].Year)
	}
	return f
}

// Lengths of what a visitor wrote and gets back.
const (
	yearLength   = 4
	budgetLength = 7
)

// nearestYears is how many years are offered in place of one that has no page.
const nearestYears = 6

// BirthWrong is the page for a year that has none: what is wrong with it, and the nearest ones. Nobody is to list it.
func (s *Site) BirthWrong(snap *catalog.Snapshot, e *market.Edition, year, most string) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Birth})
	d := s.desk(snap, e, node)
	out := d.birthPage(cut(year, yearLength), cut(most, budgetLength))
	out.Canonical, out.Alternates, out.Robots, out.LD = "", nil, "noindex, follow", nil
	out.Form.Invalid, out.Wrong = true, d.p.T("birth.wrong")
	if n, err := strconv.Atoi(year); err == nil && n >= 1800 && n <= d.year() {
		out.Wrong, out.NearHead, out.Near = d.p.T("birth.none", "year", n), d.p.T("birth.nearest"), d.nearestTo(n)
	}
	return out.View()
}

func cut(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// nearestTo a year are those that have pages, in the order of time.
func (d *desk) nearestTo(year int) []component.Link {
	counts := slices.Clone(d.plan.years[place{}])
	slices.SortStableFunc(counts, func(a, b yearCount) int { return cmp.Compare(distance(a.year, year), distance(b.year, year)) })
	counts = counts[:min(len(counts), nearestYears)]
	slices.SortFunc(counts, func(a, b yearCount) int { return cmp.Compare(a.year, b.year) })
	var out []component.Link
	for _, c := range counts {
		out = append(out, d.links(component.Link{Text: strconv.Itoa(c.year), Href: d.path(landing(place{}, c.year)), Note: d.count(c.count)})...)
	}
	return out
}

func distance(a, b int) int { return max(a-b, b-a) }
