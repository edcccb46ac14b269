package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/payment"
)

// Note implements payment.Book.
func (p *Payments) Note(ctx context.Context, n payment.Notice) (order.Change, error) {
	done := order.Change{Number: n.Number}
	_, err := p.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		again, err := remember(ctx, tx, n)
		if err != nil {
			return err
		}
		l, err := lock(ctx, tx, n.Number)
		if err != nil {
			return err
		}
		if !again {
			err = l.notice(ctx, tx, n)
		}
		done.State = l.state
		return err
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("note a payment notice: %w", err)
	}
	return done, nil
}

// remember a message, or say that it was here before. Whoever comes second waits for the first.
func remember(ctx context.Context, tx *sql.Tx, n payment.Notice) (again bool, err error) {
	if n.ID == "" {
		return false, nil
	}
	written, err := tx.ExecContext(ctx, `INSERT INTO payment_notice (id, what, number) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE id = id`,
		n.ID, n.What, n.Number)
	if err != nil {
		return false, fmt.Errorf("remember a message: %w", err)
	}
	rows, err := written.RowsAffected()
	return rows == 0, err
}

func (l *locked) notice(ctx context.Context, tx *sql.Tx, n payment.Notice) error {
	if n.What == payment.Returned {
		return l.returned(ctx, tx, n)
	}
	if err := l.sessionIs(ctx, tx, n); err != nil || n.What != payment.Fact(payment.Paid) {
		return err
	}
	if err := l.paidBy(ctx, tx, n); err != nil {
		return err
	}
	return l.recall(ctx, tx)
}

// sessionIs notes how a session stands. What is over stays so, but money that came is the last word. A message may be
// earlier than our own note of the session; then its attempt tells which one it is.
func (l *locked) sessionIs(ctx context.Context, tx *sql.Tx, n payment.Notice) error {
	over := ` AND state IN ('asked', 'open', 'pending')`
	if n.What == payment.Fact(payment.Paid) {
		over = ""
	}
	_, err := tx.ExecContext(ctx, `UPDATE payment_session SET state = ?, session = ?, address = NULL, next_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
		WHERE order_id = ? AND (session = ? OR session IS NULL AND attempt = ?)`+over,
		n.What, n.Session, int(pendingEvery.Seconds()), l.id, n.Session, n.Attempt)
	if err != nil {
		return fmt.Errorf("note a payment page of order %s: %w", l.number, err)
	}
	return nil
}

// paidBy notes money that the provider took.
func (l *locked) paidBy(ctx context.Context, tx *sql.Tx, n payment.Notice) error {
	r := order.Receipt{Number: l.number, Method: order.Redirect, Reference: n.Payment, Amount: n.Amount}
	wrong := r.Check(money.Of(l.total, money.Currency(l.currency)))
	if wrong != nil && !errors.Is(wrong, order.ErrAmount) {
		return wrong
	}
	known, err := l.knows(ctx, tx, r)
	switch {
	case err != nil || known:
		return err
	case wrong != nil:
		return l.otherAmount(ctx, tx, r)
	}
	return l.paid(ctx, tx, r)
}

// otherAmount is money that pays nothing: it goes back, and the order goes on waiting.
func (l *locked) otherAmount(ctx context.Context, tx *sql.Tx, r order.Receipt) error {
	if err := another(ctx, tx, l.id, r, order.Due); err != nil {
		return err
	}
	return tell(ctx, tx, l.id, l.state, "payment.due", order.Provider, "paid "+r.Amount.String()+", which is not the total, "+r.Reference)
}

// returned notes that money went back: money that was due, or that a person gave back at the provider's page. Only
// a whole payment counts; of a part of one the order keeps a remark.
func (l *locked) returned(ctx context.Context, tx *sql.Tx, n payment.Notice) error {
	var id uint64
	var state order.PaymentState
	var minor int64
	err := tx.QueryRowContext(ctx, `SELECT id, state, minor FROM payment WHERE order_id = ? AND method = ? AND reference = ?`, l.id, order.Redirect, n.Payment).
		Scan(&id, &state, &minor)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return payment.ErrEarly
	case err != nil:
		return fmt.Errorf("look for a payment of order %s: %w", l.number, err)
	case state == order.Returned:
		return nil
	case n.Amount.Minor < minor:
		return tell(ctx, tx, l.id, l.state, "payment.part_returned", order.Provider, "in all "+n.Amount.String()+" went back, "+n.Payment)
	}
	if state == order.Received && l.state.Sold() {
		if err := l.refund(ctx, tx, order.Provider, "paid back at the provider"); err != nil {
			return err
		}
	}
	return l.wentBack(ctx, tx, id, n)
}

// wentBack marks a payment, and an order of which no more money is due.
func (l *locked) wentBack(ctx context.Context, tx *sql.Tx, id uint64, n payment.Notice) error {
	if _, err := tx.ExecContext(ctx, `UPDATE payment SET state = ? WHERE id = ?`, order.Returned, id); err != nil {
		return fmt.Errorf("note a refund of order %s: %w", l.number, err)
	}
	var due int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM payment WHERE order_id = ? AND state = ?`, l.id, order.Due).Scan(&due); err != nil {
		return fmt.Errorf("read what is due of order %s: %w", l.number, err)
	}
	if l.state == order.RefundDue && due == 0 {
		return l.move(ctx, tx, order.Refunded, order.Provider, n.Payment)
	}
	return tell(ctx, tx, l.id, l.state, "payment.returned", order.Provider, n.Payment)
}
