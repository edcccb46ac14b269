package law

import (
	"slices"
	"testing"

	"caveau/store/market"
	"caveau/store/money"
)

// A worked sum per market: goods, excise, customs, delivery, tax and gross of one bottle at 120.00 at home.
func TestDoorAtHome(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		market string
		to     string
		want   map[Part]int64
		gross  int64
	}{
		// 120.00 with 20 %: 20.00 VAT, 3.04 cents of excise; delivery 9.90 and 1.98 VAT
		{"fr", "FR", map[Part]int64{PartGoods: 99_97, PartExcise: 3, PartDelivery: 9_90, PartVAT: 21_98}, 131_88},
		{"be", "BE", map[Part]int64{PartGoods: 98_61, PartExcise: 56, PartDelivery: 9_90, PartVAT: 22_91}, 131_98},
		{"lu", "LU", map[Part]int64{PartGoods: 102_56, PartExcise: 0, PartDelivery: 9_90, PartVAT: 19_12}, 131_58}, // 13.5 % vol: 17 %
		{"ie", "IE", map[Part]int64{PartGoods: 94_37, PartExcise: 3_19, PartDelivery: 13_90, PartVAT: 25_64}, 137_10},
		{"uk", "GB", map[Part]int64{PartGoods: 96_90, PartExcise: 3_10, PartCustoms: 0, PartDelivery: 9_50, PartVAT: 21_90}, 131_40},
		// 120.00 and 14.50 × 1.081 = 135.67, to 0.05
		{"ch", "CH", map[Part]int64{PartGoods: 111_01, PartExcise: 0, PartCustoms: 0, PartDelivery: 14_50, PartVAT: 10_16, PartRounding: -2}, 135_65},
		{"us", "US-NY", map[Part]int64{PartGoods: 120_00, PartExcise: 0, PartDelivery: 19_00, PartSalesTax: 12_34}, 151_34}, // 8.875 % of 139.00
		{"us", "US-CA", map[Part]int64{PartGoods: 120_00, PartExcise: 0, PartDelivery: 19_00, PartSalesTax: 11_40}, 150_40}, // 9.5 % of the goods
		{"us", "US-OR", map[Part]int64{PartGoods: 120_00, PartExcise: 0, PartDelivery: 19_00, PartSalesTax: 0}, 139_00},
		{"hk", "HK", map[Part]int64{PartGoods: 120_00, PartExcise: 0, PartDelivery: 80_00, PartVAT: 0}, 200_00},
	} {
		m := shop(t, r, c.market)
		d := price(t, r, order(m, bottle(m), to(c.to)))
		wantItems(t, c.market+" to "+c.to, d.Items, c.want)
		if d.Gross.Minor != c.gross || d.Terms != DutyPaid || d.Status != Demonstration {
			t.Errorf("%s to %s: %s, %s, %s", c.market, c.to, d.Gross, d.Terms, d.Status)
		}
	}
}

func wantItems(t *testing.T, name string, items []Item, want map[Part]int64) {
	t.Helper()
	for part, amount := range want {
		if got, ok := of(items, part); !ok || got != amount {
			t.Errorf("%s: %s is %d (%v), want %d", name, part, got, ok, amount)
		}
	}
	if len(items) != len(want) {
		t.Errorf("%s: %d items, want %d: %+v", name, len(items), len(want), items)
	}
}

// From France to Ireland: the goods' net price, then Irish excise, and Irish VAT on goods, excise and delivery.
func TestVATIsTakenOfTheDutyAndTheDeliveryToo(t *testing.T) {
	r := rules(t)
	d := price(t, r, order(shop(t, r, "fr"), bottle(shop(t, r, "fr")), to("IE")))
	// 99.97 + 3.19 = 103.16 × 23 % = 23.73; 13.90 × 23 % = 3.20
	wantItems(t, "fr to IE", d.Items, map[Part]int64{PartGoods: 99_97, PartExcise: 3_19, PartDelivery: 13_90, PartVAT: 26_93})
	vat := d.Items[slices.IndexFunc(d.Items, func(i Item) bool { return i.Part == PartVAT })]
	if vat.Base.Minor != 99_97+3_19+13_90 || vat.Rules[0].ID() != "vat/IE@2026-01-01" {
		t.Errorf("VAT %+v", vat)
	}
}

