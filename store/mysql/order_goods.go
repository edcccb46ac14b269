package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"caveau/store/order"
)

// goods is so much of one SKU, with what one customer may have of it; 0 is as much as there is.
type goods struct {
	sku      string
	quantity int
	limit    int
	allotted bool // of goods that were taken: counted towards a limit
}

// take takes goods from a warehouse's stock and from the buyer's allocations, or says what is short. They come in the
// order of their SKUs. Where something is short the transaction holds a part of them and must be undone.
func take(ctx context.Context, tx *sql.Tx, warehouse, buyer string, all []goods) ([]order.Problem, error) {
	for i, g := range all {
		problem, err := allot(ctx, tx, buyer, g)
		if err != nil || problem != nil {
			return problem, err
		}
		taken, err := tx.ExecContext(ctx, `UPDATE stock SET available = available - ? WHERE sku = ? AND warehouse = ? AND available >= ?`,
			g.quantity, g.sku, warehouse, g.quantity)
		if err != nil {
			return nil, fmt.Errorf("take %d of %s from the stock: %w", g.quantity, g.sku, err)
		}
		rows, err := taken.RowsAffected()
		if err != nil {
			return nil, fmt.Errorf("take %d of %s from the stock: %w", g.quantity, g.sku, err)
		}
		if rows == 0 {
			return short(ctx, tx, warehouse, all[i:])
		}
	}
	return nil, nil
}

// allot counts goods towards what the buyer may have. Only what is limited is counted.
func allot(ctx context.Context, tx *sql.Tx, buyer string, g goods) ([]order.Problem, error) {
	if g.limit == 0 {
		return nil, nil
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO allocation_taken (sku, buyer, taken) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE taken = taken + VALUES(taken)`,
		g.sku, buyer, g.quantity); err != nil {
		return nil, fmt.Errorf("count %d of %s to an allocation: %w", g.quantity, g.sku, err)
	}
	var taken int
	if err := tx.QueryRowContext(ctx, `SELECT taken FROM allocation_taken WHERE sku = ? AND buyer = ?`, g.sku, buyer).Scan(&taken); err != nil {
		return nil, fmt.Errorf("read an allocation of %s: %w", g.sku, err)
	}
	if taken <= g.limit {
		return nil, nil
	}
	left := max(0, g.limit-(taken-g.quantity))
	return []order.Problem{{Err: order.ErrAllocation, SKU: g.sku, Asked: g.quantity, Left: left}}, nil
}

// short says which of the goods are sold out and what is left of them. The first is; if a level rose since, so
// that none is short any more, the transaction goes again: nobody is told "sold out, 5 left".
func short(ctx context.Context, tx *sql.Tx, warehouse string, all []goods) ([]order.Problem, error) {
	args := []any{warehouse}
	for _, g := range all {
		args = append(args, g.sku)
	}
	rows, err := tx.QueryContext(ctx, `SELECT sku, available FROM stock WHERE warehouse = ? AND sku IN (`+marks(len(all))+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("read what is left: %w", err)
	}
	defer rows.Close()
	left := map[string]int{}
	for rows.Next() {
		var sku string
		var available int
		if err := rows.Scan(&sku, &available); err != nil {
			return nil, fmt.Errorf("read what is left: %w", err)
		}
		left[sku] = available
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what is left: %w", err)
	}
	var problems []order.Problem
	for _, g := range all {
		if left[g.sku] < g.quantity {
			problems = append(problems, order.Problem{Err: order.ErrSoldOut, SKU: g.sku, Asked: g.quantity, Left: left[g.sku]})
		}
	}
	if len(problems) == 0 {
		return nil, errAgain
	}
	return problems, nil
}

// marks is so many placeholders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// release gives the goods of an order back to the stock and to the buyer's allocations.
func (l *locked) release(ctx context.Context, tx *sql.Tx) error {
	all, err := l.goods(ctx, tx)
	if err != nil {
		return err
	}
	lost, err := l.lost(ctx, tx)
	if err != nil {
		return err
	}
	for _, g := range all {
		g.quantity -= lost[g.sku]
		if g.quantity < 1 {
			continue
		}
		if lost[g.sku] > 0 {
			if err := l.unreserve(ctx, tx, l.warehouse, g); err != nil {
				return err
			}
			continue
		}
		if err := l.releaseAllotted(ctx, tx, g); err != nil {
			return err
		}
		if err := addStock(ctx, tx, l.warehouse, g); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE reservation SET goods = ? WHERE order_id = ? AND sku = ?`, order.Released, l.id, g.sku); err != nil {
			return fmt.Errorf("mark %s of order %s as released: %w", g.sku, l.number, err)
		}
	}
	return nil
}

