package mysql

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"caveau/store/mail"
	"caveau/store/order"
	"caveau/store/withdrawal"
)

// Find is an order for whoever has its number and the e-mail address that it was placed with; else order.ErrUnknown, which does not
// tell which of the two is wrong.
func (o *Orders) Find(ctx context.Context, number order.Number, email string) (order.Order, error) {
	var found order.Order
	err := o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		if found, err = readOrder(ctx, tx, number); err == nil && !sameMail(found.Contact.Email, email) {
			found, err = order.Order{}, order.ErrUnknown
		}
		return err
	})
	if err != nil {
		return order.Order{}, fmt.Errorf("find an order by its number and address: %w", err)
	}
	return found, nil
}

// sameMail compares addresses as people write them.
func sameMail(a, b string) bool {
	fold := func(s string) []byte { return []byte(strings.ToLower(strings.TrimSpace(s))) }
	return subtle.ConstantTimeCompare(fold(a), fold(b)) == 1
}

// Withdraw takes a statement down, whatever it says, and posts its receipt with it: letter writes that of what was taken down. The
// same statement again is answered with what was taken down before, and posts nothing.
func (o *Orders) Withdraw(ctx context.Context, s withdrawal.Statement, letter func(withdrawal.Record) mail.Letter) (withdrawal.Record, error) {
	key, err := s.ID()
	if err != nil {
		return withdrawal.Record{}, err
	}
	var done withdrawal.Record
	_, err = o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		done, err = takeDown(ctx, tx, s, key, letter)
		return err
	})
	if err != nil {
		return withdrawal.Record{}, fmt.Errorf("take a withdrawal down: %w", err)
	}
	done.Key = key
	return done, nil
}

func takeDown(ctx context.Context, tx *sql.Tx, s withdrawal.Statement, key order.Key, letter func(withdrawal.Record) mail.Letter) (withdrawal.Record, error) {
	about, err := matched(ctx, tx, s)
	if err != nil {
		return withdrawal.Record{}, err
	}
	id, again, err := claimStatement(ctx, tx, s, key, about.id)
	if err != nil {
		return withdrawal.Record{}, err
	}
	if !again {
		if err := writeLines(ctx, tx, s, id, about.id); err != nil {
			return withdrawal.Record{}, err
		}
	}
	record, err := readStatement(ctx, tx, `w.id = ?`, id)
	if err != nil || again {
		record.Again = again
		return record, err
	}
	if about.id != 0 {
		if err := tell(ctx, tx, about.id, about.state, "order.withdrawal", order.Shopper, eventNote(record)); err != nil {
			return withdrawal.Record{}, err
		}
	}
	record.Key = key
	return record, post(ctx, tx, letter(record))
}

// matched locks the order that a statement is about: known by its link, or by its number and e-mail address. Nought where there is none.
func matched(ctx context.Context, tx *sql.Tx, s withdrawal.Statement) (locked, error) {
	l, err := lock(ctx, tx, s.Order())
	if errors.Is(err, order.ErrUnknown) {
		return locked{}, nil
	}
	if err != nil {
		return locked{}, err
	}
	secret := s.Secret.Hash()
	var email string
	var linked bool
	err = tx.QueryRowContext(ctx, `SELECT o.email, EXISTS (SELECT 1 FROM idempotency i WHERE i.key_hash = ? AND i.number = o.number) FROM orders o WHERE o.id = ?`,
		secret[:], l.id).Scan(&email, &linked)
	if err != nil {
		return locked{}, fmt.Errorf("read whose order %s is: %w", s.Order(), err)
	}
	if l.market != s.Market || !linked && !sameMail(email, s.Email) {
		return locked{}, nil
	}
	return l, nil
}

// claimStatement writes the statement, or finds it where it was written before.
func claimStatement(ctx context.Context, tx *sql.Tx, s withdrawal.Statement, key order.Key, about uint64) (id uint64, again bool, err error) {
	hash := key.Hash()
	written, err := tx.ExecContext(ctx, `INSERT INTO withdrawal (key_hash, order_id, market, locale, number, name, email, words, late, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, COALESCE(UTC_TIMESTAMP(6) >= ?, FALSE), UTC_TIMESTAMP(6))`,
		hash[:], about, s.Market, s.Locale, s.Number, s.Name, s.Email, s.Words, sql.NullTime{Time: s.Ends.UTC(), Valid: !s.Ends.IsZero()})
	if isDuplicate(err) {
		err = tx.QueryRowContext(ctx, `SELECT id FROM withdrawal WHERE key_hash = ?`, hash[:]).Scan(&id)
		return id, true, err
	}
	if err != nil {
		return 0, false, fmt.Errorf("write a statement of withdrawal: %w", err)
	}
	last, err := written.LastInsertId()
	return uint64(last), false, err
}

