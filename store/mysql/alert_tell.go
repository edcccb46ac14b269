package mysql

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"caveau/store/alert"
)

// Rises implements alert.Book.
func (a *Alerts) Rises(ctx context.Context) ([]alert.Rise, error) {
	rows, err := a.primary.db.QueryContext(ctx, `SELECT id, sku, warehouse, TIMESTAMPDIFF(MICROSECOND, at, UTC_TIMESTAMP(6))
		FROM stock_rise WHERE next_at <= UTC_TIMESTAMP(6) ORDER BY next_at, id LIMIT ?`, alert.Batch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []alert.Rise
	for rows.Next() {
		var r alert.Rise
		var age int64
		if err := rows.Scan(&r.ID, &r.SKU, &r.Warehouse, &age); err != nil {
			return nil, err
		}
		r.Age = time.Duration(age) * time.Microsecond
		out = append(out, r)
	}
	return out, rows.Err()
}

// Sift implements alert.Book. What another instance has in hand is left to it.
func (a *Alerts) Sift(ctx context.Context, looks []alert.Look) (wanted []alert.Look, err error) {
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		wanted, err = sift(ctx, tx, looks)
		return err
	})
	return wanted, err
}

func sift(ctx context.Context, tx *sql.Tx, looks []alert.Look) (wanted []alert.Look, err error) {
	var all []uint64
	var subjects []string
	for _, l := range looks {
		all = append(all, l.ID)
		subjects = append(subjects, l.Subjects...)
	}
	mine, err := column[uint64](ctx, tx, `SELECT id FROM stock_rise WHERE id IN (`+joinIDs(all)+`) AND next_at <= UTC_TIMESTAMP(6) FOR UPDATE SKIP LOCKED`)
	if err != nil || len(mine) == 0 {
		return nil, err
	}
	waitedFor, err := waitedFor(ctx, tx, subjects)
	if err != nil {
		return nil, err
	}
	var vain []uint64
	for _, l := range looks {
		switch {
		case !slices.Contains(mine, l.ID):
		case slices.ContainsFunc(l.Subjects, func(s string) bool { return waitedFor[s] }):
			wanted = append(wanted, l)
		default:
			vain = append(vain, l.ID)
		}
	}
	if len(vain) == 0 {
		return wanted, nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE stock_rise SET next_at = NULL WHERE id IN (`+joinIDs(vain)+`)`)
	return wanted, err
}

// waitedFor are those of some subjects that a stock alert waits for.
func waitedFor(ctx context.Context, tx *sql.Tx, subjects []string) (map[string]bool, error) {
	found := map[string]bool{}
	if len(subjects) == 0 {
		return found, nil
	}
	list, args := listed(subjects)
	rows, err := tx.QueryContext(ctx, `SELECT DISTINCT subject FROM alert WHERE state = ? AND kind = ? AND subject IN (`+list+`)`,
		append([]any{alert.Confirmed, alert.Stock}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var subject string
		if err := rows.Scan(&subject); err != nil {
			return nil, err
		}
		found[subject] = true
	}
	return found, rows.Err()
}

// listed is so many placeholders, and their values.
func listed(values []string) (string, []any) {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return strings.TrimSuffix(strings.Repeat("?,", len(values)), ","), args
}

// TellRise implements alert.Book. Whoever tells of a SKU in a warehouse has all its rises locked, so that two never tell of the
// same bottles.
func (a *Alerts) TellRise(ctx context.Context, l alert.Look, say func(alert.Alert) (alert.Words, bool)) (told int, err error) {
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		told, err = tellRise(ctx, tx, l, say)
		return err
	})
	return told, err
}

func tellRise(ctx context.Context, tx *sql.Tx, l alert.Look, say func(alert.Alert) (alert.Words, bool)) (int, error) {
	w, err := openWave(ctx, tx, l)
	if err != nil || w.id == 0 {
		return 0, err
	}
	next, err := queue(ctx, tx, l, w)
	if err != nil {
		return 0, fmt.Errorf("find who is next: %w", err)
	}
	told := 0
	for _, n := range next {
		said, ok := say(n)
		if !ok {
			continue
		}
		done, err := tellOne(ctx, tx, n.ID, said)
		if err != nil {
			return 0, err
		}
		if done {
			told++
		}
	}
	return told, w.close(ctx, tx, told, len(next))
}

// wave is who may be told now of a SKU in a warehouse.
type wave struct {
	id        uint64 // of its newest rise; 0: another instance was faster
	available int
	told      int // in this wave
	room      int
}

// openWave locks the rises of the SKU that are due, and leaves only the newest of them open.
func openWave(ctx context.Context, tx *sql.Tx, l alert.Look) (w wave, err error) {
	due, err := column[uint64](ctx, tx, `SELECT id FROM stock_rise WHERE sku = ? AND warehouse = ? AND next_at <= UTC_TIMESTAMP(6) ORDER BY id FOR UPDATE`, l.SKU, l.Warehouse)
	if err != nil || len(due) == 0 {
		return w, err
	}
	if older := due[:len(due)-1]; len(older) > 0 {
		if _, err := tx.ExecContext(ctx, `UPDATE stock_rise SET next_at = NULL WHERE id IN (`+joinIDs(older)+`)`); err != nil {
			return w, err
		}
	}
	w.id = due[len(due)-1]
	err = tx.QueryRowContext(ctx, `SELECT IF(wave_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND, told, 0) FROM stock_rise WHERE id = ?`,
		alert.WavePause.Seconds(), w.id).Scan(&w.told)
	if err != nil {
		return w, fmt.Errorf("read the wave: %w", err)
	}
	err = tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(available), 0) FROM stock WHERE sku = ? AND warehouse = ?`, l.SKU, l.Warehouse).Scan(&w.available)
	if err != nil {
		return w, fmt.Errorf("read the stock: %w", err)
	}
	w.room = alert.Room(w.available, w.told)
	return w, nil
}

