package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"caveau/store/stock"
)

// StockLog is the stock log as the replicas have it. It implements stock.Log.
type StockLog struct{ replicas *Replicas }

// NewStockLog reads from replicas.
func NewStockLog(replicas *Replicas) *StockLog { return &StockLog{replicas} }

// sinceLimit bounds one answer; a feed that rewrites every level comes in several.
const sinceLimit = 5000

// recent is how far below the highest id an open transaction may have reserved its ids.
const recent = 1000

// Since implements stock.Log.
func (l *StockLog) Since(ctx context.Context, attempt int, after uint64, ids []uint64) (events []stock.Event, more bool, err error) {
	one, err := l.replicas.pick(attempt)
	if err != nil {
		return nil, false, err
	}
	rows, err := one.db.QueryContext(ctx, sinceQuery(after, ids))
	if err != nil {
		return nil, false, fmt.Errorf("%s: read the stock log: %w", one.name, err)
	}
	defer rows.Close()
	for rows.Next() {
		var e stock.Event
		if err := rows.Scan(&e.ID, &e.SKU, &e.Warehouse, &e.Available); err != nil {
			return nil, false, fmt.Errorf("%s: read the stock log: %w", one.name, err)
		}
		events = append(events, e)
	}
	if err := rows.Err(); err != nil {
		return nil, false, fmt.Errorf("%s: read the stock log: %w", one.name, err)
	}
	return events, len(events) == sinceLimit, nil
}

// sinceQuery holds numbers of ours only. It is a range and some points of the primary key.
func sinceQuery(after uint64, ids []uint64) string {
	return "SELECT id, sku, warehouse, available FROM stock_event WHERE " + since(after, ids) + " ORDER BY id LIMIT " + strconv.Itoa(sinceLimit)
}

// since is the condition for the rows of a log behind a position.
func since(after uint64, ids []uint64) string {
	b := strconv.AppendUint([]byte("id > "), after, 10)
	for i, id := range ids {
		if i == 0 {
			b = append(b, " OR id IN ("...)
		} else {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, id, 10)
	}
	if len(ids) > 0 {
		b = append(b, ')')
	}
	return string(b)
}

// All implements stock.Log.
func (l *StockLog) All(ctx context.Context) (levels []stock.Level, last []uint64, err error) {
	err = l.replicas.consistent(ctx, func(tx *sql.Tx) error {
		if last, err = lastIDs(ctx, tx, "stock_event"); err != nil {
			return err
		}
		levels, err = stockLevels(ctx, tx)
		return err
	})
	return levels, last, err
}

// lastIDs are the ids at the end of a log.
func lastIDs(ctx context.Context, tx *sql.Tx, log string) ([]uint64, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id FROM `+log+` ORDER BY id DESC LIMIT ?`, recent)
	if err != nil {
		return nil, fmt.Errorf("read the end of %s: %w", log, err)
	}
	defer rows.Close()
	var ids []uint64
	for rows.Next() {
		var id uint64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read the end of %s: %w", log, err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func stockLevels(ctx context.Context, tx *sql.Tx) ([]stock.Level, error) {
	rows, err := tx.QueryContext(ctx, `SELECT sku, warehouse, available FROM stock`)
	if err != nil {
		return nil, fmt.Errorf("read the stock: %w", err)
	}
	defer rows.Close()
	var levels []stock.Level
	for rows.Next() {
		var l stock.Level
		if err := rows.Scan(&l.SKU, &l.Warehouse, &l.Available); err != nil {
			return nil, fmt.Errorf("read the stock: %w", err)
		}
		levels = append(levels, l)
	}
	return levels, rows.Err()
}
