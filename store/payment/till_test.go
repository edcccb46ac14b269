package payment_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"caveau/store/money"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/payment"
)

// deaf is a book in which, once, the answer of the provider is not written down: the instance died.
type deaf struct {
	*mysql.Payments
	dies bool
}

var errDied = errors.New("the instance died")

func (b *deaf) Began(ctx context.Context, p payment.Page, s payment.Session) error {
	if b.dies {
		return errDied
	}
	return b.Payments.Began(ctx, p, s)
}

func (b *deaf) Note(ctx context.Context, n payment.Notice) (order.Change, error) {
	if b.dies {
		return order.Change{}, errDied
	}
	return b.Payments.Note(ctx, n)
}

// The instance dies between the provider's answer and our note of it: whoever asks again gets the same page.
func TestACrashAfterTheProvidersAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	book := &deaf{Payments: d.book, dies: true}
	till := payment.NewTill(d.client, book, slog.New(slog.NewTextHandler(d.log, nil)))
	p := d.place(t)
	if address, err := till.Begin(t.Context(), p.Number, words); !errors.Is(err, errDied) {
		t.Fatalf("%q, %v", address, err)
	}
	book.dies = false
	first, err := till.Begin(t.Context(), p.Number, words)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := till.Begin(t.Context(), p.Number, words); err != nil || second != first {
		t.Errorf("%q and %q, %v", first, second, err)
	}
	if n := d.sim.Calls("POST /v1/checkout/sessions"); n != 1 {
		t.Errorf("%d sessions were made, want 1", n)
	}
	d.sim.Pay(idOf(first))
	d.told(t)
	d.is(t, p.Number, order.Paid)
}

// Likewise for a refund: it is made once.
func TestACrashAfterARefund(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	book := &deaf{Payments: d.book}
	till := payment.NewTill(d.client, book, slog.New(slog.NewTextHandler(d.log, nil)))
	p := d.place(t)
	d.sim.Pay(d.begin(t, p.Number))
	d.told(t)
	if _, err := d.orders.Refund(t.Context(), p.Number, order.Staff("anna"), "corked"); err != nil {
		t.Fatal(err)
	}
	book.dies = true
	if err := till.Work(t.Context()); !errors.Is(err, errDied) {
		t.Errorf("work: %v", err)
	}
	d.is(t, p.Number, order.RefundDue)
	book.dies = false
	d.work(t)
	d.is(t, p.Number, order.Refunded)
	if n := d.sim.Calls("POST /v1/refunds"); n != 1 {
		t.Errorf("%d refunds, want 1", n)
	}
}

// The provider is away: nothing is lost, and everything is done when it is back.
func TestTheProviderIsAway(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 9)
	gone, waits, due := d.place(t), d.place(t), d.place(t)
	open := d.begin(t, gone.Number)
	d.sim.Pay(d.begin(t, due.Number))
	d.told(t)
	if _, err := d.orders.Refund(t.Context(), due.Number, order.Staff("anna"), "corked"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.orders.GiveUp(t.Context(), gone.Number); err != nil {
		t.Fatal(err)
	}
	d.sim.Away(true)
	if _, err := d.till.Begin(t.Context(), waits.Number, words); !errors.Is(err, payment.ErrAway) {
		t.Errorf("begin: %v", err)
	}
	if err := d.till.Work(t.Context()); !errors.Is(err, payment.ErrAway) {
		t.Errorf("work: %v", err)
	}
	if status := d.sim.Status(open); status != "open" {
		t.Fatalf("the page is %s", status)
	}
	d.sim.Away(false)
	d.begin(t, waits.Number)
	d.work(t)
	d.is(t, due.Number, order.Refunded)
	if status := d.sim.Status(open); status != "expired" {
		t.Errorf("the page of an order that was given up is %s", status)
	}
	d.told(t)
	d.is(t, gone.Number, order.Cancelled)
}

