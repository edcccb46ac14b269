package view

import (
	"html"
	"strings"
	"testing"

	"caveau/templates/live"
)

// TestStockSaysWhatPagesSay: the script replaces what a page says by what Stock says, so that both must be
// the same for every number, and every phrase must keep its width.
func TestStockSaysWhatPagesSay(t *testing.T) {
	s := smallShop(t)
	for _, e := range s.markets.Editions {
		ed := s.site.edition(e)
		for _, code := range []string{"M90-75", "M90-75-6", "M90-150", "M25-75-6"} {
			sku := s.snap.SKU(code)
			for _, n := range []int{0, 1, 2, 3, 4, 11, 1000, 64000, live.MaxCount} {
				level, long, short := s.site.Stock(s.snap, e, sku, n)
				if level != string(live.LevelOf(n)) {
					t.Errorf("%s %s %d: level %q", e.Locale, code, n, level)
				}
				for _, pair := range []struct {
					phrase *live.Phrase
					words  string
				}{{ed.phrase(sku), long}, {ed.brief([]offer{{sku: sku}}), short}} {
					got := pair.phrase.Words(n).Text
					if said := html.UnescapeString(strings.TrimRight(string(got), " ")); said != pair.words || len(got) != pair.phrase.Width() {
						t.Errorf("%s %s %d: the page says %q, the script %q", e.Locale, code, n, got, pair.words)
					}
				}
			}
		}
	}
	s.complain(t)
}

// TestBriefOfSeveral: bottles and cases are never added up to a number.
func TestBriefOfSeveral(t *testing.T) {
	s := smallShop(t)
	ed := s.site.edition(s.edition(t, "en-GB"))
	say := func(codes ...string) string {
		var offers []offer
		for _, code := range codes {
			offers = append(offers, offer{sku: s.snap.SKU(code)})
		}
		return strings.TrimSpace(string(ed.brief(offers).Words(7).Text))
	}
	for got, want := range map[string]string{
		say("M90-75"): "7 bottles", say("M90-75", "M90-75-6"): "In stock", say("M90-75-6", "M25-75-6"): "7 cases", say(): "Sold out",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
