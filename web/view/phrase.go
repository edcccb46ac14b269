package view

import (
	"html"
	"strconv"

	"caveau/store/catalog"
	"caveau/templates/live"
)

// unit is what a SKU is counted in.
type unit int

// The units that have words of their own.
const (
	bottle unit = iota
	half
	magnum
	large
	crate
	units
)

// unitOf a SKU: a pack of several is a case, whatever is in it.
func unitOf(sku *catalog.SKU) unit {
	switch {
	case sku.Pack > 1:
		return crate
	case sku.Volume == 375:
		return half
	case sku.Volume == 1500:
		return magnum
	case sku.Volume > 1500:
		return large
	default:
		return bottle
	}
}

// The message keys by unit: so many of them, and the last one.
var (
	unitKeys = [units]string{"unit.bottle", "unit.half", "unit.magnum", "unit.large", "unit.case"}
	lastKeys = [units]string{"stock.last_bottle", "stock.last_half", "stock.last_magnum", "stock.last_large", "stock.last_case"}
)

// phrases of one edition.
type phrases struct {
	longs   [units]*live.Phrase // "6 cases in our Bordeaux cellars"
	primeur [units]*live.Phrase
	shorts  [units]*live.Phrase // "6 cases"
	some    *live.Phrase        // of several units at once: "In stock"
	barrel  *live.Phrase        // of several units that are still in barrel: "En primeur"
	none    *live.Phrase        // of what this market does not sell, whatever the number: "Sold out"
}

func newPhrases(ed *edition) phrases {
	var all phrases
	for what := range units {
		all.longs[what] = escaped(func(n int) string { return ed.long(what, false, n) })
		all.primeur[what] = escaped(func(n int) string { return ed.long(what, true, n) })
		all.shorts[what] = escaped(func(n int) string { return ed.short(what, n) })
	}
	all.some, all.barrel = escaped(ed.some), escaped(ed.barrel)
	all.none = escaped(func(int) string { return ed.p.T("stock.none") })
	return all
}

func escaped(of func(n int) string) *live.Phrase {
	return live.NewPhrase(func(n int) string { return html.EscapeString(of(n)) })
}

// phrase is the long words of a SKU.
func (ed *edition) phrase(sku *catalog.SKU) *live.Phrase {
	if sku.SaleType == catalog.Primeur {
		return ed.phrases.primeur[unitOf(sku)]
	}
	return ed.phrases.longs[unitOf(sku)]
}

// brief is the short words of some SKUs that stand together: bottles and cases are not added up.
func (ed *edition) brief(offers []offer) *live.Phrase {
	if len(offers) == 0 {
		return ed.phrases.none
	}
	what := unitOf(offers[0].sku)
	for _, o := range offers[1:] {
		if unitOf(o.sku) == what {
			continue
		}
		if offers[0].sku.SaleType == catalog.Primeur {
			return ed.phrases.barrel
		}
		return ed.phrases.some
	}
	return ed.phrases.shorts[what]
}

// long is what an offer says of n units.
func (ed *edition) long(what unit, primeur bool, n int) string {
	p := ed.p
	switch level := live.LevelOf(n); {
	case level == live.None:
		return p.T("stock.none")
	case primeur:
		return p.T("stock.primeur") + " · " + p.N(unitKeys[what], n)
	case n == 1:
		return p.T(lastKeys[what], "place", ed.place)
	case level == live.Low:
		return p.T("stock.low", "what", p.N(unitKeys[what], n), "place", ed.place)
	default:
		return p.T("stock.many", "what", p.N(unitKeys[what], n), "place", ed.place)
	}
}

// short is what a list says of n units.
func (ed *edition) short(what unit, n int) string {
	if n <= 0 {
		return ed.p.T("stock.none")
	}
	return ed.p.N(unitKeys[what], n)
}

// some is what a list says where a row stands for bottles and cases alike.
func (ed *edition) some(n int) string {
	switch live.LevelOf(n) {
	case live.None:
		return ed.p.T("stock.none")
	case live.Low:
		return ed.p.T("stock.few")
	default:
		return ed.p.T("stock.some")
	}
}

// barrel is what a list says where a row stands for cases and large bottles en primeur.
func (ed *edition) barrel(n int) string {
	if n <= 0 {
		return ed.p.T("stock.none")
	}
	return ed.p.T("nav.primeur")
}

func newStamp(ed *edition) *live.Stamp {
	say := func(key string) func(clock string) string {
		return func(clock string) string { return html.EscapeString(ed.p.T(key, "time", clock)) }
	}
	return live.NewStamp(ed.Market.Zone, say("stock.checked"), say("stock.age"))
}

// badge is the digits beside the cart.
func badge(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}
