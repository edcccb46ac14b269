package mysql

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"caveau/store/money"
	"caveau/store/order"
)

// Outcome is what a key has placed, or order.ErrUnknown when it has placed nothing. It waits for a Place with that key that is
// being committed this moment, so its answer is final as long as nobody submits the key again.
func (o *Orders) Outcome(ctx context.Context, key order.Key) (order.Placed, error) {
	var placed order.Placed
	hash := key.Hash()
	_, err := o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var number order.Number
		err := tx.QueryRowContext(ctx, `SELECT number FROM idempotency WHERE key_hash = ? FOR UPDATE`, hash[:]).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			return order.ErrUnknown
		}
		if err != nil {
			return err
		}
		placed, err = placedBefore(ctx, tx, number)
		return err
	})
	if err != nil {
		return order.Placed{}, fmt.Errorf("ask what a key placed: %w", err)
	}
	return placed, nil
}

// Status is an order as it stands, for whoever has its number and key; else order.ErrUnknown, which does not tell
// whether the number exists. position is that of the visitor's own last write, or "".
func (o *Orders) Status(ctx context.Context, number order.Number, key order.Key, position string) (order.Order, error) {
	var found order.Order
	hash := key.Hash()
	err := o.primary.ownRead(ctx, o.replicas, position, func(ctx context.Context, tx *sql.Tx) error {
		var known int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM idempotency WHERE key_hash = ? AND number = ?`, hash[:], number).Scan(&known)
		if err != nil {
			return err
		}
		if known == 0 {
			return order.ErrUnknown
		}
		found, err = readOrder(ctx, tx, number)
		return err
	})
	if err != nil {
		return order.Order{}, fmt.Errorf("read order %.20q: %w", number, err)
	}
	return found, nil
}

// Show is an order as it stands, for the staff.
func (o *Orders) Show(ctx context.Context, number order.Number) (order.Order, error) {
	var found order.Order
	err := o.primary.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		found, err = readOrder(ctx, tx, number)
		return err
	})
	if err != nil {
		return order.Order{}, fmt.Errorf("read order %.20q: %w", number, err)
	}
	return found, nil
}

// readOrder reads an order from all its tables.
func readOrder(ctx context.Context, tx *sql.Tx, number order.Number) (order.Order, error) {
	r := reader{order: order.Order{Number: number}}
	for _, step := range []func(context.Context, *sql.Tx) error{r.head, r.lines, r.payments, r.goods, r.events} {
		if err := step(ctx, tx); err != nil {
			return order.Order{}, err
		}
	}
	return r.order, nil
}

type reader struct {
	id    uint64
	order order.Order
}

func (r *reader) head(ctx context.Context, tx *sql.Tx) error {
	o := &r.order
	var delivery, invoice []byte
	var currency money.Currency
	err := tx.QueryRowContext(ctx, `SELECT id, market, locale, warehouse, customer, name, email, phone, delivery, invoice, method, parcels, bond, state,
			currency, net, tax, total, placed_at, expires_at
		FROM orders WHERE number = ?`, o.Number).
		Scan(&r.id, &o.Market, &o.Locale, &o.Warehouse, &o.Customer, &o.Contact.Name, &o.Contact.Email, &o.Contact.Phone, &delivery, &invoice, &o.Method, &o.Parcels, &o.Bond, &o.State,
			&currency, &o.Sums.Net.Minor, &o.Sums.Tax.Minor, &o.Sums.Total.Minor, &o.PlacedAt, &o.Expires)
	if errors.Is(err, sql.ErrNoRows) {
		return order.ErrUnknown
	}
	if err != nil {
		return fmt.Errorf("read the order: %w", err)
	}
	o.Sums.Net.Currency, o.Sums.Tax.Currency, o.Sums.Total.Currency = currency, currency, currency
	return errors.Join(json.Unmarshal(delivery, &o.Delivery), json.Unmarshal(invoice, &o.Invoice))
}

func (r *reader) lines(ctx context.Context, tx *sql.Tx) error {
	return r.each(ctx, tx, `SELECT kind, sku, sale_type, title, quantity, unit, net, tax,
			COALESCE(CAST(delivery_from AS CHAR), ''), price_agreed, market_value, told, terms, rest_on, rest, wish
		FROM order_line WHERE order_id = ? ORDER BY position`, func(rows *sql.Rows) error {
		currency := r.order.Sums.Total.Currency
		l := order.Line{Unit: money.Of(0, currency), Net: money.Of(0, currency), Tax: money.Of(0, currency)}
		var rest sql.NullInt64
		err := rows.Scan(&l.Kind, &l.SKU, &l.SaleType, &l.Title, &l.Quantity, &l.Unit.Minor, &l.Net.Minor, &l.Tax.Minor,
			&l.Promise.Delivery, &l.Promise.PriceAgreed, &l.Promise.MarketValue, &l.Promise.Told, &l.Terms, &l.Rest.On, &rest, &l.Wish)
		if rest.Valid {
			l.Rest.Amount = money.Of(rest.Int64, currency)
		}
		r.order.Lines = append(r.order.Lines, l)
		return err
	})
}

func (r *reader) payments(ctx context.Context, tx *sql.Tx) error {
	return r.each(ctx, tx, `SELECT method, COALESCE(reference, ''), minor, currency, state, part_of IS NOT NULL, at FROM payment WHERE order_id = ? ORDER BY id`, func(rows *sql.Rows) error {
		var p order.Payment
		err := rows.Scan(&p.Method, &p.Reference, &p.Amount.Minor, &p.Amount.Currency, &p.State, &p.Part, &p.At)
		r.order.Payments = append(r.order.Payments, p)
		return err
	})
}

func (r *reader) goods(ctx context.Context, tx *sql.Tx) error {
	return r.each(ctx, tx, `SELECT r.sku, r.warehouse, r.quantity, r.goods, COALESCE(s.available, 0)
		FROM reservation r LEFT JOIN stock s ON s.sku = r.sku AND s.warehouse = r.warehouse WHERE r.order_id = ? ORDER BY r.sku`, func(rows *sql.Rows) error {
		var g order.Reservation
		err := rows.Scan(&g.SKU, &g.Warehouse, &g.Quantity, &g.Goods, &g.Left)
		r.order.Goods = append(r.order.Goods, g)
		return err
	})
}

func (r *reader) events(ctx context.Context, tx *sql.Tx) error {
	return r.each(ctx, tx, `SELECT state, actor, note, at FROM order_event WHERE order_id = ? ORDER BY id`, func(rows *sql.Rows) error {
		var e order.Event
		err := rows.Scan(&e.State, &e.Actor, &e.Note, &e.At)
		r.order.Events = append(r.order.Events, e)
		return err
	})
}

// each reads the rows of a query about this order.
func (r *reader) each(ctx context.Context, tx *sql.Tx, query string, scan func(*sql.Rows) error) error {
	return each(ctx, tx, query, scan, r.id)
}
