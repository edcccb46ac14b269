package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"caveau/store/redirect"
)

// Redirects keeps the rules and what was counted of them.
type Redirects struct{ primary *Primary }

// NewRedirects on a primary.
func NewRedirects(primary *Primary) *Redirects { return &Redirects{primary} }

// rowsAtOnce is how many rows one statement writes.
const rowsAtOnce = 500

// Import writes rules in one transaction; one of the same old path is replaced.
func (r *Redirects) Import(ctx context.Context, rules []redirect.Rule, by string) error {
	_, err := r.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for batch := range slices.Chunk(rules, rowsAtOnce) {
			args := make([]any, 0, 5*len(batch))
			for _, one := range batch {
				args = append(args, one.Market, []byte(one.Old), []byte(one.New), one.Status, by)
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO redirect (market, old, new, status, by_whom) VALUES `+tuples(len(batch), 5)+`
				ON DUPLICATE KEY UPDATE new = VALUES(new), status = VALUES(status), by_whom = VALUES(by_whom)`, args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("import redirects: %w", err)
	}
	return nil
}

// mostMissing is how many missing paths are kept; new ones wait until old ones are gone.
const mostMissing = 5000

// missingFor is how long a path that nobody asks for is remembered.
const missingFor = 90 * 24 * time.Hour

// Count adds what a server counted.
func (r *Redirects) Count(ctx context.Context, hits, misses []redirect.Count) error {
	// A commit whose outcome is in doubt is not run again with the same numbers: twice counted is worse than once lost, and both are small.
	tx, err := r.primary.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("count redirects: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	for batch := range slices.Chunk(hits, rowsAtOnce) {
		args := make([]any, 0, 4*len(batch))
		for _, c := range batch {
			args = append(args, c.Market, []byte(c.Old), c.Hits, c.Last.UTC())
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO redirect_hit (market, old, hits, last) VALUES `+tuples(len(batch), 4)+`
			ON DUPLICATE KEY UPDATE hits = hits + VALUES(hits), last = GREATEST(last, VALUES(last))`, args...); err != nil {
			return fmt.Errorf("count redirects: %w", err)
		}
	}
	if err := countMissing(ctx, tx, misses); err != nil {
		return fmt.Errorf("count what is missing: %w", err)
	}
	return tx.Commit()
}

func countMissing(ctx context.Context, tx *sql.Tx, misses []redirect.Count) error {
	if len(misses) == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM missing WHERE last < ?`, time.Now().UTC().Add(-missingFor)); err != nil {
		return err
	}
	known := map[redirect.Key]bool{}
	err := each(ctx, tx, `SELECT market, path FROM missing`, func(rows *sql.Rows) error {
		var k redirect.Key
		err := rows.Scan(&k.Market, &k.Old)
		known[k] = true
		return err
	})
	if err != nil {
		return err
	}
	misses = slices.DeleteFunc(misses, func(c redirect.Count) bool {
		if !known[c.Key] && len(known) >= mostMissing {
			return true
		}
		known[c.Key] = true
		return false
	})
	for batch := range slices.Chunk(misses, rowsAtOnce) {
		args := make([]any, 0, 5*len(batch))
		for _, c := range batch {
			args = append(args, c.Market, []byte(c.Old), c.Hits, c.Last.UTC(), c.Last.UTC())
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO missing (market, path, hits, first, last) VALUES `+tuples(len(batch), 5)+`
			ON DUPLICATE KEY UPDATE hits = hits + VALUES(hits), last = GREATEST(last, VALUES(last))`, args...); err != nil {
			return err
		}
	}
	return nil
}

// Followed is a rule and how often it was followed.
type Followed struct {
	redirect.Rule
	Hits int
	Last time.Time // zero: never
}

// List the rules, those most followed first.
func (r *Redirects) List(ctx context.Context) ([]Followed, error) {
	rows, err := r.primary.db.QueryContext(ctx, `SELECT r.market, r.old, r.new, r.status, COALESCE(h.hits, 0), h.last
		FROM redirect r LEFT JOIN redirect_hit h ON h.market = r.market AND h.old = r.old ORDER BY 5 DESC, r.market, r.old`)
	if err != nil {
		return nil, fmt.Errorf("list redirects: %w", err)
	}
	defer rows.Close()
	var out []Followed
	for rows.Next() {
		var f Followed
		var last sql.NullTime
		if err := rows.Scan(&f.Market, &f.Old, &f.New, &f.Status, &f.Hits, &last); err != nil {
			return nil, fmt.Errorf("list redirects: %w", err)
		}
		f.Last = last.Time
		out = append(out, f)
	}
	return out, rows.Err()
}

// Missing paths, those most asked for first.
func (r *Redirects) Missing(ctx context.Context, most int) ([]redirect.Count, error) {
	rows, err := r.primary.db.QueryContext(ctx, `SELECT market, path, hits, last FROM missing ORDER BY hits DESC, market, path LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("list what is missing: %w", err)
	}
	defer rows.Close()
	var out []redirect.Count
	for rows.Next() {
		var c redirect.Count
		if err := rows.Scan(&c.Market, &c.Old, &c.Hits, &c.Last); err != nil {
			return nil, fmt.Errorf("list what is missing: %w", err)
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// FollowRedirects keeps a book's rules as the replicas have them, until ctx ends. Without a replica they stay as they are.
func (r *Replicas) FollowRedirects(ctx context.Context, pause time.Duration, book *redirect.Book, failed func(error)) {
	version := ""
	look := func() {
		next, err := r.redirects(ctx, version, book)
		if err != nil && ctx.Err() == nil {
			failed(err)
			return
		}
		version = next
	}
	look()
	every(ctx, pause, look)
}

// redirects sets the rules of a book unless they are those of a version.
func (r *Replicas) redirects(ctx context.Context, known string, book *redirect.Book) (version string, err error) {
	err = r.consistent(ctx, func(tx *sql.Tx) error {
		query := `SELECT CONCAT(COUNT(*), ' ', COALESCE(MAX(id), 0), ' ', COALESCE(MAX(changed_at), '')) FROM redirect`
		if err := tx.QueryRowContext(ctx, query).Scan(&version); err != nil || version == known {
			return err
		}
		var rules []redirect.Rule
		err := each(ctx, tx, `SELECT market, old, new, status FROM redirect`, func(rows *sql.Rows) error {
			var one redirect.Rule
			err := rows.Scan(&one.Market, &one.Old, &one.New, &one.Status)
			rules = append(rules, one)
			return err
		})
		if err == nil {
			book.Set(rules)
		}
		return err
	})
	if err != nil {
		return known, fmt.Errorf("read the redirects: %w", err)
	}
	return version, nil
}