// Duty is by the litre of pure alcohol: litres × strength × rate.
func TestBritishDuty(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		on       string
		strength int
		style    Style
		want     int64 // pence on 75 cl
		rule     string
	}{
		{"2026-01-31", 130, Still, 288, "excise/GB/8.5-22@2025-02-01"}, // 0.0975 × 29.54
		{"2026-02-01", 130, Still, 299, "excise/GB/8.5-22@2026-02-01"}, // 0.0975 × 30.62
		{"2026-01-31", 145, Still, 321, "excise/GB/8.5-22@2025-02-01"},
		{"2026-02-01", 145, Still, 333, "excise/GB/8.5-22@2026-02-01"},
		{"2026-02-01", 141, Still, 333, "excise/GB/8.5-22@2026-02-01"}, // up to the next half per cent
		{"2026-02-01", 140, Still, 322, "excise/GB/8.5-22@2026-02-01"},
		{"2026-02-01", 125, Sparkling, 287, "excise/GB/8.5-22@2026-02-01"},
		{"2026-02-01", 200, Fortified, 459, "excise/GB/8.5-22@2026-02-01"},
		{"2026-02-01", 220, Fortified, 505, "excise/GB/8.5-22@2026-02-01"},
		{"2026-02-01", 85, Still, 195, "excise/GB/8.5-22@2026-02-01"},
		{"2026-02-01", 55, Sparkling, 110, "excise/GB/3.5-8.4@2026-02-01"}, // Moscato
	} {
		uk := shop(t, r, "uk")
		s := bottle(uk)
		s.Strength, s.Style = c.strength, c.style
		o := order(uk, s, to("GB"))
		o.On = at(c.on)
		d := price(t, r, o)
		excise := d.Items[1]
		if excise.Part != PartExcise || excise.Amount.Minor != c.want || excise.Rules[0].ID() != c.rule {
			t.Errorf("%s, %d tenths: %s by %s, want %d by %s", c.on, c.strength, excise.Amount, excise.Rules[0].ID(), c.want, c.rule)
		}
		if want := s.Price.Minor; d.Gross.Minor-9_50-1_90 != want {
			t.Errorf("%s: the list price moved to %d", c.on, d.Gross.Minor-9_50-1_90)
		}
	}
}

func TestLuxembourgTaxesByStrength(t *testing.T) {
	r := rules(t)
	lu := shop(t, r, "lu")
	for strength, want := range map[int]string{100: "14", 130: "14", 131: "17", 145: "17"} {
		s := bottle(lu)
		s.Strength = strength
		d := price(t, r, order(lu, s, to("LU")))
		if vat := d.Items[len(d.Items)-1]; vat.Part != PartVAT || vat.Rules[0].Value != want {
			t.Errorf("%d tenths: VAT %+v, want %s %%", strength, vat, want)
		}
	}
}

func TestSparklingWineIsTaxedInGermany(t *testing.T) {
	r := rules(t)
	de := shop(t, r, "de")
	s := bottle(de)
	s.Style = Sparkling
	if got, _ := of(price(t, r, order(de, s, to("DE"))).Items, PartExcise); got != 102 {
		t.Errorf("Schaumweinsteuer on 75 cl is %d, want 102", got)
	}
}

// British duty in euros: 0.10125 l × 30.62 £ = 3.100 £, at 0.87 £ for 1 €.
func TestDutyInAnotherCurrencyIsExchanged(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	d := price(t, r, order(fr, bottle(fr), to("GB")))
	excise := d.Items[1]
	if excise.Amount != money.Of(356, "EUR") || len(excise.Rules) != 3 || excise.Rules[1].ID() != "exchange/GBP@2026-01-02" {
		t.Errorf("excise %+v", excise)
	}
	if _, ok := of(d.Items, PartCustoms); !ok {
		t.Error("no line for the customs border")
	}
}

