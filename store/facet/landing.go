package facet

import (
	"slices"

	"caveau/store/catalog"
	"caveau/store/route"
)

// Page is the page for crawlers that shows just what a selection does: a place, a producer, a classification, a colour of an appellation,
// a year, or a year in a place. False where none does; whether the table has the page, it says itself.
func Page(snap *catalog.Snapshot, s Selection) (route.Page, bool) {
	chosen := without(snap, s)
	if s.Query != "" || s.Sort != Relevance || s.Low > 0 || s.High > 0 || s.Score > 0 || s.From != s.To {
		return route.Page{}, false
	}
	kinds := chosenOnce(chosen)
	switch {
	case s.From > 0:
		return ofYear(kinds, s.From)
	case len(kinds) == 2 && kinds[0].facet == Appellation && kinds[1].facet == Colour:
		return route.Page{Kind: route.Colour, Code: route.ColourOf(kinds[0].code, kinds[1].code)}, true
	case len(kinds) != 1:
		return route.Page{}, false
	}
	kind, ok := pageKinds[kinds[0].facet]
	return route.Page{Kind: kind, Code: kinds[0].code}, ok
}

// pageKinds are the facets whose values have pages.
var pageKinds = map[Facet]route.Kind{
	Country: route.Region, Region: route.Region, Appellation: route.Appellation, Producer: route.Producer, Classification: route.Classification,
}

// value is a facet with its one value.
type value struct {
	facet Facet
	code  string
}

// chosenOnce are the facets of which one value is chosen; nil values where of any there are several.
func chosenOnce(s Selection) []value {
	var out []value
	for _, f := range Choices() {
		switch len(s.Values[f]) {
		case 0:
		case 1:
			out = append(out, value{f, s.Values[f][0]})
		default:
			return []value{{facet: facets}, {facet: facets}, {facet: facets}} // no page
		}
	}
	return out
}

// ofYear is the page of a year, or of a year in a place.
func ofYear(kinds []value, year int) (route.Page, bool) {
	if len(kinds) == 0 {
		return route.Page{Kind: route.Landing, Year: year}, true
	}
	if kind := pageKinds[kinds[0].facet]; len(kinds) == 1 && (kind == route.Region || kind == route.Appellation) {
		return route.Page{Kind: route.Landing, Code: route.PlaceOf(kind, kinds[0].code), Year: year}, true
	}
	return route.Page{}, false
}

// without leaves out the places that lie around another chosen one: Bordeaux in France is Bordeaux.
func without(snap *catalog.Snapshot, s Selection) Selection {
	for region := around(snap, s); region != nil; region = region.Parent {
		for _, f := range []Facet{Country, Region} {
			s.Values[f] = slices.DeleteFunc(slices.Clone(s.Values[f]), func(c string) bool { return c == region.Code })
		}
	}
	return s
}

// around is the region in which a selection's one appellation or region lies; nil where it has neither.
func around(snap *catalog.Snapshot, s Selection) *catalog.Region {
	if code, ok := s.Only(Appellation); ok {
		if a := snap.Appellation(code); a != nil {
			return a.Region
		}
		return nil
	}
	if code, ok := s.Only(Region); ok {
		if r := snap.Region(code); r != nil {
			return r.Parent
		}
	}
	return nil
}
