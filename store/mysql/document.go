package mysql

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"caveau/store/invoice"
	"caveau/store/market"
	"caveau/store/order"
)

// issue writes a document of the locked order with the next number of its series. The series is locked until the commit, so this
// is the last thing that a transaction does.
func (l *locked) issue(ctx context.Context, tx *sql.Tx, kind invoice.Kind, facts func(invoice.Number, time.Time) (invoice.Facts, error)) (invoice.Number, error) {
	number, now, err := l.nextNumber(ctx, tx, kind)
	if err != nil {
		return "", fmt.Errorf("number a document of order %s: %w", l.number, err)
	}
	f, err := facts(number, now)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("write document %s down: %w", number, err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO document (number, order_id, market, kind, issued_at, facts) VALUES (?, ?, ?, ?, ?, ?)`,
		number, l.id, l.market, kind, now, string(text)); err != nil {
		return "", fmt.Errorf("write document %s down: %w", number, err)
	}
	return number, nil
}

// nextNumber locks the series of the year that it is in the market. The time of the document is read behind the lock, so that
// times rise with the numbers.
func (l *locked) nextNumber(ctx context.Context, tx *sql.Tx, kind invoice.Kind) (invoice.Number, time.Time, error) {
	zone, err := market.Zone(l.market)
	if err != nil {
		return "", time.Time{}, err
	}
	before, err := clock(ctx, tx)
	if err != nil {
		return "", time.Time{}, err
	}
	year := before.In(zone).Year()
	counted, err := tx.ExecContext(ctx, `INSERT INTO document_number (market, year, kind, last) VALUES (?, ?, ?, LAST_INSERT_ID(1))
		ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1)`, l.market, year, kind)
	if err != nil {
		return "", time.Time{}, err
	}
	n, err := counted.LastInsertId()
	if err != nil {
		return "", time.Time{}, err
	}
	now, err := clock(ctx, tx)
	if err == nil && now.In(zone).Year() != year {
		err = errAgain // it became New Year while we waited for the lock
	}
	return invoice.NumberOf(l.market, kind, year, uint64(n)), now, err
}

// clock is the database's.
func clock(ctx context.Context, tx *sql.Tx) (now time.Time, err error) {
	err = tx.QueryRowContext(ctx, `SELECT UTC_TIMESTAMP(6)`).Scan(&now)
	return now, err
}

// invoice of an order that was just paid.
func (l *locked) invoice(ctx context.Context, tx *sql.Tx) error {
	o, err := readOrder(ctx, tx, l.number)
	if err != nil {
		return fmt.Errorf("read order %s for its invoice: %w", l.number, err)
	}
	_, err = l.issue(ctx, tx, invoice.Invoice, func(n invoice.Number, at time.Time) (invoice.Facts, error) { return invoice.Issue(o, n, at), nil })
	return err
}

// credit takes back parts of the order's invoice; nil takes back what is left of it. An order without an invoice, such as one
// that was paid after it was called off, needs no note, and has no number for it.
func (l *locked) credit(ctx context.Context, tx *sql.Tx, parts []order.Part) (invoice.Number, error) {
	whole, earlier, err := l.papers(ctx, tx)
	if err != nil || whole.Number == "" {
		return "", err
	}
	if parts == nil {
		parts = whole.Left(earlier)
	}
	if len(parts) == 0 {
		return "", nil
	}
	return l.issue(ctx, tx, invoice.Credit, func(n invoice.Number, at time.Time) (invoice.Facts, error) {
		return invoice.TakeBack(whole, earlier, parts, n, at)
	})
}

// papers of the locked order: its invoice, without a number where there is none, and the credit notes so far.
func (l *locked) papers(ctx context.Context, tx *sql.Tx) (whole invoice.Facts, notes []invoice.Facts, err error) {
	documents, err := readDocuments(ctx, tx, l.number)
	for _, d := range documents {
		if d.Kind == invoice.Invoice {
			whole = d.Facts
			continue
		}
		notes = append(notes, d.Facts)
	}
	return whole, notes, err
}

// Documents of an order, in the order in which they were issued. Who may see the order may see them.
func (o *Orders) Documents(ctx context.Context, number order.Number) ([]invoice.Document, error) {
	var found []invoice.Document
	err := o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		found, err = readDocuments(ctx, tx, number)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the documents of order %.20q: %w", number, err)
	}
	return found, nil
}

func readDocuments(ctx context.Context, tx *sql.Tx, number order.Number) ([]invoice.Document, error) {
	var found []invoice.Document
	err := each(ctx, tx, `SELECT d.facts, d.sheet FROM document d JOIN orders o ON o.id = d.order_id WHERE o.number = ? AND d.facts <> '' ORDER BY d.id`, func(rows *sql.Rows) error {
		var d invoice.Document
		var facts []byte
		err := rows.Scan(&facts, &d.Sheet)
		found = append(found, d)
		return errors.Join(err, json.Unmarshal(facts, &found[len(found)-1].Facts))
	}, number)
	if err != nil {
		return nil, fmt.Errorf("read the documents of order %s: %w", number, err)
	}
	return found, nil
}

// Word adds the final words to a document, unless it has them, and returns those that it has then.
func (o *Orders) Word(ctx context.Context, number invoice.Number, sheet []byte) ([]byte, error) {
	var kept []byte
	_, err := o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE document SET sheet = ? WHERE number = ? AND sheet IS NULL`, string(sheet), number); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT sheet FROM document WHERE number = ?`, number).Scan(&kept)
	})
	if err != nil {
		return nil, fmt.Errorf("write the words of document %s: %w", number, err)
	}
	return kept, nil
}
