package main

import (
	"bytes"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

// serveTest answers on a port of this machine until the test ends.
func serveTest(t *testing.T, answer fasthttp.RequestHandler) (port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &fasthttp.Server{Handler: answer}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		if err := server.Shutdown(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().(*net.TCPAddr).Port
}

// always sends the same request.
func always(request string) source {
	return func(int) func() []byte { return func() []byte { return []byte(request) } }
}

const anyRequest = "GET /x HTTP/1.1\r\nHost: fr.localhost\r\n\r\n"

func TestAnAnswerIsReadWhole(t *testing.T) {
	body := strings.Repeat("wine ", 40_000) // more than the buffer
	port := serveTest(t, func(ctx *fasthttp.RequestCtx) {
		ctx.Response.Header.Set("ETag", `W/"1"`)
		ctx.SetBodyString(body + string(ctx.Path()))
	})
	c, err := dial(port, time.Now().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, path := range []string{"/a", "/longer", "/b"} { // on one connection: each must find its own end
		got, err := c.do([]byte("GET " + path + " HTTP/1.1\r\nHost: fr.localhost\r\n\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		tag, _ := header(got.header, []byte("etag"))
		if got.status != 200 || string(got.body) != body+path || string(tag) != `W/"1"` {
			t.Errorf("%s: status %d, %d bytes, tag %s", path, got.status, len(got.body), tag)
		}
	}
}

func TestAHeadIsReadOrRefused(t *testing.T) {
	for head, want := range map[string][2]int{
		"HTTP/1.1 200 OK\r\ncontent-length: 12":                   {200, 12},
		"HTTP/1.1 404 Not Found\r\nX: y\r\nContent-Length:0":      {404, 0},
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked":           {-1, 0},
		"HTTP/1.1 200 OK\r\nContent-Length: -5":                   {-1, 0},
		"HTTP/1.1 2x0 OK\r\nContent-Length: 5":                    {-1, 0},
		"SSH-2.0-OpenSSH":                                         {-1, 0},
		"HTTP/1.1 200 OK\r\nX-Content-Length: 7\r\nOther: header": {-1, 0},
	} {
		status, length, err := readHead([]byte(head))
		if want[0] < 0 {
			if err == nil {
				t.Errorf("%q was taken for %d, %d", head, status, length)
			}
			continue
		}
		if err != nil || status != want[0] || length != want[1] {
			t.Errorf("%q: %d, %d, %v; want %v", head, status, length, err, want)
		}
	}
}

func TestTheClosedLoopCountsWhatTheServerAnswered(t *testing.T) {
	var asked atomic.Int64
	port := serveTest(t, func(ctx *fasthttp.RequestCtx) {
		asked.Add(1)
		ctx.SetBodyString("12345")
	})
	r, err := closedLoop(t.Context(), port, 4, 100*time.Millisecond, always(anyRequest))
	if err != nil {
		t.Fatal(err)
	}
	if r.requests == 0 || int64(r.requests) != asked.Load() || r.bytes != 5*asked.Load() || len(r.micros) != r.requests || r.failures != 0 {
		t.Errorf("%d requests of %d, %d bytes, %d latencies, %d failures", r.requests, asked.Load(), r.bytes, len(r.micros), r.failures)
	}
	if !slices.IsSorted(r.micros) || r.elapsed < 100*time.Millisecond {
		t.Errorf("latencies sorted: %v; elapsed %s", slices.IsSorted(r.micros), r.elapsed)
	}
}

func TestOtherAnswersThan200AreFailures(t *testing.T) {
	var asked atomic.Int64
	port := serveTest(t, func(ctx *fasthttp.RequestCtx) {
		if asked.Add(1)%2 == 0 {
			ctx.SetStatusCode(503)
		}
	})
	r, err := closedLoop(t.Context(), port, 1, 50*time.Millisecond, always(anyRequest))
	if err != nil {
		t.Fatal(err)
	}
	if r.failures == 0 || int64(r.failures) != asked.Load()/2 || r.first == nil || !strings.Contains(r.first.Error(), "503") {
		t.Errorf("%d failures among %d, first %v", r.failures, asked.Load(), r.first)
	}
}

// The server answers one request after the other and takes 20 ms for the first: those that were due meanwhile waited,
// although no connection had sent them.
func TestTheOpenLoopCountsFromWhenARequestWasDue(t *testing.T) {
	const stall = 20 * time.Millisecond
	var asked atomic.Int64
	port := serveTest(t, func(ctx *fasthttp.RequestCtx) {
		if asked.Add(1) == 1 {
			<-time.After(stall)
		}
	})
	r, err := openLoop(t.Context(), port, 1, 1000, 100*time.Millisecond, always(anyRequest))
	if err != nil {
		t.Fatal(err)
	}
	if r.requests != 100 || asked.Load() != 100 {
		t.Errorf("%d requests, want 100", r.requests)
	}
	if late := r.at(0.95); late < stall/2 {
		t.Errorf("95 %% of the requests within %s of being due, although the server stood still for %s", late, stall)
	}
}

func TestAServerThatIsAwayIsAnError(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	if _, err := closedLoop(t.Context(), port, 2, time.Second, always(anyRequest)); err == nil {
		t.Error("no error")
	}
}

func TestLatenciesAtAShare(t *testing.T) {
	r := result{}
	if r.at(0.99) != 0 {
		t.Error("a latency of nothing")
	}
	for i := 1; i <= 1000; i++ {
		r.micros = append(r.micros, uint32(i))
	}
	for share, want := range map[float64]uint32{0.5: 500, 0.99: 990, 0.999: 999, 1: 1000, 0: 1} {
		if got := r.at(share); got.Microseconds() != int64(want) {
			t.Errorf("%v: %s, want %d µs", share, got, want)
		}
	}
}

func TestRequestsAreCutOutOfTheirArena(t *testing.T) {
	p := &pages{}
	var want [][]byte
	for i := range 5 {
		at := place{host: "fr.localhost:1", path: "/vin/" + strconv.Itoa(i)}
		want = append(want, at.request())
		p.add(at)
	}
	p.zipf = newZipf(len(p.places), 1)
	for i := range want {
		if !bytes.Equal(p.request(i), want[i]) {
			t.Errorf("request %d is %q", i, p.request(i))
		}
	}
	first, again, other := p.source(1)(0), p.source(1)(0), p.source(2)(0)
	same, differ := true, false
	for range 50 {
		a, b, c := first(), again(), other()
		same = same && bytes.Equal(a, b)
		differ = differ || !bytes.Equal(a, c)
	}
	if !same || !differ {
		t.Errorf("the same round draws the same: %v; another round draws otherwise: %v", same, differ)
	}
}
