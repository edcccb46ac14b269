package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/order"
)

// Orders places orders and moves them on. Each exported method is one transaction on the primary, run until its outcome
// is known (settle.go); all of them may be called twice, and by several instances at once.
//
// What locks what, and in which order, so that nobody waits in a circle: the row of the key or of the order first,
// then for each SKU in the order of their codes the customer's allocation and the stock.
type Orders struct {
	primary  *Primary
	replicas *Replicas // nil: every read goes to the primary
	numbers  numbers
	bounds   order.Bounds
}

// NewOrders on a primary; replicas may be nil.
func NewOrders(primary *Primary, replicas *Replicas) *Orders {
	return &Orders{primary: primary, replicas: replicas, numbers: numbers{primary: primary}}
}

// locked is the row of an order, locked until the end of the transaction.
type locked struct {
	id        uint64
	number    order.Number
	state     order.State
	market    string
	warehouse string
	buyer     string
	currency  string
	total     int64
}

// lock waits for an order and keeps others from changing it. ErrUnknown where there is none.
func lock(ctx context.Context, tx *sql.Tx, number order.Number) (locked, error) {
	l := locked{number: number}
	err := tx.QueryRowContext(ctx, `SELECT id, state, market, warehouse, buyer, currency, total FROM orders WHERE number = ? FOR UPDATE`, number).
		Scan(&l.id, &l.state, &l.market, &l.warehouse, &l.buyer, &l.currency, &l.total)
	if errors.Is(err, sql.ErrNoRows) {
		return locked{}, fmt.Errorf("order %.20q: %w", number, order.ErrUnknown)
	}
	if err != nil {
		return locked{}, fmt.Errorf("lock order %s: %w", number, err)
	}
	return l, nil
}

// move brings an order into its next state and says so in its events and to the outbox.
func (l *locked) move(ctx context.Context, tx *sql.Tx, next order.State, by order.Actor, note string) error {
	if !l.state.May(next) {
		return fmt.Errorf("order %s is %s, cannot be %s: %w", l.number, l.state, next, order.ErrState)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE orders SET state = ? WHERE id = ?`, next, l.id); err != nil {
		return fmt.Errorf("write the state of order %s: %w", l.number, err)
	}
	l.state = next
	return tell(ctx, tx, l.id, next, "order."+string(next), by, note)
}

// tell writes what happened into an order's events, and a topic into the outbox.
func tell(ctx context.Context, tx *sql.Tx, id uint64, state order.State, topic string, by order.Actor, note string) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO order_event (order_id, state, actor, note) VALUES (?, ?, ?, ?)`, id, state, by, note); err != nil {
		return fmt.Errorf("write an order's event: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO outbox (topic, order_id) VALUES (?, ?)`, topic, id); err != nil {
		return fmt.Errorf("write to the outbox: %w", err)
	}
	return nil
}

// change runs work on a locked order and answers with the order's state then. Where the state is the old one it gives no
// position: the connection's last commit may be one of another order's, and reads must go to the primary.
func (o *Orders) change(ctx context.Context, number order.Number, work func(ctx context.Context, tx *sql.Tx, l *locked) error) (order.Change, error) {
	done, moved := order.Change{Number: number}, false
	position, err := o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l, err := lock(ctx, tx, number)
		if err != nil {
			return err
		}
		before := l.state
		if err := work(ctx, tx, &l); err != nil {
			return err
		}
		done.State, moved = l.state, l.state != before
		return nil
	})
	if err != nil {
		return order.Change{}, err
	}
	if moved {
		done.Position = position
	}
	return done, nil
}
