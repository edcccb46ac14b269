package web_test

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"caveau/static"
	"caveau/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"
)

func TestSecurityHeadersAreOnEveryAnswer(t *testing.T) {
	s := newShop(t)
	answers := map[string]answer{"refused post": s.post(t, "fr", "/panier", nil, header("Sec-Fetch-Site", "cross-site"))}
	for _, w := range s.ways() {
		answers[w.name] = s.get(t, w.market, w.path, w.how()...).want(t, w.status)
	}
	for name, a := range answers {
		for header, want := range map[string]string{
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "strict-origin-when-cross-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security":  "max-age=63072000; includeSubDomains",
		} {
			same(t, name+": "+header, a.Header.Get(header), want)
		}
		contains(t, name+": Permissions-Policy", a.Header.Get("Permissions-Policy"), "camera=()", "geolocation=()")
		wantStrict(t, name, a.Header.Get("Content-Security-Policy"))
		same(t, name+": Server", a.Header.Get("Server"), "")
	}
}

// wantStrict wants a policy that lets in nothing but the shop's own files: nothing inline, no other host.
func wantStrict(t *testing.T, name, policy string) {
	t.Helper()
	rules := map[string][]string{}
	for rule := range strings.SplitSeq(policy, ";") {
		if words := strings.Fields(rule); len(words) > 0 {
			rules[words[0]] = words[1:]
		}
	}
	for rule, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "form-action": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'",
	} {
		same(t, name+": "+rule, strings.Join(rules[rule], " "), want)
	}
	for rule, sources := range rules {
		for _, source := range sources {
			if !slices.Contains([]string{"'none'", "'self'", "data:"}, source) || source == "data:" && rule != "img-src" {
				t.Errorf("%s: %s lets in %s", name, rule, source)
			}
		}
	}
}

// The policy forbids inline styles and scripts, so no page may count on one.
func TestNoPageHasAnythingInline(t *testing.T) {
	s := newShop(t)
	for _, w := range s.ways() {
		a := s.get(t, w.market, w.path, w.how()...)
		if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			continue
		}
		doc := a.page(t)
		if n := doc.Find(`style, [style], script:not([src]):not([type="application/ld+json"])`).Length(); n > 0 {
			t.Errorf("%s: %d inline styles and scripts", w.name, n)
		}
		for _, element := range doc.Find("body *").EachIter() {
			for _, attribute := range element.Nodes[0].Attr {
				if strings.HasPrefix(attribute.Key, "on") {
					t.Errorf("%s: <%s %s>", w.name, goquery.NodeName(element), attribute.Key)
				}
			}
		}
	}
}

func TestShopsWithoutTLSDoNotAskForIt(t *testing.T) {
	s := newShop(t, func(c *web.Config) { c.Secure = false })
	same(t, "HSTS", s.get(t, "fr", "/").Header.Get("Strict-Transport-Security"), "")
}

var durations = regexp.MustCompile(`^[a-z]+;dur=\d+(\.\d+)?(, [a-z]+;dur=\d+(\.\d+)?)*$`)

func TestServerTimingIsOnEveryAnswer(t *testing.T) {
	s := newShop(t)
	for _, w := range s.ways() {
		got := s.get(t, w.market, w.path, w.how()...).Header.Get("Server-Timing")
		if !durations.MatchString(got) {
			t.Errorf("%s: Server-Timing %q", w.name, got)
		}
	}
	contains(t, "page", s.get(t, "fr", "/").Header.Get("Server-Timing"), "page;dur=", "stock;dur=")
}

func TestEveryAnswerSaysWhatItIsAndHowLongItKeeps(t *testing.T) {
	s := newShop(t)
	for _, w := range s.ways() {
		a := s.get(t, w.market, w.path, w.how()...)
		if a.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: no Cache-Control", w.name)
		}
		if len(a.body) > 0 && a.Header.Get("Content-Type") == "" {
			t.Errorf("%s: no Content-Type", w.name)
		}
		if w.status >= http.StatusBadRequest {
			same(t, w.name+": Cache-Control", a.Header.Get("Cache-Control"), "no-store")
		}
	}
}

func TestAssetsNeverChange(t *testing.T) {
	s := newShop(t)
	for _, name := range []string{static.CSS, static.Script, static.Icon, static.Font} {
		path := s.assets.URL(name)
		bare := s.get(t, "fr", path).want(t, http.StatusOK)
		same(t, name+": coding", bare.Header.Get("Content-Encoding"), "")
		same(t, name+": Cache-Control", bare.Header.Get("Cache-Control"), "public, max-age=31536000, immutable")
		same(t, name+": Vary", bare.Header.Get("Vary"), "Accept-Encoding")
		again := s.get(t, "fr", path, header("If-None-Match", bare.Header.Get("ETag"))).want(t, http.StatusNotModified)
		same(t, name+": bytes of a 304", len(again.body), 0)
		if name == static.Font {
			continue // is packed in itself
		}
		gz := s.get(t, "de", path, header("Accept-Encoding", "gzip"))
		same(t, name+": coding", gz.Header.Get("Content-Encoding"), "gzip")
		same(t, name+": from gzip", gz.plain(t), string(bare.body))
		br := s.get(t, "hk", path, header("Accept-Encoding", "gzip, deflate, br"))
		same(t, name+": coding", br.Header.Get("Content-Encoding"), "br")
		same(t, name+": from brotli", unbrotli(t, br), string(bare.body))
	}
}

func unbrotli(t *testing.T, a answer) string {
	t.Helper()
	body, err := io.ReadAll(brotli.NewReader(bytes.NewReader(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
