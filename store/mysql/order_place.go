package mysql

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"caveau/store/money"
	"caveau/store/order"
)

// Place makes an order of a checkout, or refuses it with an order.Refusal that lists what stands in the way. The same
// request again gets the same order, and Again says so: it may be this very call that asked a second time, because the
// answer to its commit was lost. The key with another body is order.ErrKeyReused. With order.ErrBusy nothing was
// written; with order.ErrInDoubt ask Outcome by the key.
func (o *Orders) Place(ctx context.Context, r order.Request) (order.Placed, error) {
	if err := r.Check(); err != nil {
		return order.Placed{}, err
	}
	number, err := o.numbers.draw(ctx, r.Market)
	if err != nil {
		return order.Placed{}, err
	}
	var placed order.Placed
	position, err := o.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		placed, err = o.place(ctx, tx, r, number)
		return err
	})
	if err != nil {
		return order.Placed{}, fmt.Errorf("place an order in %s: %w", r.Market, err)
	}
	if !placed.Again { // else the position is that of something else, and reads go to the primary
		placed.Position = position
	}
	return placed, nil
}

// place begins with the row of the key. Whoever comes second waits there for the first.
func (o *Orders) place(ctx context.Context, tx *sql.Tx, r order.Request, number order.Number) (order.Placed, error) {
	earlier, err := claim(ctx, tx, r, number)
	if err != nil {
		return order.Placed{}, err
	}
	if earlier != "" {
		return placedBefore(ctx, tx, earlier)
	}
	all, now, err := quote(ctx, tx, r)
	if err != nil {
		return order.Placed{}, err
	}
	problems, err := o.hoards(ctx, tx, r)
	if err == nil && len(problems) == 0 {
		problems, err = take(ctx, tx, r.Warehouse, r.Buyer(), all)
	}
	if err != nil {
		return order.Placed{}, err
	}
	if len(problems) > 0 {
		return order.Placed{}, order.Refuse(problems)
	}
	w := writer{request: r, goods: all, number: number, now: now, expires: now.Add(r.Method.Hold())}
	if err := w.write(ctx, tx); err != nil {
		return order.Placed{}, err
	}
	return order.Placed{Change: order.Change{Number: number, State: order.Awaiting}, Total: r.Total, Expires: w.expires}, nil
}

// claim writes the row of the key, or finds the number of the order that the key placed before.
func claim(ctx context.Context, tx *sql.Tx, r order.Request, number order.Number) (earlier order.Number, err error) {
	key := r.Key.Hash()
	body, err := r.Body()
	if err != nil {
		return "", err
	}
	// Not INSERT IGNORE: that takes a shared lock on the row that is there, and two who wait with one deadlock.
	claimed, err := tx.ExecContext(ctx, `INSERT INTO idempotency (key_hash, body_hash, number) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE number = number`,
		key[:], body[:], number)
	if err != nil {
		return "", fmt.Errorf("claim the key: %w", err)
	}
	if rows, err := claimed.RowsAffected(); err != nil || rows == 1 {
		return "", err
	}
	var known []byte
	if err := tx.QueryRowContext(ctx, `SELECT body_hash, number FROM idempotency WHERE key_hash = ?`, key[:]).Scan(&known, &earlier); err != nil {
		return "", fmt.Errorf("read what the key placed: %w", err)
	}
	if !bytes.Equal(known, body[:]) {
		return "", order.ErrKeyReused
	}
	return earlier, nil
}

// placedBefore is the answer to a request that was answered before.
func placedBefore(ctx context.Context, tx *sql.Tx, number order.Number) (order.Placed, error) {
	p := order.Placed{Change: order.Change{Number: number}, Again: true}
	err := tx.QueryRowContext(ctx, `SELECT state, total, currency, expires_at FROM orders WHERE number = ?`, number).
		Scan(&p.State, &p.Total.Minor, &p.Total.Currency, &p.Expires)
	if err != nil {
		return order.Placed{}, fmt.Errorf("read order %s: %w", number, err)
	}
	return p, nil
}

// quoted is what the price list says of a SKU in a market; minor 0: it is not sold there.
type quoted struct {
	withdrawn bool
	minor     int64
	limit     int
}

// quote holds the request against the price list of this moment, which is the database's, and returns the goods to take.
func quote(ctx context.Context, tx *sql.Tx, r order.Request) ([]goods, time.Time, error) {
	wine := r.Wine()
	list, now, err := priceList(ctx, tx, r.Market, wine)
	if err != nil {
		return nil, now, err
	}
	var all []goods
	var problems []order.Problem
	for _, l := range wine {
		q := list[l.SKU]
		switch {
		case q.minor == 0 || q.withdrawn:
			problems = append(problems, order.Problem{Err: order.ErrNotSold, SKU: l.SKU, Asked: l.Quantity})
		case q.minor != l.Unit.Minor:
			problems = append(problems, order.Problem{Err: order.ErrPrice, SKU: l.SKU, Asked: l.Quantity, Now: money.Of(q.minor, l.Unit.Currency)})
		}
		all = append(all, goods{sku: l.SKU, quantity: l.Quantity, limit: q.limit})
	}
	return all, now, order.Refuse(problems)
}

