package redis

import (
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"caveau/store/cart"
	"caveau/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m, 0) }

// patient is a budget for tests that are about carts, so that a busy machine does not fail them.
const patient = 10 * time.Second

var (
	someID = cart.ID{1, 2, 3, 15: 16}
	french = cart.Cart{Market: "fr"} // what a visitor without a cookie has
)

// open makes a client; it is closed when the test ends.
func open(t testing.TB, o Options) *Client {
	t.Helper()
	c, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// flushed is the shared Redis, emptied: carts in it, and a bare client to look at what they write.
func flushed(t testing.TB) (*Carts, goredis.UniversalClient) {
	t.Helper()
	c := open(t, Options{Addrs: []string{storetest.Services(t).RedisAddr()}, Budget: patient})
	if err := c.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	return NewCarts(c, time.Hour), c.redis
}

func must(t testing.TB) func(cart.Cart, error) cart.Cart {
	return func(c cart.Cart, err error) cart.Cart {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}
