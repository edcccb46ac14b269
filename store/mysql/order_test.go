package mysql_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

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
}

func newCellar(t testing.TB, db *storetest.DB, levels map[string]int) *cellar {
	t.Helper()
	c := &cellar{DB: db, primary: openPrimary(t, db.PrimaryDSN)}
	if _, err := c.primary.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
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

func TestAnOrderIsWrittenWhole(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 5, "B": 3})
	r := checkout(want{"B", 2}, want{"A", 1})
	r.Lines = append(r.Lines, order.Line{Kind: order.Delivery, Title: "Livraison", Quantity: 1, Unit: money.Of(1500, "EUR"), Net: money.Of(1250, "EUR"), Tax: money.Of(250, "EUR")})
	r = total(r)
	p := c.place(t, r)
	if p.Number != "FR-100000" || p.State != order.Awaiting || p.Total != money.Of(3*unitPrice+1500, "EUR") || p.Again || p.Position == "" {
		t.Errorf("placed %+v", p)
	}
	got, err := c.orders.Status(t.Context(), p.Number, r.Key, p.Position)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Lines, r.Lines) || got.Contact != r.Contact || got.Delivery != r.Delivery || got.Sums.Total != r.Total {
		t.Errorf("read %+v", got)
	}
	if held := got.Expires.Sub(got.PlacedAt); held != 35*time.Minute || !got.Expires.Equal(p.Expires) {
		t.Errorf("held for %s until %s, want 35 minutes until %s", held, got.Expires, p.Expires)
	}
	if len(got.Payments) != 1 || got.Payments[0].State != order.Asked || got.Payments[0].Amount != r.Total {
		t.Errorf("payments %+v", got.Payments)
	}
	if c.free(t, "A") != 4 || c.free(t, "B") != 1 {
		t.Errorf("%d of A and %d of B are free", c.free(t, "A"), c.free(t, "B"))
	}
	if n := c.number(t, `SELECT COUNT(*) FROM stock_event WHERE sku = 'B' AND available = 1 AND previous = 3`); n != 1 {
		t.Errorf("%d stock events, want 1", n)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM outbox WHERE topic = 'order.awaiting' AND sent_at IS NULL`); n != 1 {
		t.Errorf("%d rows in the outbox, want 1", n)
	}
	c.balanced(t)
}

func TestRefusalsChangeNothing(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 5, "B": 3, "C": 0, "OTHER": 9, "GONE": 9, "FEW": 9})
	c.exec(t, `DELETE p FROM price p JOIN sku s ON s.id = p.sku_id WHERE s.code = 'OTHER'`)
	c.exec(t, `UPDATE sku SET withdrawn = TRUE WHERE code = 'GONE'`)
	c.exec(t, `INSERT INTO allocation (sku, market, per_customer) VALUES ('FEW', 'fr', 3)`)
	dearer := checkout(want{"A", 1})
	dearer.Lines[0].Unit.Minor, dearer.Lines[0].Net.Minor, dearer.Lines[0].Tax.Minor = 100_000, 100_000, 0
	wrong := checkout(want{"A", 1})
	wrong.Total.Minor--
	for name, test := range map[string]struct {
		request order.Request
		err     error
		problem order.Problem
	}{
		"sold out":             {checkout(want{"A", 1}, want{"B", 4}), order.ErrSoldOut, order.Problem{SKU: "B", Asked: 4, Left: 3}},
		"none left":            {checkout(want{"C", 1}), order.ErrSoldOut, order.Problem{SKU: "C", Asked: 1}},
		"another price":        {total(dearer), order.ErrPrice, order.Problem{SKU: "A", Asked: 1, Now: money.Of(unitPrice, "EUR")}},
		"another market's":     {checkout(want{"OTHER", 1}), order.ErrNotSold, order.Problem{SKU: "OTHER", Asked: 1}},
		"withdrawn":            {checkout(want{"GONE", 1}), order.ErrNotSold, order.Problem{SKU: "GONE", Asked: 1}},
		"unknown":              {checkout(want{"NONE", 1}), order.ErrNotSold, order.Problem{SKU: "NONE", Asked: 1}},
		"over the allocation":  {checkout(want{"FEW", 4}), order.ErrAllocation, order.Problem{SKU: "FEW", Asked: 4, Left: 3}},
		"a total that is off":  {wrong, order.ErrLines, order.Problem{}},
		"nothing of something": {checkout(want{"A", 0}), order.ErrQuantity, order.Problem{SKU: "A"}},
	} {
		_, err := c.orders.Place(t.Context(), test.request)
		test.problem.Err = test.err
		var refused *order.Refusal
		if !errors.Is(err, test.err) || !errors.As(err, &refused) || refused.Problems[0] != test.problem {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := c.number(t, `SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM idempotency) + (SELECT COUNT(*) FROM allocation_taken)`); n != 0 {
		t.Errorf("refusals left %d rows", n)
	}
	c.balanced(t)
}

func TestAnAllocationIsOneForAllOrdersOfACustomer(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"FEW": 100})
	c.exec(t, `INSERT INTO allocation (sku, market, per_customer) VALUES ('FEW', 'fr', 3)`)
	shout := checkout(want{"FEW", 1})
	shout.Contact.Email = " ANNE@example.com"
	first := c.place(t, checkout(want{"FEW", 2}))
	c.place(t, shout)
	_, err := c.orders.Place(t.Context(), checkout(want{"FEW", 1}))
	if !errors.Is(err, order.ErrAllocation) {
		t.Errorf("the fourth of three: %v", err)
	}
	other := checkout(want{"FEW", 3})
	other.Customer = "42"
	c.place(t, other)
	if _, err := c.orders.Cancel(t.Context(), first.Number, order.Shopper, ""); err != nil {
		t.Fatal(err)
	}
	c.place(t, checkout(want{"FEW", 2}))
	c.balanced(t)

	// Many at once: no more than the allocation.
	placed := together(64, func(int) error {
		r := checkout(want{"FEW", 1})
		r.Customer = "43"
		_, err := c.orders.Place(t.Context(), r)
		return err
	})
	if n := count(placed, nil); n != 3 {
		t.Errorf("%d of 64 orders were placed at once, want 3", n)
	}
	if n := count(placed, order.ErrAllocation); n != 61 {
		t.Errorf("%d refused for the allocation, want 61: %v", n, placed)
	}
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

// Every move from every state: those of the table are made, all others refused, and the bottles and the money follow.
func TestEveryMoveFromEveryState(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	ctx, o, anna := t.Context(), c.orders, order.Staff("anna")
	acts := map[string]func(p order.Placed) (order.Change, error){
		"pay":      func(p order.Placed) (order.Change, error) { return o.Paid(ctx, receipt(p)) },
		"cancel":   func(p order.Placed) (order.Change, error) { return o.Cancel(ctx, p.Number, anna, "asked by phone") },
		"give up":  func(p order.Placed) (order.Change, error) { return o.GiveUp(ctx, p.Number) },
		"ship":     func(p order.Placed) (order.Change, error) { return o.Ship(ctx, p.Number, anna, "DHL 1") },
		"deliver":  func(p order.Placed) (order.Change, error) { return o.Deliver(ctx, p.Number, anna, "") },
		"refund":   func(p order.Placed) (order.Change, error) { return o.Refund(ctx, p.Number, anna, "corked") },
		"refunded": func(p order.Placed) (order.Change, error) { return o.Refunded(ctx, p.Number, anna, "") },
	}
	for _, row := range []struct {
		path string // acts that lead there
		ends map[string]order.State
	}{
		{"", map[string]order.State{"pay": order.Paid, "cancel": order.Cancelled, "give up": order.Expired}},
		{"pay", map[string]order.State{"pay": order.Paid, "ship": order.Shipped, "refund": order.RefundDue}},
		{"cancel", map[string]order.State{"pay": order.RefundDue, "cancel": order.Cancelled}},
		{"give up", map[string]order.State{"pay": order.Paid, "give up": order.Expired}},
		{"pay,ship", map[string]order.State{"pay": order.Shipped, "ship": order.Shipped, "deliver": order.Delivered, "refund": order.RefundDue}},
		{"pay,ship,deliver", map[string]order.State{"pay": order.Delivered, "deliver": order.Delivered, "refund": order.RefundDue}},
		{"pay,refund", map[string]order.State{"pay": order.RefundDue, "refund": order.RefundDue, "refunded": order.Refunded}},
		{"pay,refund,refunded", map[string]order.State{"pay": order.Refunded, "refund": order.Refunded, "refunded": order.Refunded}},
		{"cancel,pay,refunded", map[string]order.State{"pay": order.Refunded, "refund": order.Refunded, "refunded": order.Refunded}},
	} {
		for name, act := range acts {
			p := c.place(t, checkout(want{"A", 1}))
			for step := range strings.SplitSeq(row.path, ",") {
				if step == "" {
					continue
				}
				if _, err := acts[step](p); err != nil {
					t.Fatalf("%s: %v", row.path, err)
				}
			}
			done, err := act(p)
			end, allowed := row.ends[name]
			if allowed && (err != nil || done.State != end) || !allowed && !errors.Is(err, order.ErrState) {
				t.Errorf("after %q, %s: %s, %v", row.path, name, done.State, err)
			}
		}
	}
	c.balanced(t)
	if _, err := o.Ship(ctx, "FR-1", anna, ""); !errors.Is(err, order.ErrUnknown) {
		t.Errorf("ship an order that is not there: %v", err)
	}
}

// A message of the payment provider may be doubled, forged, early, late or for something else.
func TestReceipts(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 100})
	p, other := c.place(t, checkout(want{"A", 1})), c.place(t, checkout(want{"A", 2}))
	good := receipt(p)
	little, foreign, early := good, good, good
	little.Amount.Minor--
	foreign.Number, foreign.Amount = other.Number, other.Total
	early.Number = "FR-999999"
	nameless := good
	nameless.Reference = ""
	pay := func(r order.Receipt) error { _, err := c.orders.Paid(t.Context(), r); return err }
	for _, test := range []struct {
		what string
		r    order.Receipt
		want error
	}{
		{"too little", little, order.ErrAmount}, {"early", early, order.ErrUnknown}, {"without a reference", nameless, order.ErrReceipt},
		{"right", good, nil}, {"doubled", good, nil}, {"of another order", foreign, order.ErrReceipt},
	} {
		if err := pay(test.r); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.what, err, test.want)
		}
	}
	if errs := together(16, func(int) error { return pay(receipt(other)) }); count(errs, nil) != 16 {
		t.Errorf("16 times at once: %v", errs)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM order_event WHERE state = 'paid'`); n != 2 {
		t.Errorf("%d payments for 2 orders", n)
	}
	again := receipt(other)
	again.Reference = "paid twice"
	if err := pay(again); err != nil {
		t.Fatal(err)
	}
	shown, err := c.orders.Show(t.Context(), other.Number)
	if err != nil || shown.State != order.Paid || len(shown.Payments) != 2 || shown.Payments[1].State != order.Due {
		t.Errorf("after a second payment: %+v, %v", shown, err)
	}
	for range 2 {
		if _, err := c.orders.Refunded(t.Context(), other.Number, order.Staff("anna"), "back to the card"); err != nil {
			t.Error(err)
		}
	}
	c.balanced(t)
}