// Whatever ends the wait for a card lets the page be closed at once, without a look at the clock.
func TestPagesAreClosedWhenNobodyWaits(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(ctx context.Context, d *desk, n order.Number) error{
		"given up": func(ctx context.Context, d *desk, n order.Number) error {
			_, err := d.orders.GiveUp(ctx, n)
			return err
		},
		"transfer": func(ctx context.Context, d *desk, n order.Number) error {
			_, err := d.orders.ByTransfer(ctx, n)
			return err
		},
		"cancelled": func(ctx context.Context, d *desk, n order.Number) error {
			_, err := d.orders.Cancel(ctx, n, order.Staff("anna"), "")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, 2)
			p := d.place(t)
			id := d.begin(t, p.Number)
			if err := d.till.Work(t.Context()); err != nil || d.sim.Status(id) != "open" {
				t.Fatalf("closed while the order waits: %v", err)
			}
			if err := end(t.Context(), d, p.Number); err != nil {
				t.Fatal(err)
			}
			if err := d.till.Work(t.Context()); err != nil || d.sim.Status(id) != "expired" {
				t.Errorf("the page is %s, %v", d.sim.Status(id), err)
			}
			if _, err := d.till.Begin(t.Context(), p.Number, words); !errors.Is(err, order.ErrState) {
				t.Errorf("another page: %v", err)
			}
		})
	}
}

// One page at a time, and no longer than the bottles are held for it.
func TestAnOrdersPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	first := d.begin(t, p.Number)
	if again := d.begin(t, p.Number); again != first {
		t.Error("a second page while the first is open")
	}
	if held := d.show(t, p.Number).Expires.Sub(p.Expires); held < 0 || held > 2*time.Second {
		t.Errorf("the first page holds the bottles for %s longer", held)
	}
	d.sim.Lapse(first)
	d.told(t)
	second := d.begin(t, p.Number)
	if second == first {
		t.Error("a page that is over is offered")
	}
	d.sim.Lapse(second)
	d.told(t)
	d.exec(t, `UPDATE orders SET placed_at = placed_at - INTERVAL 36 MINUTE`)
	if _, err := d.till.Begin(t.Context(), p.Number, words); !errors.Is(err, payment.ErrLate) {
		t.Errorf("a page after the hold: %v", err)
	}
}

// Who chose the transfer pays by card after all, days later too, and back again: the bottles are held for neither longer.
func TestByCardAfterAll(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	if _, err := d.orders.ByTransfer(t.Context(), p.Number); err != nil {
		t.Fatal(err)
	}
	d.exec(t, `UPDATE orders SET placed_at = placed_at - INTERVAL 2 DAY, expires_at = expires_at - INTERVAL 2 DAY`)
	d.exec(t, `UPDATE reservation SET expires_at = expires_at - INTERVAL 2 DAY`)
	held := d.show(t, p.Number).Expires
	if _, err := d.till.Begin(t.Context(), p.Number, words); !errors.Is(err, order.ErrState) {
		t.Errorf("a page for an order by transfer: %v", err)
	}
	for range 2 { // twice is once
		if _, err := d.orders.ByCard(t.Context(), p.Number); err != nil {
			t.Fatal(err)
		}
	}
	first := d.begin(t, p.Number)
	if _, err := d.orders.ByTransfer(t.Context(), p.Number); err != nil {
		t.Fatal(err)
	}
	d.work(t)
	if status := d.sim.Status(first); status != "expired" {
		t.Errorf("the page of an order by transfer is %s", status)
	}
	d.told(t)
	if _, err := d.orders.ByCard(t.Context(), p.Number); err != nil {
		t.Fatal(err)
	}
	second := d.begin(t, p.Number)
	if now := d.show(t, p.Number).Expires; !now.Equal(held) {
		t.Errorf("held until %s, was until %s", now, held)
	}
	d.sim.Pay(second)
	d.told(t)
	d.is(t, p.Number, order.Paid)
	if _, err := d.orders.ByCard(t.Context(), p.Number); !errors.Is(err, order.ErrState) {
		t.Errorf("an order that is paid: %v", err)
	}
}

