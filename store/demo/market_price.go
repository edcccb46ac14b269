package demo

import (
	"math"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/money"
)

// rates are units of a currency for one euro: demonstration rates, set on 2 January 2026 near the
// market's and not followed since.
var rates = map[money.Currency]float64{"EUR": 1, "GBP": 0.87, "CHF": 0.93, "USD": 1.17, "HKD": 9.1}

// price writes what a SKU costs in every market, from the past to the announced future.
func (m *maker) price(v vintage, s sku) {
	for _, shop := range m.markets.Markets {
		for _, step := range m.steps(v, shop) {
			m.list.Prices = append(m.list.Prices, catalog.PriceRow{
				SKU: s.code, Market: shop.Code, Minor: inMarket(s.eur*step.factor, shop, v.primeur), ValidFrom: step.from,
			})
		}
	}
}

// inMarket converts a price: the market's VAT for France's, its currency, its rounding. A market that
// shows prices without tax, and every primeur, goes without.
func inMarket(eur float64, m *market.Market, primeur bool) int64 {
	amount := eur * rates[m.Currency]
	if !primeur {
		amount /= 1 + franceVAT/100
		if m.Basis == market.Incl {
			amount *= 1 + m.VAT/100
		}
	}
	return money.Of(pleasant(amount), m.Currency).RoundTo(m.Rounding).Minor
}

// pleasant rounds as a merchant does and gives minor units: to .00 or .50 below 100, then to whole
// units, fives, tens and fifties.
func pleasant(amount float64) int64 {
	step := 0.5
	switch {
	case amount >= 20_000:
		step = 50
	case amount >= 5_000:
		step = 10
	case amount >= 1_000:
		step = 5
	case amount >= 100:
		step = 1
	}
	return int64(math.Round(math.Max(amount, step)/step) * step * 100)
}
