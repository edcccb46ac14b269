package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"caveau/store/crawl"
	"caveau/store/market"
)

// Crawl keeps what crawlers fetch. It implements crawl.Shelf and crawl.Memory on the primary; Files reads on the replicas.
type Crawl struct{ primary *Primary }

// NewCrawl on a primary.
func NewCrawl(primary *Primary) *Crawl { return &Crawl{primary} }

// Begin implements crawl.Shelf.
func (c *Crawl) Begin(ctx context.Context, name crawl.Name) (crawl.Draft, error) {
	var id int64
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// A draft whose commit was in doubt is one that nobody finishes: Sweep drops it.
		done, err := tx.ExecContext(ctx, `INSERT INTO crawl_file (market, path, made_at) VALUES (?, ?, NOW(6))`, name.Market, name.Path)
		if err != nil {
			return err
		}
		id, err = done.LastInsertId()
		return err
	})
	if err != nil {
		return nil, err
	}
	return &draft{primary: c.primary, id: id}, nil
}

type draft struct {
	primary *Primary
	id      int64
	parts   int
}

// Add implements crawl.Draft.
func (d *draft) Add(ctx context.Context, part []byte) error {
	number := d.parts
	d.parts++
	_, err := d.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `REPLACE INTO crawl_part (file_id, number, body) VALUES (?, ?, ?)`, d.id, number, part)
		return err
	})
	return err
}

// Finish implements crawl.Draft. A file that says what the one before said leaves that one in its place.
func (d *draft) Finish(ctx context.Context, f crawl.File) error {
	_, err := d.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var tag string
		err := tx.QueryRowContext(ctx, `SELECT tag FROM crawl_file WHERE market = ? AND path = ? AND whole AND id <> ? ORDER BY id DESC LIMIT 1`, f.Market, f.Path, d.id).Scan(&tag)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if tag == f.Tag {
			return drop(ctx, tx, `id = ?`, d.id)
		}
		_, err = tx.ExecContext(ctx, `UPDATE crawl_file SET whole = TRUE, tag = ?, size = ?, plain = ?, parts = ?, made_at = ? WHERE id = ?`,
			f.Tag, f.Size, f.Plain, f.Parts, f.Made, d.id)
		return err
	})
	return err
}

// old is how long a file that was replaced may still be read, and a draft may take.
const old = "INTERVAL 1 HOUR"

// Sweep implements crawl.Shelf.
func (c *Crawl) Sweep(ctx context.Context, market string, names []string) error {
	args := []any{market}
	for _, n := range names {
		args = append(args, n)
	}
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		replaced := `EXISTS (SELECT 1 FROM (SELECT id, market, path, at FROM crawl_file WHERE whole) newer
			WHERE newer.market = crawl_file.market AND newer.path = crawl_file.path AND newer.id > crawl_file.id AND newer.at < NOW(6) - ` + old + `)`
		return drop(ctx, tx, `market = ? AND (path NOT IN (`+marks(len(names))+`) OR NOT whole AND at < NOW(6) - `+old+` OR `+replaced+`)`, args...)
	})
	return err
}

// drop files and their parts.
func drop(ctx context.Context, tx *sql.Tx, which string, args ...any) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM crawl_part WHERE file_id IN (SELECT id FROM crawl_file WHERE `+which+`)`, args...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM crawl_file WHERE `+which, args...)
	return err
}

// Recall implements crawl.Memory.
func (c *Crawl) Recall(ctx context.Context, e *market.Edition) (map[uint32]crawl.Seen, error) {
	out := map[uint32]crawl.Seen{}
	rows, err := c.primary.db.QueryContext(ctx, `SELECT page_id, hash, changed_at FROM crawl_page WHERE market = ? AND locale = ?`, e.Market.Code, string(e.Locale))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uint32
		var s crawl.Seen
		if err := rows.Scan(&id, &s.Hash, &s.Changed); err != nil {
			return nil, err
		}
		out[id] = s
	}
	return out, rows.Err()
}

// Remember implements crawl.Memory.
func (c *Crawl) Remember(ctx context.Context, e *market.Edition, pages map[uint32]crawl.Seen) error {
	args := make([]any, 0, 5*len(pages))
	for id, s := range pages {
		args = append(args, e.Market.Code, string(e.Locale), id, s.Hash, s.Changed)
	}
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `REPLACE INTO crawl_page (market, locale, page_id, hash, changed_at) VALUES `+
			strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?), ", len(pages)), ", "), args...)
		return err
	})
	return err
}

// CrawlFiles is what is on the shelf, as the replicas have it: the names in memory, the parts one by one.
type CrawlFiles struct {
	replicas *Replicas
	all      atomic.Pointer[map[crawl.Name]crawl.File]
}

// NewCrawlFiles reads from replicas.
func NewCrawlFiles(replicas *Replicas) *CrawlFiles { return &CrawlFiles{replicas: replicas} }

// Refresh the names.
func (f *CrawlFiles) Refresh(ctx context.Context) error {
	all := map[crawl.Name]crawl.File{}
	err := f.replicas.consistent(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, market, path, tag, size, plain, parts, made_at FROM crawl_file WHERE whole ORDER BY id`, func(rows *sql.Rows) error {
			var one crawl.File
			if err := rows.Scan(&one.ID, &one.Market, &one.Path, &one.Tag, &one.Size, &one.Plain, &one.Parts, &one.Made); err != nil {
				return err
			}
			all[one.Name] = one
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("list what crawlers fetch: %w", err)
	}
	f.all.Store(&all)
	return nil
}

// Follow refreshes the names now and then, until ctx ends. Without a replica they stay as they are.
func (f *CrawlFiles) Follow(ctx context.Context, pause time.Duration, failed func(error)) {
	every(ctx, pause, func() {
		if err := f.Refresh(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
	})
}

// File by its name; false where there is none, or none is known yet. It asks nobody.
func (f *CrawlFiles) File(name crawl.Name) (crawl.File, bool) {
	all := f.all.Load()
	if all == nil {
		return crawl.File{}, false
	}
	one, ok := (*all)[name]
	return one, ok
}

// Part of a file.
func (f *CrawlFiles) Part(ctx context.Context, id uint64, number int) (body []byte, err error) {
	for attempt := range 2 { // one replica may not have it yet
		one, pickErr := f.replicas.pick(attempt)
		if pickErr != nil {
			return nil, errors.Join(err, pickErr)
		}
		if err = one.db.QueryRowContext(ctx, `SELECT body FROM crawl_part WHERE file_id = ? AND number = ?`, id, number).Scan(&body); err == nil {
			return body, nil
		}
		err = fmt.Errorf("%s: read part %d of file %d: %w", one.name, number, id, err)
	}
	return nil, err
}