// lost are bottles whose money went back while they were not for sale again, by SKU: they stay sold.
func (l *locked) lost(ctx context.Context, tx *sql.Tx) (map[string]int, error) {
	lost := map[string]int{}
	err := each(ctx, tx, `SELECT o.sku, SUM(r.quantity) FROM refund f JOIN refund_line r ON r.refund_id = f.id
		JOIN order_line o ON o.order_id = f.order_id AND o.position = r.position
		WHERE f.order_id = ? AND NOT f.restocked AND o.sku <> '' GROUP BY o.sku`, func(rows *sql.Rows) error {
		var sku string
		var units int
		err := rows.Scan(&sku, &units)
		lost[sku] = units
		return err
	}, l.id)
	if err != nil {
		return nil, fmt.Errorf("read which bottles of order %s are lost: %w", l.number, err)
	}
	return lost, nil
}

// addStock puts goods into a warehouse's stock. A row that was deleted since comes back: the bottles are there.
func addStock(ctx context.Context, tx *sql.Tx, warehouse string, g goods) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO stock (sku, warehouse, available) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE available = available + VALUES(available)`,
		g.sku, warehouse, g.quantity); err != nil {
		return fmt.Errorf("give %d of %s back to the stock: %w", g.quantity, g.sku, err)
	}
	return nil
}

// unreserve takes goods off what the order has of them, and puts them into the stock. Of a row that would have nothing left none is left.
func (l *locked) unreserve(ctx context.Context, tx *sql.Tx, warehouse string, g goods) error {
	if err := l.releaseAllotted(ctx, tx, g); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM reservation WHERE order_id = ? AND sku = ? AND warehouse = ? AND quantity = ?`, l.id, g.sku, warehouse, g.quantity)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE reservation SET quantity = quantity - ? WHERE order_id = ? AND sku = ? AND warehouse = ?`, g.quantity, l.id, g.sku, warehouse)
	}
	if err != nil {
		return fmt.Errorf("take %d of %s off order %s: %w", g.quantity, g.sku, l.number, err)
	}
	return addStock(ctx, tx, warehouse, g)
}

func (l *locked) releaseAllotted(ctx context.Context, tx *sql.Tx, g goods) error {
	if !g.allotted {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE allocation_taken SET taken = taken - LEAST(taken, ?) WHERE sku = ? AND buyer = ?`, g.quantity, g.sku, l.buyer); err != nil {
		return fmt.Errorf("give an allocation of %s back: %w", g.sku, err)
	}
	return nil
}

// mark writes where the goods of an order are now.
func (l *locked) mark(ctx context.Context, tx *sql.Tx, where order.Goods) error {
	if _, err := tx.ExecContext(ctx, `UPDATE reservation SET goods = ? WHERE order_id = ?`, where, l.id); err != nil {
		return fmt.Errorf("mark the bottles of order %s as %s: %w", l.number, where, err)
	}
	return nil
}

// goods of an order in the order of their SKUs, with the allocations that hold now where they counted then.
func (l *locked) goods(ctx context.Context, tx *sql.Tx) ([]goods, error) {
	rows, err := tx.QueryContext(ctx, `SELECT r.sku, r.quantity, r.allotted, IF(r.allotted, COALESCE(a.per_customer, 0), 0)
		FROM reservation r LEFT JOIN allocation a ON a.sku = r.sku AND a.market = ?
		WHERE r.order_id = ? ORDER BY r.sku`, l.market, l.id)
	if err != nil {
		return nil, fmt.Errorf("read the bottles of order %s: %w", l.number, err)
	}
	defer rows.Close()
	var all []goods
	for rows.Next() {
		var g goods
		if err := rows.Scan(&g.sku, &g.quantity, &g.allotted, &g.limit); err != nil {
			return nil, fmt.Errorf("read the bottles of order %s: %w", l.number, err)
		}
		all = append(all, g)
	}
	return all, rows.Err()
}
