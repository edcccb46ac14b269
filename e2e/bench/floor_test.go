package main

import (
	"bytes"
	"fmt"
	"net"
	"testing"
	"time"

	"caveau/templates/live"
)

func TestTheStaticFloorSendsTheSizeAndTheHeadersOfAPage(t *testing.T) {
	page := answer{header: []byte("HTTP/1.1 200 OK\r\nServer: x\r\nDate: today\r\nContent-Length: 9\r\nContent-Encoding: gzip\r\nEtag: W/\"a\"")}
	config := floorConfig{Kind: staticFloor, Size: 7000, Headers: headersOf(page)}
	if want := [][2]string{{"Content-Encoding", "gzip"}, {"Etag", `W/"a"`}}; fmt.Sprint(config.Headers) != fmt.Sprint(want) {
		t.Fatalf("headers %v, want %v", config.Headers, want)
	}
	handler, err := config.handler()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := newFloor(handler)
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(l) }()
	defer func() {
		if err := app.ShutdownWithTimeout(time.Second); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	got, err := once(l.Addr().(*net.TCPAddr).Port, []byte(anyRequest))
	if err != nil {
		t.Fatal(err)
	}
	tag, _ := header(got.header, []byte("etag"))
	if got.status != 200 || len(got.body) != 7000 || string(tag) != `W/"a"` {
		t.Errorf("status %d, %d bytes, tag %s", got.status, len(got.body), tag)
	}
}

func TestHolesAreFilledAndMarksTakenAway(t *testing.T) {
	count := live.NewPhrase(func(n int) string { return fmt.Sprint(n) })
	asOf := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	holes := []live.Hole{{Kind: live.OfStock, Stock: live.Stock{3, 4}, Phrase: count}, {Kind: live.OfStamp, Stamp: live.NewClock()}}
	w := &naiveWorker{}
	if err := w.fill([]byte("<b>\x00</b>\x01foot\x02<i>\x00</i>\x01end\x02"), holes, reading(map[uint32]int{3: 5, 4: 7}, asOf)); err != nil {
		t.Fatal(err)
	}
	want := "<b>12   </b>foot<i>2026-05-01T12:00:00Z</i>end"
	if got := w.filled.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if err := w.fill([]byte("no hole"), holes, live.Reading{}); err == nil {
		t.Error("no error although the holes are missing")
	}
}

func TestDifferenceBeginsBeforeTheFirstByteThatDiffers(t *testing.T) {
	if a, b := difference([]byte("same"), []byte("same")); a != b {
		t.Errorf("%q and %q differ", a, b)
	}
	long := bytes.Repeat([]byte("x"), 100)
	a, b := difference(append(long[:100:100], "in stock"...), append(long[:100:100], "sold out"...))
	if a != string(long[:60])+"in stock" || b != string(long[:60])+"sold out" {
		t.Errorf("%q and %q", a, b)
	}
	if a, b := difference([]byte("short"), []byte("shorter")); a == b {
		t.Error("a page that goes on is no difference")
	}
}
