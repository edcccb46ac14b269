package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// answer is what the server said, its body as it came over the wire.
type answer struct {
	*http.Response
	body []byte
}

// with changes a request before it is sent.
type with func(*http.Request)

func header(name, value string) with { return func(r *http.Request) { r.Header.Set(name, value) } }

func host(name string) with { return func(r *http.Request) { r.Host = name } }

var zipped = header("Accept-Encoding", "gzip, deflate, br")

// get asks the shop of a market for a path.
func (s *shop) get(t testing.TB, market, path string, how ...with) answer {
	t.Helper()
	return s.ask(t, http.MethodGet, market, path, nil, how...)
}

// post sends a form as a browser does from a page of the shop.
func (s *shop) post(t testing.TB, market, path string, form url.Values, how ...with) answer {
	t.Helper()
	how = append([]with{header("Content-Type", "application/x-www-form-urlencoded"), header("Sec-Fetch-Site", "same-origin")}, how...)
	return s.ask(t, http.MethodPost, market, path, strings.NewReader(form.Encode()), how...)
}

func (s *shop) ask(t testing.TB, method, market, path string, body io.Reader, how ...with) answer {
	t.Helper()
	r := httptest.NewRequest(method, path, body)
	r.Host = market + ".localhost:8080"
	for _, change := range how {
		change(r)
	}
	res, err := s.App().Test(r, -1)
	if err != nil {
		t.Fatalf("%s %s%s: %v", method, r.Host, path, err)
	}
	defer res.Body.Close() //nolint:errcheck // a buffer
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s %s%s: %v", method, r.Host, path, err)
	}
	return answer{res, got}
}

// want fails the test unless the answer has the status.
func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s%s: status %d, want %d: %.400q", a.Request.Method, a.Request.Host, a.Request.URL, a.StatusCode, status, a.body)
	}
	return a
}

// plain is the body, unpacked.
func (a answer) plain(t testing.TB) string {
	t.Helper()
	if a.Header.Get("Content-Encoding") != "gzip" {
		return string(a.body)
	}
	r, err := gzip.NewReader(bytes.NewReader(a.body))
	if err != nil {
		t.Fatalf("unpack %s: %v", a.Request.URL, err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("unpack %s: %v", a.Request.URL, err)
	}
	return string(out)
}

// page is the body as a document.
func (a answer) page(t testing.TB) *goquery.Document {
	t.Helper()
	if got := a.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Fatalf("%s is %q, want a page", a.Request.URL, got)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.plain(t)))
	if err != nil {
		t.Fatalf("read %s: %v", a.Request.URL, err)
	}
	return doc
}

// text of the one element that a selector finds, with single blanks.
func text(t testing.TB, doc *goquery.Document, selector string) string {
	t.Helper()
	return words(one(t, doc, selector).Text())
}

// attr of the one element that a selector finds.
func attr(t testing.TB, doc *goquery.Document, selector, name string) string {
	t.Helper()
	value, ok := one(t, doc, selector).Attr(name)
	if !ok {
		t.Fatalf("%s has no %s", selector, name)
	}
	return value
}

func one(t testing.TB, doc *goquery.Document, selector string) *goquery.Selection {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() != 1 {
		t.Fatalf("%d elements %s, want one", found.Length(), selector)
	}
	return found
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// same fails the test unless both are equal; what says of what.
func same[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// contains fails the test where one of the parts is missing.
func contains(t testing.TB, what, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%s: no %q in %.600q", what, part, got)
		}
	}
}
