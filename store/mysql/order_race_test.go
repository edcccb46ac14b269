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
		cellar: c, history: storetest.NewHistory(levels),
		instances: []*mysql.Orders{
			mysql.NewOrders(openPrimary(t, dsn), nil), mysql.NewOrders(openPrimary(t, dsn), nil), mysql.NewOrders(openPrimary(t, dsn), nil),
		},
		hurried: mysql.NewOrders(openPrimary(t, worse), nil),
	}
	crowd := m.crowd()
	began := time.Now()
	ctx, stop := context.WithCancel(t.Context())
	var watch sync.WaitGroup
	watch.Go(func() { m.watch(ctx, t) })
	attempts := longOr(5000, 100_000)
	for range attempts / untilCut {
		m.left.Store(untilCut)
		var all sync.WaitGroup
		for _, b := range crowd {
			all.Go(func() { b.buy(t) })
		}
		all.Wait()
		m.cut(t)
	}
	took := time.Since(began)
	stop()
	watch.Wait()
	c.balanced(t)
	t.Logf("%d placed, %d refused, %d not done, %d in doubt; %d of %d commits lost; balanced %d times; %d acts checked; %s, %.0f checkouts/s",
		m.placed.Load(), m.refused.Load(), m.undone.Load(), m.doubt.Load(), l.lost.Load(), l.commits.Load(), m.looks.Load(),
		m.history.Decided(), took.Round(time.Millisecond), float64(attempts)/took.Seconds())
	if m.placed.Load() == 0 || m.refused.Load() == 0 || m.doubt.Load() == 0 || l.lost.Load() == 0 || m.looks.Load() == 0 {
		t.Error("something that the proof is about did not happen")
	}
}

// untilCut is how many attempts there are between two cuts of the history.
const untilCut = 500

// marketplace is where they buy.
type marketplace struct {
	*cellar
	history   *storetest.History
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

// shopper is one of the crowd.
type shopper struct {
	*marketplace
	client   int
	instance *mysql.Orders
	chance   *rand.Rand
	mine     []bought
	doubts   []doubt
}

func (m *marketplace) crowd() []*shopper {
	var crowd []*shopper
	for client := range buyers {
		crowd = append(crowd, &shopper{
			marketplace: m, client: client, instance: m.instances[client%len(m.instances)], chance: rand.New(rand.NewPCG(1, uint64(client))),
		})
	}
	return crowd
}

// bought is an order with what it took.
type bought struct {
	order.Placed
	list []want
}

// doubt is an act of which nobody knows whether it was done.
type doubt struct {
	list  []want // taken; given where negative
	began time.Time
	done  func(t *testing.T) bool // asked when nothing is under way any more
}

// buy goes on until all attempts are made: mostly new orders, now and then the end of an earlier one, or a delivery to the house.
func (s *shopper) buy(t *testing.T) {
	for s.left.Add(-1) >= 0 {
		if b := s.attempt(t); b.Number != "" {
			s.mine = append(s.mine, b)
		}
		switch dice := s.chance.IntN(20); {
		case len(s.mine) == 0:
		case dice < 6:
			if _, err := s.instance.Paid(t.Context(), receipt(s.mine[0].Placed)); err != nil && !errors.Is(err, order.ErrInDoubt) {
				t.Errorf("pay: %v", err)
			}
			s.mine = s.mine[1:]
		case dice < 10:
			s.giveUp(t, s.mine[0])
			s.mine = s.mine[1:]
		case dice == 10:
			s.receive(t, hot(s.chance.IntN(10)))
		}
	}
	s.settle(t)
}

// attempt one checkout of one to three SKUs, half of them hot; one in twenty with a deadline that may be too short.
func (s *shopper) attempt(t *testing.T) bought {
	list := basket(s.chance)
	ctx, instance := t.Context(), s.instance
	if s.chance.IntN(20) == 0 {
		short, cancel := context.WithTimeout(ctx, time.Duration(1+s.chance.IntN(40))*time.Millisecond)
		defer cancel()
		ctx, instance = short, s.hurried
	}
	began := time.Now()
	request := checkout(list...)
	placed, err := instance.Place(ctx, request)
	ended := time.Now()
	var r *order.Refusal
	switch {
	case err == nil:
		s.placed.Add(1)
		s.record(list, began, ended)
		return bought{placed, list}
	case errors.As(err, &r):
		s.refused.Add(1)
		for _, p := range r.Problems {
			s.history.Refused(s.client, p.SKU, p.Asked, p.Left, began, ended)
		}
	case errors.Is(err, order.ErrInDoubt):
		s.doubt.Add(1)
		s.doubts = append(s.doubts, doubt{list, began, func(t *testing.T) bool { return s.wasPlaced(t, request.Key) }})
	case errors.Is(err, context.DeadlineExceeded):
		s.undone.Add(1)
	default:
		t.Errorf("place: %v", err)
	}
	return bought{}
}

func (s *shopper) wasPlaced(t *testing.T, key order.Key) bool {
	_, err := s.orders.Outcome(t.Context(), key)
	if err != nil && !errors.Is(err, order.ErrUnknown) {
		t.Errorf("ask by the key: %v", err)
	}
	return err == nil
}

// record what was done, in a time that ends now at the latest.
func (s *shopper) record(list []want, began, ended time.Time) {
	for _, w := range list {
		s.history.Took(s.client, w.sku, w.n, began, ended)
	}
}

// settle asks what became of all that is in doubt. To ask waits for whatever is still being committed, so what is not there then
// will never be.
func (s *shopper) settle(t *testing.T) {
	for _, d := range s.doubts {
		if d.done(t) {
			s.record(d.list, d.began, time.Now())
		}
	}
	s.doubts = nil
}

// cut the history where nothing is under way.
func (m *marketplace) cut(t *testing.T) {
	t.Helper()
	m.history.Cut(t, m.Levels(t, `SELECT sku, available FROM stock`))
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

func (s *shopper) giveUp(t *testing.T, b bought) {
	began, given := time.Now(), []want{}
	for _, w := range b.list {
		given = append(given, want{w.sku, -w.n})
	}
	_, err := s.instance.GiveUp(t.Context(), b.Number)
	switch {
	case err == nil:
		s.record(given, began, time.Now())
	case errors.Is(err, order.ErrInDoubt):
		s.doubts = append(s.doubts, doubt{given, began, func(t *testing.T) bool {
			return s.number(t, `SELECT COUNT(*) FROM orders WHERE number = ? AND state = 'cancelled' FOR UPDATE`, b.Number) == 1
		}})
	default:
		t.Errorf("give up: %v", err)
	}
}

// receive one unit of a SKU: a plain UPDATE, as the ERP or a hand would do it.
func (s *shopper) receive(t *testing.T, sku string) {
	began := time.Now()
	tx, err := s.Primary.BeginTx(t.Context(), nil)
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
	if err := tx.Commit(); err != nil {
		t.Errorf("receive: %v", err) // no answer gets lost on this connection
		return
	}
	s.record([]want{{sku, -1}}, began, time.Now())
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
