package web_test

import (
	"bytes"
	"net/http"
	"strconv"
	"testing"
	"time"
)

// A HEAD answers with what a GET would have said, but for the body and the time that it took.
func TestHeadHasTheHeadersOfGet(t *testing.T) {
	s := newShop(t)
	for _, w := range s.ways() {
		for _, how := range [][]with{w.how(), append(w.how(), zipped)} {
			get := s.get(t, w.market, w.path, how...).want(t, w.status)
			head := s.ask(t, http.MethodHead, w.market, w.path, nil, how...).want(t, w.status)
			if len(head.body) > 0 {
				t.Errorf("%s: a HEAD has a body of %d bytes", w.name, len(head.body))
			}
			if len(get.body) == 0 { // a redirect: fasthttp says 0 to a GET and nothing to a HEAD, and both are right
				get.Header.Del("Content-Length")
			} else {
				same(t, w.name+": Content-Length of HEAD", head.Header.Get("Content-Length"), strconv.Itoa(len(get.body)))
			}
			sameHeaders(t, w.name, head.Header, get.Header, "Date", "Server-Timing")
		}
	}
}

func sameHeaders(t *testing.T, what string, got, want http.Header, but ...string) {
	t.Helper()
	got, want = got.Clone(), want.Clone()
	for _, name := range but {
		got.Del(name)
		want.Del(name)
	}
	for name := range want {
		same(t, what+": "+name, got.Get(name), want.Get(name))
	}
	same(t, what+": number of headers", len(got), len(want))
}

// Pages have holes and are packed: a part of one is of no use.
func TestRangesAreIgnored(t *testing.T) {
	s := newShop(t)
	for _, path := range []string{"/vin/chateau-margaux/1990", "/panier", "/shops"} {
		whole := s.get(t, "fr", path, zipped)
		part := s.get(t, "fr", path, zipped, header("Range", "bytes=0-99")).want(t, http.StatusOK)
		same(t, path+": Content-Range", part.Header.Get("Content-Range"), "")
		if !bytes.Equal(part.body, whole.body) {
			t.Errorf("%s: %d of %d bytes with a Range", path, len(part.body), len(whole.body))
		}
	}
}

func TestClientWithoutGzipGetsTheSameBytesUnpacked(t *testing.T) {
	s := newShop(t)
	for _, page := range append(pages, way{name: "cart", path: "/panier"}) {
		packed := s.get(t, "fr", page.path, zipped).want(t, http.StatusOK)
		same(t, page.name+": coding", packed.Header.Get("Content-Encoding"), "gzip")
		for _, accepts := range []string{"", "identity", "br", "gzip;q=0", "gzip; q=0.000, br"} {
			bare := s.get(t, "fr", page.path, header("Accept-Encoding", accepts)).want(t, http.StatusOK)
			same(t, page.name+": coding for "+accepts, bare.Header.Get("Content-Encoding"), "")
			if string(bare.body) != packed.plain(t) {
				t.Errorf("%s: for %q another page of %d bytes", page.name, accepts, len(bare.body))
			}
		}
		if len(packed.body) >= len(packed.plain(t)) {
			t.Errorf("%s: packed to %d bytes from %d", page.name, len(packed.body), len(packed.plain(t)))
		}
	}
	same(t, "gzip with a weight", s.get(t, "fr", "/", header("Accept-Encoding", "br, GZIP;q=0.5")).Header.Get("Content-Encoding"), "gzip")
}

func TestVisitorWhoHasThePageIsToldSo(t *testing.T) {
	s := newShop(t)
	for _, page := range pages {
		for _, coding := range []with{zipped, header("Accept-Encoding", "identity")} {
			first := s.get(t, "fr", page.path, coding).want(t, http.StatusOK)
			tag := first.Header.Get("ETag")
			for _, known := range []string{tag, tag[len("W/"):], `"other", ` + tag, "*"} {
				again := s.get(t, "fr", page.path, coding, header("If-None-Match", known)).want(t, http.StatusNotModified)
				same(t, page.name+": bytes of a 304", len(again.body), 0)
				for _, name := range []string{"ETag", "Vary", "Cache-Control", "X-Stock-As-Of"} {
					same(t, page.name+": "+name, again.Header.Get(name), first.Header.Get(name))
				}
			}
			s.get(t, "fr", page.path, coding, header("If-None-Match", `W/"other"`)).want(t, http.StatusOK)
		}
	}
	sold := s.get(t, "fr", "/vin/chateau-margaux/1990", header("If-None-Match", "*"))
	same(t, "time of the stock", sold.Header.Get("X-Stock-As-Of"), "2026-11-22T09:30:00Z")
	same(t, "Vary", sold.Header.Get("Vary"), "Accept-Encoding")
	same(t, "time of the stock where none is shown", s.get(t, "fr", "/livraison").Header.Get("X-Stock-As-Of"), "")
}

func TestETagTurnsWithTheStockAndNotWithTheTime(t *testing.T) {
	s := newShop(t)
	ask := func() answer { return s.get(t, "fr", "/vin/chateau-margaux/1990", zipped).want(t, http.StatusOK) }
	first := ask()

	s.stock.asOf = today.Add(7 * time.Second)
	later := ask()
	same(t, "ETag seven seconds later", later.Header.Get("ETag"), first.Header.Get("ETag"))
	same(t, "time of the stock", later.Header.Get("X-Stock-As-Of"), "2026-11-22T09:30:07Z")

	s.has("M90-75", "hong-kong", 4)
	same(t, "ETag after a sale in another warehouse", ask().Header.Get("ETag"), first.Header.Get("ETag"))

	s.has("M90-75", "bordeaux", 11)
	sold := ask().Header.Get("ETag")
	if sold == first.Header.Get("ETag") {
		t.Error("a bottle was sold and the ETag is the old one")
	}
	s.has("M90-75", "bordeaux", 12)
	same(t, "ETag once it is back", ask().Header.Get("ETag"), first.Header.Get("ETag"))

	s.stock.stale = true
	if ask().Header.Get("ETag") == first.Header.Get("ETag") {
		t.Error("the stock is the last known and the ETag says that nothing changed")
	}
}

func TestEachCodingHasItsOwnETag(t *testing.T) {
	s := newShop(t)
	tag := s.get(t, "fr", "/", zipped).Header.Get("ETag")
	if bare := s.get(t, "fr", "/").Header.Get("ETag"); bare == tag {
		t.Errorf("both codings have %s", tag)
	}
	s.get(t, "fr", "/", header("If-None-Match", tag)).want(t, http.StatusOK)
}

// What a page of words says does not hang on the stock: nobody is asked for it.
func TestPagesWithoutStockAskNobody(t *testing.T) {
	s := newShop(t)
	s.get(t, "fr", "/livraison").want(t, http.StatusOK)
	same(t, "readings for the delivery page", s.stock.reads, 0)
	s.get(t, "fr", "/vin/chateau-margaux/1990").want(t, http.StatusOK)
	same(t, "readings for a vintage", s.stock.reads, 1)
}
