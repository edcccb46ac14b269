package web_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

const publicPages = "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=86400"

func TestNoGetSetsACookie(t *testing.T) {
	s := newShop(t)
	for _, w := range s.ways() {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, cookie := range []string{"", "__Host-cart=forged", "theme=dark"} {
				a := s.ask(t, method, w.market, w.path, nil, append(w.how(), header("Cookie", cookie))...).want(t, w.status)
				if got := a.Header.Values("Set-Cookie"); len(got) > 0 {
					t.Errorf("%s %s with cookie %q: sets %v", method, w.name, cookie, got)
				}
			}
		}
	}
}

func TestPagesOfTheTableArePublic(t *testing.T) {
	s := newShop(t)
	for _, page := range pages {
		a := s.get(t, "fr", page.path)
		same(t, page.name+": Cache-Control", a.Header.Get("Cache-Control"), publicPages)
		same(t, page.name+": Vary", a.Header.Get("Vary"), "Accept-Encoding")
	}
}

// What a stranger adds to a request changes no byte of the answer and no header of it.
func TestStrangersCannotChangeAPublicPage(t *testing.T) {
	s := newShop(t)
	junk := map[string][]with{
		"cookies":          {header("Cookie", "theme=dark; session=1; place=US; cart=x; __Secure-cart=y")},
		"X-Forwarded-Host": {header("X-Forwarded-Host", "evil.example"), header("X-Forwarded-Proto", "gopher"), header("X-Forwarded-For", "203.0.113.9")},
		"Forwarded":        {header("Forwarded", "host=evil.example"), header("X-Original-URL", "/panier"), header("X-Rewrite-URL", "/panier"), header("X-HTTP-Method-Override", "POST")},
		"languages":        {header("Accept-Language", "zh-HK"), header("User-Agent", "curl/8"), header("X-Fragment", "added"), header("Referer", "http://evil.example/")},
	}
	for _, page := range pages {
		for _, coding := range []with{zipped, header("Accept-Encoding", "identity")} {
			clean := s.get(t, "fr", page.path, coding)
			for name, how := range junk {
				sameAnswer(t, page.name+" with "+name, s.get(t, "fr", page.path, append(how, coding)...), clean)
			}
			mark := "?"
			if strings.Contains(page.path, "?") {
				mark = "&"
			}
			path := page.path + mark + "utm_source=newsletter&gclid=evil&sku=M90-75&Page=9&quantity=3&a=%22%3E%3Cscript%3E"
			sameAnswer(t, page.name+" with junk keys", s.get(t, "fr", path, coding), clean)
		}
	}
}

func sameAnswer(t *testing.T, what string, got, want answer) {
	t.Helper()
	same(t, what+": status", got.StatusCode, want.StatusCode)
	if !bytes.Equal(got.body, want.body) {
		t.Errorf("%s: other bytes, %d instead of %d", what, len(got.body), len(want.body))
	}
	sameHeaders(t, what, got.Header, want.Header, "Date", "Server-Timing")
}

// Junk keys fill no cache: a thousand of them are one page.
func TestJunkKeysMakeNoPageOfTheirOwn(t *testing.T) {
	s := newShop(t)
	s.get(t, "fr", "/vin/chateau-margaux")
	before := s.Cache.Stats().Misses
	for _, key := range []string{"?a=1", "?a=2", "?utm_source=x", "?", "?&&", "?=", "?%00=1", "?page2=2"} {
		s.get(t, "fr", "/vin/chateau-margaux"+key).want(t, http.StatusOK)
	}
	same(t, "pages made for junk", s.Cache.Stats().Misses-before, 0)
}

// Nor do they come back in a link: not on a page, not on a page for an error, not in a redirect.
func TestJunkNeverComesBackInALink(t *testing.T) {
	s := newShop(t)
	const junk = "zzjunkzz"
	for _, w := range s.ways() {
		mark := "?"
		if strings.Contains(w.path, "?") {
			mark = "&"
		}
		a := s.get(t, w.market, w.path+mark+junk+"="+junk, append(w.how(), header("X-Forwarded-Host", junk+".example"), header("Referer", "http://"+junk))...)
		if strings.Contains(a.plain(t), junk) {
			t.Errorf("%s: the body repeats what was asked", w.name)
		}
		for name, values := range a.Header {
			if strings.Contains(strings.Join(values, " "), junk) {
				t.Errorf("%s: %s repeats what was asked: %v", w.name, name, values)
			}
		}
	}
}
