package view

import (
	"cmp"
	"slices"

	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/layout"
	"caveau/templates/page"

	"github.com/a-h/templ"
	"github.com/bojanz/address"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// DestinationList is the last part of the path, below the destination's own, that leads back to the market's list prices.
const DestinationList = "list"

// The values of the field basis.
const (
	BasisPaid = "paid"
	BasisBond = "bond"
)

// Place is what a visitor entered on the page of the destination.
type Place struct {
	Country, State, Postcode string
	InBond                   bool
	Back                     string // a path of this shop
}

// Destination is the page on which a visitor says where deliveries go. door is where they go now; nil is the market's list
// prices. Without rules there is nothing to choose yet.
func (s *Site) Destination(snap *catalog.Snapshot, e *market.Edition, door *Door, rules *law.Rules, in Place, problems []Problem) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Destination})
	d := s.desk(snap, e, node)
	d.open(door)
	own := d.shell().chooser
	out := page.Destination{
		Frame: d.frame(head{title: d.p.T("door.title")}), Heading: d.p.T("door.title"), Lead: d.p.T("door.lead"), ProblemsHead: d.p.T("checkout.errors"),
		Action: own, Back: in.Back, Button: d.p.T("door.show"), List: page.Button{Words: d.p.T("door.list"), Action: own + "/" + DestinationList}, Share: d.p.T("door.share_meaning"),
	}
	out.Canonical, out.Alternates, out.Description, out.OpenGraph, out.Robots = "", nil, "", layout.OpenGraph{}, "noindex, nofollow"
	wrong := map[string]bool{}
	for _, p := range problems {
		wrong[p.Field] = true
		out.Problems = append(out.Problems, p.form())
	}
	out.Country = page.Country{Label: d.p.T("fact.country"), Value: in.Country, Wrong: wrong["country"]}
	if rules != nil {
		d.choices(&out, rules, in, wrong)
	}
	return out.View()
}

// choices are the fields that hang on the rules of the day.
func (d *desk) choices(out *page.Destination, rules *law.Rules, in Place, wrong map[string]bool) {
	on := law.DayOf(d.now, d.Market.Zone)
	served := rules.Countries(d.Market, on)
	ours, others := page.OptionGroup{Heading: d.p.T("door.ours")}, page.OptionGroup{Heading: d.p.T("door.others")}
	states, territories := "", false
	for _, code := range rules.Known(on) {
		option := page.Option{Value: code, Text: d.p.Country(code)}
		if _, ok := served[code]; !ok {
			others.Options = append(others.Options, option)
			continue
		}
		ours.Options = append(ours.Options, option)
		territories = territories || rules.HasTerritories(code, on)
		if rules.NeedsState(code) {
			states = code
		}
	}
	d.sortNames(ours.Options)
	d.sortNames(others.Options)
	out.Country.Groups = []page.OptionGroup{ours, others}
	if states != "" {
		out.State = &page.Field{Name: "state", Label: d.p.T("door.state", "country", d.p.Country(states)), Value: in.State, Choose: d.p.T("checkout.choose"), Wrong: wrong["state"]}
		for _, code := range rules.States(states, on) {
			out.State.Options = append(out.State.Options, page.Option{Value: code, Text: cmp.Or(stateName(states, code), code)})
		}
		d.sortNames(out.State.Options)
	}
	if territories {
		out.Postcode = &page.Field{Name: "postcode", Label: d.p.T("door.postcode"), Value: in.Postcode, Type: "text", Complete: "postal-code", Wrong: wrong["postcode"]}
		out.PostcodeHint = d.p.T("door.postcode_hint")
	}
	if d.Market.InBond {
		out.Basis = &page.BasisChoice{
			Name: "basis", Legend: d.p.T("door.basis"), Value: BasisPaid, Hint: d.p.T("door.basis_hint"),
			Options: []page.Option{{Value: BasisPaid, Text: d.p.T("door.basis_paid")}, {Value: BasisBond, Text: d.p.T("door.basis_bond")}},
		}
		if in.InBond {
			out.Basis.Value = BasisBond
		}
	}
}

// sortNames as a dictionary of the page's language does.
func (d *desk) sortNames(options []page.Option) {
	order := collate.New(language.Make(d.Locale.Tag()))
	slices.SortStableFunc(options, func(a, b page.Option) int { return order.CompareString(a.Text, b.Text) })
}

// stateName of "CA" in a country; empty where there is none.
func stateName(country, state string) string {
	name, _ := address.GetFormat(country).Regions.Get(state)
	return name
}
