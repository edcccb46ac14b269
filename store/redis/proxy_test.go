package redis

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// proxy stands between a client and Redis and can be told to behave badly.
func proxy(t *testing.T, upstream string) *toxiproxy.Proxy {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	p := toxiproxy.NewProxy(server, t.Name(), "127.0.0.1:0", upstream)
	start(t, p)
	t.Cleanup(p.Stop)
	return p
}

func start(t *testing.T, p *toxiproxy.Proxy) {
	t.Helper()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
}

// toxic is a fault of the proxy, in toxiproxy's own notation.
func toxic(t *testing.T, notation string) func(*toxiproxy.Proxy) (mend func()) {
	return func(p *toxiproxy.Proxy) func() {
		t.Helper()
		added, err := p.Toxics.AddToxicJson(strings.NewReader(notation))
		if err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := p.Toxics.RemoveToxic(context.Background(), added.Name); err != nil {
				t.Error(err)
			}
		}
	}
}

// listener takes connections and does with them what it is told; they are closed when the test ends.
func listener(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
			go serve(c)
		}
	}()
	return l.Addr().String()
}

// unused is an address where nobody listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// eventually asks until there is no error, for at most ten seconds.
func eventually(t *testing.T, ask func() error) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(10 * time.Second)
	for {
		err := ask()
		if err == nil {
			return
		}
		select {
		case <-deadline:
			t.Fatal("it never came to be:", err)
		case <-tick.C:
		}
	}
}
