package web_test

import (
	"net/http"
	"testing"

	"caveau/store/redirect"
	"caveau/web"
)

func TestOldAddressesLeadOn(t *testing.T) {
	book := &redirect.Book{}
	s := newShop(t, func(c *web.Config) { c.Redirects = book })
	const page = "/vin/chateau-margaux/1990"
	book.Set([]redirect.Rule{
		{Market: "fr", Old: "/margaux-1990.html", New: page, Status: 301},
		{Market: "fr", Old: "/catalog/product/view?id=12", New: page, Status: 308},
		{Market: "fr", Old: "/sold", Status: 410},
		{Market: "fr", Old: "/vin/chateau-margaux/1961", New: page, Status: 301}, // a page that is gone
		{Market: "fr", Old: page, New: "/", Status: 301},                         // a live page wins
		{Market: "fr", Old: "/compte/login", New: "/", Status: 301},              // and so does what belongs to a visitor
		{Market: "be", Old: "/nl/oud", New: "/nl/wijn/chateau-margaux/1990", Status: 301},
	})
	for _, c := range []struct {
		market, path, to string
		status           int
	}{
		{"fr", "/margaux-1990.html", page, 301},
		{"fr", "/margaux-1990.html?utm_source=x", page, 301},
		{"fr", "/catalog/product/view?id=12", page, 308},
		{"fr", "/catalog/product/view?id=13", "", 404},
		{"fr", "/sold", "", 410},
		{"fr", "/vin/chateau-margaux/1961", page, 301},
		{"fr", page, "", 200},
		{"fr", "/compte/login", "", 200},
		{"be", "/nl/oud", "/nl/wijn/chateau-margaux/1990", 301},
		{"de", "/margaux-1990.html", "", 404},
	} {
		a := s.get(t, c.market, c.path).want(t, c.status)
		same(t, c.path, a.Header.Get("Location"), c.to)
	}
	s.ask(t, http.MethodPost, "fr", "/margaux-1990.html", nil).want(t, http.StatusNotFound)
	if hits, _ := book.Take(); len(hits) != 5 {
		t.Errorf("hits: %+v", hits)
	}
}

func TestMissesAreCounted(t *testing.T) {
	book := &redirect.Book{}
	s := newShop(t, func(c *web.Config) { c.Redirects = book })
	for range 3 {
		s.get(t, "fr", "/vin/chateau-margot/1990?email=me").want(t, http.StatusNotFound)
		s.get(t, "fr", "/panier/secret-way").want(t, http.StatusNotFound)
		s.get(t, "fr", "/vin/chateau-margaux/1961").want(t, http.StatusGone) // known, and not missing
	}
	if _, misses := book.Take(); len(misses) != 1 || misses[0].Old != "/vin/chateau-margot/1990" || misses[0].Hits != 3 || misses[0].Market != "fr" {
		t.Errorf("misses: %+v", misses)
	}
}