// queue is as many as there is room for, in the order of asking. Each subject is asked for by itself, which its index answers in order.
func queue(ctx context.Context, tx *sql.Tx, l alert.Look, w wave) (next []alert.Alert, err error) {
	if w.room == 0 {
		return nil, nil
	}
	markets, codes := listed(l.Markets)
	for _, subject := range l.Subjects {
		args := append([]any{subject, alert.Confirmed, alert.Stock}, codes...)
		some, err := alerts(ctx, tx, `subject = ? AND state = ? AND kind = ? AND market IN (`+markets+`) ORDER BY id LIMIT ?`, append(args, w.room)...)
		if err != nil {
			return nil, err
		}
		next = append(next, some...)
	}
	slices.SortFunc(next, func(a, b alert.Alert) int { return int(int64(a.ID) - int64(b.ID)) })
	return next[:min(len(next), w.room)], nil
}

// close says when to look again: at once where more may be told now, after the pause where more wait than there is, never where nobody
// is left or nothing. Where none of those asked could be told, they are another instance's, or have no words: soon.
func (w wave) close(ctx context.Context, tx *sql.Tx, told, asked int) error {
	next := `NULL`
	switch more := asked == w.room; {
	case w.available == 0 || !more:
	case w.told+told >= w.available:
		next = fmt.Sprintf(`wave_at + INTERVAL %d SECOND`, int(alert.WavePause.Seconds()))
	case told > 0:
		next = `UTC_TIMESTAMP(6)`
	default:
		next = `UTC_TIMESTAMP(6) + INTERVAL 10 SECOND`
	}
	_, err := tx.ExecContext(ctx, `UPDATE stock_rise SET wave_at = IF(?, UTC_TIMESTAMP(6), wave_at), next_at = `+next+`, told = ? WHERE id = ?`,
		w.told == 0, w.told+told, w.id)
	if err != nil {
		return fmt.Errorf("close the wave: %w", err)
	}
	return nil
}

// Tell implements alert.Book.
func (a *Alerts) Tell(ctx context.Context, id uint64, said alert.Words) (done bool, err error) {
	_, err = a.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		done, err = tellOne(ctx, tx, id, said)
		return err
	})
	return done, err
}

// tellOne writes the letter and ends the waiting in one; false where it waits no more or another has it in hand.
func tellOne(ctx context.Context, tx *sql.Tx, id uint64, said alert.Words) (bool, error) {
	a, err := scanAlert(tx.QueryRowContext(ctx, `SELECT `+alertColumns+` FROM alert WHERE id = ? AND state = ? FOR UPDATE SKIP LOCKED`, id, alert.Confirmed))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("take alert %d: %w", id, err)
	}
	stop, err := alert.NewToken(rand.Reader)
	if err != nil {
		return false, err
	}
	if err := link(ctx, tx, id, alert.ToStop, stop); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE alert SET state = ?, waiting = NULL, over_at = UTC_TIMESTAMP(6) WHERE id = ?`, alert.Told, id); err != nil {
		return false, fmt.Errorf("end the waiting of alert %d: %w", id, err)
	}
	return true, post(ctx, tx, a.TellLetter(said, stop))
}
