package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/order"
)

// expireAtOnce is how many orders one call of Expire releases.
const expireAtOnce = 100

// Expire releases the bottles of orders that nobody paid in time, and returns how many orders that were; call it
// again at once when it returns a hundred. Time is the database's. Each order is a transaction of its own, so
// that a hundred orders' stock is not locked together, and several instances may do it at once: an order
// that another one has in hand is left to it.
func (o *Orders) Expire(ctx context.Context) (int, error) {
	due, err := o.due(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for reservations that have run out: %w", err)
	}
	released := 0
	for _, id := range due {
		expired := false
		_, err := o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			expired, err = expire(ctx, tx, id)
			return err
		})
		if err != nil {
			return released, fmt.Errorf("release the bottles of order %d: %w", id, err)
		}
		if expired {
			released++
		}
	}
	return released, nil
}

// due lists orders whose reservations have run out, the oldest first.
func (o *Orders) due(ctx context.Context) ([]uint64, error) {
	rows, err := o.primary.db.QueryContext(ctx, `SELECT order_id FROM reservation WHERE goods = ? AND expires_at <= UTC_TIMESTAMP(6)
		GROUP BY order_id ORDER BY MIN(expires_at) LIMIT ?`, order.Held, expireAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var due []uint64
	for rows.Next() {
		var id uint64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		due = append(due, id)
	}
	return due, rows.Err()
}

// expire releases one order unless it was paid, released or taken in hand by another meanwhile.
func expire(ctx context.Context, tx *sql.Tx, id uint64) (bool, error) {
	var number order.Number
	err := tx.QueryRowContext(ctx, `SELECT number FROM orders WHERE id = ? AND state = ? AND expires_at <= UTC_TIMESTAMP(6) FOR UPDATE SKIP LOCKED`,
		id, order.Awaiting).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	l, err := lock(ctx, tx, number)
	if err != nil {
		return false, err
	}
	return true, l.callOff(ctx, tx, order.Expired, order.Clock, "")
}

// GiveUp is the shopper's own Cancel, instead of paying: the bottles are released at once. Money that comes nevertheless, from
// another tab, goes back: they said that they do not want the wine.
func (o *Orders) GiveUp(ctx context.Context, number order.Number) (order.Change, error) {
	return o.callOff(ctx, number, order.Cancelled, order.Shopper, "given up by the shopper")
}

// Cancel calls an order off before money came. Money that comes nevertheless goes back. An order that is paid is
// refunded instead: order.ErrState.
func (o *Orders) Cancel(ctx context.Context, number order.Number, by order.Actor, note string) (order.Change, error) {
	return o.callOff(ctx, number, order.Cancelled, by, note)
}

func (o *Orders) callOff(ctx context.Context, number order.Number, next order.State, by order.Actor, note string) (order.Change, error) {
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		if l.state == next {
			return nil
		}
		return l.callOff(ctx, tx, next, by, note)
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("call order %.20s off: %w", number, err)
	}
	return done, nil
}

// callOff ends an order that waits for money: bottles back, payment void.
func (l *locked) callOff(ctx context.Context, tx *sql.Tx, next order.State, by order.Actor, remark string) error {
	if err := l.move(ctx, tx, next, by, remark); err != nil {
		return err
	}
	if err := l.payments(ctx, tx, order.Asked, order.Void); err != nil {
		return err
	}
	if err := l.recall(ctx, tx); err != nil {
		return err
	}
	return l.release(ctx, tx)
}
