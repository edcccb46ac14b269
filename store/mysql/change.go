package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"caveau/store/preview"
)

// Changes are the dated changes after one moment and up to another, in the order of time: prices of all markets, banners, releases.
func (c *Catalogue) Changes(ctx context.Context, from, to time.Time) ([]preview.Change, error) {
	var out []preview.Change
	err := c.replicas.consistent(ctx, func(tx *sql.Tx) error {
		out = nil
		rows, err := tx.QueryContext(ctx, `
			SELECT p.valid_from AS at, 'price', p.market, '', w.code, v.year, s.code
			FROM price p JOIN sku s ON s.id = p.sku_id JOIN vintage v ON v.id = s.vintage_id JOIN wine w ON w.id = v.wine_id
			WHERE p.valid_from > ? AND p.valid_from <= ? AND NOT s.withdrawn
			UNION ALL SELECT starts, 'banner', '', locale, code, 0, '' FROM banner WHERE starts > ? AND starts <= ?
			UNION ALL SELECT ends, 'banner', '', locale, code, 0, '' FROM banner WHERE ends > ? AND ends <= ?
			UNION ALL SELECT opens, 'release', '', '', code, year, '' FROM campaign WHERE opens > ? AND opens <= ?
			ORDER BY 1, 2, 5, 6, 7, 3`, from.UTC(), to.UTC(), from.UTC(), to.UTC(), from.UTC(), to.UTC(), from.UTC(), to.UTC())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var one preview.Change
			if err := rows.Scan(&one.At, &one.What, &one.Market, &one.Locale, &one.Code, &one.Year, &one.SKU); err != nil {
				return err
			}
			out = append(out, one)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read what changes: %w", err)
	}
	return out, nil
}
