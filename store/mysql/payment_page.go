package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/payment"
)

// attempt is the latest page of an order, with what decides about the next.
type attempt struct {
	number        int
	session       payment.Session
	state         payment.SessionState // "" where there was none
	expires       time.Time
	open          bool // it takes money for another minute at least
	fresh         bool // it was asked for a moment ago
	mayBegin      bool // the hold of the placing lasts, or a page would end before the bottles are released anyway
	placed, now   time.Time
	method        order.Method
	email, locale string
}

// Begin implements payment.Book.
func (p *Payments) Begin(ctx context.Context, number order.Number) (payment.Page, payment.Session, error) {
	var page payment.Page
	var open payment.Session
	_, err := p.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l, err := lock(ctx, tx, number)
		if err != nil {
			return err
		}
		page, open, err = l.begin(ctx, tx)
		return err
	})
	if err != nil {
		return payment.Page{}, payment.Session{}, fmt.Errorf("begin a payment: %w", err)
	}
	return page, open, nil
}

func (l *locked) begin(ctx context.Context, tx *sql.Tx) (payment.Page, payment.Session, error) {
	var none payment.Session
	a, err := l.latest(ctx, tx)
	if err != nil {
		return payment.Page{}, none, err
	}
	page := payment.Page{
		Number: l.number, Attempt: a.number, Amount: money.Of(l.total, money.Currency(l.currency)), Expires: a.expires, Email: a.email, Locale: a.locale,
	}
	switch {
	case l.state != order.Awaiting || a.method != order.Redirect || a.state == payment.Pending:
		return page, none, fmt.Errorf("order %s is %s, its page %q: %w", l.number, l.state, a.state, order.ErrState)
	case a.state == payment.Open && a.open:
		return page, a.session, nil
	case a.state == payment.Asked && a.fresh:
		return page, none, nil
	case !a.mayBegin:
		return page, none, fmt.Errorf("order %s: %w", l.number, payment.ErrLate)
	}
	page.Attempt++
	page.Expires = a.now.Add(payment.Life).Truncate(time.Second)
	return page, none, l.attempt(ctx, tx, page, a.now)
}

// latest reads the latest attempt. Times are the database's.
func (l *locked) latest(ctx context.Context, tx *sql.Tx) (attempt, error) {
	var a attempt
	var held time.Time
	if err := tx.QueryRowContext(ctx, `SELECT UTC_TIMESTAMP(6), placed_at, expires_at, method, email, locale FROM orders WHERE id = ?`, l.id).
		Scan(&a.now, &a.placed, &held, &a.method, &a.email, &a.locale); err != nil {
		return a, fmt.Errorf("read order %s: %w", l.number, err)
	}
	a.mayBegin = a.now.Before(a.placed.Add(order.Redirect.Hold())) || !a.now.Add(payment.Life+payment.Grace).After(held)
	var asked time.Time
	err := tx.QueryRowContext(ctx, `SELECT attempt, COALESCE(session, ''), COALESCE(address, ''), state, asked_at, expires_at
		FROM payment_session WHERE order_id = ? ORDER BY attempt DESC LIMIT 1`, l.id).
		Scan(&a.number, &a.session.ID, &a.session.Address, &a.state, &asked, &a.expires)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("read the payment pages of order %s: %w", l.number, err)
	}
	a.open = a.now.Before(a.expires.Add(-time.Minute))
	a.fresh = a.now.Before(asked.Add(payment.Again))
	return a, nil
}

// attempt writes an attempt down, and holds the bottles for as long as its page may take money.
func (l *locked) attempt(ctx context.Context, tx *sql.Tx, page payment.Page, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO payment_session (order_id, attempt, state, asked_at, expires_at, next_at) VALUES (?, ?, ?, ?, ?, ?)`,
		l.id, page.Attempt, payment.Asked, now, page.Expires, page.Expires); err != nil {
		return fmt.Errorf("write down a payment page of order %s: %w", l.number, err)
	}
	return l.hold(ctx, tx, `?`, page.Expires.Add(payment.Grace))
}

// Began implements payment.Book. What a message has said of the session meanwhile stays; an order that waits for it no more
// has it closed at once.
func (p *Payments) Began(ctx context.Context, page payment.Page, s payment.Session) error {
	return p.answered(ctx, page, `session = ?, address = ?, state = ?, next_at = UTC_TIMESTAMP(6) + INTERVAL IF(
			EXISTS (SELECT * FROM orders o WHERE o.id = order_id AND o.state = 'awaiting' AND o.method = 'redirect'), ?, 0) SECOND`,
		s.ID, s.Address, payment.Open, int(askEvery.Seconds()))
}

// Void implements payment.Book.
func (p *Payments) Void(ctx context.Context, page payment.Page) error {
	return p.answered(ctx, page, `state = ?`, payment.Void)
}

// answered notes what became of an attempt that was asked for; of one that is past that, nothing.
func (p *Payments) answered(ctx context.Context, page payment.Page, set string, args ...any) error {
	_, err := p.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l, err := lock(ctx, tx, page.Number)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE payment_session SET `+set+` WHERE order_id = ? AND attempt = ? AND state = ?`,
			append(args, l.id, page.Attempt, payment.Asked)...)
		return err
	})
	if err != nil {
		return fmt.Errorf("write down what became of a payment page: %w", err)
	}
	return nil
}
