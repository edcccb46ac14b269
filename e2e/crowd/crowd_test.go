package crowd

import (
	"context"
	mathrand "math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"caveau/i18n"
	"caveau/store/cart"
	"caveau/store/mysql"
	"caveau/store/storetest"
)

const (
	buyers       = 64
	market       = "de"
	host         = "de.localhost"
	checkoutPath = "/warenkorb/checkout"
	warehouse    = "bordeaux"

	// untilCut is how many attempts there are between two cuts of the history.
	untilCut = 500
	// killEvery is how often an instance is killed.
	killEvery = 5 * time.Second
)

func TestMain(m *testing.M) { storetest.Main(m, 2) }

// rush is the crowd and what it rushes at.
type rush struct {
	db        *storetest.DB
	instances *instances
	history   *storetest.History
	mirror    *cart.Mirror
	words     *i18n.Printer
	orders    *mysql.Orders // to call off orders, and to ask what became of those in doubt
	hot, cold []string
	left      atomic.Int64
	placed    atomic.Int64
	refused   atomic.Int64
	doubtful  atomic.Int64
	unseen    atomic.Int64 // no instance showed the form
	again     atomic.Int64
	balanced  atomic.Int64
}

// Sixty-four buyers at three instances, two hundred SKUs of which ten are hot.
func TestNothingIsSoldTwiceOverHTTP(t *testing.T) {
	attempts := 5000
	if os.Getenv("CAVEAU_SOAK") == "1" {
		attempts = 100_000
	}
	db := storetest.DatabaseOn(t, storetest.Start(t, 2))
	r := &rush{db: db, instances: open(t, 3, db)}
	r.fill(t)
	crowd := r.crowd()
	began := time.Now()
	ctx, stop := context.WithCancel(t.Context())
	var faults sync.WaitGroup
	faults.Go(func() { r.watch(ctx, t) })
	faults.Go(func() { r.killInstances(ctx, t) })
	for part := range attempts / untilCut {
		if part%5 == 1 { // while the instances go on dying
			faults.Go(func() { r.harm(t) })
		}
		r.left.Store(untilCut)
		each(crowd, func(b *buyer) { b.buy(t) })
		each(crowd, func(b *buyer) { b.settle(t) })
		r.history.Cut(t, r.levels(t))
	}
	took := time.Since(began)
	stop()
	faults.Wait()
	t.Logf("%d placed, %d refused, %d forms not shown, %d in doubt, %d sent again; %d instances killed; balanced %d times; %d acts checked; %s, %.0f checkouts/s",
		r.placed.Load(), r.refused.Load(), r.unseen.Load(), r.doubtful.Load(), r.again.Load(), r.instances.killed.Load(), r.balanced.Load(),
		r.history.Decided(), took.Round(time.Millisecond), float64(attempts)/took.Seconds())
	for what, n := range map[string]int64{
		"placed": r.placed.Load(), "refused": r.refused.Load(), "sent again": r.again.Load(), "killed": r.instances.killed.Load(), "balanced": r.balanced.Load(),
	} {
		if n == 0 {
			t.Errorf("nothing was %s: the proof proves less than it says", what)
		}
	}
	if int(r.placed.Load()+r.refused.Load()) < attempts/2 {
		t.Errorf("only %d of %d checkouts had an answer", r.placed.Load()+r.refused.Load(), attempts)
	}
}

func each(crowd []*buyer, do func(b *buyer)) {
	var all sync.WaitGroup
	for _, b := range crowd {
		all.Go(func() { do(b) })
	}
	all.Wait()
}

func (r *rush) crowd() []*buyer {
	var crowd []*buyer
	for client := range buyers {
		crowd = append(crowd, &buyer{rush: r, client: client, chance: mathrand.New(mathrand.NewPCG(2, uint64(client)))})
	}
	return crowd
}

