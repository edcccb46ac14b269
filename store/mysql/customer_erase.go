package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/customer"
)

// Erase empties what is kept of a person: the account, its addresses, carts and tokens, and letters to the address, of which those
// that were not sent yet never will be. Of orders stays what bookkeeping wants: numbers, goods, amounts, and the invoice with the name and
// address on it until its term is over (Orders.Forget). All else in them goes too, or as soon as nothing of the order is under way. The
// events of the account stay, and do not say whose it was. The account's row stays without anything in it, so that its orders name nobody else.
func (c *Customers) Erase(ctx context.Context, id customer.ID) error {
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var email customer.Email
		err := tx.QueryRowContext(ctx, `SELECT email FROM customer WHERE id = ? AND erased_at IS NULL FOR UPDATE`, id).Scan(&email)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // an earlier run, or none of ours
		}
		if err != nil {
			return fmt.Errorf("read an account: %w", err)
		}
		for _, step := range []struct {
			statement string
			args      []any
		}{
			{`UPDATE customer SET email = NULL, name = '', phone = '', password = '', epoch = epoch + 1, erased_at = UTC_TIMESTAMP(6) WHERE id = ?`, []any{id}},
			{`DELETE FROM customer_address WHERE customer = ?`, []any{id}},
			{`DELETE FROM customer_cart WHERE customer = ?`, []any{id}},
			{`DELETE FROM token WHERE customer = ? OR email = ?`, []any{id, email}},
			{`DELETE FROM letter WHERE recipient = ? AND sent_at IS NULL`, []any{email}},
			{`UPDATE letter SET recipient = '', data = '{}' WHERE recipient = ?`, []any{email}},
		} {
			if _, err := tx.ExecContext(ctx, step.statement, step.args...); err != nil {
				return fmt.Errorf("empty what is kept: %w", err)
			}
		}
		if err := forgetOrders(ctx, tx, id.String(), string(email)); err != nil {
			return err
		}
		return witness(ctx, tx, id, "erased")
	})
	return said("erase an account", err)
}
