package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"caveau/store/order"
	"caveau/store/payment"
)

// Payments writes down what becomes of money that a provider takes (package payment). It implements payment.Book. What
// is said of Orders holds here too; whoever locks the row of a message does so before that of the order, and rows of sessions and
// payments come after it.
type Payments struct {
	primary *Primary
}

// NewPayments on a primary.
func NewPayments(primary *Primary) *Payments { return &Payments{primary} }

// recall lets the sessions of an order that are still open be looked at without delay: it does not wait for them any more.
func (l *locked) recall(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `UPDATE payment_session SET next_at = UTC_TIMESTAMP(6) WHERE order_id = ? AND state = ?`, l.id, payment.Open); err != nil {
		return fmt.Errorf("recall the payment pages of order %s: %w", l.number, err)
	}
	return nil
}

// ByTransfer lets an order that waits for a payment by redirect be paid by bank transfer, and holds the bottles as long as
// for any transfer, counted from when it was placed: to go to and fro gains no time.
func (o *Orders) ByTransfer(ctx context.Context, number order.Number) (order.Change, error) {
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		method, err := l.method(ctx, tx)
		switch {
		case err != nil:
			return err
		case l.state != order.Awaiting:
			return fmt.Errorf("order %s is %s: %w", number, l.state, order.ErrState)
		case method == order.Transfer:
			return nil
		}
		return l.byTransfer(ctx, tx)
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("let order %.20s be paid by transfer: %w", number, err)
	}
	return done, nil
}

// ByCard lets an order that waits for a bank transfer be paid by redirect instead. The bottles are held as they were, no longer and no
// shorter: a page is begun where it ends before that (package payment), and the transfer stays the way back.
func (o *Orders) ByCard(ctx context.Context, number order.Number) (order.Change, error) {
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		method, err := l.method(ctx, tx)
		switch {
		case err != nil:
			return err
		case l.state != order.Awaiting:
			return fmt.Errorf("order %s is %s: %w", number, l.state, order.ErrState)
		case method == order.Redirect:
			return nil
		}
		if err := l.pays(ctx, tx, order.Redirect); err != nil {
			return err
		}
		return tell(ctx, tx, l.id, l.state, "order.card", order.Shopper, "by card instead")
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("let order %.20s be paid by card: %w", number, err)
	}
	return done, nil
}

func (l *locked) method(ctx context.Context, tx *sql.Tx) (order.Method, error) {
	var method order.Method
	if err := tx.QueryRowContext(ctx, `SELECT method FROM orders WHERE id = ?`, l.id).Scan(&method); err != nil {
		return "", fmt.Errorf("read how order %s is paid: %w", l.number, err)
	}
	return method, nil
}

// pays writes down how the order is paid.
func (l *locked) pays(ctx context.Context, tx *sql.Tx, by order.Method) error {
	if _, err := tx.ExecContext(ctx, `UPDATE orders SET method = ? WHERE id = ?`, by, l.id); err != nil {
		return fmt.Errorf("write how order %s is paid: %w", l.number, err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE payment SET method = ? WHERE order_id = ? AND state = ?`, by, l.id, order.Asked); err != nil {
		return fmt.Errorf("write how order %s is paid: %w", l.number, err)
	}
	return nil
}

func (l *locked) byTransfer(ctx context.Context, tx *sql.Tx) error {
	if err := l.pays(ctx, tx, order.Transfer); err != nil {
		return err
	}
	var placed time.Time
	if err := tx.QueryRowContext(ctx, `SELECT placed_at FROM orders WHERE id = ?`, l.id).Scan(&placed); err != nil {
		return fmt.Errorf("read when order %s was placed: %w", l.number, err)
	}
	if err := l.hold(ctx, tx, `?`, placed.Add(order.Transfer.Hold())); err != nil {
		return err
	}
	if err := l.recall(ctx, tx); err != nil {
		return err
	}
	return tell(ctx, tx, l.id, l.state, "order.transfer", order.Shopper, "by bank transfer instead")
}

// hold the bottles until a moment, an expression with its argument. It only ever gets later.
func (l *locked) hold(ctx context.Context, tx *sql.Tx, until string, arg any) error {
	for _, query := range []string{
		`UPDATE orders SET expires_at = GREATEST(expires_at, ` + until + `) WHERE id = ?`,
		`UPDATE reservation SET expires_at = GREATEST(expires_at, ` + until + `) WHERE order_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, query, arg, l.id); err != nil {
			return fmt.Errorf("hold the bottles of order %s: %w", l.number, err)
		}
	}
	return nil
}