func TestTaxesOnArrival(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		market  string
		to      Destination
		missing string
	}{
		{"fr", to("JP"), missingExcise},
		{"fr", to("DK"), missingExcise},
		{"hk", to("SG"), missingCustoms},
		{"us", to("BM"), missingVAT},
		{"fr", Destination{Country: "FR", Postcode: "20 000"}, missingTerritory}, // Corsica
		{"es", Destination{Country: "ES", Postcode: "38001"}, missingTerritory},  // Tenerife
		{"pt", Destination{Country: "PT", Postcode: "9000-018"}, missingTerritory},
	} {
		m := shop(t, r, c.market)
		d := price(t, r, order(m, bottle(m), c.to))
		if d.Terms != OnArrival || !slices.Contains(d.Lines[0].Missing, c.missing) || !d.Tax.IsZero() || len(d.Items) != 2 {
			t.Errorf("%s to %+v: %s, missing %v, %+v", c.market, c.to, d.Terms, d.Lines[0].Missing, d.Items)
		}
		if a := ask(t, r, Question{Market: m, SKU: bottle(m), Destination: c.to, On: summer}); a.Terms != OnArrival {
			t.Errorf("%s to %+v: the answer says %s", c.market, c.to, a.Terms)
		}
	}
	if d := price(t, r, order(shop(t, r, "fr"), bottle(shop(t, r, "fr")), Destination{Country: "FR", Postcode: "75001"})); d.Terms != DutyPaid {
		t.Errorf("Paris: %s", d.Terms)
	}
}

func TestInBond(t *testing.T) {
	r := rules(t)
	uk := shop(t, r, "uk")
	o := order(uk, bottle(uk), to("GB"))
	o.InBond = true
	d := price(t, r, o)
	// 120.00 duty paid is 96.90 in bond
	wantItems(t, "in bond", d.Items, map[Part]int64{PartGoods: 96_90})
	due := d.Lines[0].Due
	if d.Terms != Bonded || due == nil || due.When != "" || len(due.Missing) > 0 {
		t.Fatalf("%+v", d.Lines[0])
	}
	wantItems(t, "due on leaving", due.Items, map[Part]int64{PartExcise: 3_10, PartCustoms: 0, PartDelivery: 0, PartVAT: 20_00})
	if d.Gross.Minor+due.Gross.Minor != 120_00 {
		t.Errorf("%s in bond and %s due are not the duty paid price", d.Gross, due.Gross)
	}
	o.Market = shop(t, r, "fr")
	o.Lines[0].SKU = bottle(o.Market)
	_, err := r.Door(o)
	wantRefusal(t, err, NoBond)
}

func TestPrimeurSaysWhatWillBeDue(t *testing.T) {
	r := rules(t)
	ie := shop(t, r, "ie")
	d := price(t, r, order(ie, barrel(ie), to("IE")))
	wantItems(t, "now", d.Items, map[Part]int64{PartGoods: 600_00})
	due := d.Lines[0].Due
	if d.Terms != Later || due == nil || due.When != "2028-04-01" {
		t.Fatalf("%+v", d.Lines[0])
	}
	// 4.5 l: 19.12 of excise; delivery is free from 400; 23 % of 619.12
	wantItems(t, "in 2028", due.Items, map[Part]int64{PartExcise: 19_12, PartDelivery: 0, PartVAT: 142_40})
	if d.Delivery.Zone != "" {
		t.Errorf("a primeur is not delivered now: %+v", d.Delivery)
	}
}

// What falls due later is taxed at the rate of that day, where it is known.
func TestPrimeurIsTaxedAtTheRateOfItsDay(t *testing.T) {
	rows := embedded(t)
	for i := range rows {
		if rows[i].ID() == "vat/IE@2026-01-01" {
			rows[i].To = "2027-12-31"
		}
	}
	rows = append(rows, Row{Kind: VAT, Subject: "IE", Value: "10", Unit: "%", From: "2028-01-01", Status: Verify, Source: "test"})
	r, err := New(rows, markets(t))
	if err != nil {
		t.Fatal(err)
	}
	ie := shop(t, r, "ie")
	due := price(t, r, order(ie, barrel(ie), to("IE"))).Lines[0].Due
	if got, _ := of(due.Items, PartVAT); got != 61_91 {
		t.Errorf("VAT due in 2028 is %d, want 10 %% of 619.12", got)
	}
}

func TestAMixedOrder(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	magnum := bottle(fr)
	magnum.Volume = 1500
	o := Order{Market: fr, Destination: to("FR"), On: summer, Lines: []Line{{bottle(fr), 1}, {barrel(fr), 2}, {magnum, 1}}}
	d := price(t, r, o)
	if d.Terms != "" || d.Lines[1].Terms != Later || d.Delivery.Bottles != 3 || d.Delivery.Price.Minor != 11_90 {
		t.Errorf("%s, %+v", d.Terms, d.Delivery)
	}
	for i, want := range []int64{3_97, 0, 7_93} { // by volume: a third and two
		if got, _ := of(d.Lines[i].Items, PartDelivery); got != want {
			t.Errorf("line %d has %d of the delivery, want %d", i+1, got, want)
		}
	}
}