// priceList of a market for some SKUs, and the database's time.
func priceList(ctx context.Context, tx *sql.Tx, market string, wine []order.Line) (map[string]quoted, time.Time, error) {
	args := []any{market, market}
	for _, l := range wine {
		args = append(args, l.SKU)
	}
	rows, err := tx.QueryContext(ctx, `SELECT UTC_TIMESTAMP(6), s.code, s.withdrawn, COALESCE(a.per_customer, 0), COALESCE((
			SELECT p.minor FROM price p WHERE p.sku_id = s.id AND p.market = ? AND p.valid_from <= UTC_TIMESTAMP(6)
			ORDER BY p.valid_from DESC, p.id DESC LIMIT 1), 0)
		FROM sku s LEFT JOIN allocation a ON a.sku = s.code AND a.market = ?
		WHERE s.code IN (`+marks(len(wine))+`)`, args...)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("read the price list: %w", err)
	}
	defer rows.Close()
	list := map[string]quoted{}
	var now time.Time
	for rows.Next() {
		var sku string
		var q quoted
		if err := rows.Scan(&now, &sku, &q.withdrawn, &q.limit, &q.minor); err != nil {
			return nil, now, fmt.Errorf("read the price list: %w", err)
		}
		list[sku] = q
	}
	return list, now, rows.Err()
}

// writer writes a new order and all that belongs to it.
type writer struct {
	request      order.Request
	goods        []goods
	number       order.Number
	now, expires time.Time // by the database's clock
	id           uint64
}

func (w *writer) write(ctx context.Context, tx *sql.Tx) error {
	for _, step := range []func(context.Context, *sql.Tx) error{w.order, w.lines, w.reservations, w.payment} {
		if err := step(ctx, tx); err != nil {
			return fmt.Errorf("write order %s: %w", w.number, err)
		}
	}
	return tell(ctx, tx, w.id, order.Awaiting, "order.awaiting", order.Shopper, w.request.Note())
}

func (w *writer) order(ctx context.Context, tx *sql.Tx) error {
	r := w.request
	delivery, err1 := json.Marshal(r.Delivery)
	invoice, err2 := json.Marshal(r.Invoice)
	sums, err3 := order.Sum(r.Lines, r.Total.Currency)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	written, err := tx.ExecContext(ctx, `INSERT INTO orders (number, market, locale, warehouse, customer, buyer, name, email, phone,
			delivery, invoice, method, parcels, bond, state, currency, net, tax, total, placed_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		w.number, r.Market, r.Locale, r.Warehouse, r.Customer, r.Buyer(), r.Contact.Name, r.Contact.Email, r.Contact.Phone,
		string(delivery), string(invoice), r.Method, r.Parcels, r.Bond, order.Awaiting, r.Total.Currency, sums.Net.Minor, sums.Tax.Minor, sums.Total.Minor, w.now, w.expires)
	if err != nil {
		return err
	}
	id, err := written.LastInsertId()
	w.id = uint64(id)
	return err
}

func (w *writer) lines(ctx context.Context, tx *sql.Tx) error {
	var args []any
	for i, l := range w.request.Lines {
		args = append(args, w.id, i+1, l.Kind, l.SKU, l.SaleType, l.Title, l.Quantity, l.Unit.Minor, l.Net.Minor, l.Tax.Minor,
			sql.NullString{String: l.Promise.Delivery, Valid: l.Promise.Delivery != ""}, l.Promise.PriceAgreed, l.Promise.MarketValue, l.Promise.Told,
			l.Terms, l.Rest.On, sql.NullInt64{Int64: l.Rest.Amount.Minor, Valid: l.Rest.Amount.Currency != ""}, l.Wish)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO order_line (order_id, position, kind, sku, sale_type, title, quantity, unit, net, tax,
			delivery_from, price_agreed, market_value, told, terms, rest_on, rest, wish)
		VALUES `+tuples(len(w.request.Lines), 18), args...)
	return err
}

func (w *writer) reservations(ctx context.Context, tx *sql.Tx) error {
	var args []any
	for _, g := range w.goods {
		args = append(args, w.id, g.sku, w.request.Warehouse, g.quantity, g.limit > 0, order.Held, w.expires)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO reservation (order_id, sku, warehouse, quantity, allotted, goods, expires_at)
		VALUES `+tuples(len(w.goods), 7), args...)
	return err
}

func (w *writer) payment(ctx context.Context, tx *sql.Tx) error {
	r := w.request
	_, err := tx.ExecContext(ctx, `INSERT INTO payment (order_id, method, reference, minor, currency, state) VALUES (?, ?, NULL, ?, ?, ?)`,
		w.id, r.Method, r.Total.Minor, r.Total.Currency, order.Asked)
	return err
}

// tuples is so many rows of so many placeholders.
func tuples(rows, columns int) string {
	return strings.TrimSuffix(strings.Repeat("("+marks(columns)+"), ", rows), ", ")
}
