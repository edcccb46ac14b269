package web_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/store/customer"
	"caveau/store/limit"
	"caveau/store/mysql"
	"caveau/store/redis"
	"caveau/store/storetest"
	"caveau/web"

	"github.com/PuerkitoBio/goquery"
)

func TestMain(m *testing.M) { storetest.Main(m, 0) }

// openDoor is a web.Limits that allows everything.
type openDoor struct{}

func (openDoor) Take(context.Context, ...limit.Claim) time.Duration { return 0 }
func (openDoor) Forget(context.Context, ...limit.Claim) error       { return nil }

// sharedHasher is one for all tests, as it is one for a process.
var sharedHasher = sync.OnceValues(customer.NewHasher)

// house is a shop with accounts, on a real database and a real Redis.
type house struct {
	*shop
	db        *storetest.DB
	customers *mysql.Customers
	sessions  *redis.Sessions
	hasher    *customer.Hasher
	redis     *redis.Client
}

// patient is a budget for Redis on a busy machine.
const patient = 10 * time.Second

// newHouse takes the addresses of Redis from a test that stands in front of it; "" is the real one.
func newHouse(t testing.TB, redisAddr string, options ...func(*web.Config)) *house {
	t.Helper()
	h := &house{db: storetest.Database(t)}
	if redisAddr == "" {
		redisAddr = h.db.RedisAddr
	}
	primary, err := mysql.OpenPrimary(h.db.PrimaryDSN, mysql.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { primary.Close() })
	h.db.Migrated(t, func(ctx context.Context) error {
		_, err := primary.Migrate(ctx)
		return err
	})
	if h.redis, err = redis.Open(redis.Options{Addrs: []string{redisAddr}, Budget: patient}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.redis.Close() })
	if h.hasher, err = sharedHasher(); err != nil {
		t.Fatal(err)
	}
	h.customers, h.sessions = mysql.NewCustomers(primary), redis.NewSessions(h.redis, time.Hour, 24*time.Hour)
	real := func(c *web.Config) {
		c.Sessions, c.Doors, c.Folders, c.Passwords = h.sessions, h.customers, h.customers, h.hasher
		orders := mysql.NewOrders(primary, nil)
		c.Carts, c.Orders, c.Papers, c.Leaving, c.Ledger = redis.NewCarts(h.redis, time.Hour), orders, orders, orders, orders
	}
	h.shop = newShop(t, append([]func(*web.Config){real}, options...)...)
	if _, err := primary.Import(t.Context(), cellarList(), h.markets, today, nil); err != nil {
		t.Fatal(err)
	}
	h.exec(t, `INSERT INTO stock (sku, warehouse, available) SELECT code, 'bordeaux', 12 FROM sku ON DUPLICATE KEY UPDATE available = 12`)
	return h
}

func (h *house) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := h.db.Primary.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (h *house) number(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	if err := h.db.Primary.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// letter is the newest one to an address: its topic, and where it leads.
func (h *house) letter(t testing.TB, email string) (topic, link string) {
	t.Helper()
	var data []byte
	err := h.db.Primary.QueryRowContext(t.Context(), `SELECT topic, data FROM letter WHERE recipient = ? ORDER BY id DESC LIMIT 1`, email).Scan(&topic, &data)
	if err == sql.ErrNoRows {
		return "", ""
	}
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]string
	if err := json.Unmarshal(data, &values); err != nil {
		t.Fatal(err)
	}
	return topic, values["link"]
}

const goodPassword = "neuf caisses de margaux"

// member has an account and is logged in.
func (h *house) member(t *testing.T, market, email string) *visitor {
	t.Helper()
	v := h.visitor(market)
	account := map[string]string{"fr": "/compte", "de": "/konto", "hk": "/account"}[market]
	v.post(t, account+"/register", form("name", "Émilie", "email", email, "password", goodPassword)).want(t, http.StatusOK)
	topic, link := h.letter(t, email)
	same(t, "letter", topic, "account.confirm")
	doc := v.get(t, link).want(t, http.StatusOK).page(t)
	token := attr(t, doc, `.account__form input[name="token"]`, "value")
	v.post(t, account+"/confirm", form("token", token, "password", goodPassword)).want(t, http.StatusSeeOther)
	if v.jar[web.SessionCookie] == "" {
		t.Fatal("not logged in")
	}
	return v
}

// logIn on another device.
func (h *house) logIn(t *testing.T, email string) *visitor {
	t.Helper()
	v := h.visitor("fr")
	v.post(t, "/compte/login", form("email", email, "password", goodPassword)).want(t, http.StatusSeeOther)
	return v
}

// form from names and values.
func form(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

// in says that the visitor is logged in.
func (v *visitor) in(t *testing.T) bool {
	t.Helper()
	return v.get(t, "/compte").StatusCode == http.StatusOK
}

// says is the text of the page's main part.
func says(t *testing.T, doc *goquery.Document) string {
	t.Helper()
	return strings.ReplaceAll(text(t, doc, "main"), "\u00a0", " ")
}
