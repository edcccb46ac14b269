package web_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/web"
	"caveau/web/view"

	"github.com/valyala/fasthttp/fasthttputil"
)

func TestUnknownPathSaysSoInTheShopsLanguageAndWhatIsNear(t *testing.T) {
	s := newShop(t)
	for _, test := range []struct{ market, path, lang, heading, near string }{
		{"fr", "/vin/chateau-margo/1990", "fr-FR", "Cette page n’existe pas", "/vin/chateau-margaux/1990"},
		{"de", "/wein/chateau-margo/1990", "de-DE", "Diese Seite gibt es nicht", "/wein/chateau-margaux/1990"},
		{"hk", "/wine/chateau-margo/1990", "zh-Hant-HK", "找不到此頁", "/wine/chateau-margaux/1990"},
		{"hk", "/en/wine/chateau-margo/1990", "en-HK", "This page does not exist", "/en/wine/chateau-margaux/1990"},
		{"be", "/nl/wijn/chateau-margo/1990", "nl-BE", "", "/nl/wijn/chateau-margaux/1990"},
	} {
		doc := s.get(t, test.market, test.path).want(t, http.StatusNotFound).page(t)
		same(t, test.path+": lang", attr(t, doc, "html", "lang"), test.lang)
		if test.heading != "" {
			same(t, test.path+": heading", text(t, doc, "h1"), test.heading)
		}
		if doc.Find(`main a[href="`+test.near+`"]`).Length() == 0 {
			t.Errorf("%s: no link to %s", test.path, test.near)
		}
	}
	doc := s.get(t, "fr", "/qqqqqqqq").want(t, http.StatusNotFound).page(t)
	if doc.Find(`main a[href^="/vin/"]`).Length() > 0 {
		t.Error("what is like nothing has near matches")
	}
	if doc.Find(`main a[href^="/millesime/"]`).Length() == 0 {
		t.Error("what is like nothing has no way on by the years")
	}
}

func TestGonePageSaysSoAndLeadsToWhatIsLeft(t *testing.T) {
	s := newShop(t)
	for _, path := range []string{"/vin/chateau-margaux/1961", lostPath} {
		doc := s.get(t, "fr", path).want(t, http.StatusGone).page(t)
		same(t, path+": heading", text(t, doc, "h1"), "Cette page a été retirée")
		if doc.Find(`main a[href="/vin/chateau-margaux"]`).Length() != 1 {
			t.Errorf("%s: no link to the wine", path)
		}
		if doc.Find(`a[href="`+path+`"]`).Length() > 0 {
			t.Errorf("%s: a link leads back to it", path)
		}
	}
	a := s.get(t, "fr", "/vin/chateau-margaux/1961/").want(t, http.StatusMovedPermanently)
	same(t, "with a slash", a.Header.Get("Location"), "/vin/chateau-margaux/1961")
}

// Bare localhost is no shop either: nobody is to see one shop's prices under another's address.
func TestUnknownHostIsMisdirectedToTheListOfShops(t *testing.T) {
	s := newShop(t)
	for _, name := range []string{"localhost", "localhost:8080", "example.org", "xx.localhost:8080", "fr.localhost.evil.example", "127.0.0.1:8080", "[::1]:8080"} {
		for _, path := range []string{"/", "/vin/chateau-margaux/1990", "/robots.txt", "/live/stock?sku=M90-75", "/panier", "/assets/none.css"} {
			doc := s.get(t, "fr", path, host(name)).want(t, http.StatusMisdirectedRequest).page(t)
			for _, e := range s.markets.Editions {
				href := "http://" + e.Market.Code + ".localhost:8080" + e.Prefix + "/"
				if doc.Find(`main a[href="`+href+`"]`).Length() != 1 {
					t.Errorf("%s%s: no link to %s", name, path, href)
				}
			}
			if strings.Contains(doc.Text(), "Margaux") {
				t.Errorf("%s%s: shows wine", name, path)
			}
		}
	}
}

// The page for an unknown host is a page of the house: what it links to is there.
func TestPageForAnUnknownHostHasItsStyles(t *testing.T) {
	s := newShop(t)
	doc := s.get(t, "fr", "/", host("localhost:8080")).page(t)
	for _, selector := range []string{`link[rel="stylesheet"]`, `link[rel="preload"]`, `link[rel="icon"]`} {
		s.get(t, "fr", attr(t, doc, selector, "href"), host("localhost:8080")).want(t, http.StatusOK)
	}
}

func TestHostsAreKnownInAnyCase(t *testing.T) {
	s := newShop(t)
	for _, name := range []string{"fr.localhost", "FR.Localhost:8080", "fr.localhost.", "fr.localhost.:8080"} {
		doc := s.get(t, "fr", "/vin/chateau-margaux", host(name)).want(t, http.StatusOK).page(t)
		same(t, name+": canonical", attr(t, doc, `link[rel="canonical"]`, "href"), "http://fr.localhost:8080/vin/chateau-margaux")
	}
}

