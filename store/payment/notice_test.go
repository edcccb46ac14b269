package payment_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"caveau/store/order"
	"caveau/store/payment"
)

// Whatever becomes of the messages, the order reaches the state that it should, the money is where it should be, and the
// provider is asked for each refund once.
func TestOrdersReachTheRightState(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happens func(t *testing.T, d *desk, p order.Placed)
		state   order.State
		free    int // of 2 bottles
		refunds int
	}{
		"in time": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			d.told(t)
		}, order.Paid, 1, 0},
		"early, before the address is here": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Begun = func(id string) {
				d.sim.Pay(id)
				d.told(t)
			}
			if _, err := d.till.Begin(t.Context(), p.Number, words); err != nil {
				t.Error(err)
			}
		}, order.Paid, 1, 0},
		"doubled": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			m := d.next(t)
			for range 3 {
				if err := d.tell(t, m); err != nil {
					t.Error(err)
				}
			}
		}, order.Paid, 1, 0},
		"sixteen times at once": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			m := d.next(t)
			var all sync.WaitGroup
			for range 16 {
				all.Go(func() {
					if err := d.tell(t, m); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}, order.Paid, 1, 0},
		"replayed after the money went back": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			m := d.next(t)
			if err := d.tell(t, m); err != nil {
				t.Error(err)
			}
			if _, err := d.orders.Refund(t.Context(), p.Number, order.Staff("anna"), "corked"); err != nil {
				t.Error(err)
			}
			d.work(t)
			d.told(t)
			if err := d.tell(t, m); err != nil {
				t.Error(err)
			}
			d.work(t)
		}, order.Refunded, 2, 1},
		"lost": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			d.sim.Messages()
			d.work(t)
		}, order.Paid, 1, 0},
		"lost, and asked for after the release": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			d.sim.Messages()
			d.lapse(t)
			d.work(t)
		}, order.Paid, 1, 0},
		"late, and the bottle is still there": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			d.lapse(t)
			d.told(t)
		}, order.Paid, 1, 0},
		"late, and the bottle is gone": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			d.lapse(t)
			d.exec(t, `UPDATE stock SET available = 0`)
			d.told(t)
			d.work(t)
			d.told(t)
		}, order.Refunded, 0, 1},
		"after it was given up": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Pay(d.begin(t, p.Number))
			if _, err := d.orders.GiveUp(t.Context(), p.Number); err != nil {
				t.Error(err)
			}
			d.told(t)
			d.work(t)
			d.told(t)
		}, order.Refunded, 2, 1},
		"the end of the page before its payment": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			d.sim.Pay(id)
			paid := d.next(t)
			end := *paid
			end.Body = []byte(strings.NewReplacer(`"evt_`, `"evt_x`, "session.completed", "session.expired", `"complete"`, `"expired"`, `"paid"`, `"unpaid"`).Replace(string(paid.Body)))
			for _, m := range []*struct{ body []byte }{{end.Body}, {paid.Body}} {
				if err := d.till.Notice(t.Context(), m.body, d.sim.Signature(m.body)); err != nil {
					t.Error(err)
				}
			}
		}, order.Paid, 1, 0},
		"a refund before its payment": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			d.sim.Pay(id)
			d.sim.GiveBack(id, price)
			all := d.sim.Messages()
			slices.Reverse(all)
			if err := d.tell(t, all[0]); !errors.Is(err, payment.ErrEarly) {
				t.Errorf("a refund of nothing: %v", err)
			}
			for _, m := range []int{1, 0} { // it comes again
				if err := d.tell(t, all[m]); err != nil {
					t.Error(err)
				}
			}
		}, order.Refunded, 2, 0},
		"a part went back": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			d.sim.Pay(id)
			d.sim.GiveBack(id, 500)
			d.told(t)
		}, order.Paid, 1, 0},
		"money that takes its time": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			d.sim.PayLater(id)
			d.told(t)
			d.is(t, p.Number, order.Awaiting)
			if _, err := d.till.Begin(t.Context(), p.Number, words); !errors.Is(err, order.ErrState) {
				t.Errorf("a second page while the money is on its way: %v", err)
			}
			d.sim.Arrive(id, true)
			d.told(t)
		}, order.Paid, 1, 0},
		"money that does not come": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			d.sim.PayLater(id)
			d.sim.Arrive(id, false)
			d.told(t)
		}, order.Awaiting, 1, 0},
		"never paid": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.Lapse(d.begin(t, p.Number))
			d.told(t)
			d.lapse(t)
		}, order.Expired, 2, 0},
		"another amount": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.PayOther(d.begin(t, p.Number), price-1, "")
			d.told(t)
			d.work(t)
			d.told(t)
		}, order.Awaiting, 1, 1},
		"another currency": {func(t *testing.T, d *desk, p order.Placed) {
			d.sim.PayOther(d.begin(t, p.Number), 0, "usd")
			d.told(t)
			d.work(t)
			d.told(t)
		}, order.Awaiting, 1, 1},
		"paid at the bank and by card": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			if _, err := d.orders.Paid(t.Context(), order.Receipt{Number: p.Number, Method: order.Transfer, Reference: "bank", Amount: p.Total}); err != nil {
				t.Error(err)
			}
			d.sim.Pay(id)
			d.told(t)
			d.work(t)
			d.told(t)
		}, order.Paid, 1, 1},
		"by transfer instead, and then by card": {func(t *testing.T, d *desk, p order.Placed) {
			id := d.begin(t, p.Number)
			if _, err := d.orders.ByTransfer(t.Context(), p.Number); err != nil {
				t.Error(err)
			}
			d.sim.Pay(id)
			d.work(t) // it was to be closed
		}, order.Paid, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, 2)
			p := d.place(t)
			c.happens(t, d, p)
			d.is(t, p.Number, c.state)
			if free := d.number(t, `SELECT available FROM stock`); free != c.free {
				t.Errorf("%d bottles are free, want %d", free, c.free)
			}
			if n := d.sim.Calls("POST /v1/refunds"); n != c.refunds {
				t.Errorf("%d refunds, want %d\n%s", n, c.refunds, d.log)
			}
			if n := d.number(t, `SELECT COUNT(*) FROM payment WHERE state = 'due'`); n != 0 {
				t.Errorf("%d payments are due back still", n)
			}
		})
	}
}

