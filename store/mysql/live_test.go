package mysql_test

import (
	"context"
	"sync"
	"testing"
	"time"
)

// available is what one live reading says.
func available(s *shop, live interface{ Read() (time.Time, bool) }, sku, warehouse string) int {
	live.Read()
	return s.board.Available([]uint32{s.board.Slot(sku)}, s.board.Warehouse(warehouse))
}

func TestAPlainUpdateIsReadAtOnce(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	live := s.live(t)
	if got := available(s, live, "M-90", "bordeaux"); got != 18 {
		t.Fatalf("available %d at the start, want 18", got)
	}
	for _, step := range []struct {
		query string
		want  int
	}{
		{`UPDATE stock SET available = 5 WHERE sku = 'M-90' AND warehouse = 'bordeaux'`, 5},
		{`UPDATE stock SET available = 0 WHERE sku = 'M-90' AND warehouse = 'bordeaux'`, 0},
		{`UPDATE stock SET available = 7 WHERE sku = 'M-90' AND warehouse = 'bordeaux'`, 7},
		{`DELETE FROM stock WHERE sku = 'M-90'`, 0},
		{`INSERT INTO stock (sku, warehouse, available) VALUES ('M-90', 'bordeaux', 2)`, 2},
		{`UPDATE stock SET warehouse = 'new-york' WHERE sku = 'M-90'`, 0},
	} {
		s.exec(t, step.query)
		s.Sync(t)
		if got := available(s, live, "M-90", "bordeaux"); got != step.want {
			t.Errorf("after %s: %d", step.query, got)
		}
	}
	if got := available(s, live, "M-90", "new-york"); got != 2 {
		t.Errorf("%d in New York, want 2", got)
	}
}

func TestNegativeStockIsRefused(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.importList(t, small())
	if _, err := s.Primary.Exec(`UPDATE stock SET available = available - 19 WHERE sku = 'M-90'`); err == nil {
		t.Error("the stock may become negative")
	}
}

// A transaction holds its stock event for three seconds while others commit: nothing is lost, neither in
// the stock log nor in the change log.
func TestARowThatCommitsLateIsSeen(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.importList(t, small())
	live, c := s.live(t), s.catalogue(t)
	ctx, stop := context.WithCancel(t.Context())
	var followed sync.WaitGroup
	followed.Go(func() { c.Follow(ctx) })
	defer func() { stop(); followed.Wait() }()

	ids := map[int]int{} // by year; a WHERE without an index would wait for the held row
	for _, year := range []int{1990, 2015} {
		var id int
		if err := s.Primary.QueryRow(`SELECT id FROM vintage WHERE year = ?`, year).Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids[year] = id
	}
	held, err := s.Primary.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Rollback() //nolint:errcheck // committed below
	if _, err := held.ExecContext(t.Context(), `UPDATE stock SET available = 11 WHERE sku = 'M-90' AND warehouse = 'bordeaux'`); err != nil {
		t.Fatal(err)
	}
	if _, err := held.ExecContext(t.Context(), `UPDATE vintage SET strength = 131 WHERE id = ?`, ids[1990]); err != nil {
		t.Fatal(err)
	}
	other := func(n int) {
		s.exec(t, `UPDATE stock SET available = ? WHERE sku = 'M-15' AND warehouse = 'hong-kong'`, n)
		s.exec(t, `UPDATE vintage SET strength = ? WHERE id = ?`, 100+n%100, ids[2015])
	}
	strength := func(year int) int {
		v, _ := c.Snapshot().Wine("chateau-margaux").Vintage(year)
		return v.Strength
	}
	begun := time.Now()
	for n := 1; time.Since(begun) < 3*time.Second; n++ {
		other(n)
		s.Sync(t)
		within(t, 5*time.Second, "the other change", func() bool {
			return available(s, live, "M-15", "hong-kong") == n && strength(2015) == 100+n%100
		})
	}
	if got := available(s, live, "M-90", "bordeaux"); got != 18 {
		t.Fatalf("the held change shows before its commit: %d", got)
	}
	if err := held.Commit(); err != nil {
		t.Fatal(err)
	}
	s.Sync(t)
	if got := available(s, live, "M-90", "bordeaux"); got != 11 {
		t.Errorf("available %d after the late commit, want 11", got)
	}
	within(t, 5*time.Second, "the late change of a vintage", func() bool { return strength(1990) == 131 })
}

