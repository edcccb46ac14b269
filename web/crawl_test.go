package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"caveau/store/crawl"
	"caveau/web"
)

// shelved is a box with a sitemap in three parts and an index.
func shelved(t *testing.T) (box *crawl.Box, sitemap string) {
	t.Helper()
	box = crawl.NewBox()
	sitemap = "<urlset>" + strings.Repeat("<url>line</url>\n", 500) + "</urlset>"
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := io.WriteString(w, sitemap); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	raw := zipped.Bytes()
	for _, path := range []string{"/sitemap.xml", "/sitemaps/fr-FR-vintage-1.xml", "/feeds/google-fr-FR.tsv"} {
		d, err := box.Begin(t.Context(), crawl.Name{})
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range [][]byte{raw[:10], raw[10:20], raw[20:]} {
			if err := d.Add(t.Context(), part); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Finish(t.Context(), crawl.File{
			Name: crawl.Name{Market: "fr", Path: path}, Tag: `"abc"`, Size: int64(len(raw)), Plain: int64(len(sitemap)), Parts: 3, Made: today,
		}); err != nil {
			t.Fatal(err)
		}
	}
	return box, sitemap
}

func TestSitemapsArePassedOn(t *testing.T) {
	box, sitemap := shelved(t)
	s := newShop(t, func(c *web.Config) { c.Files = box })
	for range 40 { // more than there are places for: each is given back
		for _, c := range []struct{ path, accepts, coding, kind string }{
			{"/sitemap.xml", "gzip", "gzip", "application/xml; charset=utf-8"},
			{"/sitemap.xml", "", "", "application/xml; charset=utf-8"},
			{"/sitemaps/fr-FR-vintage-1.xml.gz", "gzip", "", "application/gzip"},
			{"/feeds/google-fr-FR.tsv", "gzip", "gzip", "text/tab-separated-values; charset=utf-8"},
		} {
			a := s.get(t, "fr", c.path, header("Accept-Encoding", c.accepts))
			a.want(t, http.StatusOK)
			same(t, c.path+" Content-Encoding", a.Header.Get("Content-Encoding"), c.coding)
			same(t, c.path+" Content-Type", a.Header.Get("Content-Type"), c.kind)
			body := a.body
			if c.coding == "gzip" || strings.HasSuffix(c.path, ".gz") {
				body = gunzip(t, body)
			}
			if string(body) != sitemap {
				t.Fatalf("%s: %d bytes of %d", c.path, len(body), len(sitemap))
			}
		}
	}
}

func TestSitemapsThatACrawlerHas(t *testing.T) {
	box, _ := shelved(t)
	s := newShop(t, func(c *web.Config) { c.Files = box })
	const path = "/sitemap.xml"
	tag := s.get(t, "fr", path, header("Accept-Encoding", "gzip")).Header.Get("ETag")
	plain := s.get(t, "fr", path).Header.Get("ETag")
	if tag == plain || tag == "" {
		t.Errorf("one tag for two codings: %s", tag)
	}
	for _, c := range []struct {
		name, value string
		status      int
	}{
		{"If-None-Match", plain, http.StatusNotModified},
		{"If-None-Match", `W/"old"`, http.StatusOK},
		{"If-Modified-Since", today.UTC().Format(http.TimeFormat), http.StatusNotModified},
		{"If-Modified-Since", today.Add(-time.Hour).UTC().Format(http.TimeFormat), http.StatusOK},
		{"If-Modified-Since", "yesterday", http.StatusOK},
	} {
		s.get(t, "fr", path, header(c.name, c.value)).want(t, c.status)
	}
}

func TestSitemapsThatAreNone(t *testing.T) {
	box, _ := shelved(t)
	s := newShop(t, func(c *web.Config) { c.Files = box })
	s.get(t, "fr", "/sitemaps/none.xml").want(t, http.StatusNotFound)
	s.get(t, "fr", "/feeds/").want(t, http.StatusNotFound)
	s.get(t, "fr", "/sitemap.xml.gz").want(t, http.StatusOK)
	s.get(t, "be", "/nl/sitemap.xml").want(t, http.StatusNotFound) // it belongs to the host
	unmade := s.get(t, "de", "/sitemap.xml").want(t, http.StatusServiceUnavailable)
	same(t, "Retry-After", unmade.Header.Get("Retry-After"), "5")
	robots := string(s.get(t, "be", "/nl/robots.txt").want(t, http.StatusOK).body)
	if !strings.Contains(robots, "\nSitemap: http://be.localhost:8080/sitemap.xml\n") {
		t.Errorf("robots.txt: %q", robots)
	}
}

func gunzip(t *testing.T, body []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