func TestProbesAnswerOnAnyHost(t *testing.T) {
	s := newShop(t)
	for _, name := range []string{"fr.localhost:8080", "localhost", "10.0.0.7:8080", "example.org"} {
		same(t, name, string(s.get(t, "fr", "/healthz", host(name)).want(t, http.StatusOK).body), "ok\n")
		same(t, name, string(s.get(t, "fr", "/readyz", host(name)).want(t, http.StatusOK).body), "ready\n")
	}
	s.missing = []string{"database: connection refused", "redis: no route to host"}
	for _, name := range []string{"localhost", "fr.localhost:8080"} {
		a := s.get(t, "fr", "/readyz", host(name)).want(t, http.StatusServiceUnavailable)
		same(t, name, string(a.body), "not ready: database: connection refused; redis: no route to host\n")
		same(t, name+": Cache-Control", a.Header.Get("Cache-Control"), "no-store")
		s.get(t, "fr", "/healthz", host(name)).want(t, http.StatusOK)
	}
}

func TestBeforeTheCatalogueIsThereShopsAskForPatience(t *testing.T) {
	s := newShop(t)
	loaded := s.catalogue.snap
	s.catalogue.snap = nil
	for market, heading := range map[string]string{"fr": "De retour dans un instant", "de": "Gleich wieder da"} {
		for _, path := range []string{"/", "/vin/chateau-margaux/1990", "/panier", "/live/stock?sku=M90-75", "/nothing"} {
			a := s.get(t, market, path).want(t, http.StatusServiceUnavailable)
			same(t, path+": Retry-After", a.Header.Get("Retry-After"), "5")
			same(t, path+": Cache-Control", a.Header.Get("Cache-Control"), "no-store")
			same(t, path+": heading", text(t, a.page(t), "h1"), heading)
		}
	}
	s.get(t, "fr", "/", host("localhost")).want(t, http.StatusMisdirectedRequest)
	s.catalogue.snap = loaded
	s.get(t, "fr", "/").want(t, http.StatusOK)
}

// trap is a part of the shop that panics at its nth call.
type trap struct{ calls, at int }

func (p *trap) step() {
	if p.calls++; p.calls == p.at {
		panic("the floor gave way")
	}
}

type trapBoard struct {
	web.Board
	trap
}

func (b *trapBoard) Available(slots []uint32, warehouse int) int {
	b.step()
	return b.Board.Available(slots, warehouse)
}

var reference = regexp.MustCompile(`Référence : ([0-9a-f]{16})`)

// A page that panics becomes a 500 with a number under which the log has the cause, wherever it happens:
// while the ETag is reckoned or when half of the page is already written.
func TestPanicInAPageIsAnErrorPageAndALineInTheLog(t *testing.T) {
	const path = "/vin/chateau-margaux/1990"
	open := func(at int) (*shop, *trapBoard) {
		board := &trapBoard{trap: trap{at: at}}
		return newShop(t, func(c *web.Config) { board.Board, c.Board = c.Board, board }), board
	}
	well, counted := open(0)
	well.get(t, "fr", path, zipped).want(t, http.StatusOK)
	all := counted.calls // one half for the ETag, one for the page
	for _, at := range []int{1, all / 2, all/2 + 1, all} {
		s, _ := open(at)
		a := s.get(t, "fr", path, zipped).want(t, http.StatusInternalServerError)
		doc := a.page(t)
		same(t, "heading", text(t, doc, "h1"), "Une erreur est survenue")
		found := reference.FindStringSubmatch(words(doc.Find("main").Text()))
		if found == nil {
			t.Fatalf("no reference on the page: %s", words(doc.Find("main").Text()))
		}
		contains(t, "log", s.log.String(), found[1], "the floor gave way", "trapBoard", path)
		if strings.Contains(string(a.body), "floor") {
			t.Error("the visitor is told the cause")
		}
		for _, name := range []string{"ETag", "Content-Encoding", "X-Stock-As-Of"} {
			same(t, name, a.Header.Get(name), "")
		}
		same(t, "Cache-Control", a.Header.Get("Cache-Control"), "no-store")
		s.get(t, "fr", path, zipped).want(t, http.StatusOK) // and nothing is left of it
	}
}

// trapCatalogue panics from its nth call on, so that not even an error page can be made.
type trapCatalogue struct{ web.Catalogue }

func (c trapCatalogue) Snapshot() *catalog.Snapshot { panic("the cellar is flooded") }

func TestPanicInTheErrorPageItselfStillAnswers(t *testing.T) {
	s := newShop(t, func(c *web.Config) { c.Catalogue = trapCatalogue{} })
	a := s.get(t, "fr", "/").want(t, http.StatusInternalServerError)
	same(t, "body", string(a.body), "Internal Server Error")
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "no-store")
	contains(t, "log", s.log.String(), "the cellar is flooded", "trapCatalogue")
	s.get(t, "fr", "/healthz").want(t, http.StatusOK)
}

