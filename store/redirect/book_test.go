package redirect

import (
	"fmt"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func TestBookFinds(t *testing.T) {
	var b Book
	if _, ok := b.Find("fr", "/a", "", now); ok {
		t.Error("an empty book has a rule")
	}
	b.Set([]Rule{{"fr", "/a", "/vin/petrus", 301}, {"fr", "/view?id=1", "/x", 301}, {"fr", "/view", "/y", 301}})
	for _, c := range []struct{ market, path, query, want string }{
		{"fr", "/a", "", "/vin/petrus"}, {"fr", "/a", "utm=1", "/vin/petrus"}, {"de", "/a", "", ""}, {"fr", "/A", "", ""},
		{"fr", "/view", "id=1", "/x"}, {"fr", "/view", "id=2", "/y"},
	} {
		if r, _ := b.Find(c.market, c.path, c.query, now); r.New != c.want {
			t.Errorf("%s %s?%s leads to %q", c.market, c.path, c.query, r.New)
		}
	}
	hits, _ := b.Take()
	n := 0
	for _, h := range hits {
		n += h.Hits
	}
	if n != 4 || len(hits) != 3 {
		t.Errorf("hits are %+v", hits)
	}
	if again, _ := b.Take(); len(again) != 0 {
		t.Errorf("hits are counted twice: %+v", again)
	}
}

func TestMissesAreKeptWhenTheyComeBack(t *testing.T) {
	var b Book
	for _, path := range []string{"/vin/petrvs", "/vin/petrvs", "/once", "/order/0123456789", "/order/0123456789", "/x/me@example.com", "/x/me@example.com"} {
		b.Miss("fr", path, now)
	}
	if _, misses := b.Take(); len(misses) != 1 || misses[0].Old != "/vin/petrvs" || misses[0].Hits != 2 {
		t.Errorf("misses are %+v", misses)
	}
	b.Miss("fr", "/once", now)
	if _, misses := b.Take(); len(misses) != 1 || misses[0].Old != "/once" {
		t.Errorf("misses are %+v", misses)
	}
}

func TestJunkLeavesNothing(t *testing.T) {
	var b Book
	for i := range 1_000_000 {
		b.Miss("fr", fmt.Sprintf("/junk-%d/%d", i%1000, i), now)
	}
	if _, misses := b.Take(); len(misses) != 0 || len(b.misses) > mostMisses {
		t.Errorf("%d misses are kept, %d are remembered", len(misses), len(b.misses))
	}
}

func TestPlain(t *testing.T) {
	for path, want := range map[string]bool{
		"/vin/chateau-margaux/1990": true, "/catalog/product_view.html": true, "/": false, "": false, "/a b": false, "/me@example.com": false,
		"/reset/q8Zt3kW0aP5mN7cX2vB9dF4g": false, "/tel/0612345678": false, "/ä": false, "/a?b": false, "/\x00": false, "/FR-100042": true,
	} {
		if Plain(path) != want {
			t.Errorf("%q is plain: %v", path, !want)
		}
	}
}
