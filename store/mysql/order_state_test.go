package mysql_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"caveau/store/order"
	"caveau/store/storetest"
)

// Every move from every state: those of the table are made, all others refused, and the bottles and the money follow.
func TestEveryMoveFromEveryState(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	ctx, o, anna := t.Context(), c.orders, order.Staff("anna")
	acts := map[string]func(p order.Placed) (order.Change, error){
		"pay":      func(p order.Placed) (order.Change, error) { return o.Paid(ctx, receipt(p)) },
		"cancel":   func(p order.Placed) (order.Change, error) { return o.Cancel(ctx, p.Number, anna, "asked by phone") },
		"give up":  func(p order.Placed) (order.Change, error) { return o.GiveUp(ctx, p.Number) },
		"ship":     func(p order.Placed) (order.Change, error) { return o.Ship(ctx, p.Number, anna, "DHL 1") },
		"deliver":  func(p order.Placed) (order.Change, error) { return o.Deliver(ctx, p.Number, anna, "") },
		"refund":   func(p order.Placed) (order.Change, error) { return o.Refund(ctx, p.Number, anna, "corked") },
		"refunded": func(p order.Placed) (order.Change, error) { return o.Refunded(ctx, p.Number, anna, "") },
	}
	for _, row := range []struct {
		path string // acts that lead there
		ends map[string]order.State
	}{
		{"", map[string]order.State{"pay": order.Paid, "cancel": order.Cancelled, "give up": order.Cancelled}},
		{"pay", map[string]order.State{"pay": order.Paid, "ship": order.Shipped, "refund": order.RefundDue}},
		{"cancel", map[string]order.State{"pay": order.RefundDue, "cancel": order.Cancelled, "give up": order.Cancelled}},
		{"give up", map[string]order.State{"pay": order.RefundDue, "cancel": order.Cancelled, "give up": order.Cancelled}},
		{"pay,ship", map[string]order.State{"pay": order.Shipped, "ship": order.Shipped, "deliver": order.Delivered, "refund": order.RefundDue}},
		{"pay,ship,deliver", map[string]order.State{"pay": order.Delivered, "deliver": order.Delivered, "refund": order.RefundDue}},
		{"pay,refund", map[string]order.State{"pay": order.RefundDue, "refund": order.RefundDue, "refunded": order.Refunded}},
		{"pay,refund,refunded", map[string]order.State{"pay": order.Refunded, "refund": order.Refunded, "refunded": order.Refunded}},
		{"cancel,pay,refunded", map[string]order.State{"pay": order.Refunded, "refund": order.Refunded, "refunded": order.Refunded}},
	} {
		for name, act := range acts {
			p := c.place(t, checkout(want{"A", 1}))
			for step := range strings.SplitSeq(row.path, ",") {
				if step == "" {
					continue
				}
				if _, err := acts[step](p); err != nil {
					t.Fatalf("%s: %v", row.path, err)
				}
			}
			done, err := act(p)
			end, allowed := row.ends[name]
			if allowed && (err != nil || done.State != end) || !allowed && !errors.Is(err, order.ErrState) {
				t.Errorf("after %q, %s: %s, %v", row.path, name, done.State, err)
			}
		}
	}
	c.balanced(t)
	if _, err := o.Ship(ctx, "FR-1", anna, ""); !errors.Is(err, order.ErrUnknown) {
		t.Errorf("ship an order that is not there: %v", err)
	}
}

// A message of the payment provider may be doubled, forged, early, late or for something else.
func TestReceipts(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 100})
	p, other := c.place(t, checkout(want{"A", 1})), c.place(t, checkout(want{"A", 2}))
	good := receipt(p)
	little, foreign, early := good, good, good
	little.Amount.Minor--
	foreign.Number, foreign.Amount = other.Number, other.Total
	early.Number = "FR-999999"
	nameless := good
	nameless.Reference = ""
	pay := func(r order.Receipt) error { _, err := c.orders.Paid(t.Context(), r); return err }
	for _, test := range []struct {
		what string
		r    order.Receipt
		want error
	}{
		{"too little", little, order.ErrAmount}, {"early", early, order.ErrUnknown}, {"without a reference", nameless, order.ErrReceipt},
		{"right", good, nil}, {"doubled", good, nil}, {"of another order", foreign, order.ErrReceipt},
	} {
		if err := pay(test.r); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.what, err, test.want)
		}
	}
	if errs := together(16, func(int) error { return pay(receipt(other)) }); count(errs, nil) != 16 {
		t.Errorf("16 times at once: %v", errs)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM order_event WHERE state = 'paid'`); n != 2 {
		t.Errorf("%d payments for 2 orders", n)
	}
	again := receipt(other)
	again.Reference = "paid twice"
	if err := pay(again); err != nil {
		t.Fatal(err)
	}
	shown, err := c.orders.Show(t.Context(), other.Number)
	if err != nil || shown.State != order.Paid || len(shown.Payments) != 2 || shown.Payments[1].State != order.Due {
		t.Errorf("after a second payment: %+v, %v", shown, err)
	}
	for range 2 {
		if _, err := c.orders.Refunded(t.Context(), other.Number, order.Staff("anna"), "back to the card"); err != nil {
			t.Error(err)
		}
	}
	c.balanced(t)
}

func TestEventsAreOnlyEverAdded(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1})
	p := c.place(t, checkout(want{"A", 1}))
	for _, query := range []string{`UPDATE order_event SET note = 'x'`, `DELETE FROM order_event`} {
		if _, err := c.Primary.ExecContext(t.Context(), query); err == nil {
			t.Errorf("%s is allowed", query)
		}
	}
	if _, err := c.orders.Cancel(t.Context(), p.Number, order.Staff("anna"), "asked by phone"); err != nil {
		t.Fatal(err)
	}
	shown, err := c.orders.Show(t.Context(), p.Number)
	if err != nil {
		t.Fatal(err)
	}
	last := shown.Events[len(shown.Events)-1]
	if age := time.Since(last.At); last.Actor != "staff:anna" || last.Note != "asked by phone" || age < -time.Minute || age > time.Minute {
		t.Errorf("last event %+v", last)
	}
}
