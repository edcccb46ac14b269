package mysql_test

import (
	"bytes"
	"net"
	"sync/atomic"
	"testing"

	driver "github.com/go-sql-driver/mysql"
)

// lossy stands between the shop and its primary and loses the answers of some COMMITs: in turn after the server has
// committed, and before the server has heard of it. The shop sees the same broken connection both times.
type lossy struct {
	target  string
	every   int64 // every so many COMMITs, one is lost
	commits atomic.Int64
	lost    atomic.Int64
}

// newLossy starts one and returns the DSN that leads through it.
func newLossy(t *testing.T, dsn string, every int64) (*lossy, string) {
	t.Helper()
	config, err := driver.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	l := &lossy{target: config.Addr, every: every}
	config.Addr = listener.Addr().String()
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // the test ends
			}
			go l.serve(client)
		}
	}()
	return l, config.FormatDSN()
}

func (l *lossy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", l.target)
	if err != nil {
		return
	}
	defer server.Close()
	var losing atomic.Bool
	go func() { // answers; a lost one is waited for, so that the server has surely committed
		pass(server, client, func([]byte) bool { return !losing.Load() })
		client.Close()
	}()
	pass(client, server, func(packet []byte) bool {
		if !bytes.HasSuffix(packet, []byte("\x03COMMIT")) || l.commits.Add(1)%l.every != 0 {
			return true
		}
		if l.lost.Add(1)%2 == 0 {
			return false
		}
		losing.Store(true)
		return true
	})
}

// pass hands on what comes while let says so.
func pass(from, to net.Conn, let func([]byte) bool) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil || !let(buffer[:n]) {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}
