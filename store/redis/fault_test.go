package redis

import (
	"context"
	"errors"
	"io"
	"net"
	"reflect"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"

	"caveau/store/cart"
	"caveau/store/storetest"
)

// soon is far above what an operation may cost and far below what go-redis would wait by default.
const soon = 2 * time.Second

func TestAHungRedisCostsLittleAndThenNothing(t *testing.T) {
	carts := NewCarts(open(t, Options{Addrs: []string{listener(t, func(net.Conn) {})}}), time.Hour)
	tried := 0
	for range 200 {
		began := time.Now()
		c, err := carts.Add(t.Context(), someID, french, "A", 1, cart.Seen{})
		took := time.Since(began)
		if !errors.Is(err, cart.ErrUnavailable) || !reflect.DeepEqual(c, french) {
			t.Fatalf("%v, %v", c, err)
		}
		if !errors.Is(err, ErrDown) {
			tried++
			if took > soon {
				t.Errorf("waited %s", took)
			}
		}
	}
	if tried != failures {
		t.Errorf("%d operations waited for Redis before the breaker opened, want %d", tried, failures)
	}
}

func TestFaultsAreUnavailable(t *testing.T) {
	for name, addr := range map[string]string{
		"refused":           unused(t),
		"closed at once":    listener(t, func(c net.Conn) { _ = c.Close() }),
		"another protocol":  listener(t, func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }),
		"any answer":        server(t, func([]string) string { return "+OK\r\n" }),
		"an empty answer":   server(t, func([]string) string { return "*0\r\n" }),
		"half an answer":    server(t, func([]string) string { return "*3\r\n$2\r\nok\r\n:1\r\n$1\r\nA\r\n" }),
		"an unknown answer": server(t, func([]string) string { return "*2\r\n$2\r\nno\r\n:1\r\n" }),
		"a damaged cart":    server(t, func([]string) string { return "*4\r\n$2\r\nok\r\n:1\r\n$1\r\nA\r\n:0\r\n" }),
		"version of words":  server(t, func([]string) string { return "*2\r\n$2\r\nok\r\n$1\r\n1\r\n" }),
		"loading":           server(t, func([]string) string { return "-LOADING Redis is loading the dataset in memory\r\n" }),
		"a read-only one":   server(t, func([]string) string { return "-READONLY You can't write against a read only replica.\r\n" }),
	} {
		carts := NewCarts(open(t, Options{Addrs: []string{addr}}), time.Hour)
		held := cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "A", Quantity: 1}}}
		if c, err := carts.Add(t.Context(), someID, held, "A", 1, cart.Seen{}); !errors.Is(err, cart.ErrUnavailable) || !reflect.DeepEqual(c, held) {
			t.Errorf("%s: %v, %v", name, c, err)
		}
		if _, found, err := carts.Get(t.Context(), someID, "fr"); found || !errors.Is(err, cart.ErrUnavailable) {
			t.Errorf("%s: found %v, %v", name, found, err)
		}
	}
}

// Redis hangs, is slow, refuses and comes back; meanwhile the visitor goes on with the cookie. The toxics hold
// back answers and let requests through: the edits are made, and nobody hears of it.
func TestTheCartGoesOnWithoutRedisAndComesBack(t *testing.T) {
	_, raw := flushed(t)
	for name, fault := range map[string]func(*toxiproxy.Proxy) (mend func()){
		"hung":    toxic(t, `{"type":"timeout","attributes":{"timeout":0}}`),
		"1s slow": toxic(t, `{"type":"latency","attributes":{"latency":1000}}`),
		"refused": func(p *toxiproxy.Proxy) func() { p.Stop(); return func() { start(t, p) } },
	} {
		t.Run(name, func(t *testing.T) {
			if err := raw.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
			p := proxy(t, storetest.Services(t).RedisAddr())
			client := open(t, Options{Addrs: []string{p.Listen}})
			carts := NewCarts(client, time.Hour)
			add := func(cookie cart.Cart) cart.Cart { // as a page does it
				c, err := carts.Add(t.Context(), someID, cookie, "A", 1, cart.Seen{})
				if errors.Is(err, cart.ErrUnavailable) {
					c, err = cookie.Add("A", 1)
				}
				return must(t)(c, err)
			}
			cookie := french
			for range 5 {
				cookie = add(cookie)
			}
			mend := fault(p)
			for range 20 {
				cookie = add(cookie)
			}
			if _, err := carts.Restore(t.Context(), someID, cookie); !errors.Is(err, ErrDown) {
				t.Errorf("after 20 failures: %v", err)
			}
			mend()
			eventually(t, func() error {
				c, err := carts.Restore(t.Context(), someID, cookie)
				if err == nil && (c.Count() != 25 || c.Version != 25) {
					t.Fatalf("25 adds made %v", c)
				}
				return err
			})
			if c, err := NewCarts(open(t, Options{Addrs: []string{storetest.Services(t).RedisAddr()}, Budget: patient}), time.Hour).
				Restore(t.Context(), someID, french); err != nil || c.Count() != 25 {
				t.Errorf("Redis has %v, %v", c, err)
			}
		})
	}
}

