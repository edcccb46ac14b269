package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"caveau/store/mail"
	"caveau/store/order"
)

// moved is a payment that goes back, or a part of one.
type moved struct {
	id    uint64
	part  bool
	minor int64
}

// due are the payments of an order that have to go back, parts first: after the whole of one the order is refunded.
func (l *locked) due(ctx context.Context, tx *sql.Tx) ([]moved, error) {
	var all []moved
	err := each(ctx, tx, `SELECT id, part_of IS NOT NULL AS part, minor FROM payment WHERE order_id = ? AND state = ? ORDER BY part DESC, id`, func(rows *sql.Rows) error {
		var m moved
		err := rows.Scan(&m.id, &m.part, &m.minor)
		all = append(all, m)
		return err
	}, l.id, order.Due)
	if err != nil {
		return nil, fmt.Errorf("read what is due of order %s: %w", l.number, err)
	}
	return all, nil
}

// wentBack marks a payment. An order of which no more money is due is refunded, and what is left of its invoice is taken back.
func (l *locked) wentBack(ctx context.Context, tx *sql.Tx, m moved, by order.Actor, note string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE payment SET state = ? WHERE id = ?`, order.Returned, m.id); err != nil {
		return fmt.Errorf("note a refund of order %s: %w", l.number, err)
	}
	if m.part {
		if err := l.partWentBack(ctx, tx, m.minor, by, note); err != nil {
			return err
		}
	}
	left, err := l.due(ctx, tx)
	switch {
	case err != nil:
		return err
	case l.state == order.RefundDue && len(left) == 0:
		if err := l.move(ctx, tx, order.Refunded, by, note); err != nil {
			return err
		}
		_, err := l.credit(ctx, tx, nil)
		return err
	case m.part:
		return nil
	}
	return tell(ctx, tx, l.id, l.state, string(mail.SurplusGiven), by, note)
}

// partWentBack says that a part of the order's money is on its way.
func (l *locked) partWentBack(ctx context.Context, tx *sql.Tx, minor int64, by order.Actor, note string) error {
	if err := tell(ctx, tx, l.id, l.state, string(mail.PartReturned), by, note); err != nil {
		return err
	}
	return l.write(ctx, tx, mail.PartReturned, minor, map[string]string{})
}

// write a letter about an amount to whom the order belongs, unless they were erased.
func (l *locked) write(ctx context.Context, tx *sql.Tx, topic mail.Topic, minor int64, data map[string]string) error {
	data[mail.Minor] = strconv.FormatInt(minor, 10)
	return postOrder(ctx, tx, l.id, mail.Letter{Topic: topic, Data: data})
}
