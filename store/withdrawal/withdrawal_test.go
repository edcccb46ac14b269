package withdrawal

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
)

var today = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func rules(t testing.TB, code string) (*law.Rules, *market.Market) {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := law.Load(markets)
	if err != nil {
		t.Fatal(err)
	}
	m, ok := markets.Market(code)
	if !ok {
		t.Fatalf("no market %s", code)
	}
	return r, m
}

func wine(sale string, quantity int, gross int64) order.Line {
	tax := gross / 6
	return order.Line{
		Kind: order.Wine, SKU: "A", SaleType: sale, Quantity: quantity, Unit: money.Of(gross/int64(quantity), "EUR"), Net: money.Of(gross-tax, "EUR"), Tax: money.Of(tax, "EUR"),
	}
}

func placed(t testing.TB, lines ...order.Line) order.Order {
	sums, err := order.Sum(lines, "EUR")
	if err != nil {
		panic(err)
	}
	return order.Order{Number: "FR-100000", Market: "fr", Lines: lines, Sums: sums, PlacedAt: today}
}

// A primeur is offered by the form only where one of the conditions is missing; it is the law's answer for that line and that day.
func TestChoices(t *testing.T) {
	for _, c := range []struct {
		market  string
		promise order.Promise
		left    int
		lacking string
	}{
		{"fr", order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true, Told: true}, 0, ""},
		{"fr", order.Promise{Delivery: "2028-04-01", MarketValue: true, Told: true}, 6, "price_agreed"},
		{"de", order.Promise{Delivery: "2026-12-01", PriceAgreed: true, MarketValue: true, Told: true}, 6, "delivery_after"},
		{"de", order.Promise{PriceAgreed: true, MarketValue: true, Told: true}, 6, "delivery_after"},
		{"it", order.Promise{Delivery: "2028-04-01", PriceAgreed: true, Told: true}, 6, "market_value"},
		{"it", order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true}, 6, "told"},
	} {
		r, m := rules(t, c.market)
		primeur := wine("primeur", 6, 60_000)
		primeur.Promise = c.promise
		o := placed(t, wine("stock", 3, 30_000), primeur, order.Line{Kind: order.Delivery, Quantity: 1, Unit: money.Of(0, "EUR"), Net: money.Of(0, "EUR"), Tax: money.Of(0, "EUR")})
		got := Choices(r, m, o, []Record{{Lines: []Line{{Position: 1, Quantity: 9, Counted: 2}}}})
		if len(got) != 2 || got[0].Left != 1 || got[0].Gone != 2 || got[1].Left != c.left || strings.Join(got[1].Right.Lacking, " ") != c.lacking {
			t.Errorf("%s %+v: %+v", c.market, c.promise, got)
		}
	}
}

// The period counts from the last delivery; a primeur that was promised for later and has not come keeps it from beginning.
func TestEnds(t *testing.T) {
	r, m := rules(t, "fr")
	delivered := order.Event{State: order.Delivered, At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
	late := wine("primeur", 6, 60_000)
	late.SKU, late.Promise = "P", order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true}
	exempt := late
	exempt.Promise.Told = true
	came := map[string]time.Time{"P": time.Date(2028, 5, 2, 0, 0, 0, 0, m.Zone)}
	for name, c := range map[string]struct {
		lines  []order.Line
		events []order.Event
		own    map[string]time.Time
		want   string // the last day
	}{
		"not delivered":              {[]order.Line{wine("stock", 1, 100)}, nil, nil, ""},
		"delivered":                  {[]order.Line{wine("stock", 1, 100)}, []order.Event{{State: order.Shipped, At: today}, delivered}, nil, "2026-12-15"},
		"with an exempt primeur":     {[]order.Line{wine("stock", 1, 100), exempt}, []order.Event{delivered}, nil, "2026-12-15"},
		"with one that is not":       {[]order.Line{wine("stock", 1, 100), late}, []order.Event{delivered}, nil, ""},
		"with one that came":         {[]order.Line{wine("stock", 1, 100), late}, []order.Event{delivered}, came, "2028-05-16"},
		"with nothing but an exempt": {[]order.Line{exempt}, []order.Event{delivered}, nil, ""},
	} {
		o := placed(t, c.lines...)
		o.Events = c.events
		end, got := Ends(Choices(r, m, o, nil), m, o, c.own), ""
		if !end.IsZero() {
			got = string(law.DayOf(end.Add(-time.Second), m.Zone))
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// However an order is withdrawn from, in as many statements as one likes and whichever of them are settled first: what goes back adds
// up, is never more than was paid, and is the total to the cent when nothing is left.
func TestRefundsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []order.Line
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			sale := rapid.SampledFrom([]string{"stock", "stock", "primeur"}).Draw(t, "sale")
			quantity := rapid.IntRange(1, 12).Draw(t, "quantity")
			l := wine(sale, quantity, rapid.Int64Range(1, 9_999_999).Draw(t, "gross"))
			lines = append(lines, l)
		}
		carriage := rapid.Int64Range(0, 5000).Draw(t, "carriage")
		lines = append(lines, order.Line{Kind: order.Delivery, Quantity: 1, Unit: money.Of(carriage, "EUR"), Net: money.Of(carriage, "EUR"), Tax: money.Of(0, "EUR")})
		o := placed(nil, lines...)
		left := map[int]int{}
		for i, l := range lines[:len(lines)-1] {
			left[i+1] = l.Quantity
		}
		var records []Record
		var back int64
		taken := map[int]int{}
		statements := rapid.IntRange(1, 5).Draw(t, "statements")
		for n := range statements {
			r := Record{ID: uint64(n + 1)}
			for position := 1; position < len(lines); position++ {
				most := left[position]
				take := most
				if n < statements-1 {
					take = rapid.IntRange(0, most).Draw(t, "units")
				}
				if take > 0 {
					r.Lines = append(r.Lines, Line{Position: position, Quantity: take + 3, Counted: take})
					left[position] -= take
				}
			}
			records = append(records, r)
			due := Due(o, records, taken)
			if due.Total.Minor < 0 || back+due.Total.Minor > o.Sums.Total.Minor {
				t.Fatalf("%d goes back after %d of %d", due.Total.Minor, back, o.Sums.Total.Minor)
			}
			var sum int64
			for _, s := range slices.Concat(due.Lines, due.Carriage) {
				sum += s.Amount.Minor
			}
			if sum != due.Total.Minor {
				t.Fatalf("parts of %d, a total of %d", sum, due.Total.Minor)
			}
			if rapid.Bool().Draw(t, "settled now") || n == statements-1 {
				back += due.Total.Minor
				for _, p := range due.Parts() {
					taken[p.Line+1] += p.Quantity
				}
				for i := range records {
					records[i].Settled = true
				}
			}
			if nothing := !slices.ContainsFunc([]int{left[1], left[2], left[3], left[4]}, func(n int) bool { return n > 0 }); due.Whole != nothing {
				t.Fatalf("whole %v with %v left", due.Whole, left)
			}
		}
		if back != o.Sums.Total.Minor {
			t.Fatalf("%d went back of %d", back, o.Sums.Total.Minor)
		}
	})
}