// The warmer runs beside the server: a page that cannot be made must not end both.
func TestWarmerOutlivesAPageThatPanics(t *testing.T) {
	asked := 0
	broken := func(c *web.Config) {
		site, err := view.New(view.Config{
			Markets: c.Markets, Messages: mustMessages(t), Assets: c.Assets, Base: func(code string) string { return "http://" + code + ".localhost:8080" },
			Now: func() time.Time {
				if asked++; asked%7 == 0 {
					panic("the clock fell off the wall")
				}
				return today
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Site = site
	}
	s := newShop(t, broken)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		s.Warmer().Run(ctx)
		close(done)
	}()
	waitFor(t, "ten warm pages", func() bool { return s.Cache.Stats().Pages >= 10 })
	stop()
	<-done
	contains(t, "log", s.log.String(), "the clock fell off the wall")
}

func TestWarmerWaitsForACatalogue(t *testing.T) {
	s := newShop(t)
	loaded := s.catalogue.snap
	s.catalogue.snap = nil
	ctx, stop := context.WithCancel(context.Background())
	stop()
	s.Warmer().Run(ctx) // has a wake of its own, and nothing to do
	s.catalogue.snap = loaded
	ctx, stop = context.WithCancel(context.Background())
	done := make(chan struct{})
	warmer := s.Warmer()
	go func() {
		warmer.Run(ctx)
		close(done)
	}()
	waitFor(t, "a warm home page", func() bool { return s.Cache.Stats().Pages > 0 })
	stop()
	<-done
}

// waitFor polls until it is so.
func waitFor(t *testing.T, what string, so func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !so() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		select {
		case <-time.After(2 * time.Millisecond):
		case <-t.Context().Done():
		}
	}
}

// What Fiber refuses before the shop is asked has the shop's headers all the same, and its words where the host was understood.
func TestRequestsThatAreTooLargeOrBroken(t *testing.T) {
	s := newShop(t)
	l := fasthttputil.NewInmemoryListener()
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	const head = "POST /panier HTTP/1.1\r\nHost: fr.localhost\r\n"
	for _, test := range []struct {
		name, request string
		status        int
		lang          string
	}{
		{"body that is announced too large", head + "Content-Length: 70000\r\n\r\n", http.StatusRequestEntityTooLarge, "fr-FR"},
		{"body that turns out too large", head + "Transfer-Encoding: chunked\r\n\r\n12000\r\n" + strings.Repeat("x", 0x12000) + "\r\n0\r\n\r\n", http.StatusRequestEntityTooLarge, "en-GB"}, // forgotten with the request
		{"headers", "GET / HTTP/1.1\r\nHost: fr.localhost\r\nCookie: " + strings.Repeat("x", 17<<10) + "\r\n\r\n", http.StatusRequestHeaderFieldsTooLarge, "en-GB"},
		{"no request", "hello\r\n\r\n", http.StatusBadRequest, "en-GB"},
		{"two hosts", "GET / HTTP/1.1\r\nHost: fr.localhost\r\nHost: de.localhost\r\n\r\n", http.StatusBadRequest, "en-GB"},
	} {
		a := raw(t, l, test.request)
		same(t, test.name+": status", a.StatusCode, test.status)
		same(t, test.name+": nosniff", a.Header.Get("X-Content-Type-Options"), "nosniff")
		same(t, test.name+": language", attr(t, a.page(t), "html", "lang"), test.lang)
		same(t, test.name+": cookies", len(a.Header.Values("Set-Cookie")), 0)
		wantStrict(t, test.name, a.Header.Get("Content-Security-Policy"))
	}
	same(t, "lines in carts", s.carts.lines(), 0)
	if err := s.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// A request with two lengths is one request to this server and may be two to a proxy in front: what follows it
// is not answered, and the connection ends (RFC 9112, section 6.1).
func TestNothingIsSmuggledBehindARequestWithTwoLengths(t *testing.T) {
	s := newShop(t)
	l := fasthttputil.NewInmemoryListener()
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	conn := dial(t, l)
	defer conn.Close() //nolint:errcheck // everything is read
	go func() {
		_, _ = io.WriteString(conn, "POST /panier HTTP/1.1\r\nHost: fr.localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: fr.localhost\r\n\r\n")
	}()
	all, err := io.ReadAll(conn)
	if err != nil {
		t.Fatalf("the connection stays open: %v", err)
	}
	same(t, "answers", strings.Count(string(all), "HTTP/1.1 "), 1)
	if err := s.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func dial(t *testing.T, l *fasthttputil.InmemoryListener) net.Conn {
	t.Helper()
	conn, err := l.Dial()
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// raw sends bytes as they are.
func raw(t *testing.T, l *fasthttputil.InmemoryListener, request string) answer {
	t.Helper()
	conn := dial(t, l)
	defer conn.Close()                                              //nolint:errcheck // the answer is read
	go func(w net.Conn) { _, _ = io.WriteString(w, request) }(conn) // the server may stop reading in between
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%.60q: %v", request, err)
	}
	defer res.Body.Close() //nolint:errcheck // it is read
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, body}
}
