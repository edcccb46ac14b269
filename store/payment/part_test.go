package payment_test

import (
	"errors"
	"log/slog"
	"testing"

	"caveau/store/order"
	"caveau/store/payment"
)

// sell a case to be refunded in parts: n bottles, paid by card.
func (d *desk) sell(t *testing.T, n int) order.Placed {
	t.Helper()
	p := d.placeSome(t, n)
	d.sim.Pay(d.begin(t, p.Number))
	d.told(t)
	return p
}

func (d *desk) refundPart(t *testing.T, p order.Placed, reference string, units int) {
	t.Helper()
	_, err := d.orders.RefundPart(t.Context(), p.Number, order.Refund{Reference: reference, Parts: []order.Part{{Line: 0, Quantity: units}}, By: order.Staff("anna")})
	if err != nil {
		t.Fatal(err)
	}
}

// parts of an order's money that are in a state, and letters that say so.
func (d *desk) parts(t *testing.T, state order.PaymentState, want, letters int) {
	t.Helper()
	if n := d.number(t, `SELECT COUNT(*) FROM payment WHERE part_of IS NOT NULL AND state = ?`, state); n != want {
		t.Errorf("%d parts are %s, want %d\n%s", n, state, want, d.log)
	}
	if n := d.number(t, `SELECT COUNT(*) FROM letter WHERE topic = 'payment.part_returned'`); n != letters {
		t.Errorf("%d letters, want %d", n, letters)
	}
}

// Parts go back through the provider, each once, whoever says so first; then the rest, and there is a note for all of it.
func TestPartsGoBackThroughTheProvider(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 9)
	p := d.sell(t, 4)
	d.refundPart(t, p, "one", 1)
	d.refundPart(t, p, "two", 1)
	d.work(t)
	d.told(t) // charge.refunded, twice, after our own notes
	d.work(t)
	d.parts(t, order.Returned, 2, 2)
	d.is(t, p.Number, order.Paid)
	if n := d.sim.Calls("POST /v1/refunds"); n != 2 {
		t.Errorf("%d refunds, want 2", n)
	}
	if _, err := d.orders.Refund(t.Context(), p.Number, order.Staff("anna"), ""); err != nil {
		t.Fatal(err)
	}
	d.work(t)
	d.told(t)
	d.is(t, p.Number, order.Refunded)
	if n := d.number(t, `SELECT COUNT(*) FROM document WHERE kind = 'credit'`); n != 3 {
		t.Errorf("%d credit notes, want 3", n)
	}
}

// The instance dies after the provider did it: the same part is not paid twice, and the provider's message tells.
func TestACrashAfterAPartialRefund(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 9)
	p := d.sell(t, 4)
	d.refundPart(t, p, "one", 1)
	book := &deaf{Payments: d.book, dies: true}
	if err := payment.NewTill(d.client, book, slog.New(slog.DiscardHandler)).Work(t.Context()); !errors.Is(err, errDied) {
		t.Errorf("work: %v", err)
	}
	d.parts(t, order.Due, 1, 0)
	d.told(t)
	d.parts(t, order.Returned, 1, 1)
	d.work(t)
	if n := d.sim.Calls("POST /v1/refunds"); n != 1 {
		t.Errorf("%d refunds, want 1", n)
	}
}

// A person gives something back on the provider's own page, beside what we do: each amount is known, and the rest is what is left.
func TestAPersonGivesAPartBackAtTheProvider(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 9)
	p := d.placeSome(t, 4)
	session := d.begin(t, p.Number)
	d.sim.Pay(session)
	d.told(t)
	d.refundPart(t, p, "one", 1)
	d.work(t)
	d.told(t)
	d.sim.GiveBack(session, 700)
	d.told(t)
	d.parts(t, order.Returned, 2, 2)
	d.is(t, p.Number, order.Paid)
	if n := d.number(t, `SELECT minor FROM payment WHERE part_of IS NOT NULL ORDER BY id DESC LIMIT 1`); n != 700 {
		t.Errorf("%d went back at the provider, want 700", n)
	}
	_, err := d.orders.RefundPart(t.Context(), p.Number, order.Refund{Reference: "rest", Parts: []order.Part{{Line: 0, Quantity: 3}}, By: order.Staff("anna")})
	if !errors.Is(err, order.ErrAmount) {
		t.Errorf("more than is left of the money: %v", err)
	}
	d.sim.GiveBack(session, 3*price-700)
	d.told(t)
	d.is(t, p.Number, order.Refunded)
	if n := d.number(t, `SELECT COUNT(*) FROM document WHERE kind = 'credit'`); n != 2 {
		t.Errorf("%d credit notes, want 2", n)
	}
}
