package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"caveau/store/invoice"
	"caveau/store/mail"
	"caveau/store/money"
	"caveau/store/order"
)

// RefundPart gives back the money for some lines of a paid order: a payment that is due back, a credit note for exactly these units and
// a letter with it. Whoever takes the order's money back (the provider, or a person at the bank) finds the payment by its state. Where
// nothing is left of the order it is RefundDue, as if all of it had been decided on.
//
// The same reference again changes nothing; with other lines it is order.ErrReceipt. Units that went back before are
// order.ErrQuantity, more money than there is order.ErrAmount, an order that is not paid order.ErrState.
func (o *Orders) RefundPart(ctx context.Context, number order.Number, r order.Refund) (order.GivenBack, error) {
	if err := r.Check(); err != nil {
		return order.GivenBack{}, err
	}
	var out order.GivenBack
	done, err := o.change(ctx, number, func(ctx context.Context, tx *sql.Tx, l *locked) (err error) {
		out, err = l.refundPart(ctx, tx, r)
		return err
	})
	if err != nil {
		return order.GivenBack{}, fmt.Errorf("refund a part of order %.20s: %w", number, err)
	}
	out.Change = done
	return out, nil
}

func (l *locked) refundPart(ctx context.Context, tx *sql.Tx, r order.Refund) (order.GivenBack, error) {
	known, again, err := l.decided(ctx, tx, r)
	if err != nil || again {
		return known, err
	}
	if !l.state.Sold() {
		return order.GivenBack{}, fmt.Errorf("order %s is %s, nothing to refund: %w", l.number, l.state, order.ErrState)
	}
	whole, earlier, err := l.papers(ctx, tx)
	if err != nil {
		return order.GivenBack{}, err
	}
	note, err := invoice.TakeBack(whole, earlier, r.Parts, "", time.Time{})
	if err != nil {
		return order.GivenBack{}, err
	}
	out := order.GivenBack{Amount: note.Sums.Total, Whole: sameParts(r.Parts, whole.Left(earlier))}
	paid, err := l.paidFor(ctx, tx, out.Amount)
	if err != nil {
		return order.GivenBack{}, err
	}
	if err := l.decide(ctx, tx, r, out.Amount); err != nil {
		return order.GivenBack{}, err
	}
	why := cut(fmt.Sprintf("refund %s: %s goes back. %s", r.Reference, out.Amount, r.Note))
	if out.Whole {
		return out, l.refundRest(ctx, tx, r, note, why)
	}
	if r.Restock {
		if err := l.restock(ctx, tx, note.Lines); err != nil {
			return order.GivenBack{}, err
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO payment (order_id, method, minor, currency, state, part_of) SELECT order_id, method, ?, currency, ?, id FROM payment WHERE id = ?`,
		out.Amount.Minor, order.Due, paid); err != nil {
		return order.GivenBack{}, fmt.Errorf("write what goes back of order %s: %w", l.number, err)
	}
	if err := tell(ctx, tx, l.id, l.state, "order.part_refund", r.By, why); err != nil {
		return order.GivenBack{}, err
	}
	return out, l.creditPart(ctx, tx, r.Parts, out.Amount)
}

// decided is what became of a decision that was taken before.
func (l *locked) decided(ctx context.Context, tx *sql.Tx, r order.Refund) (order.GivenBack, bool, error) {
	out := order.GivenBack{Again: true, Amount: money.Of(0, money.Currency(l.currency)), Whole: l.state == order.RefundDue || l.state == order.Refunded}
	var id uint64
	err := tx.QueryRowContext(ctx, `SELECT id, minor FROM refund WHERE order_id = ? AND reference = ?`, l.id, r.Reference).Scan(&id, &out.Amount.Minor)
	if errors.Is(err, sql.ErrNoRows) {
		return order.GivenBack{}, false, nil
	}
	if err != nil {
		return order.GivenBack{}, false, fmt.Errorf("look for a refund: %w", err)
	}
	var before []order.Part
	err = each(ctx, tx, `SELECT position - 1, quantity FROM refund_line WHERE refund_id = ?`, func(rows *sql.Rows) error {
		var p order.Part
		err := rows.Scan(&p.Line, &p.Quantity)
		before = append(before, p)
		return err
	}, id)
	if err == nil && !sameParts(before, r.Parts) {
		err = fmt.Errorf("refund %q was of other lines: %w", r.Reference, order.ErrReceipt)
	}
	return out, true, err
}

func sameParts(a, b []order.Part) bool {
	byLine := func(p, q order.Part) int { return p.Line - q.Line }
	return slices.Equal(slices.SortedFunc(slices.Values(a), byLine), slices.SortedFunc(slices.Values(b), byLine))
}

// decide writes the decision down.
func (l *locked) decide(ctx context.Context, tx *sql.Tx, r order.Refund, amount money.Amount) error {
	written, err := tx.ExecContext(ctx, `INSERT INTO refund (order_id, reference, minor, restocked, actor, note) VALUES (?, ?, ?, ?, ?, ?)`,
		l.id, r.Reference, amount.Minor, r.Restock, r.By, cut(r.Note))
	if err != nil {
		return fmt.Errorf("write a refund of order %s: %w", l.number, err)
	}
	id, err := written.LastInsertId()
	if err != nil {
		return fmt.Errorf("write a refund of order %s: %w", l.number, err)
	}
	for _, p := range r.Parts {
		if _, err := tx.ExecContext(ctx, `INSERT INTO refund_line (refund_id, position, quantity) VALUES (?, ?, ?)`, id, p.Line+1, p.Quantity); err != nil {
			return fmt.Errorf("write a line of a refund of order %s: %w", l.number, err)
		}
	}
	return nil
}

// paidFor is the row of the payment that an amount can be given back of.
func (l *locked) paidFor(ctx context.Context, tx *sql.Tx, amount money.Amount) (uint64, error) {
	var id uint64
	var left int64
	err := tx.QueryRowContext(ctx, `SELECT p.id, p.minor - COALESCE((SELECT SUM(q.minor) FROM payment q WHERE q.part_of = p.id), 0)
		FROM payment p WHERE p.order_id = ? AND p.state = ?`, l.id, order.Received).Scan(&id, &left)
	if err != nil {
		return 0, fmt.Errorf("read what was paid for order %s: %w", l.number, err)
	}
	if amount.Minor < 1 || amount.Minor > left {
		return 0, fmt.Errorf("give %s back where %s is left of what was paid: %w", amount, money.Of(left, amount.Currency), order.ErrAmount)
	}
	return id, nil
}

// refundRest is a decision after which nothing is left.
func (l *locked) refundRest(ctx context.Context, tx *sql.Tx, r order.Refund, note invoice.Facts, why string) error {
	inHouse := l.state == order.Paid
	if err := l.refund(ctx, tx, r.By, why); err != nil || inHouse || !r.Restock {
		return err
	}
	return l.restock(ctx, tx, note.Lines)
}

// restock makes the bottles of lines free again: those that have not left the house are sold no more, others are received.
func (l *locked) restock(ctx context.Context, tx *sql.Tx, lines []order.Line) error {
	all, err := l.goods(ctx, tx)
	if err != nil {
		return err
	}
	back := addStock
	if l.state == order.Paid {
		back = l.unreserve
	}
	for _, g := range all { // in the order in which everybody locks stock
		i := slices.IndexFunc(lines, func(line order.Line) bool { return line.SKU == g.sku })
		if i < 0 {
			continue
		}
		g.quantity = lines[i].Quantity
		if err := back(ctx, tx, l.warehouse, g); err != nil {
			return err
		}
	}
	return nil
}

// creditPart issues the note and posts the letter that it goes with.
func (l *locked) creditPart(ctx context.Context, tx *sql.Tx, parts []order.Part, amount money.Amount) error {
	number, err := l.credit(ctx, tx, parts)
	if err != nil {
		return err
	}
	return l.write(ctx, tx, mail.PartRefund, amount.Minor, map[string]string{"document": string(number)})
}
