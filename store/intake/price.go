package intake

import (
	"fmt"
	"math"
	"math/bits"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/money"
)

// prices turns the list's prices into those of each market: by the market's rate, with its value added
// tax where its prices hold it, rounded to its step. All of it in whole numbers, so that every machine
// gives the same price.
func prices(rows []*row, m *Map, markets *market.Table, now time.Time) ([]catalog.PriceRow, error) {
	table, err := m.rates(now)
	if err != nil {
		return nil, err
	}
	from := m.Date
	if table.Date.After(from) {
		from = table.Date
	}
	out := make([]catalog.PriceRow, 0, len(rows)*len(markets.Markets))
	for _, mk := range markets.Markets {
		rate, ok := table.Rate[mk.Code]
		if !ok {
			return nil, fmt.Errorf("rates of %s: market %s is missing", table.Date.Format(time.DateOnly), mk.Code)
		}
		for _, r := range rows {
			out = append(out, catalog.PriceRow{SKU: r.sku, Market: mk.Code, Minor: convert(r.cents, rate, mk), ValidFrom: from})
		}
	}
	return out, nil
}

// convert turns hundredths of the list's currency, without tax, into a market's minor units.
func convert(cents int64, rate float64, mk *market.Market) int64 {
	const million, thousand = 1_000_000, 1000
	tax := uint64(thousand)
	if mk.Basis == market.Incl {
		tax += uint64(math.Round(mk.VAT * 10))
	}
	high, low := bits.Mul64(uint64(cents)*uint64(math.Round(rate*million)), tax)
	low, carry := bits.Add64(low, million*thousand/2, 0)
	quotient, _ := bits.Div64(high+carry, low, million*thousand)
	minor := money.Of(int64(quotient), mk.Currency).RoundTo(mk.Rounding).Minor
	return max(minor, mk.Rounding, 1)
}
