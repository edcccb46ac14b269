package mysql

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"strings"

	"caveau/store/alert"
)

// Alerts keeps alerts on the primary. It implements alert.Book.
type Alerts struct{ primary *Primary }

// NewAlerts keeps them on a primary.
func NewAlerts(primary *Primary) *Alerts { return &Alerts{primary} }

// Ask writes an alert down and the letter that asks its owner back; asked again while it waits for that, another letter. An alert
// that is confirmed already, or one over a bound, changes nothing. The caller can't tell which, and shouldn't.
func (a *Alerts) Ask(ctx context.Context, r alert.Request) error {
	confirm, err := alert.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	stop, err := alert.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error { return ask(ctx, tx, r, confirm, stop) })
	if err != nil {
		return fmt.Errorf("ask for an alert: %w", err)
	}
	return nil
}

func ask(ctx context.Context, tx *sql.Tx, r alert.Request, confirm, stop alert.Token) error {
	if known, err := tokenKnown(ctx, tx, confirm); err != nil || known {
		return err // an earlier run of this very request
	}
	if over, err := overBound(ctx, tx, r.Email); err != nil || over {
		return err
	}
	id, state, err := begin(ctx, tx, r.Alert)
	if err != nil || state != alert.Asked {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM alert_token WHERE alert_id = ?`, id); err != nil {
		return fmt.Errorf("replace the links: %w", err)
	}
	for purpose, token := range map[alert.Purpose]alert.Token{alert.ToConfirm: confirm, alert.ToStop: stop} {
		if err := link(ctx, tx, id, purpose, token); err != nil {
			return err
		}
	}
	return post(ctx, tx, r.ConfirmLetter(r.Words, confirm, stop))
}

// begin returns the one alert of its kind that waits, which may be there already.
func begin(ctx context.Context, tx *sql.Tx, a alert.Alert) (id uint64, state alert.State, err error) {
	what := a.What()
	if _, err = tx.ExecContext(ctx, `INSERT INTO alert (what, waiting, email, market, locale, kind, subject, below, after_year, state, asked_at)
		VALUES (?, TRUE, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))
		ON DUPLICATE KEY UPDATE asked_at = IF(state = VALUES(state), VALUES(asked_at), asked_at)`,
		what[:], a.Email, a.Market, a.Locale, a.Kind, a.Key(), a.Below, a.After, alert.Asked); err != nil {
		return 0, "", fmt.Errorf("write it down: %w", err)
	}
	if err = tx.QueryRowContext(ctx, `SELECT id, state FROM alert WHERE what = ? AND waiting`, what[:]).Scan(&id, &state); err != nil {
		return 0, "", fmt.Errorf("read it back: %w", err)
	}
	return id, state, nil
}

// overBound counts this asking and says whether it is one too many.
func overBound(ctx context.Context, tx *sql.Tx, email string) (bool, error) {
	who := sha256.Sum256([]byte(strings.ToLower(email)))
	for _, b := range []struct {
		who     [32]byte
		seconds int
		most    int
	}{{who, 3600, alert.AskedAnHour}, {[32]byte{}, 60, alert.AskedAMinute}} {
		n, err := count(ctx, tx, b.who, b.seconds)
		if err != nil || n > b.most {
			return true, err
		}
	}
	var waiting int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM alert WHERE email = ? AND waiting`, email).Scan(&waiting)
	if err != nil {
		return true, fmt.Errorf("count what waits: %w", err)
	}
	return waiting >= alert.WaitingAtOnce, nil
}

// count is how often somebody asked in the present span of so many seconds, this time included.
func count(ctx context.Context, tx *sql.Tx, who [32]byte, seconds int) (n int, err error) {
	if _, err = tx.ExecContext(ctx, `INSERT INTO alert_asked (who, span, n, at) VALUES (?, UNIX_TIMESTAMP() DIV ?, 1, UTC_TIMESTAMP(6))
		ON DUPLICATE KEY UPDATE n = n + 1`, who[:], seconds); err != nil {
		return 0, fmt.Errorf("count the asking: %w", err)
	}
	if err = tx.QueryRowContext(ctx, `SELECT n FROM alert_asked WHERE who = ? ORDER BY span DESC LIMIT 1`, who[:]).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the asking: %w", err)
	}
	return n, nil
}

// The columns of an alert, in the order of scanAlert.
const alertColumns = `id, email, market, locale, kind, subject, below, after_year, state`

func scanAlert(row interface{ Scan(...any) error }) (a alert.Alert, err error) {
	var subject string
	if err = row.Scan(&a.ID, &a.Email, &a.Market, &a.Locale, &a.Kind, &subject, &a.Below, &a.After, &a.State); err != nil {
		return a, err
	}
	a.Subject, err = alert.SubjectOf(subject)
	return a, err
}

// Purge deletes what has run out: alerts that nobody confirmed, those that are over, and what goes with them. It returns
// how many alerts that were; call it again at once when it returns a thousand.
func (a *Alerts) Purge(ctx context.Context) (int, error) {
	gone, err := a.purgeAlerts(ctx)
	if err != nil {
		return 0, fmt.Errorf("delete alerts that are over: %w", err)
	}
	for _, query := range []string{
		`DELETE FROM alert_asked WHERE at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY LIMIT 10000`,
		`DELETE FROM stock_rise WHERE next_at IS NULL AND at < UTC_TIMESTAMP(6) - INTERVAL 8 DAY LIMIT 10000`,
	} {
		if _, err := a.primary.db.ExecContext(ctx, query); err != nil {
			return gone, fmt.Errorf("delete what went with alerts: %w", err)
		}
	}
	return gone, nil
}

func (a *Alerts) purgeAlerts(ctx context.Context) (gone int, err error) {
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		over, err := column[uint64](ctx, tx, `SELECT id FROM alert WHERE state = ? AND asked_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND
			OR state IN (?, ?) AND over_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND LIMIT 1000 FOR UPDATE SKIP LOCKED`,
			alert.Asked, alert.ConfirmWithin.Seconds(), alert.Told, alert.Ended, alert.KeptAfterwards.Seconds())
		if gone = len(over); err != nil || gone == 0 {
			return err
		}
		for _, query := range []string{`DELETE FROM alert_token WHERE alert_id IN (`, `DELETE FROM alert WHERE id IN (`} {
			if _, err := tx.ExecContext(ctx, query+joinIDs(over)+`)`); err != nil {
				return err
			}
		}
		return nil
	})
	return gone, err
}
