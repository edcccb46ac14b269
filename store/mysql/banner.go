package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"caveau/store/catalog"
)

const readBanners = `SELECT code, locale, words, kind, page_code, year, starts, ends FROM banner ORDER BY code, locale`

func scanBanner(r interface{ Scan(...any) error }) (row catalog.BannerRow, err error) {
	err = r.Scan(&row.Code, &row.Locale, &row.Words, &row.Page.Kind, &row.Page.Code, &row.Page.Year, &row.Starts, &row.Ends)
	return row, err
}

// BannersImported counts what ImportBanners did, or would do.
type BannersImported struct{ Inserted, Updated, Deleted int }

// Nothing says that the table already held the banners.
func (i BannersImported) Nothing() bool { return i.Inserted+i.Updated+i.Deleted == 0 }

// ErrNoSuchPage says that a banner leads to a page that is not there.
var ErrNoSuchPage = errors.New("no such page")

// ImportBanners makes the table hold these banners and no others, in one transaction; dry takes it back at the end. Every page that a
// banner leads to has to be there. A second run writes nothing.
func (p *Primary) ImportBanners(ctx context.Context, banners []catalog.BannerRow, dry bool) (done BannersImported, err error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return done, fmt.Errorf("import banners: begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	have, err := bannersIn(ctx, tx)
	if err != nil {
		return done, fmt.Errorf("import banners: %w", err)
	}
	for _, b := range banners {
		key := [2]string{b.Code, b.Locale}
		old, found := have[key]
		delete(have, key)
		if found && sameBanner(old, b) {
			continue
		}
		if found {
			done.Updated++
		} else {
			done.Inserted++
		}
		if err := writeBanner(ctx, tx, b); err != nil {
			return done, fmt.Errorf("import banners: %s for %s: %w", b.Code, b.Locale, err)
		}
	}
	for key := range have {
		done.Deleted++
		if _, err := tx.ExecContext(ctx, `DELETE FROM banner WHERE code = ? AND locale = ?`, key[0], key[1]); err != nil {
			return done, fmt.Errorf("import banners: drop %s for %s: %w", key[0], key[1], err)
		}
	}
	if dry {
		return done, nil
	}
	if err := tx.Commit(); err != nil {
		return done, fmt.Errorf("import banners: commit: %w", err)
	}
	return done, nil
}

func bannersIn(ctx context.Context, tx *sql.Tx) (map[[2]string]catalog.BannerRow, error) {
	rows, err := tx.QueryContext(ctx, readBanners)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[[2]string]catalog.BannerRow{}
	for rows.Next() {
		b, err := scanBanner(rows)
		if err != nil {
			return nil, err
		}
		have[[2]string{b.Code, b.Locale}] = b
	}
	return have, rows.Err()
}

// sameBanner compares what the table keeps: times to the second.
func sameBanner(a, b catalog.BannerRow) bool {
	same := a.Starts.Truncate(time.Second).Equal(b.Starts.Truncate(time.Second)) && a.Ends.Truncate(time.Second).Equal(b.Ends.Truncate(time.Second))
	return same && a.Words == b.Words && a.Page == b.Page
}

func writeBanner(ctx context.Context, tx *sql.Tx, b catalog.BannerRow) error {
	if b.Page.Kind != "" {
		there := false
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM page WHERE kind = ? AND code = ? AND year = ? AND NOT gone)`,
			string(b.Page.Kind), b.Page.Code, b.Page.Year).Scan(&there); err != nil {
			return err
		}
		if !there {
			return fmt.Errorf("it leads to %s: %w", b.Page, ErrNoSuchPage)
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO banner (code, locale, words, kind, page_code, year, starts, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON DUPLICATE KEY UPDATE words = VALUES(words), kind = VALUES(kind), page_code = VALUES(page_code), year = VALUES(year), starts = VALUES(starts), ends = VALUES(ends)`,
		b.Code, b.Locale, b.Words, string(b.Page.Kind), b.Page.Code, b.Page.Year, b.Starts.UTC(), b.Ends.UTC())
	return err
}