// A page does not outlive the hold of a transfer.
func TestByCardWhileTheBottlesAreHeld(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	if _, err := d.orders.ByTransfer(t.Context(), p.Number); err != nil {
		t.Fatal(err)
	}
	d.exec(t, `UPDATE orders SET placed_at = placed_at - INTERVAL 7 DAY, expires_at = UTC_TIMESTAMP(6) + INTERVAL 20 MINUTE`)
	if _, err := d.orders.ByCard(t.Context(), p.Number); err != nil {
		t.Fatal(err)
	}
	if _, err := d.till.Begin(t.Context(), p.Number, words); !errors.Is(err, payment.ErrLate) {
		t.Errorf("a page that ends after the hold: %v", err)
	}
}

// An attempt that nobody knows the end of is repeated for a minute; then it is another, which the provider would take.
func TestAnOldAttemptIsNotRepeated(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	d.sim.Away(true)
	if _, err := d.till.Begin(t.Context(), p.Number, words); !errors.Is(err, payment.ErrAway) {
		t.Fatal(err)
	}
	d.exec(t, `UPDATE payment_session SET asked_at = asked_at - INTERVAL 2 MINUTE, expires_at = expires_at - INTERVAL 2 MINUTE`)
	d.sim.Away(false)
	d.begin(t, p.Number)
	if n := d.number(t, `SELECT MAX(attempt) FROM payment_session`); n != 2 {
		t.Errorf("attempt %d, want 2", n)
	}
}

// Words that changed within the minute, as when another language was chosen, make another page.
func TestAKeyIsNotUsedForOtherWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	book := &deaf{Payments: d.book, dies: true}
	p := d.place(t)
	if _, err := payment.NewTill(d.client, book, slog.New(slog.DiscardHandler)).Begin(t.Context(), p.Number, words); !errors.Is(err, errDied) {
		t.Fatal(err)
	}
	english := words
	english.Title = "Order"
	if _, err := d.till.Begin(t.Context(), p.Number, english); err != nil {
		t.Fatal(err)
	}
	if n := d.number(t, `SELECT COUNT(*) FROM payment_session WHERE state = 'void' AND attempt = 1`); n != 1 {
		t.Error("the first attempt is not void")
	}
}

// Two instances share the work.
func TestEachErrandIsDoneByOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 9)
	for range 3 {
		p := d.place(t)
		d.sim.Pay(d.begin(t, p.Number))
		d.told(t)
		if _, err := d.orders.Refund(t.Context(), p.Number, order.Staff("anna"), "corked"); err != nil {
			t.Fatal(err)
		}
	}
	first, err1 := d.book.Refunds(t.Context())
	second, err2 := d.book.Refunds(t.Context())
	if err := errors.Join(err1, err2); err != nil || len(first) != 3 || len(second) != 0 {
		t.Errorf("%d and %d refunds, %v", len(first), len(second), err)
	}
}

// A refusal is kept, and the next try has another key: the provider would repeat its answer.
func TestARefundThatIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	p := d.place(t)
	if _, err := d.orders.Paid(t.Context(), order.Receipt{Number: p.Number, Method: order.Redirect, Reference: "pi_unknown", Amount: money.Of(price, "EUR")}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.orders.Refund(t.Context(), p.Number, order.Staff("anna"), "corked"); err != nil {
		t.Fatal(err)
	}
	before := d.show(t, p.Number).Payments[0].At
	d.work(t)
	d.work(t)
	d.is(t, p.Number, order.RefundDue)
	if n := d.number(t, `SELECT refusals FROM payment WHERE failure <> ''`); n != 2 {
		t.Errorf("%d refusals, want 2", n)
	}
	if after := d.show(t, p.Number).Payments[0].At; !after.Equal(before) {
		t.Error("a try counts as a change of the payment")
	}
}
