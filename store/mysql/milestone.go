package mysql

import (
	"context"
	"database/sql"
	"fmt"

	"caveau/store/ledger"
	"caveau/store/order"
)

const milestoneColumns = `m.id, m.campaign, m.wine, m.year, m.number, m.sku, m.kind, m.planned, COALESCE(CAST(m.day AS CHAR), ''), m.source, m.actor, m.at`

func scanMilestone(rows *sql.Rows, more ...any) (ledger.Milestone, error) {
	var m ledger.Milestone
	err := rows.Scan(append(more, &m.ID, &m.Scope.Campaign, &m.Scope.Wine, &m.Scope.Year, &m.Scope.Order, &m.Scope.SKU, &m.Kind, &m.Planned, &m.Day, &m.Source, &m.Actor, &m.At)...)
	return m, err
}

// Milestones are those about the primeurs of an order, by SKU: what was said of the line, of the order, of its vintage, of its campaign.
func (o *Orders) Milestones(ctx context.Context, number order.Number) (map[string][]ledger.Milestone, error) {
	found := map[string][]ledger.Milestone{}
	err := o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) error {
		clear(found)
		return each(ctx, tx, `WITH line AS (
				SELECT o.number, l.sku, w.code AS wine, v.year, s.campaign
				FROM orders o JOIN order_line l ON l.order_id = o.id AND l.sale_type = 'primeur'
				LEFT JOIN sku s ON s.code = l.sku LEFT JOIN vintage v ON v.id = s.vintage_id LEFT JOIN wine w ON w.id = v.wine_id
				WHERE o.number = ?)
			SELECT line.sku, `+milestoneColumns+` FROM line JOIN milestone m ON m.number = line.number AND m.sku IN ('', line.sku)
			UNION ALL SELECT line.sku, `+milestoneColumns+` FROM line JOIN milestone m ON m.wine = line.wine AND m.year = line.year
			UNION ALL SELECT line.sku, `+milestoneColumns+` FROM line JOIN milestone m ON m.campaign = line.campaign AND m.campaign <> ''
			ORDER BY 2`, func(rows *sql.Rows) error {
			var sku string
			m, err := scanMilestone(rows, &sku)
			found[sku] = append(found[sku], m)
			return err
		}, number)
	})
	if err != nil {
		return nil, fmt.Errorf("read the milestones of order %.20q: %w", number, err)
	}
	return found, nil
}

// LogMilestone writes a row of the ledger, and says how many lines of orders it is about. dry only says it. A scope that is not there is
// ledger.ErrScope.
func (o *Orders) LogMilestone(ctx context.Context, m ledger.Milestone, dry bool) (lines int, err error) {
	_, err = o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		exists, err := milestoneScope(ctx, tx, m.Scope)
		if err != nil {
			return err
		}
		if !exists {
			return fmt.Errorf("%s is not there: %w", m.Scope, ledger.ErrScope)
		}
		if lines, err = milestoneLines(ctx, tx, m.Scope); err != nil || dry {
			return err
		}
		return writeMilestone(ctx, tx, m)
	})
	if err != nil {
		return 0, fmt.Errorf("log a milestone: %w", err)
	}
	return lines, nil
}

func milestoneScope(ctx context.Context, tx *sql.Tx, s ledger.Scope) (exists bool, err error) {
	switch {
	case s.Campaign != "":
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM campaign WHERE code = ?)`, s.Campaign).Scan(&exists)
	case s.Wine != "":
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM wine w JOIN vintage v ON v.wine_id = w.id WHERE w.code = ? AND v.year = ?)`, s.Wine, s.Year).Scan(&exists)
	default:
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM orders o JOIN order_line l ON l.order_id = o.id AND l.sale_type = 'primeur'
			WHERE o.number = ? AND (? = '' OR l.sku = ?))`, s.Order, s.SKU, s.SKU).Scan(&exists)
	}
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", s, err)
	}
	return exists, nil
}

// milestoneLines counts the lines of orders that a scope is about.
func milestoneLines(ctx context.Context, tx *sql.Tx, s ledger.Scope) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM order_line l JOIN orders o ON o.id = l.order_id
		LEFT JOIN sku s ON s.code = l.sku LEFT JOIN vintage v ON v.id = s.vintage_id LEFT JOIN wine w ON w.id = v.wine_id
		WHERE l.sale_type = 'primeur' AND CASE WHEN ? <> '' THEN s.campaign = ? WHEN ? <> '' THEN w.code = ? AND v.year = ? ELSE o.number = ? AND ? IN ('', l.sku) END`,
		s.Campaign, s.Campaign, s.Wine, s.Wine, s.Year, s.Order, s.SKU).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the lines that %s is about: %w", s, err)
	}
	return n, nil
}

func writeMilestone(ctx context.Context, tx *sql.Tx, m ledger.Milestone) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO milestone (campaign, wine, year, number, sku, kind, planned, day, source, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.Scope.Campaign, m.Scope.Wine, m.Scope.Year, m.Scope.Order, m.Scope.SKU, m.Kind, m.Planned, sql.NullString{String: string(m.Day), Valid: m.Day != ""}, m.Source, m.Actor)
	if err != nil {
		return fmt.Errorf("write a milestone: %w", err)
	}
	return nil
}

// MilestoneLog lists the rows about a scope, as they were written.
func (o *Orders) MilestoneLog(ctx context.Context, s ledger.Scope) (found []ledger.Milestone, err error) {
	err = o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) error {
		found = nil
		return each(ctx, tx, `SELECT `+milestoneColumns+` FROM milestone m WHERE m.campaign = ? AND m.wine = ? AND m.year = ? AND m.number = ? AND ? IN ('', m.sku) ORDER BY m.id`,
			func(rows *sql.Rows) error {
				m, err := scanMilestone(rows)
				found = append(found, m)
				return err
			}, s.Campaign, s.Wine, s.Year, s.Order, s.SKU)
	})
	if err != nil {
		return nil, fmt.Errorf("read the log about %s: %w", s, err)
	}
	return found, nil
}

// ImportMilestones writes those of a demonstration that are not there yet, and says how many. A row that somebody corrected is not
// written again: the log has it.
func (p *Primary) ImportMilestones(ctx context.Context, list []ledger.Milestone) (written int, err error) {
	_, err = p.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		written = 0
		for _, m := range list {
			done, err := tx.ExecContext(ctx, `INSERT INTO milestone (campaign, wine, year, kind, planned, day, source, actor)
				SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM milestone WHERE campaign = ? AND wine = ? AND year = ? AND kind = ? AND planned = ? AND source = ?)`,
				m.Scope.Campaign, m.Scope.Wine, m.Scope.Year, m.Kind, m.Planned, m.Day, m.Source, m.Actor,
				m.Scope.Campaign, m.Scope.Wine, m.Scope.Year, m.Kind, m.Planned, m.Source)
			if err != nil {
				return fmt.Errorf("write a milestone: %w", err)
			}
			rows, err := done.RowsAffected()
			if err != nil {
				return err
			}
			written += int(rows)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("import milestones: %w", err)
	}
	return written, nil
}