// The real server dies, comes back empty, stands still and is full.
func TestOneLifeOfARedis(t *testing.T) {
	redis := storetest.Start(t, 0).Redis()
	client := open(t, Options{Addrs: []string{redis.Addr()}})
	carts := NewCarts(client, time.Hour)
	ctx := t.Context()
	var cookie cart.Cart
	eventually(t, func() (err error) { cookie, err = carts.Add(ctx, someID, french, "A", 1, cart.Seen{}); return err })

	if err := redis.Kill(); err != nil {
		t.Fatal(err)
	}
	if c, err := carts.Add(ctx, someID, cookie, "A", 1, cart.Seen{}); !errors.Is(err, cart.ErrUnavailable) {
		t.Errorf("killed: %v, %v", c, err)
	}
	if err := client.Ping(ctx); err == nil {
		t.Error("killed, it answers a ping")
	}
	cookie = must(t)(cookie.Add("A", 1))
	if err := redis.Restart(ctx); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() (err error) { cookie, err = carts.Add(ctx, someID, cookie, "A", 1, cart.Seen{}); return err })
	if cookie.Count() != 3 {
		t.Errorf("restarted empty: %v", cookie)
	}

	if err := redis.Pause(); err != nil {
		t.Fatal(err)
	}
	if c, err := carts.Add(ctx, someID, cookie, "A", 1, cart.Seen{}); !errors.Is(err, cart.ErrUnavailable) {
		t.Errorf("standing still: %v, %v", c, err)
	}
	if err := redis.Resume(); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() error { return client.Ping(ctx) })

	if err := client.redis.ConfigSet(ctx, "maxmemory", "1").Err(); err != nil {
		t.Fatal(err)
	}
	mirror := must(t)(cookie.Add("B", 1))
	for range 3 * attempts {
		if c, err := carts.Add(ctx, cart.ID{8}, mirror, "A", 1, cart.Seen{}); !errors.Is(err, cart.ErrUnavailable) || errors.Is(err, ErrDown) {
			t.Fatalf("full: %v, %v", c, err)
		}
	}
	if _, found, err := carts.Get(ctx, someID, "fr"); err != nil || !found {
		t.Errorf("full, it cannot be read: %v, %v", found, err)
	}
}

func TestAPingClosesTheBreaker(t *testing.T) {
	p := proxy(t, storetest.Services(t).RedisAddr())
	client := open(t, Options{Addrs: []string{p.Listen}})
	p.Stop()
	for client.breaker.IsClosed() {
		if client.Ping(t.Context()) == nil {
			t.Fatal("nobody is there to answer")
		}
	}
	start(t, p)
	eventually(t, func() error { return client.Ping(t.Context()) })
	if !client.breaker.IsClosed() {
		t.Error("Redis answered and the breaker is open still")
	}
}

func TestAnImpatientCallerIsObeyed(t *testing.T) {
	client := open(t, Options{Addrs: []string{listener(t, func(net.Conn) {})}, Budget: time.Minute})
	carts := NewCarts(client, time.Hour)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, _, err := carts.Get(ctx, someID, "fr")
	if took := time.Since(began); took > soon || !errors.Is(err, cart.ErrUnavailable) {
		t.Errorf("waited %s, %v", took, err)
	}
}

func TestCallersWhoGoAwayDoNotOpenTheBreaker(t *testing.T) {
	client := open(t, Options{Addrs: []string{unused(t)}, Budget: patient})
	for range 3 * attempts {
		ctx, cancel := context.WithCancel(t.Context())
		err := client.do(ctx, func(ctx context.Context) error {
			cancel()
			<-ctx.Done()
			return ctx.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if !client.breaker.IsClosed() {
		t.Error("the breaker is open")
	}
}

func TestACallerWhoHasGoneIsNotServed(t *testing.T) {
	carts, _ := flushed(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := carts.Add(ctx, someID, french, "A", 1, cart.Seen{}); !errors.Is(err, context.Canceled) || !errors.Is(err, cart.ErrUnavailable) {
		t.Error(err)
	}
	if c, found, err := carts.Get(t.Context(), someID, "fr"); found || err != nil {
		t.Errorf("the edit was made: %v, %v", c, err)
	}
}
