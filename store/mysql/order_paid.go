package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/money"
	"caveau/store/order"
)

// Paid notes that money came for an order, whenever it comes. In time, the held bottles are sold. After they were
// released, they are taken again; where they are gone, or the order was called off, the order is RefundDue. Money for
// an order that is paid already is noted as due back and leaves the order as it is. The same receipt again
// changes nothing. A receipt of another amount is order.ErrAmount and changes nothing.
func (o *Orders) Paid(ctx context.Context, r order.Receipt) (order.Change, error) {
	done, err := o.change(ctx, r.Number, func(ctx context.Context, tx *sql.Tx, l *locked) error {
		if err := r.Check(money.Of(l.total, money.Currency(l.currency))); err != nil {
			return err
		}
		known, err := l.knows(ctx, tx, r)
		if err != nil || known {
			return err
		}
		return l.paid(ctx, tx, r)
	})
	if err != nil {
		return order.Change{}, fmt.Errorf("note the payment of order %.20s: %w", r.Number, err)
	}
	return done, nil
}

// knows says that this receipt was noted before. It must not have been noted for another order.
func (l *locked) knows(ctx context.Context, tx *sql.Tx, r order.Receipt) (bool, error) {
	var owner uint64
	err := tx.QueryRowContext(ctx, `SELECT order_id FROM payment WHERE method = ? AND reference = ?`, r.Method, r.Reference).Scan(&owner)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for the receipt: %w", err)
	case owner != l.id:
		return false, fmt.Errorf("receipt %q belongs to another order: %w", r.Reference, order.ErrReceipt)
	}
	return true, nil
}

func (l *locked) paid(ctx context.Context, tx *sql.Tx, r order.Receipt) error {
	switch l.state.Payment() {
	case order.Sell:
		return l.sell(ctx, tx, r, "")
	case order.SellAgain:
		return l.sellAgain(ctx, tx, r)
	case order.GiveBack:
		return l.giveBack(ctx, tx, r, "paid after it was called off")
	default:
		return l.surplus(ctx, tx, r)
	}
}

// surplus is money for an order that is paid already, or called off and paid back.
func (l *locked) surplus(ctx context.Context, tx *sql.Tx, r order.Receipt) error {
	if err := note(ctx, tx, l.id, r, order.Due); err != nil {
		return err
	}
	return tell(ctx, tx, l.id, l.state, "payment.due", order.Provider, "paid once more, "+r.Reference)
}

// sell the bottles that the order holds, and invoice them.
func (l *locked) sell(ctx context.Context, tx *sql.Tx, r order.Receipt, remark string) error {
	if err := note(ctx, tx, l.id, r, order.Received); err != nil {
		return err
	}
	if err := l.mark(ctx, tx, order.Sold); err != nil {
		return err
	}
	if err := l.move(ctx, tx, order.Paid, order.Provider, remark); err != nil {
		return err
	}
	return l.invoice(ctx, tx)
}

// sellAgain takes released bottles once more. What it took before something proved short is undone to the savepoint.
func (l *locked) sellAgain(ctx context.Context, tx *sql.Tx, r order.Receipt) error {
	all, err := l.goods(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `SAVEPOINT taking`); err != nil {
		return fmt.Errorf("set a savepoint: %w", err)
	}
	problems, err := take(ctx, tx, l.warehouse, l.buyer, all)
	if err != nil {
		return err
	}
	if len(problems) == 0 {
		return l.sell(ctx, tx, r, "paid late, reserved again")
	}
	if _, err := tx.ExecContext(ctx, `ROLLBACK TO SAVEPOINT taking`); err != nil {
		return fmt.Errorf("go back to the savepoint: %w", err)
	}
	return l.giveBack(ctx, tx, r, "paid late, "+problems[0].String())
}

// giveBack notes money that comes for nothing.
func (l *locked) giveBack(ctx context.Context, tx *sql.Tx, r order.Receipt, remark string) error {
	if err := note(ctx, tx, l.id, r, order.Due); err != nil {
		return err
	}
	return l.move(ctx, tx, order.RefundDue, order.Provider, remark)
}

// note money: on the payment that was asked for, or on a row of its own where that is taken or void.
func note(ctx context.Context, tx *sql.Tx, id uint64, r order.Receipt, state order.PaymentState) error {
	noted, err := tx.ExecContext(ctx, `UPDATE payment SET reference = ?, method = ?, state = ? WHERE order_id = ? AND state = ? ORDER BY id LIMIT 1`,
		r.Reference, r.Method, state, id, order.Asked)
	if isDuplicate(err) { // since we looked, another order was paid by it
		return fmt.Errorf("receipt %q belongs to another order: %w", r.Reference, order.ErrReceipt)
	}
	if err != nil {
		return fmt.Errorf("note a payment: %w", err)
	}
	if rows, err := noted.RowsAffected(); err != nil || rows == 1 {
		return err
	}
	return another(ctx, tx, id, r, state)
}

// another payment than the one that was asked for.
func another(ctx context.Context, tx *sql.Tx, id uint64, r order.Receipt, state order.PaymentState) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO payment (order_id, method, reference, minor, currency, state) VALUES (?, ?, ?, ?, ?, ?)`,
		id, r.Method, r.Reference, r.Amount.Minor, r.Amount.Currency, state); err != nil {
		return fmt.Errorf("note a payment: %w", err)
	}
	return nil
}
