package view

import (
	"strings"

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

// everywhere are the letters of all parts that some country writes.
const everywhere = "12SLRP"

// AddressFields of a country, in the order in which it writes them: name of the field, whether it has to be filled in, and
// where its value goes. A part of which the post wants no more than a name on a list, and has no list, is left out.
func AddressFields(country string) []AddressField {
	format := address.GetFormat(country)
	out := []AddressField{{recipient, true, ""}}
	for _, c := range format.Layout {
		letter := address.Field(string(c))
		part, ok := addressParts[letter]
		if !ok || letter == address.FieldRegion && format.Regions.Len() == 0 {
			continue
		}
		if key := calledThere(format, letter); key != "" {
			part.key = key
		}
		out = append(out, AddressField{part, format.IsRequired(letter), letter})
	}
	return out
}

// AllAddressFields are the parts that some country writes: what a form may hold that was shown for another country.
func AllAddressFields() []AddressField {
	out := []AddressField{{recipient, true, ""}}
	for _, c := range everywhere {
		out = append(out, AddressField{addressParts[address.Field(string(c))], false, address.Field(string(c))})
	}
	return out
}

// Written is an address without the parts that its country does not write.
func Written(a order.Address) order.Address {
	out := order.Address{Country: a.Country}
	for _, field := range AddressFields(a.Country) {
		*field.Of(&out) = *field.Of(&a)
	}
	return out
}

// regionWords are what countries call their parts, where they have a name of their own for them.
var regionWords = map[address.RegionType]string{
	address.RegionTypeState: "address.region_state", address.RegionTypeProvince: "address.region_province", address.RegionTypeCounty: "address.region_county",
	address.RegionTypeArea: "address.region_area", address.RegionTypePrefecture: "address.region_prefecture", address.RegionTypeEmirate: "address.region_emirate",
	address.RegionTypeDepartment: "address.region_department", address.RegionTypeIsland: "address.region_island",
}

// calledThere is what a country calls a part by a name of its own.
func calledThere(f address.Format, letter address.Field) string {
	switch {
	case letter == address.FieldRegion:
		return regionWords[f.RegionType]
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

// InvoicePrefix begins the names of the fields of the invoice's address.
const InvoicePrefix = "invoice_"

// CountryField chooses the country of an address.
const CountryField = "country"

// Label of a field of a form, for a problem with it.
func (s *Site) Label(e *market.Edition, f Form, name string) string {
	p := s.printer(e)
	part, country := name, f.Address.Country
	if rest, of := strings.CutPrefix(name, InvoicePrefix); of {
		part, country = rest, f.Invoice.Country
	}
	if part == CountryField {
		return p.T("address.country")
	}
	for _, field := range AddressFields(country) {
		if field.name == part {
			return p.T(field.key)
		}
	}
	return p.T("checkout." + part)
}

// addressFields are those of an address, the country before all others, as the others hang on it.
func (d *desk) addressFields(a order.Address, prefix, section string, countries []page.Option, wrong map[string]bool) []page.Field {
	country := page.Field{
		Name: prefix + CountryField, Label: d.p.T("address.country"), Value: a.Country, Complete: section + " country", Required: prefix == "",
		Wrong: wrong[prefix+CountryField], Options: countries, Change: d.p.T("address.change_country"),
	}
	out := []page.Field{country}
	regions := address.GetFormat(a.Country).Regions
	for _, part := range AddressFields(a.Country) {
		f := page.Field{
			Name: prefix + part.name, Label: d.p.T(part.key), Value: *part.of(&a), Type: "text", Complete: section + " " + part.complete,
			Required: part.Required && prefix == "", Wrong: wrong[prefix+part.name],
		}
		if part.letter == address.FieldRegion {
			f.Choose = d.p.T("checkout.choose")
			for _, key := range regions.Keys() {
				name, _ := regions.Get(key)
				f.Options = append(f.Options, page.Option{Value: key, Text: name})
			}
		}
		out = append(out, f)
	}
	return out
}

// kept are the parts of an address that its country does not write: they wait for another one.
func kept(a order.Address, prefix string) []page.Hidden {
	var out []page.Hidden
	written := Written(a)
	for _, field := range AllAddressFields() {
		if value := *field.Of(&a); value != "" && *field.Of(&written) == "" {
			out = append(out, page.Hidden{Name: prefix + field.name, Value: value})
		}
	}
	return out
}

// countryOptions are the countries of a choice in the order of their names, the market's own first.
func (d *desk) countryOptions(in map[string]bool) []page.Option {
	own := d.Market.Country
	out := []page.Option{{Value: own, Text: d.p.Country(own)}}
	for _, code := range d.p.Countries() {
		if code != own && (in == nil || in[code]) {
			out = append(out, page.Option{Value: code, Text: d.p.Country(code)})
		}
	}
	return out
}
