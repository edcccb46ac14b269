package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"caveau/store/order"
	"caveau/store/payment"
)

// How soon something is tried again, whether or not it was done: whoever took it may have died.
const (
	askEvery     = 3 * time.Minute  // a session that is open
	closeEvery   = 30 * time.Second // one that should not be
	pendingEvery = time.Hour        // one whose money is on its way
	refundFirst  = time.Minute      // a refund; twice as long after each refusal
	refundLast   = 6 * time.Hour

	errandsAtOnce = 50
)

// errand of a session with its row.
type errand struct {
	payment.Errand
	id    uint64
	next  time.Time
	pause time.Duration
}

// Errands implements payment.Book.
func (p *Payments) Errands(ctx context.Context) ([]payment.Errand, error) {
	var mine []payment.Errand
	_, err := p.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		mine = nil
		all, err := waiting(ctx, tx)
		if err != nil {
			return err
		}
		for _, e := range all {
			taken, err := tx.ExecContext(ctx, `UPDATE payment_session SET next_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND WHERE id = ? AND next_at = ?`,
				int(e.pause.Seconds()), e.id, e.next)
			if err != nil {
				return err
			}
			if rows, err := taken.RowsAffected(); err != nil || rows == 0 {
				continue // another instance has it
			}
			mine = append(mine, e.Errand)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take errands: %w", err)
	}
	return mine, nil
}

// waiting lists sessions that have to be looked at.
func waiting(ctx context.Context, tx *sql.Tx) ([]errand, error) {
	var all []errand
	err := each(ctx, tx, `SELECT s.id, s.session, s.state, s.next_at, o.number, o.state = 'awaiting' AND o.method = 'redirect'
		FROM payment_session s JOIN orders o ON o.id = s.order_id
		WHERE s.state IN ('open', 'pending') AND s.next_at <= UTC_TIMESTAMP(6) ORDER BY s.next_at LIMIT ?`, func(rows *sql.Rows) error {
		var e errand
		var state payment.SessionState
		var wanted bool
		err := rows.Scan(&e.id, &e.Session, &state, &e.next, &e.Number, &wanted)
		e.Close = state == payment.Open && !wanted
		switch {
		case e.Close:
			e.pause = closeEvery
		case state == payment.Pending:
			e.pause = pendingEvery
		default:
			e.pause = askEvery
		}
		all = append(all, e)
		return err
	}, errandsAtOnce)
	if err != nil {
		return nil, fmt.Errorf("read the payment pages: %w", err)
	}
	return all, nil
}

// Refunds implements payment.Book. What is due is found by its state, so whatever made it so has asked for it.
func (p *Payments) Refunds(ctx context.Context) ([]payment.Refund, error) {
	var mine []payment.Refund
	_, err := p.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		mine = nil
		var all []payment.Refund
		err := each(ctx, tx, `SELECT p.id, o.number, COALESCE(w.reference, p.reference),
				p.minor - COALESCE((SELECT SUM(q.minor) FROM payment q WHERE q.part_of = p.id), 0), p.currency, p.refusals, p.part_of IS NOT NULL
			FROM payment p JOIN orders o ON o.id = p.order_id LEFT JOIN payment w ON w.id = p.part_of
			WHERE p.state = ? AND p.method = ? AND p.next_at <= UTC_TIMESTAMP(6) ORDER BY p.next_at LIMIT ?`, func(rows *sql.Rows) error {
			var r payment.Refund
			err := rows.Scan(&r.ID, &r.Number, &r.Payment, &r.Amount.Minor, &r.Amount.Currency, &r.Refusals, &r.Part)
			all = append(all, r)
			return err
		}, order.Due, order.Redirect, errandsAtOnce)
		if err != nil {
			return err
		}
		for _, r := range all {
			taken, err := tx.ExecContext(ctx, `UPDATE payment SET at = at, next_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND WHERE id = ? AND next_at <= UTC_TIMESTAMP(6)`,
				int(refundPause(r.Refusals).Seconds()), r.ID)
			if err != nil {
				return err
			}
			if rows, err := taken.RowsAffected(); err == nil && rows == 1 {
				mine = append(mine, r)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take refunds: %w", err)
	}
	return mine, nil
}

func refundPause(refusals int) time.Duration {
	return min(refundFirst<<min(refusals, 10), refundLast)
}

// maxFailure is how much of a refusal is kept, in bytes.
const maxFailure = 200

// NotRefunded implements payment.Book. One refusal counts once, however often it is noted.
func (p *Payments) NotRefunded(ctx context.Context, r payment.Refund, why error) error {
	failure := why.Error()
	if len(failure) > maxFailure {
		failure = failure[:maxFailure]
	}
	_, err := p.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE payment SET at = at, refusals = ?, failure = ? WHERE id = ? AND refusals = ?`, r.Refusals+1, failure, r.ID, r.Refusals)
		return err
	})
	if err != nil {
		return fmt.Errorf("note a refusal to pay order %s back: %w", r.Number, err)
	}
	return nil
}
