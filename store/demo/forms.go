package demo

import (
	"math"

	"caveau/store/catalog"
)

// form is what a SKU is apart from its vintage.
type form struct {
	volume    int
	pack      int
	packaging catalog.Packaging
}

// candidate is a form with the chance that a renowned wine is sold in it at its release; above 1 it is
// certain for the renowned and likely for the rest.
type candidate struct {
	volume, pack int
	share        float64
}

// candidates are in the order of a matrix: by bottle, then by pack. Volume 0 is the wine's usual bottle.
var candidates = []candidate{
	{375, 1, 0.10}, {375, 12, 0.05}, {375, 24, 0.09},
	{0, 1, 1.18}, {0, 3, 0.22}, {0, 6, 0.78}, {0, 12, 0.38},
	{1500, 1, 0.48}, {1500, 3, 0.12}, {1500, 6, 0.16},
	{3000, 1, 0.30}, {5000, 1, 0.06}, {6000, 1, 0.17},
	{9000, 1, 0.035}, {12000, 1, 0.035}, {15000, 1, 0.045}, {18000, 1, 0.02},
}

// forms are the formats and packs in which a vintage is sold; always at least one.
func forms(v vintage) []form {
	var out []form
	for i, c := range candidates {
		switch c.volume {
		case v.bottle:
			continue // it has its own line
		case 0:
			c.volume = v.bottle
		}
		f := form{c.volume, c.pack, packaging(v, c)}
		if filled(v, c) && (f.single() || v.price(f) < dearest) && chance("form", v.wine.Code, v.year, i) < share(v, c) {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		out = append(out, form{v.bottle, 1, catalog.Loose})
	}
	return out
}

// dearest is what a case or a large bottle may cost, in euros: beyond, nobody sells by the case.
const dearest = 40_000

func (f form) single() bool { return f.volume <= 750 && f.pack == 1 }

// filled says that the house fills such bottles, and sells such packs, at all.
func filled(v vintage, c candidate) bool {
	eur, d := v.wine.Demo.EUR, v.wine.Demo
	switch {
	case c.volume > max(d.MaxVolume, v.bottle), v.bottle < 750 && c.volume != v.bottle:
		return false // what usually comes in small bottles comes in no others
	case c.volume < v.bottle:
		return halves(v, c)
	case c.volume == 5000:
		return v.shape == catalog.Bordeaux && v.year >= 1985 // Bordeaux's jeroboam; 4.5 litres before
	case c.volume == 18000:
		return v.shape == catalog.Bordeaux
	case c.pack == 3:
		return eur >= 200 && (v.year >= 2000 || v.year == 0)
	case c.pack == 12 && !d.OWC:
		return eur < 300
	case c.pack == 6 && !d.OWC:
		return eur < 1500
	default:
		return true
	}
}

// halves are filled of sweet wines, of Bordeaux's and of everyday wines while they are young.
func halves(v vintage, c candidate) bool {
	eur := v.wine.Demo.EUR
	switch {
	case v.wine.Style == catalog.Sweet:
		return true
	case v.wine.Demo.OWC:
		return eur < 1000
	case c.pack == 1 && v.wine.Style == catalog.Sparkling:
		return eur < 250
	default:
		return eur < 60 && v.age <= 6
	}
}

// share adapts a candidate's chance: renowned wines come in more forms, halves and cases get rarer with
// age, great bottles are filled of great wines in great years, and a sweet wine is a half bottle's wine.
func share(v vintage, c candidate) float64 {
	p, age := c.share*(0.75+0.55*math.Pow(fame(v), 3)), float64(v.age)
	switch {
	case c.volume > 750:
		p *= large(v) * math.Exp(-age/70)
	case c.volume < v.bottle:
		p *= math.Exp(-age / 28)
	case c.pack > 1:
		p *= math.Exp(-max(age-15, 0) / 18)
	}
	if c.volume < v.bottle && v.wine.Style == catalog.Sweet {
		p *= 4
	}
	if c.pack == 12 && v.year < 2009 && v.shape == catalog.Bordeaux {
		p *= 1.5 // cases of twelve were the rule until then
	}
	if c.pack == 12 && v.wine.Style == catalog.Sparkling || c.volume == 1500 && v.wine.Demo.EUR < 20 {
		p *= 0.4
	}
	return p
}

func large(v vintage) float64 {
	p := 0.25 + 0.9*fame(v)*fame(v)
	if v.rating >= 4 || v.year == 0 {
		return p * 1.25
	}
	return p * 0.6
}

func packaging(v vintage, c candidate) catalog.Packaging {
	wooden := v.wine.Demo.OWC || v.wine.Style == catalog.Sparkling && c.volume >= 3000
	switch {
	case wooden && (c.pack > 1 || c.volume >= 3000):
		return catalog.OWC
	case c.pack > 1:
		return catalog.Carton
	default:
		return catalog.Loose
	}
}