func TestDoorRefuses(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	for _, c := range []struct {
		name   string
		change func(*Order)
		want   Code
	}{
		{"no lines", func(o *Order) { o.Lines = nil }, BadQuantity},
		{"none of it", func(o *Order) { o.Lines[0].Quantity = 0 }, BadQuantity},
		{"less than none", func(o *Order) { o.Lines[0].Quantity = -1 }, BadQuantity},
		{"a thousand million", func(o *Order) { o.Lines[0].Quantity = 1_000_000_000 }, BadQuantity},
		{"more than the carrier has a price for", func(o *Order) { o.Lines[0].Quantity = 10_000 }, TooMuch},
		{"less than its own taxes", func(o *Order) { o.Lines[0].SKU.Price.Minor = 1; o.Lines[0].SKU.Volume = 30_000 }, BadPrice},
		{"of unknown strength to the UK", func(o *Order) { o.Lines[0].SKU.Strength = 0; o.Destination = to("GB") }, StrengthNeeded},
		{"before all rules", func(o *Order) { o.On = at("2025-12-31") }, NoRate},
	} {
		o := order(fr, bottle(fr), to("FR"))
		c.change(&o)
		_, err := r.Door(o)
		code, _ := Refused(err)
		if code != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	us := shop(t, r, "us")
	s := bottle(us)
	s.Basis = market.Incl
	_, err := r.Door(order(us, s, to("US-NY")))
	wantRefusal(t, err, NoRate) // there is no price with sales tax in the US: it hangs on the state
}

// A mixed order to Germany: what is in stock leaves now, what is en primeur on its day, or both on that day in one parcel.
func TestAMixedOrderLeavesInTwoParcelsOrInOne(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	young := bottle(fr)
	young.Sale, young.Basis, young.Delivery, young.Bottles = Primeur, market.Excl, at("2028-04-03"), 6
	o := order(fr, bottle(fr), to("DE"))
	o.Lines = append(o.Lines, Line{SKU: young, Quantity: 1})

	split := price(t, r, o)
	if len(split.Parcels) != 2 || split.Parcels[0].When != "" || split.Parcels[1].When != "2028-04-03" || split.Terms != "" {
		t.Fatalf("split: %+v", split.Parcels)
	}
	// now 99.97 + 9.90 + 19 % of each, and the primeur without tax; later 13.90 for six bottles, and 19 % of 133.90
	wantItems(t, "split, now", split.Lines[0].Items, map[Part]int64{PartGoods: 99_97, PartExcise: 0, PartDelivery: 9_90, PartVAT: 20_87})
	wantItems(t, "split, primeur", split.Lines[1].Items, map[Part]int64{PartGoods: 120_00})
	wantItems(t, "split, later", split.Later[0].Items, map[Part]int64{PartExcise: 0, PartDelivery: 13_90, PartVAT: 25_44})

	o.Together = true
	together := price(t, r, o)
	if len(together.Parcels) != 1 || together.Parcels[0].When != "2028-04-03" || together.Delivery.Zone != "" {
		t.Fatalf("together: %+v", together.Parcels)
	}
	// seven bottles in one parcel: 16.90
	wantItems(t, "together, now", together.Lines[0].Items, map[Part]int64{PartGoods: 99_97, PartExcise: 0, PartDelivery: 0, PartVAT: 18_99})
	wantItems(t, "together, later", together.Later[0].Items, map[Part]int64{PartExcise: 0, PartDelivery: 16_90, PartVAT: 26_01})
}

func TestOnlyWhoPaysTaxesOnArrivalIsAskedToKnowIt(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	for country, want := range map[string]bool{"FR": false, "DE": false, "JP": true} {
		a, err := r.Ask(Question{Market: fr, SKU: bottle(fr), Destination: to(country), On: summer})
		if err != nil || a.Asks("taxes-on-arrival") != want {
			t.Errorf("%s: %v, %v", country, a.Ask, err)
		}
	}
}
