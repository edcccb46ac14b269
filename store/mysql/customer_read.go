package mysql

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"caveau/store/cart"
	"caveau/store/customer"
	"caveau/store/order"
)

// Account by its ID; ErrUnknown where it was erased.
func (c *Customers) Account(ctx context.Context, id customer.ID) (customer.Account, error) {
	a := customer.Account{ID: id}
	err := c.primary.db.QueryRowContext(ctx, `SELECT email, name, phone, market, locale, since FROM customer WHERE id = ? AND erased_at IS NULL`, id).
		Scan(&a.Email, &a.Name, &a.Phone, &a.Market, &a.Locale, &a.Since)
	if errors.Is(err, sql.ErrNoRows) {
		return a, customer.ErrUnknown
	}
	if err != nil {
		return a, fmt.Errorf("read an account: %w", err)
	}
	return a, nil
}

// SetPerson writes name and phone.
func (c *Customers) SetPerson(ctx context.Context, id customer.ID, name, phone string) error {
	_, err := c.primary.db.ExecContext(ctx, `UPDATE customer SET name = ?, phone = ? WHERE id = ? AND erased_at IS NULL`, name, phone, id)
	return said("write a name", err)
}

// Addresses of an account, as they were added.
func (c *Customers) Addresses(ctx context.Context, id customer.ID) ([]customer.Address, error) {
	return rowsOf(ctx, c.primary.db, func(rows *sql.Rows) (a customer.Address, err error) {
		var text []byte
		if err := rows.Scan(&a.ID, &text); err != nil {
			return a, err
		}
		return a, json.Unmarshal(text, &a.Address)
	}, `SELECT id, address FROM customer_address WHERE customer = ? ORDER BY id`, id)
}

