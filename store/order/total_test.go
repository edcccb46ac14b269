package order_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
)

// Random carts in every market: net + tax = gross of each line, the sum of the lines is the total, and where the
// market rounds its prices the total is a multiple too.
func TestTotalsAddUpInEveryMarket(t *testing.T) {
	if os.Getenv("CAVEAU_SOAK") == "1" { // 14 markets × 7,200: more than 100,000 carts
		if err := flag.Set("rapid.checks", "7200"); err != nil {
			t.Fatal(err)
		}
	}
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range markets.Markets {
		t.Run(m.Code, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) { checkTotals(t, m, draw(t, m)) })
		})
	}
}

// draw a cart of a market, with the taxes in its prices or on top of them.
func draw(t *rapid.T, m *market.Market) []order.Line {
	var lines []order.Line
	for i := range rapid.IntRange(1, 60).Draw(t, "lines") {
		unit := money.Of(rapid.Int64Range(1, order.MaxUnit).Draw(t, "unit"), m.Currency).RoundTo(m.Rounding)
		if unit.IsZero() {
			unit.Minor = m.Rounding
		}
		l := order.Line{Kind: order.Wine, SKU: fmt.Sprint("SKU-", i), SaleType: "stock", Quantity: rapid.IntRange(1, 999).Draw(t, "quantity"), Unit: unit}
		rate := order.Rate(rapid.SampledFrom([]int64{0, int64(math.Round(m.VAT * 100)), 810, 888, 2550}).Draw(t, "rate"))
		sum := unit.Times(int64(l.Quantity))
		if m.Basis == market.Incl {
			l.Net, l.Tax = rate.Included(sum)
		} else {
			l.Net, l.Tax = sum, rate.Added(sum)
		}
		lines = append(lines, l)
	}
	return lines
}

func checkTotals(t *rapid.T, m *market.Market, lines []order.Line) {
	sums, err := order.Sum(lines, m.Currency)
	if err != nil {
		t.Fatal(err)
	}
	var gross int64
	for _, l := range lines {
		if l.Net.Minor < 0 || l.Tax.Minor < 0 || l.Net.Minor+l.Tax.Minor != l.Gross().Minor {
			t.Fatalf("net %s + tax %s is not %s", l.Net, l.Tax, l.Gross())
		}
		gross += l.Gross().Minor
	}
	if gross != sums.Total.Minor || sums.Net.Minor+sums.Tax.Minor != sums.Total.Minor {
		t.Fatalf("lines are %d, net %s, tax %s, total %s", gross, sums.Net, sums.Tax, sums.Total)
	}
	if m.Basis == market.Incl && sums.Total.Minor%m.Rounding != 0 {
		t.Fatalf("total %s is no multiple of %d", sums.Total, m.Rounding)
	}
	home := order.Address{Recipient: "A", Line1: "1", Country: "FR"}
	r := order.Request{Key: order.Key{1}, Market: m.Code, Warehouse: m.Warehouse, Method: order.Transfer,
		Contact: order.Contact{Name: "A", Email: "a@example.com"}, Delivery: home, Invoice: home, Lines: lines, Total: sums.Total}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
}

// The tax in a gross amount is the tax on its net, to within a minor unit.
func TestIncludedAndAddedAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := order.Rate(rapid.Int64Range(0, 5000).Draw(t, "rate"))
		gross := money.Of(rapid.Int64Range(0, 999*order.MaxUnit).Draw(t, "gross"), "EUR")
		net, tax := rate.Included(gross)
		if net.Minor+tax.Minor != gross.Minor {
			t.Fatalf("%s + %s is not %s", net, tax, gross)
		}
		if d := rate.Added(net).Minor - tax.Minor; d < -1 || d > 1 {
			t.Fatalf("of %s at %d the tax is %s included and %s added", gross, rate, tax, rate.Added(net))
		}
	})
}

func TestTwoCurrenciesHaveNoSum(t *testing.T) {
	lines := []order.Line{{Net: money.Of(1, "EUR"), Tax: money.Of(0, "EUR")}, {Net: money.Of(1, "CHF"), Tax: money.Of(0, "CHF")}}
	if _, err := order.Sum(lines, "EUR"); err == nil {
		t.Error("1 EUR + 1 CHF has a sum")
	}
}
