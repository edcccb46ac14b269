package mysql_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

const buyers = 64

// shelf is 200 SKUs, of which 10 are hot and have 24 units.
func shelf() map[string]int {
	levels := map[string]int{}
	for i := range 190 {
		levels[fmt.Sprintf("SKU-%03d", i)] = 2000
	}
	for i := range 10 {
		levels[hot(i)] = 24
	}
	return levels
}

func hot(i int) string { return fmt.Sprintf("HOT-%d", i) }

// Sixty-four buyers order, pay, give up and are refused, while answers get lost, deadlines are too short and bottles arrive. What
// each of them saw of each SKU must be what a stock can do, and no unit may be lost or made.
func TestNothingIsSoldTwice(t *testing.T) {
	levels := shelf()
	c := newCellar(t, storetest.Database(t), levels)
	l, dsn := newLossy(t, c.PrimaryDSN, 40)
	_, worse := newLossy(t, c.PrimaryDSN, 2)
	m := &marketplace{
		cellar: c, history: history{ops: map[string][]porcupine.Operation{}},
		instances: []*mysql.Orders{
			mysql.NewOrders(openPrimary(t, dsn), nil), mysql.NewOrders(openPrimary(t, dsn), nil), mysql.NewOrders(openPrimary(t, dsn), nil),
		},
		hurried: mysql.NewOrders(openPrimary(t, worse), nil),
	}
	m.left.Store(int64(longOr(5000, 100_000)))
	began := time.Now()
	ctx, stop := context.WithCancel(t.Context())
	var watch, all sync.WaitGroup
	watch.Go(func() { m.watch(ctx, t) })
	for client := range buyers {
		all.Go(func() { m.buy(t, client) })
	}
	all.Wait()
	stop()
	watch.Wait()
	took := time.Since(began)
	c.balanced(t)
	m.history.check(t, levels)
	if n := c.number(t, `SELECT COUNT(*) FROM stock WHERE available < 0`); n != 0 {
		t.Errorf("%d SKUs are below zero", n)
	}
	t.Logf("%d placed, %d refused, %d not done, %d in doubt; %d of %d commits lost; balanced %d times; %s, %.0f checkouts/s",
		m.placed.Load(), m.refused.Load(), m.undone.Load(), m.doubt.Load(), l.lost.Load(), l.commits.Load(), m.looks.Load(),
		took.Round(time.Millisecond), float64(longOr(5000, 100_000))/took.Seconds())
	if m.placed.Load() == 0 || m.refused.Load() == 0 || m.doubt.Load() == 0 || l.lost.Load() == 0 || m.looks.Load() == 0 {
		t.Error("something that the proof is about did not happen")
	}
}

// marketplace is where they buy.
type marketplace struct {
	*cellar
	history   history
	instances []*mysql.Orders
	hurried   *mysql.Orders // loses every second answer, so that short deadlines leave doubts
	left      atomic.Int64

	placed, refused, undone, doubt, looks atomic.Int64
}

// watch looks throughout whether the sums hold.
func (m *marketplace) watch(ctx context.Context, t *testing.T) {
	tick := time.NewTicker(time.Duration(longOr(10, 1000)) * time.Millisecond) // a look costs more the more orders there are
	defer tick.Stop()
	for range tick.C {
		var off int
		err := m.Primary.QueryRowContext(ctx, imbalance).Scan(&off)
		if ctx.Err() != nil {
			return // the buyers are done
		}
		if err != nil {
			t.Logf("a look failed: %v", err)
			continue
		}
		if off != 0 {
			t.Errorf("%d SKUs: initial + received is not free + reserved + sold", off)
			return
		}
		m.looks.Add(1)
	}
}

// buy goes on until all attempts are made: mostly new orders, now and then the end of an earlier one, or a delivery to the house.
func (m *marketplace) buy(t *testing.T, client int) {
	chance := rand.New(rand.NewPCG(1, uint64(client)))
	instance := m.instances[client%len(m.instances)]
	var mine []bought
	for m.left.Add(-1) >= 0 {
		b := m.attempt(t, client, instance, chance)
		if b.Number != "" {
			mine = append(mine, b)
		}
		switch dice := chance.IntN(20); {
		case len(mine) == 0:
		case dice < 6:
			if _, err := instance.Paid(t.Context(), receipt(mine[0].Placed)); err != nil && !errors.Is(err, order.ErrInDoubt) {
				t.Errorf("pay: %v", err)
			}
			mine = mine[1:]
		case dice < 10:
			m.giveUp(t, client, instance, mine[0])
			mine = mine[1:]
		case dice == 10:
			m.receive(t, client, hot(chance.IntN(10)))
		}
	}
}

// bought is an order with what it took.
type bought struct {
	order.Placed
	list []want
}

