package law

import (
	"flag"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/market"
	"caveau/store/money"
)

// soakChecks is how many random orders CAVEAU_SOAK=1 prices; without it rapid's own number.
const soakChecks = "100000"

// soak widens the checks of this test.
func soak(t *testing.T) {
	t.Helper()
	if os.Getenv("CAVEAU_SOAK") != "1" {
		return
	}
	old := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", soakChecks); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", old) })
}

// randomOrder draws an order that the rules have an answer for, of any market, to any place that it delivers to.
func randomOrder(t *rapid.T, r *Rules) Order {
	m := rapid.SampledFrom(r.markets.Markets).Draw(t, "market")
	const on = Day("2026-07-06")
	var countries []string
	for country := range r.Countries(m, on) {
		countries = append(countries, country)
	}
	slices.Sort(countries)
	o := Order{Market: m, On: summer, Destination: Destination{Country: rapid.SampledFrom(countries).Draw(t, "country")}}
	if r.states[o.Destination.Country] {
		o.Destination.State = rapid.SampledFrom([]string{"NY", "CA", "OR", "MN", "LA"}).Draw(t, "state")
	}
	if rapid.IntRange(0, 3).Draw(t, "at home") == 0 {
		o.Destination.Country = m.Country
		o.Destination.State = "NY"
	}
	o.InBond = m.InBond && rapid.Bool().Draw(t, "in bond")
	o.Together = rapid.Bool().Draw(t, "together")
	for range rapid.IntRange(1, 5).Draw(t, "lines") {
		o.Lines = append(o.Lines, randomLine(t, m))
	}
	return o
}

func randomLine(t *rapid.T, m *market.Market) Line {
	s := SKU{
		Volume:   rapid.SampledFrom([]int{187, 375, 500, 620, 750, 1500, 3000, 6000, 18_000}).Draw(t, "volume"),
		Bottles:  rapid.SampledFrom([]int{1, 3, 6, 12, 24}).Draw(t, "bottles"),
		Strength: rapid.IntRange(85, 220).Draw(t, "strength"),
		Style:    rapid.SampledFrom([]Style{Still, Sparkling, Fortified}).Draw(t, "style"),
		Vintage:  2015, Sale: Stock, Basis: m.Basis,
	}
	if s.Style == Fortified {
		s.Strength = max(s.Strength, 151)
	}
	litres := int64(s.Volume*s.Bottles)/1000 + 1
	s.Price = money.Of(rapid.Int64Range(12_00*litres, 5_000_00*litres).Draw(t, "price"), m.Currency).RoundTo(m.Rounding)
	if rapid.IntRange(0, 3).Draw(t, "primeur") == 0 {
		s.Sale, s.Delivery, s.Basis = Primeur, at("2028-04-01"), market.Excl
	}
	return Line{SKU: s, Quantity: rapid.IntRange(1, 4).Draw(t, "quantity")}
}

// The algebra of doc.go, for every order.
func TestTheSumsAreRight(t *testing.T) {
	soak(t)
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		o := randomOrder(t, r)
		d, err := r.Door(o)
		if err != nil {
			if code, ok := Refused(err); ok && code == TooMuch {
				t.Skip("more than the carrier takes")
			}
			t.Fatalf("%+v: %v", o, err)
		}
		checkSum(t, o, d.Sum)
		var net, tax, gross, shares int64
		for i, line := range d.Lines {
			checkSum(t, o, line.Sum)
			checkLine(t, r, o, i, line)
			net, tax, gross = net+line.Net.Minor, tax+line.Tax.Minor, gross+line.Gross.Minor
			share, _ := of(line.Items, PartDelivery)
			shares += share
		}
		if net != d.Net.Minor || tax != d.Tax.Minor || gross != d.Gross.Minor {
			t.Fatalf("lines make %d + %d = %d, the order %+v", net, tax, gross, d.Sum)
		}
		if shares != d.Delivery.Price.Minor {
			t.Fatalf("the lines carry %d of the delivery, the carrier asks %s", shares, d.Delivery.Price)
		}
		checkParcels(t, o, d)
	})
}

// checkParcels: each line is in one parcel, the lines of a later one carry its price, and together there is but one.
func checkParcels(t *rapid.T, o Order, d Door) {
	seen := map[int]bool{}
	for _, p := range d.Parcels {
		var carried int64
		for _, i := range p.Lines {
			if seen[i] {
				t.Fatalf("line %d leaves twice: %+v", i, d.Parcels)
			}
			seen[i] = true
			if due := d.Lines[i].Due; due != nil && p.When != "" {
				share, priced := of(due.Items, PartDelivery)
				carried += share
				if due.When != p.When || !priced && len(due.Missing) == 0 {
					t.Fatalf("line %d of the parcel of %s: %+v", i, p.When, due)
				}
			}
		}
		if p.When != "" && carried != p.Price.Minor && !someMissing(d, p) {
			t.Fatalf("the lines carry %d of the parcel of %s, the carrier asks %s", carried, p.When, p.Price)
		}
	}
	if len(seen) != len(o.Lines) && !o.InBond || o.Together && len(d.Parcels) > 1 {
		t.Fatalf("%d of %d lines leave, in %d parcels", len(seen), len(o.Lines), len(d.Parcels))
	}
	var due, gathered int64
	for _, l := range d.Lines {
		if l.Due != nil {
			due += l.Due.Gross.Minor
		}
	}
	for _, l := range d.Later {
		gathered += l.Gross.Minor
		checkSum(t, o, l.Sum)
	}
	if due != gathered {
		t.Fatalf("the lines owe %d later, the order %d", due, gathered)
	}
}

