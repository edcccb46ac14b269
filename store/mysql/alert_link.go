package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/alert"
)

// link writes down that a token opens an alert.
func link(ctx context.Context, tx *sql.Tx, id uint64, purpose alert.Purpose, token alert.Token) error {
	hash := token.Hash()
	_, err := tx.ExecContext(ctx, `INSERT INTO alert_token (token, alert_id, purpose) VALUES (?, ?, ?)`, hash[:], id, purpose)
	if err != nil {
		return fmt.Errorf("write a link down: %w", err)
	}
	return nil
}

func tokenKnown(ctx context.Context, tx *sql.Tx, token alert.Token) (known bool, err error) {
	hash := token.Hash()
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM alert_token WHERE token = ?)`, hash[:]).Scan(&known)
	return known, err
}

// opened is the alert that a token opens for a purpose, and what may follow SELECT …; else alert.ErrUnknown.
func opened(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, token alert.Token, purpose alert.Purpose, locking string) (alert.Alert, error) {
	hash := token.Hash()
	a, err := scanAlert(db.QueryRowContext(ctx, `SELECT `+alertColumns+` FROM alert WHERE id =
		(SELECT alert_id FROM alert_token WHERE token = ? AND purpose = ?)`+locking, hash[:], purpose))
	if errors.Is(err, sql.ErrNoRows) {
		return a, alert.ErrUnknown
	}
	return a, err
}

// Peek is the alert that a token opens, for the page that asks; nothing is written. alert.ErrUnknown where it opens none.
func (a *Alerts) Peek(ctx context.Context, token alert.Token, purpose alert.Purpose) (alert.Alert, error) {
	found, err := opened(ctx, a.primary.db, token, purpose, "")
	if err != nil {
		return found, fmt.Errorf("open an alert: %w", err)
	}
	return found, nil
}

// Confirm lets an alert wait. The token works once: alert.ErrUnknown after that.
func (a *Alerts) Confirm(ctx context.Context, token alert.Token) (done alert.Alert, err error) {
	tried := uint64(0)
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := confirm(ctx, tx, token, tried)
		if err == nil {
			done, tried = found, found.ID
		}
		return err
	})
	if err != nil {
		return done, fmt.Errorf("confirm an alert: %w", err)
	}
	return done, nil
}

// confirm looks whether what was asked for came between asking and confirming. It locks those rises before the alert waits: sift
// locks them too before it looks who waits, so that one of the two sees the other. tried is the alert that an earlier run has
// confirmed without an answer to its COMMIT, or 0: the token is used up then.
func confirm(ctx context.Context, tx *sql.Tx, token alert.Token, tried uint64) (alert.Alert, error) {
	a, err := opened(ctx, tx, token, alert.ToConfirm, ` FOR UPDATE`)
	if errors.Is(err, alert.ErrUnknown) && tried > 0 {
		return scanAlert(tx.QueryRowContext(ctx, `SELECT `+alertColumns+` FROM alert WHERE id = ?`, tried))
	}
	if err != nil {
		return a, err
	}
	rises, err := risesOf(ctx, tx, a)
	if err != nil {
		return a, fmt.Errorf("look for what came meanwhile: %w", err)
	}
	hash := token.Hash()
	if _, err := tx.ExecContext(ctx, `DELETE FROM alert_token WHERE token = ?`, hash[:]); err != nil {
		return a, fmt.Errorf("use the link up: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE alert SET state = ?, confirmed_at = UTC_TIMESTAMP(6) WHERE id = ? AND state = ?`,
		alert.Confirmed, a.ID, alert.Asked); err != nil {
		return a, fmt.Errorf("let it wait: %w", err)
	}
	if len(rises) == 0 {
		return a, nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE stock_rise SET next_at = UTC_TIMESTAMP(6) WHERE next_at IS NULL AND id IN (`+joinIDs(rises)+`)`)
	return a, err
}

// risesOf locks the rises of what a stock alert is about. There was nothing left when it was asked; so where there is something now,
// it came since.
func risesOf(ctx context.Context, tx *sql.Tx, a alert.Alert) ([]uint64, error) {
	if a.Kind != alert.Stock {
		return nil, nil
	}
	skus, err := column[string](ctx, tx, `SELECT s.code FROM sku s JOIN vintage v ON v.id = s.vintage_id JOIN wine w ON w.id = v.wine_id
		WHERE w.code = ? AND v.year = ?`, a.Wine, a.Year)
	if err != nil {
		return nil, err
	}
	list, args := listed(append(skus, a.SKU))
	return column[uint64](ctx, tx, `SELECT id FROM stock_rise WHERE sku IN (`+list+`) ORDER BY id FOR UPDATE`, args...)
}

// Stop ends the alert that a token opens, or with all every alert of its address in that shop. It may be done again.
func (a *Alerts) Stop(ctx context.Context, token alert.Token, all bool) (done alert.Alert, err error) {
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if done, err = opened(ctx, tx, token, alert.ToStop, ` FOR UPDATE`); err != nil {
			return err
		}
		return stop(ctx, tx, done, all)
	})
	if err != nil {
		return done, fmt.Errorf("end an alert: %w", err)
	}
	return done, nil
}

func stop(ctx context.Context, tx *sql.Tx, a alert.Alert, all bool) error {
	which, err := []uint64{a.ID}, error(nil)
	if all && a.Email != "" {
		which, err = column[uint64](ctx, tx, `SELECT id FROM alert WHERE email = ? AND market = ? ORDER BY id FOR UPDATE`, a.Email, a.Market)
	}
	if err != nil || len(which) == 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE alert SET state = ?, waiting = NULL, email = '', over_at = UTC_TIMESTAMP(6) WHERE id IN (`+joinIDs(which)+`)`,
		alert.Ended); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM alert_token WHERE purpose = ? AND alert_id IN (`+joinIDs(which)+`)`, alert.ToConfirm)
	return err
}

// column is what a query of one column answers.
func column[T any](ctx context.Context, tx *sql.Tx, query string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var value T
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, rows.Err()
}
