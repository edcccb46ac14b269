package demo

import (
	"math"

	"caveau/store/catalog"
)

// price is that of a form in euros: with French VAT, or for primeurs without tax.
func (v vintage) price(f form) float64 {
	eur := v.bottlePrice() * premium(f.volume, v.wine.Demo.EUR) * float64(f.pack) * packFactor(v, f)
	if v.primeur {
		return eur * primeurDiscount / (1 + franceVAT/100)
	}
	return eur
}

// franceVAT is in the gazetteer's figures, in per cent.
const franceVAT = 20.0

// primeurDiscount is what a wine costs in barrel against its price in bottle.
const primeurDiscount = 0.84

// bottlePrice is that of 75 cl: base × harvest × age, and a little of each vintage's own.
func (v vintage) bottlePrice() float64 {
	eur := float64(v.wine.Demo.EUR)
	if v.year == 0 {
		return eur
	}
	own := between(0.93, 1.07, "price", v.wine.Code, v.year)
	return eur * math.Pow(harvestPrice[v.rating], 0.25+0.75*collected(v)) * ageing(v) * own
}

// harvestPrice is the price of a great wine by its year's rating, against a good recent year.
var harvestPrice = [6]float64{1, 0.50, 0.66, 0.82, 1, 1.22}

// ageing is what the years since its release add. Great years of collected wines rise without end:
// about 1.3 at 25 years, 2.2 at 45, 6 at 65, 13 at 80. Others follow far behind; and what costs
// thousands when it is young has its rise behind it.
func ageing(v vintage) float64 {
	years := float64(max(v.age-v.delay, 0)) / 80
	room := math.Pow(min(1, 500/float64(v.wine.Demo.EUR)), 0.4)
	return math.Exp(ageGain[v.rating] * math.Pow(years, 1.8) * (0.3 + 0.7*collected(v)) * room)
}

var ageGain = [6]float64{0, 0.9, 1.1, 1.3, 1.8, 2.6}

// collected says how far a wine is one for collectors, from 0 (15 euros) to 1 (500 euros and more).
func collected(v vintage) float64 {
	return min(1, max(0, math.Log10(float64(v.wine.Demo.EUR)/15)/math.Log10(500.0/15)))
}

// premium is the price of a bottle against 75 cl. Big bottles cost more than their wine: the dearer the
// wine, the more.
func premium(volume, eur int) float64 {
	litres := float64(volume) / 750
	extra := 1 + 0.25*min(1, float64(eur)/400)
	switch {
	case volume < 750:
		return litres * 1.06
	case volume == 750:
		return 1
	default:
		return litres * (1 + 0.045*math.Pow(litres, 0.62)*extra)
	}
}

// packFactor is a case against its bottles: a little cheaper, or dearer where it is an old case that
// was never opened.
func packFactor(v vintage, f form) float64 {
	switch {
	case f.pack == 1:
		return 1
	case f.packaging == catalog.OWC && v.age > 15:
		return 1.03
	case f.pack >= 12:
		return 0.965
	default:
		return 0.98
	}
}
