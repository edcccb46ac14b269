package web_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"caveau/store/customer"
	"caveau/store/storetest"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// crowd is customers who ask for their own page on connections that break.
type crowd struct {
	*house
	addr    string
	tickets []customer.Ticket
	asked   atomic.Int64
	read    atomic.Int64 // pages that were read to their end
	foreign atomic.Int64 // of them, those with somebody else on them
}

// narrow is the room that both ends of a connection have. A few answers behind each other do not fit: they are stuck in the middle of a
// page, of which the shop must not use the memory for another one meanwhile.
const narrow = 4 << 10

var marker = regexp.MustCompile(`member-(\d+)@example\.com`)

// Connections reset on both sides, of browsers and of Redis, with requests behind each other on one connection, and answers that are stuck
// while others are made: of so many pages that were read to their end not one shows somebody else. Pages that say that the account is
// away are none of them.
func TestNobodySeesAnothersPage(t *testing.T) {
	rounds := 2_000
	if os.Getenv("CAVEAU_SOAK") == "1" {
		rounds = 100_000
	}
	proxy := flaky(t, storetest.Services(t).RedisAddr())
	c := &crowd{house: newHouse(t, proxy.Listen)}
	for n := range 12 {
		c.join(t, n)
	}
	c.serve(t)
	if _, err := proxy.Toxics.AddToxicJson(strings.NewReader(`{"type": "reset_peer", "toxicity": 0.5, "attributes": {"timeout": 40}}`)); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(time.Duration(rounds) * 50 * time.Millisecond)
	var all sync.WaitGroup
	for n := range 8 {
		chance := mathrand.New(mathrand.NewPCG(uint64(n), 7)) //nolint:gosec // a test's dice
		all.Go(func() {
			for c.read.Load() < int64(rounds) && c.foreign.Load() == 0 && time.Now().Before(deadline) {
				c.connection(t, chance)
			}
		})
	}
	all.Wait()
	t.Logf("%d pages were read to their end, of %d that were asked for", c.read.Load(), c.asked.Load())
	if c.foreign.Load() > 0 || c.read.Load() < int64(rounds) {
		t.Errorf("%d pages were read, %d with somebody else on them", c.read.Load(), c.foreign.Load())
	}
}

// flaky is a proxy that can be told to break connections.
func flaky(t *testing.T, upstream string) *toxiproxy.Proxy {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	p := toxiproxy.NewProxy(server, t.Name(), "127.0.0.1:0", upstream)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

// join opens an account and a session.
func (c *crowd) join(t *testing.T, n int) {
	t.Helper()
	token, err := customer.NewToken(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id, err := customer.NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	email := customer.Email(fmt.Sprintf("member-%d@example.com", n))
	if err := c.customers.Apply(t.Context(), customer.Applicant{Email: email, Hash: "none", Market: "fr", Locale: "fr-FR"}, token); err != nil {
		t.Fatal(err)
	}
	if _, err := c.customers.Confirm(t.Context(), token, id); err != nil {
		t.Fatal(err)
	}
	ticket, err := customer.NewTicket(rand.Reader, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.sessions.Begin(t.Context(), ticket, 1); err != nil {
		t.Fatal(err)
	}
	c.tickets = append(c.tickets, ticket)
}

func (c *crowd) serve(t *testing.T) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.addr = l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- c.Serve(narrowed{l}) }()
	t.Cleanup(func() {
		if err := c.Shutdown(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
}

// narrowed gives the connections that it accepts no room.
type narrowed struct{ net.Listener }

func (l narrowed) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if tcp, ok := conn.(*net.TCPConn); ok {
		err = errors.Join(err, tcp.SetWriteBuffer(narrow))
	}
	return conn, err
}

// dial a connection with no room for answers that nobody has read.
func (c *crowd) dial(t *testing.T) net.Conn {
	t.Helper()
	room := net.Dialer{Control: func(_, _ string, raw syscall.RawConn) (err error) {
		return errors.Join(raw.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, narrow) }), err)
	}}
	conn, err := room.DialContext(t.Context(), "tcp", c.addr)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func (c *crowd) request(who int) string {
	c.asked.Add(1)
	return "GET /compte HTTP/1.1\r\nHost: fr.localhost:8080\r\nCookie: __Host-session=" + c.tickets[who].String() + "\r\n\r\n"
}

// meanwhile somebody else reads a page.
func (c *crowd) meanwhile(t *testing.T, chance *mathrand.Rand) {
	conn, who := c.dial(t), chance.IntN(len(c.tickets))
	defer conn.Close()
	if _, err := io.WriteString(conn, c.request(who)); err == nil {
		c.reads(bufio.NewReader(conn), who)
	}
}

// connection asks a few times on one connection, for several customers behind each other, and breaks it off at some point.
func (c *crowd) connection(t *testing.T, chance *mathrand.Rand) {
	conn := c.dial(t)
	defer conn.Close()
	in := bufio.NewReader(conn)
	for range 1 + chance.IntN(6) {
		asked := make([]int, 1+chance.IntN(3))
		for i := range asked {
			asked[i] = chance.IntN(len(c.tickets))
			request := c.request(asked[i])
			if chance.IntN(12) == 0 { // half a request, and then nothing
				_, _ = io.WriteString(conn, request[:len(request)/2])
				reset(conn)
				return
			}
			if _, err := io.WriteString(conn, request); err != nil {
				return
			}
		}
		if chance.IntN(6) == 0 {
			reset(conn)
			return
		}
		if chance.IntN(2) == 0 {
			c.meanwhile(t, chance)
		}
		for _, who := range asked {
			if !c.reads(in, who) {
				return
			}
		}
	}
}

// reads one page, which is the customer's own or says that the account is away.
func (c *crowd) reads(in *bufio.Reader, who int) bool {
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		return false
	}
	defer res.Body.Close() //nolint:errcheck // read to its end below
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return false
	}
	found := marker.FindAllSubmatch(body, -1)
	for _, m := range found {
		if string(m[1]) != fmt.Sprint(who) {
			c.foreign.Add(1)
		}
	}
	if res.StatusCode == http.StatusOK {
		c.read.Add(1)
		if len(found) == 0 {
			c.foreign.Add(1) // nobody's page
		}
	}
	return true
}

// reset breaks a connection as a browser's network does, without a goodbye.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