// fill chooses the SKUs and their levels: the last ten are hot.
func (r *rush) fill(t *testing.T) {
	t.Helper()
	var err error
	if r.mirror, err = cart.NewMirror(key); err != nil {
		t.Fatal(err)
	}
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	r.words = messages.Printer("de-DE")
	primary, err := mysql.OpenPrimary(r.db.PrimaryDSN, mysql.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { primary.Close() })
	r.orders = mysql.NewOrders(primary, nil)
	all := r.skus(t)
	r.cold, r.hot = all[:190], all[190:]
	r.exec(t, `CREATE TABLE supply (sku VARCHAR(64) NOT NULL PRIMARY KEY, units INT NOT NULL)`)
	for i, list := range [][]string{r.cold, r.hot} {
		units := []int{2000, 24}[i]
		r.exec(t, `UPDATE stock SET available = ? WHERE warehouse = ? AND sku IN (`+quoted(list)+`)`, units, warehouse)
		r.exec(t, `INSERT INTO supply SELECT sku, available FROM stock WHERE warehouse = ? AND sku IN (`+quoted(list)+`)`, warehouse)
	}
	r.db.Sync(t)
	r.history = storetest.NewHistory(r.levels(t))
}

// skus are two hundred bottles that the market sells out of its warehouse.
func (r *rush) skus(t *testing.T) (codes []string) {
	t.Helper()
	rows, err := r.db.Primary.QueryContext(t.Context(), `SELECT DISTINCT s.code FROM sku s JOIN stock t ON t.sku = s.code AND t.warehouse = ?
		JOIN price p ON p.sku_id = s.id AND p.market = ? AND p.valid_from < UTC_TIMESTAMP() WHERE s.sale_type = 'stock' AND NOT s.withdrawn ORDER BY s.code LIMIT 200`, warehouse, market)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			t.Fatal(err)
		}
		codes = append(codes, code)
	}
	if err := rows.Err(); err != nil || len(codes) != 200 {
		t.Fatalf("%d SKUs: %v", len(codes), err)
	}
	return codes
}

func (r *rush) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := r.db.Primary.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// levels are what the stock says where nothing is under way.
func (r *rush) levels(t *testing.T) map[string]int {
	t.Helper()
	return r.db.Levels(t, `SELECT t.sku, t.available FROM stock t JOIN supply s ON s.sku = t.sku WHERE t.warehouse = ?`, warehouse)
}

// watch looks throughout whether initial + received = free + reserved + sold.
func (r *rush) watch(ctx context.Context, t *testing.T) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		var off int
		err := r.db.Primary.QueryRowContext(ctx, `SELECT COUNT(*) FROM (
			SELECT s.units - t.available - COALESCE((SELECT SUM(v.quantity) FROM reservation v
				WHERE v.sku = s.sku AND v.warehouse = t.warehouse AND v.goods IN ('held', 'sold')), 0) AS lost
			FROM supply s JOIN stock t ON t.sku = s.sku AND t.warehouse = ?) AS all_skus WHERE lost <> 0`, warehouse).Scan(&off)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			t.Logf("a look failed: %v", err)
		case off != 0:
			t.Errorf("%d SKUs: initial + received is not free + reserved + sold", off)
			return
		default:
			r.balanced.Add(1)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// killInstances kills one instance after the other.
func (r *rush) killInstances(ctx context.Context, t *testing.T) {
	tick := time.NewTicker(killEvery)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			r.instances.kill(t, r.instances.all[i%len(r.instances.all)])
		}
	}
}

// harm the databases: a replica is killed and comes back, and the primary freezes for two seconds.
func (r *rush) harm(t *testing.T) {
	services := r.db.Services
	if err := services.Replica(0).Kill(); err != nil {
		t.Error(err)
	}
	if err := services.Primary().Pause(); err != nil {
		t.Error(err)
	}
	<-time.After(2 * time.Second)
	if err := services.Primary().Resume(); err != nil {
		t.Error(err)
	}
	if err := services.Replica(0).Restart(t.Context()); err != nil && t.Context().Err() == nil {
		t.Error(err)
	}
}