// writeLines counts of each line what was not withdrawn from before. The order is locked, so that two statements do not count the same.
func writeLines(ctx context.Context, tx *sql.Tx, s withdrawal.Statement, id, about uint64) error {
	if about == 0 {
		return nil
	}
	for _, l := range s.Lines {
		written, err := tx.ExecContext(ctx, `INSERT INTO withdrawal_line (withdrawal_id, position, quantity, counted, title)
			SELECT ?, o.position, ?, LEAST(?, GREATEST(0, o.quantity - COALESCE((
				SELECT SUM(l.counted) FROM withdrawal_line l JOIN withdrawal w ON w.id = l.withdrawal_id WHERE w.order_id = o.order_id AND l.position = o.position), 0))), o.title
			FROM order_line o WHERE o.order_id = ? AND o.position = ? AND o.kind = 'wine'`, id, l.Quantity, l.Quantity, about, l.Position)
		if err != nil {
			return fmt.Errorf("write a line of a withdrawal: %w", err)
		}
		if rows, err := written.RowsAffected(); err != nil || rows != 1 {
			return errors.Join(err, fmt.Errorf("line %d of a withdrawal: %w", l.Position, order.ErrLines))
		}
	}
	return nil
}

// eventNote says in an order's events which statement there is; what it says is in its own table.
func eventNote(r withdrawal.Record) string {
	note := "withdrawal " + r.Reference()
	if r.Late {
		note += ", late"
	}
	if len(r.Lines) == 0 {
		note += ", in words"
	}
	return note
}

// Receipt is a statement for whoever has its key; else withdrawal.ErrUnknown.
func (o *Orders) Receipt(ctx context.Context, key order.Key) (withdrawal.Record, error) {
	var found withdrawal.Record
	hash := key.Hash()
	err := o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		found, err = readStatement(ctx, tx, `w.key_hash = ?`, hash[:])
		return err
	})
	if err != nil {
		return withdrawal.Record{}, fmt.Errorf("read a receipt: %w", err)
	}
	found.Key = key
	return found, nil
}

// Withdrawals are the statements about an order, as they came.
func (o *Orders) Withdrawals(ctx context.Context, number order.Number) ([]withdrawal.Record, error) {
	return o.statements(ctx, `o.number = ?`, number)
}

// OpenWithdrawals are the statements that the staff has to settle, those that fit no order among them.
func (o *Orders) OpenWithdrawals(ctx context.Context) ([]withdrawal.Record, error) {
	return o.statements(ctx, `s.withdrawal_id IS NULL`)
}

func (o *Orders) statements(ctx context.Context, condition string, args ...any) (found []withdrawal.Record, err error) {
	err = o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		found, err = readStatements(ctx, tx, condition, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read statements of withdrawal: %w", err)
	}
	return found, nil
}

func readStatement(ctx context.Context, tx *sql.Tx, condition string, args ...any) (withdrawal.Record, error) {
	found, err := readStatements(ctx, tx, condition, args...)
	if err != nil {
		return withdrawal.Record{}, err
	}
	if len(found) == 0 {
		return withdrawal.Record{}, withdrawal.ErrUnknown
	}
	return found[0], nil
}

// readStatements reads those of a condition on w (the statement), o (its order) and s (that it is settled).
func readStatements(ctx context.Context, tx *sql.Tx, condition string, args ...any) ([]withdrawal.Record, error) {
	var found []withdrawal.Record
	err := each(ctx, tx, `SELECT w.id, COALESCE(o.number, ''), w.market, w.locale, w.number, w.name, w.email, w.words, w.late, w.at, s.withdrawal_id IS NOT NULL
		FROM withdrawal w LEFT JOIN orders o ON o.id = w.order_id LEFT JOIN withdrawal_step s ON s.withdrawal_id = w.id AND s.step = 'settled'
		WHERE `+condition+` ORDER BY w.id`, func(rows *sql.Rows) error {
		var r withdrawal.Record
		err := rows.Scan(&r.ID, &r.Matched, &r.Market, &r.Locale, &r.Number, &r.Name, &r.Email, &r.Words, &r.Late, &r.At, &r.Settled)
		found = append(found, r)
		return err
	}, args...)
	if err != nil {
		return nil, err
	}
	for i := range found {
		err := each(ctx, tx, `SELECT position, title, quantity, counted FROM withdrawal_line WHERE withdrawal_id = ? ORDER BY position`, func(rows *sql.Rows) error {
			var l withdrawal.Line
			err := rows.Scan(&l.Position, &l.Title, &l.Quantity, &l.Counted)
			found[i].Lines = append(found[i].Lines, l)
			return err
		}, found[i].ID)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
