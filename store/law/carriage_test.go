package law

import (
	"slices"
	"testing"

	"caveau/store/money"
)

// A price on a page bears the share of a consignment of twelve bottles, whatever else is ordered.
func TestShareOfAConsignment(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	for _, c := range []struct {
		name         string
		sku          func(*SKU)
		share, gross int64
	}{
		{"a bottle: 16.90 / 12", func(*SKU) {}, 1_41, 121_69},
		{"a magnum: 16.90 / 6", func(s *SKU) { s.Volume = 1500 }, 2_82, 123_38},
		{"twelve bottles: all of it", func(s *SKU) { s.Bottles = 12 }, 16_90, 140_28},
		{"24 bottles: a consignment of their own", func(s *SKU) { s.Bottles = 24 }, 24_90, 149_88},
		{"from 300.00 on: free, whatever else is ordered", func(s *SKU) { s.Price = money.Of(300_00, "EUR") }, 0, 300_00},
	} {
		sku := bottle(fr)
		c.sku(&sku)
		o := order(fr, sku, to("FR"))
		o.Consignment = Consignment
		d := price(t, r, o)
		share, _ := of(d.Items, PartDelivery)
		if share != c.share || d.Gross.Minor != c.gross {
			t.Errorf("%s: share %d, gross %d", c.name, share, d.Gross.Minor)
		}
	}
}

// What delivery costs is said with the tax on it, before anything is chosen; without where a state decides.
func TestCarriage(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		market, to  string
		one, twelve int64
		taxed       bool
		first, last int
		free        int64
	}{
		{"fr", "FR", 11_88, 20_28, true, 2, 4, 300_00},
		{"fr", "DE", 11_78, 20_11, true, 2, 4, 300_00},
		{"fr", "JP", 49_00, 149_00, false, 7, 14, 0}, // no excise with a source
		{"us", "US", 19_00, 59_00, false, 3, 7, 750_00},
		{"us", "US-NY", 20_69, 64_24, true, 3, 7, 750_00}, // 8.875 %, delivery among it
		{"us", "US-CA", 19_00, 59_00, true, 3, 7, 750_00}, // goods alone are taxed
		{"hk", "HK", 80_00, 120_00, true, 1, 3, 2500_00},
	} {
		got, ok := r.Carriage(shop(t, r, c.market), to(c.to), summer)
		one, _ := got.For(1)
		twelve, _ := got.For(12)
		if !ok || one.Minor != c.one || twelve.Minor != c.twelve || got.Taxed != c.taxed || got.First != c.first || got.Last != c.last || got.FreeFrom.Minor != c.free {
			t.Errorf("%s to %s: %v %+v", c.market, c.to, ok, got)
		}
		if _, beyond := got.For(61); beyond {
			t.Errorf("%s to %s: 61 bottles have no step", c.market, c.to)
		}
	}
	for _, nowhere := range []string{"NO", "ZZ", "US-UT"} {
		if got, ok := r.Carriage(shop(t, r, "us"), to(nowhere), summer); ok {
			t.Errorf("to %s: %+v", nowhere, got)
		}
	}
}

func TestReach(t *testing.T) {
	r := rules(t)
	fr, us := shop(t, r, "fr"), shop(t, r, "us")
	if block, err := r.Reach(fr, to("DE"), "2026-07-06"); block != nil || err != nil {
		t.Errorf("fr to DE: %v, %v", block, err)
	}
	if block, err := r.Reach(fr, to("NO"), "2026-07-06"); err != nil || block == nil || block.Reason != "state_monopoly" {
		t.Errorf("fr to NO: %v, %v", block, err)
	}
	if block, err := r.Reach(us, to("US-UT"), "2026-07-06"); err != nil || block == nil || block.Reason != stateForbids {
		t.Errorf("us to Utah: %v, %v", block, err)
	}
	_, err := r.Reach(us, to("US"), "2026-07-06")
	wantRefusal(t, err, StateNeeded)
	_, err = r.Reach(fr, to("ZZ"), "2026-07-06")
	wantRefusal(t, err, UnknownCountry)
}

func TestKnownCountriesAndStates(t *testing.T) {
	r := rules(t)
	known := r.Known("2026-07-06")
	if len(known) < 120 || !slices.IsSorted(known) || len(slices.Compact(slices.Clone(known))) != len(known) {
		t.Errorf("%d countries: %v", len(known), known)
	}
	for _, code := range []string{"FR", "US", "NO", "QA"} {
		if !slices.Contains(known, code) {
			t.Errorf("%s is not known", code)
		}
	}
	if states := r.States("US", "2026-07-06"); len(states) != 51 || states[0] != "AK" {
		t.Errorf("states %v", states)
	}
	if states := r.States("FR", "2026-07-06"); states != nil {
		t.Errorf("states of France: %v", states)
	}
	if !r.HasTerritories("ES", "2026-07-06") || r.HasTerritories("BE", "2026-07-06") {
		t.Error("Spain has territories with taxes of their own, Belgium has none")
	}
	if !r.InTerritory(Destination{Country: "ES", Postcode: "35 001"}, "2026-07-06") || r.InTerritory(Destination{Country: "ES", Postcode: "28001"}, "2026-07-06") {
		t.Error("Las Palmas lies in a territory, Madrid does not")
	}
}

// What may be sold in bond is a dated row: before it, and from another warehouse, nothing is.
func TestBondIsARow(t *testing.T) {
	r := rules(t)
	uk := shop(t, r, "uk")
	for _, sale := range []Sale{Stock, Primeur} {
		row, may := r.MayBond(uk, sale, "2026-07-06")
		if !may || row.Kind != Bond || row.From != "2026-01-01" {
			t.Errorf("%s: %v %+v", sale, may, row)
		}
		if _, may := r.MayBond(uk, sale, "2025-12-31"); may {
			t.Errorf("%s: in bond before the row holds", sale)
		}
	}
	elsewhere := *uk
	elsewhere.Warehouse = "new-york"
	if _, may := r.MayBond(&elsewhere, Stock, "2026-07-06"); may {
		t.Error("in bond from a warehouse that no row names")
	}
	o := order(uk, bottle(uk), to("GB"))
	o.InBond, o.On = true, at("2025-12-31")
	_, err := r.Door(o)
	wantRefusal(t, err, NoBond)
}
