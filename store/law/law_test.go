package law

import (
	"strings"
	"testing"
	"time"

	"caveau/store/market"
	"caveau/store/money"
)

// summer is a Monday on which every rule of today holds.
var summer = at("2026-07-06")

func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

func markets(t testing.TB) *market.Table {
	t.Helper()
	table, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func rules(t testing.TB) *Rules {
	t.Helper()
	r, err := Load(markets(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func shop(t testing.TB, r *Rules, code string) *market.Market {
	t.Helper()
	m, ok := r.markets.Market(code)
	if !ok {
		t.Fatalf("no market %s", code)
	}
	return m
}

// bottle is 75 cl of still red wine of 13.5 % vol for 120.00, in the market's own basis.
func bottle(m *market.Market) SKU {
	return SKU{Volume: 750, Bottles: 1, Strength: 135, Style: Still, Vintage: 2015, Sale: Stock,
		Price: money.Of(120_00, m.Currency), Basis: m.Basis}
}

// barrel is a case of six in primeur, delivered in two years.
func barrel(m *market.Market) SKU {
	return SKU{Volume: 750, Bottles: 6, Strength: 135, Style: Still, Vintage: 2025, Sale: Primeur,
		Delivery: at("2028-04-01"), Price: money.Of(600_00, m.Currency), Basis: market.Excl}
}

// order is one unit for a destination.
func order(m *market.Market, s SKU, to Destination) Order {
	return Order{Market: m, Destination: to, On: summer, Lines: []Line{{s, 1}}}
}

func to(country string) Destination {
	code, state, _ := strings.Cut(country, "-")
	return Destination{Country: code, State: state}
}

func price(t testing.TB, r *Rules, o Order) Door {
	t.Helper()
	d, err := r.Door(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ask(t testing.TB, r *Rules, q Question) Answer {
	t.Helper()
	a, err := r.Ask(q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// of is the amount of a part, and whether it is there.
func of(items []Item, p Part) (int64, bool) {
	for _, i := range items {
		if i.Part == p {
			return i.Amount.Minor, true
		}
	}
	return 0, false
}

func wantRefusal(t *testing.T, err error, want Code) {
	t.Helper()
	if code, ok := Refused(err); !ok || code != want {
		t.Errorf("refused with %v, want %s", err, want)
	}
}
