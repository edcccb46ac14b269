package mysql_test

import (
	"errors"
	"testing"

	"caveau/store/ledger"
	"caveau/store/order"
	"caveau/store/storetest"
)

// cask is a cellar with two primeurs of one campaign, of which one order holds both and a bottle from stock.
func cask(t *testing.T) (*cellar, order.Number) {
	t.Helper()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9, "P": 9, "Q": 9})
	c.exec(t, `INSERT INTO campaign (code, region, year, opens) VALUES ('bordeaux-2025', 'bordeaux', 2025, '2026-05-04 07:00:00')`)
	c.exec(t, `INSERT INTO wine (id, code, producer, region, name, colour, style) VALUES (7, 'margaux', 'margaux', 'bordeaux', 'Château Margaux', 'red', 'still')`)
	c.exec(t, `INSERT INTO vintage (id, wine_id, year) VALUES (70, 7, 2025), (71, 7, 2024)`)
	c.exec(t, `UPDATE sku SET sale_type = 'primeur', campaign = 'bordeaux-2025', vintage_id = IF(code = 'P', 70, 71) WHERE code IN ('P', 'Q')`)
	r := checkout(want{"A", 1}, want{"P", 1}, want{"Q", 2})
	for i := range r.Lines {
		if r.Lines[i].SKU != "A" {
			r.Lines[i].SaleType, r.Lines[i].Promise = "primeur", order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true, Told: true}
		}
	}
	return c, c.place(t, r).Number
}

// Each line has what was said of it, of its order, of its vintage and of its campaign, and nothing else.
func TestALineHasItsMilestones(t *testing.T) {
	t.Parallel()
	c, number := cask(t)
	other := c.place(t, checkout(want{"A", 1})).Number
	for _, test := range []struct {
		scope ledger.Scope
		lines int
		err   error
	}{
		{ledger.Scope{Campaign: "bordeaux-2025"}, 2, nil},
		{ledger.Scope{Wine: "margaux", Year: 2025}, 1, nil},
		{ledger.Scope{Order: number}, 2, nil},
		{ledger.Scope{Order: number, SKU: "Q"}, 1, nil},
		{ledger.Scope{Campaign: "bordeaux-1855"}, 0, ledger.ErrScope},
		{ledger.Scope{Wine: "margaux", Year: 1855}, 0, ledger.ErrScope},
		{ledger.Scope{Order: "FR-1"}, 0, ledger.ErrScope},
		{ledger.Scope{Order: number, SKU: "A"}, 0, ledger.ErrScope}, // is no primeur
		{ledger.Scope{Order: other}, 0, ledger.ErrScope},
	} {
		m := ledger.Milestone{Scope: test.scope, Kind: ledger.Bottled, Day: "2027-06-01", Source: "the château", Actor: order.Staff("anna")}
		for _, dry := range []bool{true, false} {
			if n, err := c.orders.LogMilestone(t.Context(), m, dry); n != test.lines || !errors.Is(err, test.err) || err != nil && test.err == nil {
				t.Errorf("%s, dry %v: %d lines, %v", test.scope, dry, n, err)
			}
		}
	}
	if n := c.number(t, `SELECT COUNT(*) FROM milestone WHERE actor = 'staff:anna'`); n != 4 {
		t.Errorf("%d rows, want 4", n)
	}
	got, err := c.orders.Milestones(t.Context(), number)
	if err != nil || len(got) != 2 || len(got["P"]) != 3 || len(got["Q"]) != 3 || got["P"][0].Scope.Campaign == "" || got["Q"][2].Scope.SKU != "Q" {
		t.Errorf("milestones %+v, %v", got, err)
	}
	if got, err := c.orders.Milestones(t.Context(), other); err != nil || len(got) != 0 {
		t.Errorf("of another order: %+v, %v", got, err)
	}
	if log, err := c.orders.MilestoneLog(t.Context(), ledger.Scope{Order: number}); err != nil || len(log) != 2 || log[0].Day != "2027-06-01" {
		t.Errorf("log %+v, %v", log, err)
	}
}

// What an order keeps of a primeur comes back as it was.
func TestAnOrderKeepsItsPromises(t *testing.T) {
	t.Parallel()
	c, number := cask(t)
	shown, err := c.orders.Show(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range shown.Lines {
		if want := (order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true, Told: true}); (l.Promise == want) != (l.SKU != "A") {
			t.Errorf("%s: %+v", l.SKU, l.Promise)
		}
	}
}

// A demonstration is written once, and never over what people wrote.
func TestADemonstrationIsWrittenOnce(t *testing.T) {
	t.Parallel()
	c, number := cask(t)
	list := []ledger.Milestone{
		{Scope: ledger.Scope{Campaign: "bordeaux-2025"}, Kind: ledger.Bottled, Planned: true, Day: "2027-06-01", Source: ledger.Demonstration, Actor: "demo"},
		{Scope: ledger.Scope{Wine: "margaux", Year: 2025}, Kind: ledger.Arrived, Planned: true, Day: "2028-01-15", Source: ledger.Demonstration, Actor: "demo"},
	}
	for _, want := range []int{2, 0} {
		if n, err := c.primary.ImportMilestones(t.Context(), list); n != want || err != nil {
			t.Errorf("%d written, want %d, %v", n, want, err)
		}
	}
	if got, err := c.orders.Milestones(t.Context(), number); err != nil || len(got["P"]) != 2 || len(got["Q"]) != 1 {
		t.Errorf("milestones %+v, %v", got, err)
	}
}
