package mysql

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"caveau/store/mail"
)

// Take puts up to n letters that are due into this instance's hands, for mail.Lease.
func (l *Letters) Take(ctx context.Context, n int) ([]mail.Due, error) {
	var due []mail.Due
	_, err := l.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if due, err = lockDue(ctx, tx, n); err != nil || len(due) == 0 {
			return err
		}
		ids := make([]any, 0, len(due)+1)
		ids = append(ids, mail.Lease.Seconds())
		for _, d := range due {
			ids = append(ids, d.ID)
		}
		_, err = tx.ExecContext(ctx, `UPDATE letter SET tries = tries + 1, next_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
			WHERE id IN (`+marks(len(due))+`)`, ids...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("take letters that are due: %w", err)
	}
	return due, nil
}

// lockDue locks letters that nobody has in hand.
func lockDue(ctx context.Context, tx *sql.Tx, n int) ([]mail.Due, error) {
	var due []mail.Due
	err := each(ctx, tx, `SELECT id, topic, market, locale, recipient, number, data, tries + 1, at FROM letter
		WHERE sent_at IS NULL AND parked_at IS NULL AND next_at <= UTC_TIMESTAMP(6) ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED`, func(rows *sql.Rows) error {
		var d mail.Due
		var data []byte
		err := rows.Scan(&d.ID, &d.Topic, &d.Market, &d.Locale, &d.To, &d.Order, &data, &d.Try, &d.At)
		if err == nil {
			err = json.Unmarshal(data, &d.Data)
		}
		due = append(due, d)
		return err
	}, n)
	return due, err
}

// Sent notes that the server took a letter, and forgets to whom it went and what it held.
func (l *Letters) Sent(ctx context.Context, id uint64) error {
	return l.note(ctx, id, `UPDATE letter SET sent_at = UTC_TIMESTAMP(6), recipient = '', data = '{}', failure = '' WHERE id = ? AND sent_at IS NULL`, id)
}

// Failed notes that a letter was not taken, and when it is to be tried again; after mail.MaxTries it is parked, and parked
// says so. A server that was away (mail.ErrAway) costs no try. The error must not name anybody.
func (l *Letters) Failed(ctx context.Context, d mail.Due, why error) (parked bool, err error) {
	failure := strings.ToValidUTF8(fmt.Sprintf("%.200s", why.Error()), "")
	if errors.Is(why, mail.ErrAway) {
		return false, l.note(ctx, d.ID, `UPDATE letter SET tries = GREATEST(tries, 1) - 1, failure = ?,
			next_at = UTC_TIMESTAMP(6) + INTERVAL ? * (0.5 + RAND()) SECOND WHERE id = ? AND sent_at IS NULL`, failure, mail.AwayPause.Seconds(), d.ID)
	}
	if parked = d.Try >= mail.MaxTries; parked {
		return true, l.note(ctx, d.ID, `UPDATE letter SET parked_at = UTC_TIMESTAMP(6), failure = ? WHERE id = ? AND sent_at IS NULL`, failure, d.ID)
	}
	return false, l.note(ctx, d.ID, `UPDATE letter SET failure = ?, next_at = UTC_TIMESTAMP(6) + INTERVAL ? * (0.5 + RAND()) SECOND
		WHERE id = ? AND sent_at IS NULL`, failure, mail.Pause(d.Try).Seconds(), d.ID)
}

func (l *Letters) note(ctx context.Context, id uint64, query string, args ...any) error {
	_, err := l.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("note what became of letter %d: %w", id, err)
	}
	return nil
}

// Queue counts what is not sent.
func (l *Letters) Queue(ctx context.Context) (mail.Queue, error) {
	var q mail.Queue
	err := l.primary.db.QueryRowContext(ctx, `SELECT COALESCE(SUM(parked_at IS NULL), 0), COALESCE(SUM(parked_at IS NOT NULL), 0) FROM letter WHERE sent_at IS NULL`).
		Scan(&q.Waiting, &q.Parked)
	if err != nil {
		return mail.Queue{}, fmt.Errorf("count the letters: %w", err)
	}
	return q, nil
}

// Tidy deletes letters that were sent or parked 90 days ago, and empties those that were parked 30 days ago, up to a thousand at
// a time.
func (l *Letters) Tidy(ctx context.Context) error {
	for _, query := range []string{
		`DELETE FROM letter WHERE sent_at < UTC_TIMESTAMP(6) - INTERVAL 90 DAY LIMIT 1000`,
		`DELETE FROM letter WHERE parked_at < UTC_TIMESTAMP(6) - INTERVAL 90 DAY LIMIT 1000`,
		`UPDATE letter SET recipient = '', data = '{}' WHERE parked_at < UTC_TIMESTAMP(6) - INTERVAL 30 DAY AND recipient <> '' LIMIT 1000`,
	} {
		if _, err := l.primary.db.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("tidy the letters: %w", err)
		}
	}
	return nil
}
