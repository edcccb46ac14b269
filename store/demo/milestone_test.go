package demo

import (
	"testing"
	"time"

	"caveau/store/ledger"
	"caveau/store/market"
)

// Every row passes the check that the staff's rows pass, says that it was made by rule, and is the same in every run. The campaign's own
// wine is planned and nothing has become of it; the harvest before the last two is bottled and has arrived.
func TestMilestones(t *testing.T) {
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	list, err := Catalogue(markets, now)
	if err != nil {
		t.Fatal(err)
	}
	all, again := Milestones(list, now), Milestones(list, now)
	for i, m := range all {
		if err := m.Check("2026-11-27"); err != nil || m.Source != ledger.Demonstration || m != again[i] {
			t.Fatalf("%+v, again %+v: %v", m, again[i], err)
		}
	}
	if len(all) < 200 {
		t.Errorf("%d milestones", len(all))
	}
	arrived := 0
	for _, m := range all {
		if !m.Planned && m.Scope.Year == campaignYear {
			t.Errorf("%+v has happened", m)
		}
		if !m.Planned && m.Kind == ledger.Arrived && m.Scope.Year == campaignYear-3 {
			arrived++
		}
	}
	if arrived == 0 {
		t.Error("nothing of the harvest three years before has arrived")
	}
}
