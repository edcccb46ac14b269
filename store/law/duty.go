package law

import (
	"math"

	"caveau/store/money"
)

// Duty is what a row of kind excise asks: an amount for a hectolitre, or where alcohol is true for a litre of pure alcohol, the
// strength taken up to the next step of so many tenths of % vol. False where the row is no excise.
func (r Row) Duty() (rate money.Amount, alcohol bool, step int, ok bool) {
	read, err := compile(r)
	if err != nil || r.Kind != Excise {
		return money.Amount{}, false, 0, false
	}
	return money.Of(minorOf(read.number), read.currency), read.per == perAlcohol, read.step, true
}

// Figure is the value of a row that is a figure, for words: 8.875. NaN where it is none.
func (r Row) Figure() float64 {
	n, err := parseNumber(r.Value)
	if err != nil {
		return math.NaN()
	}
	return float64(n) / one
}
