package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"caveau/store/search"
)

// FailedSearches keeps what was searched and not found, on the primary. It implements search.MissBook.
type FailedSearches struct{ primary *Primary }

// NewFailedSearches keeps them on a primary.
func NewFailedSearches(primary *Primary) *FailedSearches { return &FailedSearches{primary} }

// failedKept is how long a failed search is kept, in days.
const failedKept = 180

// Add sums up. A writing that is repeated because the answer to it was lost finds its own batch and adds nothing.
func (f *FailedSearches) Add(ctx context.Context, batch string, all []search.Miss) error {
	_, err := f.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error { return addMisses(ctx, tx, batch, all) })
	if err != nil {
		return fmt.Errorf("write down failed searches: %w", err)
	}
	return nil
}

func addMisses(ctx context.Context, tx *sql.Tx, batch string, all []search.Miss) error {
	rows, values := make([]string, 0, len(all)), make([]any, 0, 5*len(all))
	for _, m := range all {
		rows = append(rows, "(?, ?, ?, ?, ?)")
		values = append(values, m.Language, m.Day, m.Query, m.Times, batch)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO failed_search (language, day, query, times, batch) VALUES `+strings.Join(rows, ", ")+`
		ON DUPLICATE KEY UPDATE times = IF(batch = VALUES(batch), times, times + VALUES(times)), batch = VALUES(batch)`, values...)
	if err != nil {
		return fmt.Errorf("add: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM failed_search WHERE day < UTC_DATE() - INTERVAL ? DAY LIMIT 5000`, failedKept); err != nil {
		return fmt.Errorf("forget the old ones: %w", err)
	}
	return nil
}

// FailedSearch is a query that failed, and when it last did.
type FailedSearch struct {
	Query string
	Times int
	Last  time.Time
}

// List what failed in a language since a day, the most often first; at least so many times.
func (f *FailedSearches) List(ctx context.Context, language string, since time.Time, least, most int) ([]FailedSearch, error) {
	rows, err := f.primary.db.QueryContext(ctx, `SELECT query, SUM(times) AS n, MAX(day) FROM failed_search
		WHERE language = ? AND day >= ? GROUP BY query HAVING n >= ? ORDER BY n DESC, query LIMIT ?`, language, since.UTC().Format(time.DateOnly), least, most)
	if err != nil {
		return nil, fmt.Errorf("list failed searches: %w", err)
	}
	defer rows.Close()
	var out []FailedSearch
	for rows.Next() {
		var one FailedSearch
		if err := rows.Scan(&one.Query, &one.Times, &one.Last); err != nil {
			return nil, fmt.Errorf("list failed searches: %w", err)
		}
		out = append(out, one)
	}
	return out, rows.Err()
}
