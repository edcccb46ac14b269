package mysql_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"caveau/store/storetest"
)

// The figure: orders a second through Place, against the same statements in a bare loop on the same server, with the same number
// of connections, in turns, so that what else the machine does slows both.
//
//	go test ./store/mysql -run '^$' -bench Place -benchtime 1x
func BenchmarkPlace(b *testing.B) {
	for _, name := range []string{"distinct", "one"} {
		b.Run(name, func(b *testing.B) {
			f := newFloor(b, name == "one")
			for b.Loop() {
				rate, floor := f.measure(b, 7, 400)
				b.ReportMetric(rate, "orders/s")
				b.ReportMetric(floor, "floor/s")
				b.ReportMetric(rate/floor, "of-floor")
			}
		})
	}
}

func TestPlaceAgainstTheFloor(t *testing.T) {
	for _, name := range []string{"distinct", "one"} {
		rate, floor := newFloor(t, name == "one").measure(t, longOr(3, 5), longOr(150, 2000))
		t.Logf("%s: %.0f orders/s, floor %.0f/s: %.2f of it", name, rate, floor, rate/floor)
		if rate < floor/2 {
			t.Errorf("%s: less than half of the floor", name)
		}
	}
}

// connections is how many buyers there are: one for each connection of an instance (mysql.DefaultLimits).
const connections = 16

// bare is an order without a shop.
type bare struct {
	*cellar
	db   *sql.DB
	one  bool // all buy the same SKU
	next atomic.Int64
}

func newFloor(t testing.TB, one bool) *bare {
	levels := map[string]int{}
	for i := range 200 {
		levels[fmt.Sprintf("SKU-%03d", i)] = 1_000_000
	}
	c := newCellar(t, storetest.Database(t), levels)
	c.Primary.SetMaxIdleConns(connections)
	return &bare{cellar: c, db: c.Primary, one: one} // without the shop's limits: it waits for a lock as long as it takes
}

// measure both in turns; the median of the rounds.
func (f *bare) measure(t testing.TB, rounds, orders int) (rate, floor float64) {
	t.Helper()
	var rates, floors []float64
	for round := range rounds + 1 {
		placed := f.run(t, orders, func(ctx context.Context, sku string) error {
			_, err := f.orders.Place(ctx, checkout(want{sku, 1}))
			return err
		})
		written := f.run(t, orders, f.write)
		if round > 0 { // the first one warms up
			rates, floors = append(rates, placed), append(floors, written)
		}
	}
	slices.Sort(rates)
	slices.Sort(floors)
	return rates[rounds/2], floors[rounds/2]
}

// run so many orders by all connections and return the orders per second.
func (f *bare) run(t testing.TB, orders int, do func(ctx context.Context, sku string) error) float64 {
	t.Helper()
	var left atomic.Int64
	left.Store(int64(orders))
	began := time.Now()
	errs := together(connections, func(int) error {
		for left.Add(-1) >= 0 {
			sku := 0
			if !f.one {
				sku = int(f.next.Add(1) % 200)
			}
			if err := do(t.Context(), fmt.Sprintf("SKU-%03d", sku)); err != nil {
				return err
			}
		}
		return nil
	})
	if count(errs, nil) != connections {
		t.Fatal(errs)
	}
	return float64(orders) / time.Since(began).Seconds()
}

// write is the statements of one order and nothing else.
func (f *bare) write(ctx context.Context, sku string) error {
	conn, err := f.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	id := f.next.Add(1)
	key, number := sha256.Sum256([]byte(fmt.Sprint(id))), fmt.Sprint("XX-", id)
	var now time.Time
	var withdrawn, limit, minor int
	if _, err := tx.ExecContext(ctx, `INSERT INTO idempotency (key_hash, body_hash, number) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE number = number`, key[:], key[:], number); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, `SELECT UTC_TIMESTAMP(6), s.code, s.withdrawn, COALESCE(a.per_customer, 0), COALESCE((
			SELECT p.minor FROM price p WHERE p.sku_id = s.id AND p.market = 'fr' AND p.valid_from <= UTC_TIMESTAMP(6)
			ORDER BY p.valid_from DESC, p.id DESC LIMIT 1), 0)
		FROM sku s LEFT JOIN allocation a ON a.sku = s.code AND a.market = 'fr'
		WHERE s.code IN (?)`, sku).Scan(&now, &sku, &withdrawn, &limit, &minor); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE stock SET available = available - 1 WHERE sku = ? AND warehouse = ? AND available >= 1`, sku, warehouse); err != nil {
		return err
	}
	done, err := tx.ExecContext(ctx, `INSERT INTO orders (number, market, locale, warehouse, customer, buyer, name, email, phone,
			delivery, invoice, method, state, currency, net, tax, total, placed_at, expires_at)
		VALUES (?, 'fr', 'fr-FR', ?, '', 'guest:anne@example.com', 'Anne Dupont', 'anne@example.com', '',
			'{"Recipient":"Anne Dupont","Line1":"1 rue du Port","Line2":"","Line3":"","Sublocality":"","Locality":"Bordeaux","Region":"","Postcode":"33000","Country":"FR"}',
			'{"Recipient":"Anne Dupont","Line1":"1 rue du Port","Line2":"","Line3":"","Sublocality":"","Locality":"Bordeaux","Region":"","Postcode":"33000","Country":"FR"}',
			'redirect', 'awaiting', 'EUR', 90833, 18167, 109000, ?, ?)`, number, warehouse, now, now)
	if err != nil {
		return err
	}
	order, err := done.LastInsertId()
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`INSERT INTO order_line (order_id, position, kind, sku, sale_type, title, quantity, unit, net, tax) VALUES (?, 1, 'wine', 'SKU-000', 'stock', 'Château Test 1990', 1, 109000, 90833, 18167)`,
		`INSERT INTO reservation (order_id, sku, warehouse, quantity, allotted, goods, expires_at) VALUES (?, 'SKU-000', 'bordeaux', 1, FALSE, 'held', UTC_TIMESTAMP(6))`,
		`INSERT INTO payment (order_id, method, reference, minor, currency, state) VALUES (?, 'redirect', NULL, 109000, 'EUR', 'asked')`,
		`INSERT INTO order_event (order_id, state, actor, note) VALUES (?, 'awaiting', 'shopper', '')`,
		`INSERT INTO outbox (topic, order_id) VALUES ('order.awaiting', ?)`,
	} {
		if _, err := tx.ExecContext(ctx, statement, order); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	var position string
	return conn.QueryRowContext(ctx, `SELECT @@last_gtid`).Scan(&position)
}