// Carriage goes back with the last line that travels with it, whatever is kept en primeur.
func TestCarriageGoesBackWithWhatItCarried(t *testing.T) {
	carriage := order.Line{Kind: order.Delivery, Quantity: 1, Unit: money.Of(1250, "EUR"), Net: money.Of(1250, "EUR"), Tax: money.Of(250, "EUR")}
	o := placed(t, wine("stock", 2, 2000), wine("primeur", 6, 60_000), carriage)
	for name, c := range map[string]struct {
		gone     map[int]int
		carriage int64
	}{
		"one of two":       {map[int]int{1: 1}, 0},
		"all that travels": {map[int]int{1: 2}, 1500},
		"the primeur":      {map[int]int{2: 6}, 0},
		"everything":       {map[int]int{1: 2, 2: 6}, 1500},
	} {
		got := int64(0)
		for _, s := range owed(o, c.gone, nil).Carriage {
			got += s.Amount.Minor
		}
		if got != c.carriage {
			t.Errorf("%s: %d, want %d", name, got, c.carriage)
		}
	}
}

func TestTheSameStatementHasTheSameID(t *testing.T) {
	s := Statement{Key: order.Key{1}, Market: "fr", Number: "fr - 100 000", Name: "Anne", Email: "anne@example.com", Lines: []Line{{Position: 1, Quantity: 2}}}
	first, err := s.ID()
	if err != nil || s.Order() != "FR-100000" {
		t.Fatal(err, s.Order())
	}
	again := s
	again.Ends, again.Secret = today, order.Key{9}
	if id, _ := again.ID(); id != first {
		t.Error("the end of the period changes what was stated")
	}
	for name, change := range map[string]func(*Statement){
		"form": func(s *Statement) { s.Key = order.Key{2} }, "quantity": func(s *Statement) { s.Lines = []Line{{Position: 1, Quantity: 1}} }, "words": func(s *Statement) { s.Words = "tout" },
	} {
		other := s
		change(&other)
		if id, _ := other.ID(); id == first {
			t.Errorf("another %s has the same id", name)
		}
	}
}

func TestFaults(t *testing.T) {
	good := Statement{Number: "FR-1", Name: "Anne", Email: "anne@example.com", Words: "ligne 1\nligne 2"}
	for name, c := range map[string]struct {
		change func(*Statement)
		want   string
	}{
		"none":               {func(*Statement) {}, ""},
		"no name":            {func(s *Statement) { s.Name = "  " }, "name"},
		"nothing":            {func(s *Statement) { *s = Statement{} }, "name number email"},
		"control characters": {func(s *Statement) { s.Number = "FR\x07" }, "number"},
		"right to left":      {func(s *Statement) { s.Name = "Anne \u202eX" }, "name"},
		"endless":            {func(s *Statement) { s.Words, s.Email = strings.Repeat("é", 2001), strings.Repeat("é", 255) }, "email words"},
	} {
		s := good
		c.change(&s)
		if got := strings.Join(s.Faults(), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
