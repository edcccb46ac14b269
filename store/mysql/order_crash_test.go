package mysql_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"caveau/store/order"
	"caveau/store/storetest"
)

// The primary is killed (-9) or freezes, again and again, while orders are placed. Every order that was acknowledged is there
// afterwards, once, and so is every checkout that was tried until it was answered.
func TestNoAcknowledgedOrderIsLostInACrash(t *testing.T) {
	t.Parallel()
	services := storetest.Start(t, 1)
	const clients = 16
	wanted, crashes := int64(longOr(400, 10_000)), longOr(3, 25)
	c := newCellar(t, storetest.DatabaseOn(t, services), crates(clients))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	a := acknowledged{numbers: map[order.Number]bool{}}
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			for ctx.Err() == nil && a.count.Load() < wanted {
				a.add(c.persist(ctx, t, checkout(want{crate(client), 1})))
			}
		})
	}
	for crash := range crashes {
		enough := wanted * int64(crash+1) / int64(crashes+1)
		within(t, time.Minute, "orders before the next crash", func() bool { return a.count.Load() >= enough })
		if crash%3 == 1 {
			c.freeze(t)
		} else {
			c.crash(t)
		}
	}
	all.Wait()
	if t.Failed() {
		return
	}
	lost := 0
	for number := range a.numbers {
		if c.number(t, `SELECT COUNT(*) FROM orders WHERE number = ?`, number) != 1 {
			lost++
		}
	}
	if n := c.number(t, `SELECT COUNT(*) FROM orders`); lost != 0 || n != len(a.numbers) {
		t.Errorf("%d of %d acknowledged orders are lost; the table has %d", lost, len(a.numbers), n)
	}
	c.balanced(t)
	t.Logf("%d orders acknowledged over %d crashes and freezes, %d calls without an answer, %d orders found by their key, %d lost",
		len(a.numbers), crashes, c.unanswered.Load(), a.again.Load(), lost)
}

// crates are a SKU for each client: with one for all, a single commit would be under way at a time.
func crates(clients int) map[string]int {
	levels := map[string]int{}
	for i := range clients {
		levels[crate(i)] = 1_000_000
	}
	return levels
}

func crate(i int) string { return fmt.Sprintf("CRATE-%d", i) }

func (c *cellar) crash(t *testing.T) {
	t.Helper()
	if err := c.Services.Primary().Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Services.Primary().Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// freeze the primary until buyers have given up waiting for it. What they sent it does when it wakes.
func (c *cellar) freeze(t *testing.T) {
	t.Helper()
	before := c.unanswered.Load()
	if err := c.Services.Primary().Pause(); err != nil {
		t.Fatal(err)
	}
	within(t, time.Minute, "a buyer without an answer", func() bool { return c.unanswered.Load() > before })
	if err := c.Services.Primary().Resume(); err != nil {
		t.Fatal(err)
	}
}

// acknowledged are the orders that buyers know of.
type acknowledged struct {
	mu           sync.Mutex
	numbers      map[order.Number]bool
	count, again atomic.Int64
}

func (a *acknowledged) add(p order.Placed) {
	if p.Number == "" {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.numbers[p.Number] = true
	a.count.Add(1)
	if p.Again {
		a.again.Add(1)
	}
}

// persist submits a checkout until it is answered, as a shopper would who presses the button again.
func (c *cellar) persist(ctx context.Context, t *testing.T, r order.Request) order.Placed {
	for ctx.Err() == nil {
		p, err := c.placeWithin(ctx, time.Second, r)
		if err == nil {
			return p
		}
		c.unanswered.Add(1)
		if !errors.Is(err, order.ErrBusy) && !errors.Is(err, order.ErrInDoubt) && ctx.Err() == nil {
			t.Errorf("place during a crash: %v", err)
			return order.Placed{}
		}
	}
	return order.Placed{}
}

// placeWithin places an order as a page does, which waits no longer than a second for the primary.
func (c *cellar) placeWithin(ctx context.Context, limit time.Duration, r order.Request) (order.Placed, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return c.orders.Place(ctx, r)
}

// Without a primary that takes writes, a checkout hears soon that nothing was written, and it is so.
func TestWithoutAPrimaryNothingIsWritten(t *testing.T) {
	t.Parallel()
	services := storetest.Start(t, 0)
	c := newCellar(t, storetest.DatabaseOn(t, services), map[string]int{"A": 5})
	r := checkout(want{"A", 1})
	refused := func(why string, limit time.Duration) {
		t.Helper()
		began := time.Now()
		if _, err := c.placeWithin(t.Context(), limit, r); !errors.Is(err, order.ErrBusy) {
			t.Errorf("%s: %v", why, err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: took %s", why, took)
		}
	}
	c.place(t, checkout(want{"A", 1}))
	refused("no time", 0)
	if err := services.Primary().SetReadOnly(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	refused("read-only", time.Minute)
	if err := services.Primary().Kill(); err != nil {
		t.Fatal(err)
	}
	refused("dead", time.Minute)
	if err := services.Primary().Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.orders.Outcome(t.Context(), r.Key); !errors.Is(err, order.ErrUnknown) {
		t.Errorf("what was refused is there: %v", err)
	}
	c.place(t, r)
	if n := c.number(t, `SELECT COUNT(*) FROM orders`); n != 2 {
		t.Errorf("%d orders, want 2", n)
	}
	c.balanced(t)
}

func TestSettingsThatLoseOrdersAreFound(t *testing.T) {
	t.Parallel()
	services := storetest.Start(t, 0)
	primary := openPrimary(t, services.PrimaryDSN())
	if err := primary.CheckDurable(t.Context()); err != nil {
		t.Errorf("store/local starts servers that %v", err)
	}
	for _, setting := range []string{"sync_binlog", "innodb_flush_log_at_trx_commit"} {
		if err := services.Primary().Exec(t.Context(), "SET GLOBAL "+setting+" = 0"); err != nil {
			t.Fatal(err)
		}
		if err := primary.CheckDurable(t.Context()); err == nil || !strings.Contains(err.Error(), setting+" is 0, must be 1") {
			t.Errorf("%s = 0: %v", setting, err)
		}
	}
}
