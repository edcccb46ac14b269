package mysql_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

func TestNothingIsReleasedEarly(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 5, "B": 5})
	p := c.place(t, checkout(want{"A", 2}, want{"B", 1}))
	if n, err := c.orders.Expire(t.Context()); n != 0 || err != nil {
		t.Errorf("%d released at once, %v", n, err)
	}
	c.exec(t, `UPDATE reservation SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND`)
	if n, err := c.orders.Expire(t.Context()); n != 0 || err != nil {
		t.Errorf("%d released although the order has time, %v", n, err)
	}
	c.lapse(t)
	if n, err := c.orders.Expire(t.Context()); n != 1 || err != nil {
		t.Errorf("%d released, %v", n, err)
	}
	if c.free(t, "A") != 5 || c.free(t, "B") != 5 {
		t.Errorf("%d of A and %d of B are free", c.free(t, "A"), c.free(t, "B"))
	}
	shown, err := c.orders.Show(t.Context(), p.Number)
	if err != nil || shown.State != order.Expired || shown.Payments[0].State != order.Void || shown.Events[1].Actor != order.Clock {
		t.Errorf("%+v, %v", shown, err)
	}
	c.balanced(t)
}

// Paid after release: the bottles are taken again where all of them are there, else the money is due back and nothing is taken.
func TestPaidAfterRelease(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 2, "B": 2})
	lucky, unlucky := c.place(t, checkout(want{"A", 1}, want{"B", 1})), c.place(t, checkout(want{"A", 1}, want{"B", 1}))
	c.lapse(t)
	if n, err := c.orders.Expire(t.Context()); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	c.place(t, checkout(want{"B", 1}))
	for _, test := range []struct {
		p    order.Placed
		want order.State
	}{{lucky, order.Paid}, {unlucky, order.RefundDue}} {
		for range 2 { // the provider's message comes twice
			done, err := c.orders.Paid(t.Context(), receipt(test.p))
			if err != nil || done.State != test.want {
				t.Errorf("%s: %+v, %v, want %s", test.p.Number, done, err, test.want)
			}
		}
	}
	if c.free(t, "A") != 1 || c.free(t, "B") != 0 {
		t.Errorf("%d of A and %d of B are free", c.free(t, "A"), c.free(t, "B"))
	}
	if n := c.number(t, `SELECT COUNT(*) FROM outbox WHERE topic = 'order.refund_due'`); n != 1 {
		t.Errorf("%d refunds in the outbox, want 1", n)
	}
	c.balanced(t)
}

// Money and clock arrive at the same time, with three instances releasing and rivals who take what is released: no bottle is
// both released and sold, and no money is lost.
func TestExpiryRacesWithPayment(t *testing.T) {
	t.Parallel()
	orders := longOr(150, 3000)
	c := newCellar(t, storetest.Database(t), map[string]int{"A": orders})
	var placed []order.Placed
	for range orders {
		placed = append(placed, c.place(t, checkout(want{"A", 1})))
	}
	c.lapse(t)
	r := &race{cellar: c, placed: placed}
	const instances, payers, rivals = 3, 4, 2
	errs := together(instances+payers+rivals, func(i int) error {
		o := mysql.NewOrders(c.primary, nil)
		switch {
		case i < instances:
			return r.expire(t, o)
		case i < instances+payers:
			return r.pay(t, o)
		}
		return r.rival(t, o)
	})
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	c.balanced(t)
	expired := c.number(t, `SELECT COUNT(*) FROM order_event WHERE state = 'expired'`)
	if released := int(r.released.Load()); released != expired || expired == 0 {
		t.Errorf("%d released by three instances, %d events", released, expired)
	}
	paid, due := c.number(t, `SELECT COUNT(*) FROM orders WHERE state = 'paid'`), c.number(t, `SELECT COUNT(*) FROM orders WHERE state = 'refund_due'`)
	if paid+due != orders || c.number(t, `SELECT COUNT(*) FROM payment WHERE state IN ('received', 'due')`) != orders {
		t.Errorf("%d paid and %d to refund of %d that were paid", paid, due, orders)
	}
	t.Logf("%d orders, %d expired, %d paid, %d to be refunded", orders, expired, paid, due)
}

// race between those who release, those who pay and those who wait for a bottle.
type race struct {
	*cellar
	placed   []order.Placed
	next     atomic.Int64
	released atomic.Int64
}

func (r *race) over() bool { return int(r.next.Load()) >= len(r.placed) }

func (r *race) expire(t *testing.T, o *mysql.Orders) error {
	for !r.over() {
		n, err := o.Expire(t.Context())
		if err != nil {
			return err
		}
		r.released.Add(int64(n))
	}
	return nil
}

func (r *race) pay(t *testing.T, o *mysql.Orders) error {
	for {
		i := int(r.next.Add(1)) - 1
		if i >= len(r.placed) {
			return nil
		}
		if _, err := o.Paid(t.Context(), receipt(r.placed[i])); err != nil {
			return err
		}
	}
}

func (r *race) rival(t *testing.T, o *mysql.Orders) error {
	for !r.over() {
		if _, err := o.Place(t.Context(), checkout(want{"A", 1})); err != nil && !errors.Is(err, order.ErrSoldOut) {
			return err
		}
	}
	return nil
}

func TestManyExpiredOrdersAreReleasedByTheHundred(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 500})
	for range 130 {
		c.place(t, checkout(want{"A", 1}))
	}
	c.lapse(t)
	for _, want := range []int{100, 30, 0} {
		if n, err := c.orders.Expire(t.Context()); n != want || err != nil {
			t.Errorf("%d released, want %d, %v", n, want, err)
		}
	}
	c.balanced(t)
}

func TestABankTransferHoldsForDays(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 5})
	r := checkout(want{"A", 1})
	r.Method = order.Transfer
	p := c.place(t, r)
	if left := time.Until(p.Expires); left < 6*24*time.Hour || left > 8*24*time.Hour {
		t.Errorf("held for %s", left)
	}
}
