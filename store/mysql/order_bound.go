package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"caveau/store/order"
)

// Bound is Orders that let nobody hoard: it refuses what would leave a buyer with more unpaid orders by bank transfer, or more
// units in them, than the bounds say. Without it there are none.
func (o *Orders) Bound(b order.Bounds) *Orders {
	o.bounds = b
	return o
}

// longHold is how long after its placing an order is held that is paid by transfer, or was to be: no payment page holds it so long.
const longHold = 24 * time.Hour

// hoards says why a buyer may not order more before he has paid. The buyer's own row is locked first, so that of two orders at once
// the second counts the first.
func (o *Orders) hoards(ctx context.Context, tx *sql.Tx, r order.Request) ([]order.Problem, error) {
	if o.bounds == (order.Bounds{}) || r.Method != order.Transfer {
		return nil, nil
	}
	buyer := r.Buyer()
	if _, err := tx.ExecContext(ctx, `INSERT INTO buyer_turn (buyer) VALUES (?) ON DUPLICATE KEY UPDATE buyer = buyer`, buyer); err != nil {
		return nil, fmt.Errorf("wait for the buyer's turn: %w", err)
	}
	var held order.Bounds
	err := tx.QueryRowContext(ctx, `SELECT COUNT(DISTINCT o.id), COALESCE(SUM(r.quantity), 0) FROM orders o JOIN reservation r ON r.order_id = o.id
		WHERE o.buyer = ? AND o.state = ? AND o.expires_at > o.placed_at + INTERVAL ? SECOND`, buyer, order.Awaiting, int(longHold.Seconds())).Scan(&held.Orders, &held.Units)
	if err != nil {
		return nil, fmt.Errorf("count what the buyer has not paid: %w", err)
	}
	return o.bounds.Check(held, r), nil
}
