package mysql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"caveau/store/law"
	"caveau/store/order"
)

// Forgotten counts what Forget emptied.
type Forgotten struct {
	Contacts   int // orders of which e-mail address, telephone, delivery address and remarks are gone
	Invoices   int // orders of which the invoice, with its name and address, is gone
	Statements int // statements of withdrawal that fit no order
}

// forgetAtOnce is how many orders one call of Forget empties of each kind.
const forgetAtOnce = 500

// Forget empties what names people in orders whose term is over, by market; of accounts that were erased it is over as soon as nothing
// of the order is under way. A market without a term keeps everything. Numbers, goods and amounts stay. Each order is a transaction of its own.
func (o *Orders) Forget(ctx context.Context, terms map[string]law.Keeping) (Forgotten, error) {
	var done Forgotten
	if err := o.forget(ctx, &done.Contacts, (*locked).forgetContact, `SELECT o.number FROM customer c JOIN orders o ON o.customer = CAST(c.id AS CHAR)
		WHERE c.erased_at IS NOT NULL AND o.email <> '' AND `+settled+` LIMIT ?`, forgetAtOnce); err != nil {
		return done, err
	}
	for market, term := range terms {
		if term.Contact > 0 {
			if err := o.forget(ctx, &done.Contacts, (*locked).forgetContact, `SELECT o.number FROM orders o
				WHERE o.market = ? AND o.placed_at < UTC_TIMESTAMP(6) - INTERVAL ? YEAR AND o.email <> '' AND `+settled+`
				AND NOT EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND e.at >= UTC_TIMESTAMP(6) - INTERVAL ? YEAR) LIMIT ?`,
				market, term.Contact, term.Contact, forgetAtOnce); err != nil {
				return done, err
			}
			n, err := o.forgetStatements(ctx, `market = ? AND at < UTC_TIMESTAMP(6) - INTERVAL ? YEAR`, market, term.Contact)
			if done.Statements += n; err != nil {
				return done, err
			}
		}
		if term.Invoice > 0 {
			if err := o.forget(ctx, &done.Invoices, (*locked).forgetInvoice, `SELECT o.number FROM orders o
				WHERE o.market = ? AND o.placed_at < UTC_TIMESTAMP(6) - INTERVAL ? YEAR AND o.email = '' AND o.invoice <> '{}'
				AND NOT EXISTS (SELECT 1 FROM document d WHERE d.order_id = o.id AND d.issued_at >= UTC_TIMESTAMP(6) - INTERVAL ? YEAR) LIMIT ?`,
				market, term.Invoice, term.Invoice, forgetAtOnce); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

// settled is an order o of which nothing is under way: no bottle, no primeur and no money.
const settled = `o.state IN ('delivered', 'cancelled', 'expired', 'refunded')
	AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.state = 'due')
	AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND o.state = 'delivered' AND l.sale_type = 'primeur' AND NOT EXISTS (
		SELECT 1 FROM milestone m WHERE m.number = o.number AND m.sku IN ('', l.sku) AND m.kind = 'delivered' AND NOT m.planned AND m.day IS NOT NULL))`

// forget does something with each order of a query, and counts them.
func (o *Orders) forget(ctx context.Context, count *int, do func(*locked, context.Context, *sql.Tx) error, query string, args ...any) error {
	numbers, err := o.numbersOf(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("look for what is to be forgotten: %w", err)
	}
	for _, number := range numbers {
		_, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error { return do(l, ctx, tx) })
		if err != nil {
			return fmt.Errorf("forget whose order %s is: %w", number, err)
		}
		*count++
	}
	return nil
}

func (o *Orders) numbersOf(ctx context.Context, query string, args ...any) ([]order.Number, error) {
	rows, err := o.primary.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var numbers []order.Number
	for rows.Next() {
		var number order.Number
		if err := rows.Scan(&number); err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, rows.Err()
}

func (o *Orders) forgetStatements(ctx context.Context, condition string, args ...any) (int, error) {
	done, err := o.primary.db.ExecContext(ctx, `UPDATE withdrawal SET name = '', email = '', words = '' WHERE order_id = 0 AND email <> '' AND `+condition, args...)
	if err != nil {
		return 0, fmt.Errorf("forget who withdrew: %w", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// forgetContact empties everything that names a person but the invoice. The country of the delivery stays: taxes hang on it. An order that
// was never invoiced keeps no address.
func (l *locked) forgetContact(ctx context.Context, tx *sql.Tx) error {
	var email string
	var text []byte
	if err := tx.QueryRowContext(ctx, `SELECT email, delivery FROM orders WHERE id = ?`, l.id).Scan(&email, &text); err != nil {
		return fmt.Errorf("read whose order %s is: %w", l.number, err)
	}
	var delivery order.Address
	if err := json.Unmarshal(text, &delivery); err != nil {
		return fmt.Errorf("read where order %s goes: %w", l.number, err)
	}
	country, err := json.Marshal(order.Address{Country: delivery.Country})
	if err != nil {
		return fmt.Errorf("write where order %s went: %w", l.number, err)
	}
	for _, step := range []struct {
		statement string
		args      []any
	}{
		{`UPDATE orders SET name = '', email = '', phone = '', bond = '', delivery = ?, buyer = IF(buyer LIKE 'guest:%', '', buyer),
			invoice = IF(EXISTS (SELECT 1 FROM document d WHERE d.order_id = orders.id), invoice, '{}') WHERE id = ?`, []any{string(country), l.id}},
		{`UPDATE order_event SET note = '' WHERE order_id = ? AND note <> ''`, []any{l.id}},
		{`UPDATE refund SET note = '' WHERE order_id = ? AND note <> ''`, []any{l.id}},
		{`UPDATE withdrawal_step s JOIN withdrawal w ON w.id = s.withdrawal_id SET s.note = '' WHERE w.order_id = ? AND s.note <> ''`, []any{l.id}},
		{`UPDATE withdrawal SET name = '', email = '', words = '' WHERE order_id = ? AND (name <> '' OR email <> '' OR words <> '')`, []any{l.id}},
		{`DELETE FROM letter WHERE recipient = ? AND number = ? AND sent_at IS NULL`, []any{email, l.number}},
		{`DELETE FROM allocation_taken WHERE buyer = ? AND buyer LIKE 'guest:%' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.buyer = ?)`, []any{l.buyer, l.buyer}},
		{`DELETE FROM buyer_turn WHERE buyer = ? AND buyer LIKE 'guest:%' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.buyer = ?)`, []any{l.buyer, l.buyer}},
	} {
		if _, err := tx.ExecContext(ctx, step.statement, step.args...); err != nil {
			return fmt.Errorf("empty what is kept of order %s: %w", l.number, err)
		}
	}
	return nil
}

// forgetInvoice empties the invoice of an order, its credit notes and the address on them.
func (l *locked) forgetInvoice(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range []string{`UPDATE orders SET invoice = '{}' WHERE id = ?`, `UPDATE document SET facts = '', sheet = NULL WHERE order_id = ? AND facts <> ''`} {
		if _, err := tx.ExecContext(ctx, statement, l.id); err != nil {
			return fmt.Errorf("empty the invoice of order %s: %w", l.number, err)
		}
	}
	return nil
}

// forgetOrders empties the orders of an account that is erased, as far as nothing of them is under way; Forget does the rest when it is over.
func forgetOrders(ctx context.Context, tx *sql.Tx, customer, email string) error {
	var numbers []order.Number
	err := each(ctx, tx, `SELECT o.number FROM orders o WHERE o.customer = ? AND o.email <> '' AND `+settled+` ORDER BY o.id`, func(rows *sql.Rows) error {
		var number order.Number
		err := rows.Scan(&number)
		numbers = append(numbers, number)
		return err
	}, customer)
	if err != nil {
		return fmt.Errorf("read the orders of an account: %w", err)
	}
	for _, number := range numbers {
		l, err := lock(ctx, tx, number)
		if err != nil {
			return err
		}
		if err := l.forgetContact(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE withdrawal SET name = '', email = '', words = '' WHERE order_id = 0 AND email = ?`, email); err != nil {
		return fmt.Errorf("forget who withdrew: %w", err)
	}
	return nil
}
