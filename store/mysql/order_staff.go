package mysql

import (
	"context"
	"database/sql"
	"fmt"

	"caveau/store/order"
)

// Ship notes that an order left the house; tracking is the carrier's number and may be empty.
func (o *Orders) Ship(ctx context.Context, number order.Number, by order.Actor, tracking string) (order.Change, error) {
	return o.advance(ctx, number, order.Shipped, by, tracking)
}

// Deliver notes that an order arrived.
func (o *Orders) Deliver(ctx context.Context, number order.Number, by order.Actor, note string) (order.Change, error) {
	return o.advance(ctx, number, order.Delivered, by, note)
}

// Refund decides that the money of a paid order goes back. Bottles that have not left the house are free again;
// those that have come back as stock that the warehouse receives.
func (o *Orders) Refund(ctx context.Context, number order.Number, by order.Actor, why string) (order.Change, error) {
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		if l.state == order.RefundDue || l.state == order.Refunded {
			return nil
		}
		return l.refund(ctx, tx, by, why)
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("refund order %.20s: %w", number, err)
	}
	return done, nil
}

func (l *locked) refund(ctx context.Context, tx *sql.Tx, by order.Actor, why string) error {
	if !l.state.Sold() { // a payment that comes late leads to RefundDue as well, a decision does not
		return fmt.Errorf("order %s is %s, nothing to refund: %w", l.number, l.state, order.ErrState)
	}
	inHouse := l.state == order.Paid
	if err := l.move(ctx, tx, order.RefundDue, by, why); err != nil {
		return err
	}
	if err := l.payments(ctx, tx, order.Received, order.Due); err != nil {
		return err
	}
	if !inHouse {
		return nil
	}
	return l.release(ctx, tx)
}

// Refunded notes that the money that was due went back: that of an order which is RefundDue, or a surplus payment of
// any other, which stays in its state.
func (o *Orders) Refunded(ctx context.Context, number order.Number, by order.Actor, note string) (order.Change, error) {
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		due, err := l.due(ctx, tx)
		if err != nil {
			return err
		}
		for _, m := range due {
			if err := l.wentBack(ctx, tx, m, by, note); err != nil {
				return err
			}
		}
		if len(due) > 0 {
			return nil
		}
		return l.wasReturned(ctx, tx)
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("note the refund of order %.20s: %w", number, err)
	}
	return done, nil
}

// wasReturned is nil when money of the order went back before, so that noting it twice is no error.
func (l *locked) wasReturned(ctx context.Context, tx *sql.Tx) error {
	var returned int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM payment WHERE order_id = ? AND state = ?`, l.id, order.Returned).Scan(&returned)
	if err != nil {
		return fmt.Errorf("read the payments of order %s: %w", l.number, err)
	}
	if returned == 0 {
		return fmt.Errorf("order %s is %s and no money is due back: %w", l.number, l.state, order.ErrState)
	}
	return nil
}

// payments of an order in one state go to another.
func (l *locked) payments(ctx context.Context, tx *sql.Tx, from, to order.PaymentState) error {
	_, err := tx.ExecContext(ctx, `UPDATE payment SET state = ? WHERE order_id = ? AND state = ?`, to, l.id, from)
	if err != nil {
		return fmt.Errorf("write the payments of order %s: %w", l.number, err)
	}
	return nil
}

// advance moves an order without touching bottles or money.
func (o *Orders) advance(ctx context.Context, number order.Number, next order.State, by order.Actor, note string) (order.Change, error) {
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		if l.state == next {
			return nil
		}
		return l.move(ctx, tx, next, by, note)
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("order %.20s: %w", number, err)
	}
	return done, nil
}
