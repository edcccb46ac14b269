package web_test

import (
	"net/http"
	"testing"
)

// The list that a visitor gets is in the order of the stock that it shows, from the first load after it changed; it is made anew for
// the order and for nothing less.
func TestAListBeginsWithWhatIsLeft(t *testing.T) {
	s := newShop(t)
	leads := func() string {
		doc := s.get(t, "fr", "/region/france").want(t, http.StatusOK).page(t)
		return doc.Find(".rows .row a").First().AttrOr("href", "")
	}
	first := leads()
	same(t, "leads", first, "/vin/chateau-margaux/1990")
	before := s.Cache.Stats().Misses
	s.has("M90-75", "bordeaux", 3)
	same(t, "leads with less of it", leads(), first)
	same(t, "pages made for a level", s.Cache.Stats().Misses-before, uint64(0))
	for _, sku := range []string{"M90-75", "M90-75-6", "M90-150", "M25-75-6"} {
		s.has(sku, "bordeaux", 0)
	}
	if now := leads(); now == first || now == "" {
		t.Errorf("%q leads, which is sold out", now)
	}
	s.has("M90-75", "bordeaux", 1)
	same(t, "leads when it is back", leads(), first)
}
