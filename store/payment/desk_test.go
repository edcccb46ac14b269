package payment_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/store/money"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/payment"
	"caveau/store/storetest"
	"caveau/store/stripe"
	"caveau/store/stripe/simulator"
)

func TestMain(m *testing.M) { storetest.Main(m, 0) }

const price = 109_000

var words = payment.Words{Title: "Commande", Paid: "https://fr.example.com/order?back=paid", Back: "https://fr.example.com/order?back=unpaid"}

// desk is a shop with a provider: a real database, the real adapter, and a simulated Stripe.
type desk struct {
	*storetest.DB
	orders *mysql.Orders
	book   *mysql.Payments
	client *stripe.Client
	sim    *simulator.Simulator
	till   *payment.Till
	log    *log
}

// log is what the till says.
type log struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newDesk has so many bottles of A.
func newDesk(t *testing.T, bottles int) *desk {
	t.Helper()
	d := &desk{DB: storetest.Database(t), log: &log{}}
	primary, err := mysql.OpenPrimary(d.PrimaryDSN, mysql.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { primary.Close() })
	d.Migrated(t, func(ctx context.Context) error {
		_, err := primary.Migrate(ctx)
		return err
	})
	d.orders, d.book = mysql.NewOrders(primary, nil), mysql.NewPayments(primary)
	d.exec(t, `INSERT INTO sku (code, vintage_id, volume, pack, packaging, sale_type) VALUES ('A', 1, 750, 1, 'loose', 'stock')`)
	d.exec(t, `INSERT INTO stock (sku, warehouse, available) VALUES ('A', 'bordeaux', ?)`, bottles)
	d.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'fr', ?, '2026-01-01' FROM sku`, price)
	logger := slog.New(slog.NewTextHandler(d.log, nil))
	d.sim = simulator.New(simulator.Options{Secret: "whsec_test", Now: time.Now, Logger: logger})
	server := httptest.NewServer(d.sim)
	t.Cleanup(server.Close)
	d.sim.Base = server.URL
	d.client = stripe.New(stripe.Options{Key: "sk_test", URL: server.URL, Secrets: []string{"whsec_test"}})
	d.till = payment.NewTill(d.client, d.book, logger)
	return d
}

func (d *desk) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := d.Primary.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (d *desk) number(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := d.Primary.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// place an order for one bottle.
func (d *desk) place(t *testing.T) order.Placed {
	t.Helper()
	return d.placeSome(t, 1)
}

func (d *desk) placeSome(t *testing.T, n int) order.Placed {
	t.Helper()
	key, err := order.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	home := order.Address{Recipient: "Anne Dupont", Line1: "1 rue du Port", Locality: "Bordeaux", Postcode: "33000", Country: "FR"}
	total := money.Of(price, "EUR").Times(int64(n))
	net, tax := order.Rate(2000).Included(total)
	p, err := d.orders.Place(t.Context(), order.Request{
		Key: key, Market: "fr", Locale: "fr-FR", Warehouse: "bordeaux", Method: order.Redirect, Contact: order.Contact{Name: "Anne Dupont", Email: "anne@example.com"},
		Delivery: home, Invoice: home, Total: total,
		Lines: []order.Line{{Kind: order.Wine, SKU: "A", SaleType: "stock", Title: "Château Test 1990", Quantity: n, Unit: money.Of(price, "EUR"), Net: net, Tax: tax}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// begin a payment; the session's id.
func (d *desk) begin(t *testing.T, number order.Number) string {
	t.Helper()
	address, err := d.till.Begin(t.Context(), number, words)
	if err != nil {
		t.Fatal(err)
	}
	return idOf(address)
}

func idOf(address string) string { return address[strings.LastIndexByte(address, '/')+1:] }

// tell the shop a message.
func (d *desk) tell(t *testing.T, m *simulator.Message) error {
	t.Helper()
	return d.till.Notice(t.Context(), m.Body, d.sim.Signature(m.Body))
}

// told takes all that waits, in its order; none may be refused.
func (d *desk) told(t *testing.T) {
	t.Helper()
	for _, m := range d.sim.Messages() {
		if err := d.tell(t, m); err != nil {
			t.Errorf("%s: %v", m.Type, err)
		}
	}
}

// next is the one message that waits.
func (d *desk) next(t *testing.T) *simulator.Message {
	t.Helper()
	all := d.sim.Messages()
	if len(all) != 1 {
		t.Fatalf("%d messages wait, want 1", len(all))
	}
	return all[0]
}

// lapse lets the hold of all orders run out, and releases the bottles.
func (d *desk) lapse(t *testing.T) {
	t.Helper()
	d.exec(t, `UPDATE reservation r JOIN orders o ON o.id = r.order_id SET r.expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND,
		o.expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE r.goods = 'held'`)
	if _, err := d.orders.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// work as if the next look at everything were due.
func (d *desk) work(t *testing.T) {
	t.Helper()
	d.exec(t, `UPDATE payment_session SET next_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND`)
	d.exec(t, `UPDATE payment SET at = at, next_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND`)
	if err := d.till.Work(t.Context()); err != nil {
		t.Error(err)
	}
}

func (d *desk) show(t *testing.T, number order.Number) order.Order {
	t.Helper()
	o, err := d.orders.Show(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (d *desk) is(t *testing.T, number order.Number, want order.State) {
	t.Helper()
	if got := d.show(t, number).State; got != want {
		t.Errorf("order is %s, want %s\n%s", got, want, d.log)
	}
}
