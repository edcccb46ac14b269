package view

import (
	"caveau/store/market"
	"caveau/store/order"
	"caveau/templates/page"

	"github.com/bojanz/address"
)

// addressPart is a field of an address: which part it is, what it is called, and what browsers know it as.
type addressPart struct {
	name, key, complete string
	of                  func(*order.Address) *string
}

// addressParts by the letters of a country's layout.
var addressParts = map[address.Field]addressPart{
	address.FieldLine1:       {"line1", "address.line1", "address-line1", func(a *order.Address) *string { return &a.Line1 }},
	address.FieldLine2:       {"line2", "address.line2", "address-line2", func(a *order.Address) *string { return &a.Line2 }},
	address.FieldSublocality: {"sublocality", "address.sublocality", "address-level3", func(a *order.Address) *string { return &a.Sublocality }},
	address.FieldLocality:    {"locality", "address.locality", "address-level2", func(a *order.Address) *string { return &a.Locality }},
	address.FieldRegion:      {"region", "address.region", "address-level1", func(a *order.Address) *string { return &a.Region }},
	address.FieldPostalCode:  {"postcode", "address.postcode", "postal-code", func(a *order.Address) *string { return &a.Postcode }},
}

// recipient stands before all others in every country.
var recipient = addressPart{"recipient", "address.recipient", "name", func(a *order.Address) *string { return &a.Recipient }}

// AddressFields of a country, in the order in which it writes them: name of the field, whether it has to be filled in, and
// where its value goes.
func AddressFields(country string) []AddressField {
	format := address.GetFormat(country)
	out := []AddressField{{recipient, true, ""}}
	for _, c := range format.Layout {
		letter := address.Field(string(c))
		if part, ok := addressParts[letter]; ok {
			if key := calledThere(format, letter); key != "" {
				part.key = key
			}
			out = append(out, AddressField{part, format.IsRequired(letter), letter})
		}
	}
	return out
}

// calledThere is what a country calls a part by a name of its own.
func calledThere(f address.Format, letter address.Field) string {
	switch {
	case letter == address.FieldRegion && f.RegionType == address.RegionTypeState:
		return "address.region_state"
	case letter == address.FieldRegion && f.RegionType == address.RegionTypeProvince:
		return "address.region_province"
	case letter == address.FieldRegion && f.RegionType == address.RegionTypeCounty:
		return "address.region_county"
	case letter == address.FieldRegion && f.RegionType == address.RegionTypeArea:
		return "address.region_area"
	case letter == address.FieldLocality && f.LocalityType == address.LocalityTypeDistrict:
		return "address.locality_district"
	default:
		return ""
	}
}

// AddressField is a part of an address in a country.
type AddressField struct {
	addressPart
	Required bool
	letter   address.Field
}

// Name of the form's field.
func (f AddressField) Name() string { return f.name }

// Of an address, where its value is.
func (f AddressField) Of(a *order.Address) *string { return f.of(a) }

// Label of a field, for a problem with it.
func (s *Site) Label(e *market.Edition, name string) string {
	p := s.printer(e)
	for _, field := range AddressFields(e.Market.Country) {
		if field.name == name {
			return p.T(field.key)
		}
	}
	return p.T("checkout." + name)
}

func (d *desk) addressFields(a order.Address, wrong map[string]bool) page.FieldGroup {
	g := page.FieldGroup{Heading: d.p.T("checkout.address"), Text: d.p.Country(d.Market.Country)}
	regions := address.GetFormat(d.Market.Country).Regions
	for _, part := range AddressFields(d.Market.Country) {
		f := page.Field{
			Name: part.name, Label: d.p.T(part.key), Value: *part.of(&a), Type: "text", Complete: part.complete, Required: part.Required, Wrong: wrong[part.name],
		}
		if part.letter == address.FieldRegion {
			f.Choose = d.p.T("checkout.choose")
			for _, key := range regions.Keys() {
				name, _ := regions.Get(key)
				f.Options = append(f.Options, page.Option{Value: key, Text: name})
			}
			if len(f.Options) == 0 {
				continue // the post does not want it
			}
		}
		g.Fields = append(g.Fields, f)
	}
	return g
}
