package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"caveau/store/order"
)

// numberBlock is how many numbers of a market an instance takes at a time. What it has not used when it stops is a gap.
const numberBlock = 20

// numbers hands out the numbers of orders. They are drawn before the order's transaction begins.
type numbers struct {
	primary *Primary

	mu     sync.Mutex
	blocks map[string]block
}

type block struct{ next, end uint64 }

// draw the next number of a market.
func (n *numbers) draw(ctx context.Context, market string) (order.Number, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	b := n.blocks[market]
	if b.next == b.end {
		var err error
		if b, err = n.take(ctx, market); err != nil {
			return "", fmt.Errorf("draw a number for an order in %s: %w", market, err)
		}
	}
	drawn := order.NumberOf(market, b.next)
	b.next++
	if n.blocks == nil {
		n.blocks = map[string]block{}
	}
	n.blocks[market] = b
	return drawn, nil
}

// take a block from the market's counter. An answer that is lost is a gap and nothing worse.
func (n *numbers) take(ctx context.Context, market string) (block, error) {
	var first int64
	_, err := n.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// LAST_INSERT_ID(next) is the counter before the update, and comes back with the answer.
		taken, err := tx.ExecContext(ctx, `UPDATE order_number SET next = LAST_INSERT_ID(next) + ? WHERE market = ?`, numberBlock, market)
		if err != nil {
			return err
		}
		if first, err = taken.LastInsertId(); err != nil || first != 0 {
			return err
		}
		first = order.FirstNumber
		_, err = tx.ExecContext(ctx, `INSERT INTO order_number (market, next) VALUES (?, ?)`, market, first+numberBlock)
		if isDuplicate(err) {
			return errAgain // another instance began this market at the same moment
		}
		return err
	})
	if err != nil {
		return block{}, err
	}
	return block{uint64(first), uint64(first) + numberBlock}, nil
}
