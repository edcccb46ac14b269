package web_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"caveau/store/redirect"
	"caveau/web"
)

func TestBrowsersMayFetchAhead(t *testing.T) {
	s := newShop(t)
	a := s.get(t, "fr", "/millesime/1990").want(t, http.StatusOK)
	same(t, "header", a.Header.Get("Speculation-Rules"), `"/speculation-rules.json"`)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), publicPages)
	rules := s.get(t, "fr", "/speculation-rules.json").want(t, http.StatusOK)
	same(t, "type", rules.Header.Get("Content-Type"), "application/speculationrules+json")
	if !json.Valid(rules.body) {
		t.Errorf("no JSON: %s", rules.body)
	}
	for _, path := range []string{"/panier", "/compte/login", "/vin/none"} {
		if a := s.get(t, "fr", path); a.Header.Get("Speculation-Rules") != "" {
			t.Errorf("%s has rules", path)
		}
	}
	ahead := s.get(t, "fr", "/vin/chateau-margaux/1990", header("Sec-Purpose", "prefetch")).want(t, http.StatusOK)
	same(t, "Cache-Control", ahead.Header.Get("Cache-Control"), publicPages)
	same(t, "Set-Cookie", ahead.Header.Get("Set-Cookie"), "")
}

func TestWhatIsFetchedAheadIsNoVisit(t *testing.T) {
	book := &redirect.Book{}
	s := newShop(t, func(c *web.Config) { c.Redirects = book })
	for range 3 {
		s.get(t, "fr", "/vin/chateau-margot", header("Sec-Purpose", "prefetch;anonymous-client-ip")).want(t, http.StatusNotFound)
	}
	if _, misses := book.Take(); len(misses) != 0 {
		t.Errorf("misses: %+v", misses)
	}
}