func someMissing(d Door, p Parcel) bool {
	return slices.ContainsFunc(p.Lines, func(i int) bool { return d.Lines[i].Due != nil && len(d.Lines[i].Due.Missing) > 0 })
}

// checkSum: items make the gross, net and tax make it too, all in the market's currency and to its coin.
func checkSum(t *rapid.T, o Order, s Sum) {
	var all, tax int64
	for _, item := range s.Items {
		if item.Amount.Currency != o.Market.Currency {
			t.Fatalf("%+v is in another currency", item)
		}
		if item.Amount.Minor < 0 && item.Part != PartRounding {
			t.Fatalf("%+v is below nought", item)
		}
		if item.Part != PartGoods && len(item.Rules) == 0 && !item.Amount.IsZero() {
			t.Fatalf("%+v has no rule", item)
		}
		all += item.Amount.Minor
		if taxes[item.Part] {
			tax += item.Amount.Minor
		}
	}
	if all != s.Gross.Minor || tax != s.Tax.Minor || s.Net.Minor+s.Tax.Minor != s.Gross.Minor {
		t.Fatalf("items make %d of which tax %d; %s + %s = %s", all, tax, s.Net, s.Tax, s.Gross)
	}
	if s.Gross.Minor%o.Market.Rounding != 0 {
		t.Fatalf("%s is no multiple of %d", s.Gross, o.Market.Rounding)
	}
}

// checkLine: each tax is its rate of its base, and at home the list price stays what it is.
func checkLine(t *rapid.T, r *Rules, o Order, i int, c Charged) {
	l := o.Lines[i]
	list := l.SKU.Price.Minor * int64(l.Quantity)
	sums := []Sum{c.Sum}
	if c.Due != nil {
		checkSum(t, o, c.Due.Sum)
		sums = append(sums, c.Due.Sum)
	}
	for _, s := range sums {
		for _, item := range s.Items {
			checkTax(t, item)
		}
	}
	checkBase(t, c.Sum, c.Items[0].Amount.Minor)
	if c.Due != nil && c.Terms != DutyPaid && c.Terms != OnArrival {
		checkBase(t, c.Due.Sum, c.Items[0].Amount.Minor)
	} else if c.Due != nil { // only the carriage is left to pay
		checkBase(t, c.Due.Sum, 0)
	}
	if c.Terms != DutyPaid || o.Destination.Country != o.Market.Country || l.SKU.Basis != market.Incl {
		return
	}
	delivery, _ := of(c.Items, PartDelivery)
	rounding, _ := of(c.Items, PartRounding)
	vat, err := r.pick(VAT, o.Market.Country, l.SKU, "2026-07-06")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Gross.Minor - delivery - rounding - percentOf(delivery, vat.number); got != list {
		t.Fatalf("the list price %d moved to %d: %+v", list, got, c.Items)
	}
}

// checkTax wants a tax in per cent to be that of its base, but for its roundings.
func checkTax(t *rapid.T, item Item) {
	if item.Part != PartVAT && item.Part != PartSalesTax {
		return
	}
	rate, err := parseNumber(item.Rules[0].Value)
	if err != nil {
		t.Fatal(err)
	}
	off := item.Amount.Minor*100*one - item.Base.Minor*int64(rate)
	if most := int64(100 * one * 5 / 4); off > most || off < -most {
		t.Fatalf("%+v is not %s %% of its base", item, item.Rules[0].Value)
	}
}

// checkBase wants VAT to be taken of goods, which what is due later does not list again, of duty and delivery.
func checkBase(t *rapid.T, s Sum, base int64) {
	for _, item := range s.Items {
		if item.Part == PartExcise || item.Part == PartCustoms || item.Part == PartDelivery {
			base += item.Amount.Minor
		}
	}
	for _, item := range s.Items {
		if item.Part == PartVAT && item.Base.Minor != base {
			t.Fatalf("VAT is taken of %s, not of goods, duty and delivery %d: %+v", item.Base, base, s.Items)
		}
	}
}

// The answer hangs on nothing but the question.
func TestDoorIsAFunction(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		o := randomOrder(t, r)
		first, err := r.Door(o)
		if err != nil {
			t.Skip("refused")
		}
		again, err := r.Door(o)
		if err != nil || again.Gross != first.Gross || again.Tax != first.Tax {
			t.Fatalf("%s, then %s, %v", first.Gross, again.Gross, err)
		}
	})
}