// KeepAddress adds an address, or with an ID writes that one anew. ErrFull where there is no room, ErrUnknown where it is not the account's.
func (c *Customers) KeepAddress(ctx context.Context, id customer.ID, a customer.Address) error {
	text, err := json.Marshal(a.Address)
	if err != nil {
		return fmt.Errorf("write an address down: %w", err)
	}
	_, err = c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var owner customer.ID // locked, so that two at once are counted
		if err := tx.QueryRowContext(ctx, `SELECT id FROM customer WHERE id = ? AND erased_at IS NULL FOR UPDATE`, id).Scan(&owner); err != nil {
			return fmt.Errorf("%w: %w", customer.ErrUnknown, err)
		}
		if a.ID == 0 {
			return addAddress(ctx, tx, id, text)
		}
		var known int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM customer_address WHERE id = ? AND customer = ?`, a.ID, id).Scan(&known); err != nil || known == 0 {
			return errors.Join(customer.ErrUnknown, err)
		}
		_, err := tx.ExecContext(ctx, `UPDATE customer_address SET address = ? WHERE id = ? AND customer = ?`, text, a.ID, id)
		return err
	})
	return said("keep an address", err)
}

// addAddress unless the account has the very same, as after an answer that was lost.
func addAddress(ctx context.Context, tx *sql.Tx, id customer.ID, text []byte) error {
	var all, same int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(address = ?), 0) FROM customer_address WHERE customer = ?`, text, id).Scan(&all, &same); err != nil {
		return err
	}
	switch {
	case same > 0:
		return nil
	case all >= customer.MaxAddresses:
		return customer.ErrFull
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO customer_address (customer, address) VALUES (?, ?)`, id, text)
	return err
}

// DropAddress removes an address, also one that is gone.
func (c *Customers) DropAddress(ctx context.Context, id customer.ID, address uint64) error {
	_, err := c.primary.db.ExecContext(ctx, `DELETE FROM customer_address WHERE id = ? AND customer = ?`, address, id)
	return said("drop an address", err)
}

// Cart of an account in a market, with the ID under which all its devices edit it; false where it has none.
func (c *Customers) Cart(ctx context.Context, id customer.ID, market string) (cart.ID, cart.Cart, bool, error) {
	held := cart.Cart{Market: market}
	var key, content []byte
	err := c.primary.db.QueryRowContext(ctx, `SELECT cart, version, content FROM customer_cart WHERE customer = ? AND market = ?`, id, market).Scan(&key, &held.Version, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return cart.ID{}, held, false, nil
	}
	if err == nil {
		err = json.Unmarshal(content, &held.Lines)
	}
	if err != nil || len(key) != len(cart.ID{}) {
		return cart.ID{}, held, false, fmt.Errorf("read an account's cart: %w", err)
	}
	return cart.ID(key), held, true, held.Check()
}

// KeepCart writes the newest copy of an account's cart down. An older one changes nothing, nor does one with another ID than the
// first had.
func (c *Customers) KeepCart(ctx context.Context, id customer.ID, key cart.ID, held cart.Cart) error {
	content, err := json.Marshal(held.Lines)
	if err != nil {
		return fmt.Errorf("write a cart down: %w", err)
	}
	_, err = c.primary.db.ExecContext(ctx, `INSERT INTO customer_cart (customer, market, cart, version, content) VALUES (?, ?, ?, ?, ?)
		ON DUPLICATE KEY UPDATE content = IF(cart = VALUES(cart) AND VALUES(version) >= version, VALUES(content), content),
			version = IF(cart = VALUES(cart), GREATEST(version, VALUES(version)), version)`,
		id, held.Market, key[:], held.Version, content)
	return said("keep an account's cart", err)
}

// Record is all that is kept of a person, but for the sessions, which are not here.
func (c *Customers) Record(ctx context.Context, id customer.ID) (r customer.Record, err error) {
	if r.Account, err = c.Account(ctx, id); err != nil {
		return r, err
	}
	if r.Addresses, err = c.Addresses(ctx, id); err != nil {
		return r, err
	}
	r.Carts, err = rowsOf(ctx, c.primary.db, func(rows *sql.Rows) (held cart.Cart, err error) {
		var content []byte
		if err := rows.Scan(&held.Market, &held.Version, &content); err != nil {
			return held, err
		}
		return held, json.Unmarshal(content, &held.Lines)
	}, `SELECT market, version, content FROM customer_cart WHERE customer = ? ORDER BY market`, id)
	if err != nil {
		return r, err
	}
	r.Events, err = rowsOf(ctx, c.primary.db, func(rows *sql.Rows) (e customer.Event, err error) {
		return e, rows.Scan(&e.What, &e.At)
	}, `SELECT what, at FROM customer_event WHERE customer = ? ORDER BY id`, id)
	if err != nil {
		return r, err
	}
	r.Letters, err = rowsOf(ctx, c.primary.db, func(rows *sql.Rows) (l customer.Letter, err error) {
		return l, rows.Scan(&l.Topic, &l.At, &l.Sent)
	}, `SELECT topic, at, sent_at IS NOT NULL FROM letter WHERE recipient = ? ORDER BY id`, r.Account.Email)
	return r, err
}

// OwnOrders are the numbers of an account's orders with their state, day and sums, the newest first.
func (c *Customers) OwnOrders(ctx context.Context, id customer.ID) ([]order.Order, error) {
	return rowsOf(ctx, c.primary.db, func(rows *sql.Rows) (o order.Order, err error) {
		err = rows.Scan(&o.Number, &o.Market, &o.State, &o.PlacedAt, &o.Sums.Total.Minor, &o.Sums.Total.Currency)
		return o, err
	}, `SELECT number, market, state, placed_at, total, currency FROM orders WHERE customer = ? ORDER BY id DESC LIMIT 500`, id.String())
}

// OwnOrder is a whole order of an account; else order.ErrUnknown, whoever else it belongs to.
func (c *Customers) OwnOrder(ctx context.Context, id customer.ID, number order.Number) (order.Order, error) {
	var found order.Order
	err := c.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		if found, err = readOrder(ctx, tx, number); err == nil && found.Customer != id.String() {
			err = order.ErrUnknown
		}
		return err
	})
	if err != nil {
		return order.Order{}, fmt.Errorf("read order %.20q: %w", number, err)
	}
	return found, nil
}

// rowsOf reads all rows of a query.
func rowsOf[T any](ctx context.Context, db *sql.DB, read func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read what is kept of a person: %w", err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		one, err := read(rows)
		if err != nil {
			return nil, fmt.Errorf("read what is kept of a person: %w", err)
		}
		out = append(out, one)
	}
	return out, rows.Err()
}
