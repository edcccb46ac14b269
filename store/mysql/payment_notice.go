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

// returned notes that money went back: money that was due, or that a person gave back at the provider's page.
func (l *locked) returned(ctx context.Context, tx *sql.Tx, n payment.Notice) error {
	var p struct {
		moved
		state order.PaymentState
		parts int64 // what we know to go back, or to have gone back, in parts
	}
	err := tx.QueryRowContext(ctx, `SELECT p.id, p.state, p.minor, p.part_of IS NOT NULL, COALESCE((SELECT SUM(q.minor) FROM payment q WHERE q.part_of = p.id), 0)
		FROM payment p WHERE p.order_id = ? AND p.method = ? AND IF(?, p.id = ?, p.reference = ?)`, l.id, order.Redirect, n.Refund != 0, n.Refund, n.Payment).
		Scan(&p.id, &p.state, &p.minor, &p.part, &p.parts)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return payment.ErrEarly
	case err != nil:
		return fmt.Errorf("look for a payment of order %s: %w", l.number, err)
	case p.state == order.Returned:
		return nil
	case n.Refund != 0:
		return l.wentBack(ctx, tx, p.moved, order.Provider, n.Payment)
	case n.Amount.Minor < p.minor:
		return l.partly(ctx, tx, p.moved, n, p.parts)
	}
	if p.state == order.Received && l.state.Sold() {
		if err := l.refund(ctx, tx, order.Provider, "paid back at the provider"); err != nil {
			return err
		}
	}
	if err := l.partsWentBack(ctx, tx, p.id, n); err != nil {
		return err
	}
	return l.wentBack(ctx, tx, p.moved, order.Provider, n.Payment)
}

// partly is a message that so much went back of a payment in all. Exactly what we know of: all of it is on its way. More: a person gave
// something back at the provider's page. Less: the message is older than a decision, or a refund of it is still to be asked for.
func (l *locked) partly(ctx context.Context, tx *sql.Tx, p moved, n payment.Notice, known int64) error {
	switch more := n.Amount.Minor - known; {
	case more < 0:
		return nil
	case more == 0:
		return l.partsWentBack(ctx, tx, p.id, n)
	default:
		if _, err := tx.ExecContext(ctx, `INSERT INTO payment (order_id, method, minor, currency, state, part_of) SELECT order_id, method, ?, currency, ?, id FROM payment WHERE id = ?`,
			more, order.Returned, p.id); err != nil {
			return fmt.Errorf("note what went back of order %s: %w", l.number, err)
		}
		return l.partWentBack(ctx, tx, more, order.Provider, "a part went back at the provider, "+n.Payment)
	}
}

// partsWentBack marks all parts of a payment that are due.
func (l *locked) partsWentBack(ctx context.Context, tx *sql.Tx, whole uint64, n payment.Notice) error {
	var parts []moved
	err := each(ctx, tx, `SELECT id, minor FROM payment WHERE part_of = ? AND state = ? ORDER BY id`, func(rows *sql.Rows) error {
		m := moved{part: true}
		err := rows.Scan(&m.id, &m.minor)
		parts = append(parts, m)
		return err
	}, whole, order.Due)
	if err != nil {
		return fmt.Errorf("read what is due of order %s: %w", l.number, err)
	}
	for _, m := range parts {
		if err := l.wentBack(ctx, tx, m, order.Provider, n.Payment); err != nil {
			return err
		}
	}
	return nil
}