// attempt one checkout of one to three SKUs, half of them hot; one in twenty with a deadline that may be too short.
func (m *marketplace) attempt(t *testing.T, client int, instance *mysql.Orders, chance *rand.Rand) bought {
	list := basket(chance)
	ctx := t.Context()
	if chance.IntN(20) == 0 {
		short, cancel := context.WithTimeout(ctx, time.Duration(1+chance.IntN(40))*time.Millisecond)
		defer cancel()
		ctx, instance = short, m.hurried
	}
	began := time.Now()
	request := checkout(list...)
	placed, err := instance.Place(ctx, request)
	if errors.Is(err, order.ErrInDoubt) && m.doubt.Add(1) > leftInDoubt {
		placed, err = m.ask(t, request.Key)
	}
	ended := time.Now()
	var r *order.Refusal
	switch {
	case err == nil:
		m.placed.Add(1)
		m.record(client, list, saw{outcome: done}, began, ended)
		return bought{placed, list}
	case errors.As(err, &r):
		m.refused.Add(1)
		for _, p := range r.Problems {
			m.history.add(client, p.SKU, act{p.Asked}, saw{refused, p.Left}, began, ended)
		}
	case errors.Is(err, order.ErrInDoubt):
		m.record(client, list, saw{outcome: unknown}, began, ended)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, order.ErrUnknown):
		m.undone.Add(1)
		m.record(client, list, saw{outcome: nothing}, began, ended)
	default:
		t.Errorf("place: %v", err)
	}
	return bought{}
}

// leftInDoubt is how many checkouts stay in doubt and may have happened or not, at any later time; whether a history with many of
// those could have happened takes for ever to find out. The others ask by their key.
const leftInDoubt = 20

// ask what became of a checkout that is in doubt: an order, or order.ErrUnknown for good.
func (m *marketplace) ask(t *testing.T, key order.Key) (order.Placed, error) {
	known, err := m.orders.Outcome(t.Context(), key)
	if err != nil && !errors.Is(err, order.ErrUnknown) {
		t.Errorf("ask by the key: %v", err)
	}
	return known, err
}

func (m *marketplace) record(client int, list []want, s saw, began, ended time.Time) {
	for _, w := range list {
		m.history.add(client, w.sku, act{w.n}, s, began, ended)
	}
}

func basket(chance *rand.Rand) []want {
	var list []want
	seen := map[string]bool{}
	for range 1 + chance.IntN(3) {
		sku := fmt.Sprintf("SKU-%03d", chance.IntN(190))
		if chance.IntN(2) == 0 {
			sku = hot(chance.IntN(10))
		}
		if !seen[sku] {
			list = append(list, want{sku, 1 + chance.IntN(3)})
		}
		seen[sku] = true
	}
	return list
}

func (m *marketplace) giveUp(t *testing.T, client int, instance *mysql.Orders, b bought) {
	began := time.Now()
	_, err := instance.GiveUp(t.Context(), b.Number)
	s := saw{outcome: done}
	if errors.Is(err, order.ErrInDoubt) {
		s.outcome = unknown
	} else if err != nil {
		t.Errorf("give up: %v", err)
		return
	}
	for _, w := range b.list {
		m.history.add(client, w.sku, act{-w.n}, s, began, time.Now())
	}
}

// receive one unit of a SKU: a plain UPDATE, as the ERP or a hand would do it.
func (m *marketplace) receive(t *testing.T, client int, sku string) {
	began := time.Now()
	tx, err := m.Primary.BeginTx(t.Context(), nil)
	if err != nil {
		t.Error(err)
		return
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	_, err1 := tx.ExecContext(t.Context(), `UPDATE stock SET available = available + 1 WHERE sku = ?`, sku)
	_, err2 := tx.ExecContext(t.Context(), `UPDATE supply SET units = units + 1 WHERE sku = ?`, sku)
	if err := errors.Join(err1, err2); err != nil {
		t.Logf("nothing was received: %v", err)
		return
	}
	s := saw{outcome: done}
	if tx.Commit() != nil {
		s.outcome = unknown // both rows or none: the sums hold either way
	}
	m.history.add(client, sku, act{-1}, s, began, time.Now())
}

// Sixty-four buyers want one SKU: each of them gets it or hears that it is sold out, and nobody hears of a deadlock or a
// time-out.
func TestManyBuyersOfOneSKU(t *testing.T) {
	attempts, units := longOr(1500, 30_000), longOr(1200, 25_000)
	c := newCellar(t, storetest.Database(t), map[string]int{"A": units})
	var left atomic.Int64
	left.Store(int64(attempts))
	began := time.Now()
	errs := make([][]error, buyers)
	together(buyers, func(i int) error {
		for left.Add(-1) >= 0 {
			_, err := c.orders.Place(t.Context(), checkout(want{"A", 1}))
			errs[i] = append(errs[i], err)
		}
		return nil
	})
	took := time.Since(began)
	sold, soldOut := 0, 0
	for _, list := range errs {
		sold += count(list, nil)
		soldOut += count(list, order.ErrSoldOut)
		for _, err := range list {
			if err != nil && !errors.Is(err, order.ErrSoldOut) {
				t.Errorf("a buyer sees %v", err)
			}
		}
	}
	if sold != units || soldOut != attempts-units {
		t.Errorf("%d sold and %d sold out of %d units in %d attempts", sold, soldOut, units, attempts)
	}
	t.Logf("%d attempts in %s: %.0f/s", attempts, took.Round(time.Millisecond), float64(attempts)/took.Seconds())
	c.balanced(t)
}