// What is not from the provider changes nothing; what is and fits no order is kept from coming again, and a person is told.
func TestMessagesThatMeanNothingHere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	d.sim.Pay(d.begin(t, p.Number))
	m := d.next(t)
	for name, signature := range map[string]string{"unsigned": "", "of another body": d.sim.Signature([]byte("{}")), "nonsense": "t=1,v1=00"} {
		if err := d.till.Notice(t.Context(), m.Body, signature); !errors.Is(err, payment.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.is(t, p.Number, order.Awaiting)

	stranger := []byte(strings.ReplaceAll(string(m.Body), string(p.Number), "FR-999999"))
	if err := d.till.Notice(t.Context(), stranger, d.sim.Signature(stranger)); err != nil {
		t.Errorf("an order that is not there: %v", err)
	}
	if !strings.Contains(d.log.String(), "somebody has to look at it") {
		t.Error("nobody is told of money for an order that is not there")
	}
	other := d.place(t) // the same payment for another order
	if err := d.tell(t, m); err != nil {
		t.Error(err)
	}
	twice := []byte(strings.NewReplacer(string(p.Number), string(other.Number), "evt_", "evt_2").Replace(string(m.Body)))
	if err := d.till.Notice(t.Context(), twice, d.sim.Signature(twice)); err != nil {
		t.Errorf("one payment for two orders: %v", err)
	}
	d.is(t, p.Number, order.Paid)
	d.is(t, other.Number, order.Awaiting)
	for _, private := range []string{"anne@", "Dupont", "whsec", "sk_test", "back="} {
		if strings.Contains(d.log.String(), private) {
			t.Errorf("the log has %q", private)
		}
	}
}

// Two messages about the same money are one payment, also when the first is forgotten by its id.
func TestAMessageOfAnotherIDPaysNothingTwice(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	d.sim.Pay(d.begin(t, p.Number))
	m := d.next(t)
	again := []byte(strings.Replace(string(m.Body), `"evt_`, `"evt_2`, 1))
	if err := errors.Join(d.tell(t, m), d.till.Notice(t.Context(), again, d.sim.Signature(again))); err != nil {
		t.Error(err)
	}
	if n := d.number(t, `SELECT COUNT(*) FROM payment`); n != 1 {
		t.Errorf("%d payments, want 1", n)
	}
	if n := d.number(t, `SELECT COUNT(*) FROM payment_notice`); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

// A message of the same id changes nothing, whatever it says: part of the money went back once.
func TestAMessageIsTakenOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	id := d.begin(t, p.Number)
	d.sim.Pay(id)
	d.told(t)
	d.sim.GiveBack(id, 500)
	m := d.next(t)
	for range 3 {
		if err := d.tell(t, m); err != nil {
			t.Error(err)
		}
	}
	if n := d.number(t, `SELECT COUNT(*) FROM outbox WHERE topic = 'payment.part_returned'`); n != 1 {
		t.Errorf("it is noted %d times that a part went back", n)
	}
}
