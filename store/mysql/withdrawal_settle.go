package mysql

import (
	"context"
	"database/sql"
	"fmt"

	"caveau/store/order"
	"caveau/store/withdrawal"
)

// Settled is what was decided on the statements about an order.
type Settled struct {
	order.Change
	Refund  withdrawal.Refund
	Settled []withdrawal.Record // those that were settled now
	Back    int                 // units that are back in the stock now
}

// SettleWithdrawals decides on the money of all open statements about an order, and takes bottles back into the stock where returned
// says that they came back. What was paid goes back as by RefundPart; an order that waits for money is Cancelled. Bottles that have not
// left the house are free at once. The second time it changes nothing, but that bottles may come back later than the decision.
func (o *Orders) SettleWithdrawals(ctx context.Context, number order.Number, by order.Actor, note string, returned bool) (Settled, error) {
	var out Settled
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		out = Settled{}
		s := settling{locked: l, by: by, note: note}
		return s.settle(ctx, tx, &out, returned)
	})
	if err != nil {
		return Settled{}, fmt.Errorf("settle the withdrawals of order %.20s: %w", number, err)
	}
	out.Change = done
	return out, nil
}

type settling struct {
	*locked
	by   order.Actor
	note string
}

func (s settling) settle(ctx context.Context, tx *sql.Tx, out *Settled, returned bool) error {
	found, err := readOrder(ctx, tx, s.number)
	if err != nil {
		return err
	}
	records, err := readStatements(ctx, tx, `w.order_id = ?`, s.id)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return fmt.Errorf("nobody has withdrawn from order %s: %w", s.number, order.ErrState)
	}
	taken, err := s.taken(ctx, tx)
	if err != nil {
		return err
	}
	out.Refund = withdrawal.Due(found, records, taken)
	for _, r := range records {
		if !r.Settled {
			out.Settled = append(out.Settled, r)
		}
	}
	if len(out.Settled) > 0 {
		if err := s.decide(ctx, tx, out); err != nil {
			return err
		}
	}
	if returned {
		out.Back, err = s.takeBack(ctx, tx, found, records)
	}
	return err
}

// taken is how many units of each line the money went back for, by position.
func (s settling) taken(ctx context.Context, tx *sql.Tx) (map[int]int, error) {
	taken := map[int]int{}
	err := each(ctx, tx, `SELECT l.position, SUM(l.quantity) FROM refund_line l JOIN refund f ON f.id = l.refund_id WHERE f.order_id = ? GROUP BY l.position`, func(rows *sql.Rows) error {
		var position, units int
		err := rows.Scan(&position, &units)
		taken[position] = units
		return err
	}, s.id)
	if err != nil {
		return nil, fmt.Errorf("read what went back of order %s: %w", s.number, err)
	}
	return taken, nil
}

// decide writes the amount with the first statement that it is for, and lets it go back.
func (s settling) decide(ctx context.Context, tx *sql.Tx, out *Settled) error {
	if s.state == order.Awaiting && !out.Refund.Whole {
		return fmt.Errorf("order %s waits for money, of a part there is nothing to pay back yet: %w", s.number, order.ErrState)
	}
	if !s.state.Sold() { // nothing was paid, or all of it goes back already
		out.Refund.Total.Minor = 0
	}
	inHouse := s.state == order.Paid
	amount := out.Refund.Total
	for _, r := range out.Settled {
		if err := s.step(ctx, tx, r.ID, "settled", amount.Minor); err != nil {
			return err
		}
		if inHouse {
			if err := s.step(ctx, tx, r.ID, "returned", 0); err != nil {
				return err
			}
		}
		amount.Minor = 0
	}
	switch {
	case s.state == order.Awaiting:
		return s.callOff(ctx, tx, order.Cancelled, s.by, cut("withdrawal settled. "+s.note))
	case out.Refund.Total.Minor > 0:
		_, err := s.refundPart(ctx, tx, order.Refund{Reference: out.Settled[0].Reference(), Parts: out.Refund.Parts(), Restock: inHouse, By: s.by, Note: s.note})
		return err
	default:
		return tell(ctx, tx, s.id, s.state, "order.withdrawn", s.by, cut("withdrawal settled, nothing goes back. "+s.note))
	}
}

// takeBack puts what was withdrawn into the stock, once for each statement: bottles that the warehouse received. Those of an order that
// was called off or refunded before it left the house are in the stock already; the rest of one that waits in the house has not come back.
func (s settling) takeBack(ctx context.Context, tx *sql.Tx, found order.Order, records []withdrawal.Record) (int, error) {
	if s.state == order.Awaiting || s.state == order.Paid {
		return 0, fmt.Errorf("order %s has not left the house, no bottle can have come back: %w", s.number, order.ErrState)
	}
	var released int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM reservation WHERE order_id = ? AND goods = ?`, s.id, order.Released).Scan(&released); err != nil {
		return 0, fmt.Errorf("read where the bottles are: %w", err)
	}
	back := 0
	for _, r := range records {
		var known int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM withdrawal_step WHERE withdrawal_id = ? AND step = 'returned'`, r.ID).Scan(&known); err != nil {
			return 0, fmt.Errorf("read what came back: %w", err)
		}
		if known > 0 {
			continue
		}
		if err := s.step(ctx, tx, r.ID, "returned", 0); err != nil {
			return 0, err
		}
		if released > 0 {
			continue
		}
		for _, l := range r.Lines {
			if err := addStock(ctx, tx, s.warehouse, goods{sku: found.Lines[l.Position-1].SKU, quantity: l.Counted}); err != nil {
				return 0, err
			}
			back += l.Counted
		}
	}
	return back, nil
}

func (s settling) step(ctx context.Context, tx *sql.Tx, id uint64, step string, minor int64) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO withdrawal_step (withdrawal_id, step, minor, currency, actor, note) VALUES (?, ?, ?, ?, ?, ?)`,
		id, step, minor, s.currency, s.by, cut(s.note)); err != nil {
		return fmt.Errorf("write what became of a withdrawal: %w", err)
	}
	return nil
}

// SettleUnmatched closes a statement that fits no order, with what the staff did about it. The second time it changes nothing.
func (o *Orders) SettleUnmatched(ctx context.Context, id uint64, by order.Actor, note string) error {
	_, err := o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, err := readStatement(ctx, tx, `w.id = ? AND w.order_id = 0`, id)
		if err != nil || r.Settled {
			return err
		}
		s := settling{locked: &locked{}, by: by, note: note}
		if err := s.step(ctx, tx, id, "settled", 0); err != nil && !isDuplicate(err) {
			return err
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle statement %d: %w", id, err)
	}
	return nil
}

// cut a remark to what fits, between characters.
func cut(s string) string {
	most := order.MaxNote
	if len(s) <= most {
		return s
	}
	for most > 0 && s[most]&0xC0 == 0x80 {
		most--
	}
	return s[:most]
}
