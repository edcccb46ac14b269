package mysql_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"caveau/store/money"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

const (
	warehouse = "bordeaux"
	unitPrice = 109_000
)

// soaking asks for the long proofs.
func soaking() bool { return os.Getenv("CAVEAU_SOAK") == "1" }

// longOr is how much a proof does: in short, and when soaking.
func longOr(short, long int) int {
	if soaking() {
		return long
	}
	return short
}

// cellar is a shop with SKUs to sell and what is needed to count them.
type cellar struct {
	*storetest.DB
	primary *mysql.Primary
	orders  *mysql.Orders

	unanswered atomic.Int64 // calls that ended in doubt, or without having written
}

func newCellar(t testing.TB, db *storetest.DB, levels map[string]int) *cellar {
	t.Helper()
	c := &cellar{DB: db, primary: openPrimary(t, db.PrimaryDSN)}
	c.Migrated(t, migration(c.primary))
	c.fill(t, levels)
	return c
}

// newCellarOn a shop that is there already.
func newCellarOn(t testing.TB, s *shop) *cellar {
	t.Helper()
	c := &cellar{DB: s.DB, primary: s.primary}
	c.fill(t, map[string]int{"A": 100})
	return c
}

func (c *cellar) fill(t testing.TB, levels map[string]int) {
	t.Helper()
	c.orders = mysql.NewOrders(c.primary, nil)
	// What there should be of each SKU: initial + received.
	c.exec(t, `CREATE TABLE supply (sku VARCHAR(64) NOT NULL PRIMARY KEY, units INT NOT NULL)`)
	var rows []string
	for sku, units := range levels {
		rows = append(rows, fmt.Sprintf("('%s', %d)", sku, units))
	}
	c.exec(t, `INSERT INTO supply (sku, units) VALUES `+strings.Join(rows, ", "))
	c.exec(t, `INSERT INTO sku (code, vintage_id, volume, pack, packaging, sale_type) SELECT sku, 1, 750, 1, 'loose', 'stock' FROM supply`)
	c.exec(t, `INSERT INTO stock (sku, warehouse, available) SELECT sku, ?, units FROM supply`, warehouse)
	c.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'fr', ?, '2026-01-01' FROM sku`, unitPrice)
}

func openPrimary(t testing.TB, dsn string) *mysql.Primary {
	t.Helper()
	primary, err := mysql.OpenPrimary(dsn, mysql.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { primary.Close() })
	return primary
}

func (c *cellar) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := c.Primary.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (c *cellar) number(t testing.TB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := c.Primary.QueryRowContext(context.WithoutCancel(t.Context()), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// imbalance is the number of SKUs for which initial + received = free + reserved + sold does not hold. It is one statement, so it sees one
// moment.
const imbalance = `SELECT COUNT(*) FROM (
	SELECT s.units - st.available - COALESCE((SELECT SUM(r.quantity) FROM reservation r WHERE r.sku = s.sku AND r.goods IN ('held', 'sold')), 0) AS lost
	FROM supply s JOIN stock st ON st.sku = s.sku) AS all_skus
	WHERE lost <> 0`

// inconsistent is the number of orders whose bottles, money or last event are not where their state says.
const inconsistent = `SELECT COUNT(*) FROM orders o WHERE
	EXISTS (SELECT 1 FROM reservation r WHERE r.order_id = o.id AND NOT FIND_IN_SET(r.goods, CASE o.state
		WHEN 'awaiting' THEN 'held' WHEN 'paid' THEN 'sold' WHEN 'shipped' THEN 'sold' WHEN 'delivered' THEN 'sold'
		WHEN 'cancelled' THEN 'released' WHEN 'expired' THEN 'released'
		ELSE 'released,sold' END)) -- refunds: bottles that were shipped stay sold
	OR (SELECT COUNT(*) FROM payment p WHERE p.order_id = o.id AND p.state = 'received') <> (o.state IN ('paid', 'shipped', 'delivered'))
	OR (SELECT e.state FROM order_event e WHERE e.order_id = o.id ORDER BY e.id DESC LIMIT 1) <> o.state
	OR (SELECT SUM(l.net + l.tax) FROM order_line l WHERE l.order_id = o.id) <> o.total`

func (c *cellar) balanced(t testing.TB) {
	t.Helper()
	if n := c.number(t, imbalance); n != 0 {
		t.Errorf("%d SKUs: initial + received is not free + reserved + sold", n)
	}
	if n := c.number(t, inconsistent); n != 0 {
		t.Errorf("%d orders whose bottles, money or events are not where their state says", n)
	}
}

func (c *cellar) free(t testing.TB, sku string) int {
	t.Helper()
	return c.number(t, `SELECT available FROM stock WHERE sku = ?`, sku)
}

// want is so many units of a SKU.
type want struct {
	sku string
	n   int
}

// checkout is a request that anybody may place.
func checkout(list ...want) order.Request {
	key, err := order.NewKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	home := order.Address{Recipient: "Anne Dupont", Line1: "1 rue du Port", Locality: "Bordeaux", Postcode: "33000", Country: "FR"}
	r := order.Request{
		Key: key, Market: "fr", Locale: "fr-FR", Warehouse: warehouse, Method: order.Redirect,
		Contact:  order.Contact{Name: "Anne Dupont", Email: "anne@example.com"},
		Delivery: home, Invoice: home,
	}
	for _, w := range list {
		unit := money.Of(unitPrice, "EUR")
		net, tax := order.Rate(2000).Included(unit.Times(int64(w.n)))
		r.Lines = append(r.Lines, order.Line{Kind: order.Wine, SKU: w.sku, SaleType: "stock", Title: "Château Test 1990", Quantity: w.n, Unit: unit, Net: net, Tax: tax})
	}
	return total(r)
}

// total brings the total of a request in line with its lines.
func total(r order.Request) order.Request {
	sums, err := order.Sum(r.Lines, "EUR")
	if err != nil {
		panic(err)
	}
	r.Total = sums.Total
	return r
}

func receipt(p order.Placed) order.Receipt {
	return order.Receipt{Number: p.Number, Method: order.Redirect, Reference: "pay-" + string(p.Number), Amount: p.Total}
}

func (c *cellar) place(t testing.TB, r order.Request) order.Placed {
	t.Helper()
	p, err := c.orders.Place(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lapse lets the reservations of all orders that wait run out.
func (c *cellar) lapse(t testing.TB) {
	t.Helper()
	c.exec(t, `UPDATE reservation r JOIN orders o ON o.id = r.order_id SET r.expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND,
		o.expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE r.goods = 'held'`)
}

// together calls do n times at once and returns the errors.
func together(n int, do func(i int) error) []error {
	begin, done := make(chan struct{}), make(chan error, n)
	for i := range n {
		go func() { <-begin; done <- do(i) }()
	}
	close(begin)
	var errs []error
	for range n {
		errs = append(errs, <-done)
	}
	return errs
}

func count(errs []error, target error) (n int) {
	for _, err := range errs {
		if errors.Is(err, target) {
			n++
		}
	}
	return n
}