func TestEventsAreOnlyEverAdded(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1})
	p := c.place(t, checkout(want{"A", 1}))
	for _, query := range []string{`UPDATE order_event SET note = 'x'`, `DELETE FROM order_event`} {
		if _, err := c.Primary.ExecContext(t.Context(), query); err == nil {
			t.Errorf("%s is allowed", query)
		}
	}
	if _, err := c.orders.Cancel(t.Context(), p.Number, order.Staff("anna"), "asked by phone"); err != nil {
		t.Fatal(err)
	}
	shown, err := c.orders.Show(t.Context(), p.Number)
	if err != nil {
		t.Fatal(err)
	}
	last := shown.Events[len(shown.Events)-1]
	if age := time.Since(last.At); last.Actor != "staff:anna" || last.Note != "asked by phone" || age < -time.Minute || age > time.Minute {
		t.Errorf("last event %+v", last)
	}
}

func TestStatusWantsNumberAndKey(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	one, two := checkout(want{"A", 1}), checkout(want{"A", 1})
	p := c.place(t, one)
	c.place(t, two)
	for name, ask := range map[string]struct {
		number order.Number
		key    order.Key
	}{"another's key": {p.Number, two.Key}, "no key": {p.Number, order.Key{}}, "no number": {"", one.Key}} {
		if _, err := c.orders.Status(t.Context(), ask.number, ask.key, ""); !errors.Is(err, order.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := c.orders.Outcome(t.Context(), one.Key); err != nil || got.Number != p.Number || got.Total != p.Total {
		t.Errorf("outcome %+v, %v", got, err)
	}
	if _, err := c.orders.Outcome(t.Context(), checkout(want{"A", 1}).Key); !errors.Is(err, order.ErrUnknown) {
		t.Errorf("a key that placed nothing: %v", err)
	}
}

func TestNumbersOfAMarketAreItsOwn(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	c.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'be', ?, '2026-01-01' FROM sku`, unitPrice)
	second := mysql.NewOrders(c.primary, nil) // another instance
	seen := map[order.Number]bool{}
	for n := range 50 {
		r := checkout(want{"A", 1})
		r.Market = []string{"fr", "be"}[n%2]
		p, err := []*mysql.Orders{c.orders, second}[n/2%2].Place(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if seen[p.Number] || !strings.HasPrefix(string(p.Number), strings.ToUpper(r.Market)+"-1000") {
			t.Errorf("number %s", p.Number)
		}
		seen[p.Number] = true
	}
}
