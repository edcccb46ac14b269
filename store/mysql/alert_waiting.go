package mysql

import (
	"context"
	"database/sql"
	"fmt"

	"caveau/store/alert"
)

// WaitingOn implements alert.Book.
func (a *Alerts) WaitingOn(ctx context.Context, subjects []string) ([]alert.Alert, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	list, args := listed(subjects)
	return alerts(ctx, a.primary.db, `state = ? AND kind IN (?, ?) AND subject IN (`+list+`) ORDER BY id`,
		append([]any{alert.Confirmed, alert.Price, alert.Vintage}, args...)...)
}

// Waiting implements alert.Book.
func (a *Alerts) Waiting(ctx context.Context, kind alert.Kind, after uint64) ([]alert.Alert, error) {
	return alerts(ctx, a.primary.db, `state = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?`, alert.Confirmed, kind, after, alert.Batch)
}

// JustConfirmed implements alert.Book.
func (a *Alerts) JustConfirmed(ctx context.Context) ([]alert.Alert, error) {
	return alerts(ctx, a.primary.db, `state = ? AND kind <> ? AND confirmed_at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE ORDER BY id`, alert.Confirmed, alert.Stock)
}

// alerts are those that a condition holds for.
func alerts(ctx context.Context, db interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, condition string, args ...any) ([]alert.Alert, error) {
	rows, err := db.QueryContext(ctx, `SELECT `+alertColumns+` FROM alert WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("list alerts: %w", err)
	}
	defer rows.Close()
	var out []alert.Alert
	for rows.Next() {
		a, err := scanAlert(rows)
		if err != nil {
			return nil, fmt.Errorf("list alerts: %w", err)
		}
		out = append(out, a)
	}
	return out, rows.Err()
}