func TestAPriceOrAnAllocationWrittenByHandIsShownWithinASecond(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	c := s.catalogue(t)
	ctx, stop := context.WithCancel(t.Context())
	var followed sync.WaitGroup
	followed.Go(func() { c.Follow(ctx) })
	defer func() { stop(); followed.Wait() }()
	fr, _ := s.markets.Market("fr")
	price := func() int64 {
		p, _ := c.Snapshot().SKU("M-90").Price(fr)
		return p.Minor
	}

	rev := c.Snapshot().Wine("chateau-margaux").Rev
	s.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'fr', 125000, UTC_TIMESTAMP(6) FROM sku WHERE code = 'M-90'`)
	within(t, 5*time.Second, "the new price", func() bool { return price() == 125_000 })
	if c.Snapshot().Wine("chateau-margaux").Rev == rev {
		t.Error("the wine has a new price and its old revision")
	}

	// A dated price takes effect by the clock, without a write.
	s.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'fr', 130000, UTC_TIMESTAMP(6) + INTERVAL 1 SECOND FROM sku WHERE code = 'M-90'`)
	if took := within(t, 3*time.Second, "the dated price", func() bool { return price() == 130_000 }); took < 500*time.Millisecond {
		t.Errorf("the dated price took effect after %s, a second early", took)
	}

	// What one customer may have is told like a price, by whoever writes it.
	most := func() int {
		units, _ := c.Snapshot().SKU("M-90").Allocation(fr)
		return units
	}
	for _, step := range []struct {
		query string
		want  int
	}{
		{`INSERT INTO allocation (sku, market, per_customer) VALUES ('M-90', 'fr', 3), ('M-90', 'de', 1)`, 3},
		{`UPDATE allocation SET per_customer = 2 WHERE sku = 'M-90' AND market = 'fr'`, 2},
		{`DELETE FROM allocation WHERE sku = 'M-90' AND market = 'fr'`, 0},
	} {
		s.exec(t, step.query)
		within(t, 5*time.Second, step.query, func() bool { return most() == step.want })
	}

	s.exec(t, `UPDATE text SET value = 'Frankenreich' WHERE kind = 'region' AND code = 'france' AND language = 'de'`)
	within(t, 5*time.Second, "the new text", func() bool { return c.Snapshot().Region("france").Names["de"] == "Frankenreich" })
}

// An invalid change is kept off the shop, and its correction shows.
func TestAnInvalidChangeLeavesTheOldCatalogue(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	c := s.catalogue(t)
	ctx, stop := context.WithCancel(t.Context())
	var followed sync.WaitGroup
	followed.Go(func() { c.Follow(ctx) })
	defer func() { stop(); followed.Wait() }()
	s.exec(t, `UPDATE wine SET region = 'atlantis', name = 'Château Lost'`)
	s.exec(t, `UPDATE vintage SET strength = 140 WHERE year = 1990`)
	within(t, 5*time.Second, "a later change", func() bool {
		v, _ := c.Snapshot().Wine("chateau-margaux").Vintage(1990)
		return v.Strength == 140 || c.Snapshot().Wine("chateau-margaux").Name == "Château Margaux"
	})
	if got := c.Snapshot().Wine("chateau-margaux").Name; got != "Château Margaux" {
		t.Fatalf("an invalid wine went live: %q", got)
	}
	s.exec(t, `UPDATE wine SET region = 'bordeaux', name = 'Château Found'`)
	within(t, 5*time.Second, "the correction", func() bool { return c.Snapshot().Wine("chateau-margaux").Name == "Château Found" })
}

// A replica that is late, stopped or dead is not asked, and nobody notices.
func TestAReplicaThatIsLateOrDeadIsNotAsked(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	ctx, stop := context.WithCancel(t.Context())
	var beats sync.WaitGroup
	beats.Go(func() { s.primary.Heartbeat(ctx) })
	defer func() { stop(); beats.Wait() }()
	live := s.live(t)
	first := s.Services.Replica(0)

	for _, fault := range []struct {
		name       string
		begin, end func(context.Context) error
	}{
		{"stopped", first.StopSQLThread, first.StartSQLThread},
		{"dead", func(context.Context) error { return first.Kill() }, first.Restart},
	} {
		t.Run(fault.name, func(t *testing.T) {
			within(t, 20*time.Second, "both replicas in use", func() bool { return s.replicas.Fit() == 2 })
			if err := fault.begin(t.Context()); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			within(t, 10*time.Second, "ejected", func() bool { return !s.replicas.States()[0].Fit })
			t.Logf("ejected after %s", time.Since(began))
			for n := range 20 {
				s.exec(t, `UPDATE stock SET available = ? WHERE sku = 'M-90'`, n)
				within(t, 10*time.Second, "the change by the other replica", func() bool {
					got := available(s, live, "M-90", "bordeaux")
					return got == n
				})
			}
			if _, stale := live.Read(); stale {
				t.Error("the reading is stale although a replica is well")
			}
			if err := fault.end(t.Context()); err != nil {
				t.Fatal(err)
			}
			within(t, 20*time.Second, "in use again", func() bool { return s.replicas.Fit() == 2 })
		})
	}
}

func TestWithoutAReplicaTheLastKnownStockIsShownAsStale(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	live := s.live(t)
	good, _ := live.Read()
	s.replicas.Close() // every query fails from now on
	asOf, stale := live.Read()
	if !stale {
		t.Fatal("a reading without a replica is not stale")
	}
	if asOf.Before(good) {
		t.Errorf("as of %s, want the last good reading %s", asOf, good)
	}
	if got := s.board.Available([]uint32{s.board.Slot("M-90")}, 0); got != 18 {
		t.Errorf("available %d, want the last known 18", got)
	}
}
