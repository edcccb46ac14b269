package view

import (
	"testing"

	"caveau/store/money"
)

// TestSwissRounding: nothing costs a sum that no coins make up, unit prices included.
func TestSwissRounding(t *testing.T) {
	s := demoShop(t)
	e := s.edition(t, "de-CH")
	ed := s.site.edition(e)
	seen := 0
	for _, w := range s.snap.Wines {
		for _, v := range w.Vintages {
			for _, o := range ed.offers(v) {
				seen++
				litre := o.price.Per(int64(o.sku.Millilitres()), 1000).RoundTo(e.Market.Rounding)
				if want := ed.p.T("offer.per_litre", "price", ed.money(litre)); o.price.Minor%5 != 0 || litre.Minor%5 != 0 || ed.perLitre(o) != want {
					t.Errorf("%s: %s, per litre %s", o.sku.Code, o.price, ed.perLitre(o))
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d offers", seen)
	}
}

// TestLitreOnEveryPrice: the law of the EU, of the UK and the Swiss want it; American and Hong Kong shops
// do not show it.
func TestLitreOnEveryPrice(t *testing.T) {
	s := demoShop(t)
	for _, e := range s.markets.Editions {
		ed, want := s.site.edition(e), e.Market.Code != "us" && e.Market.Code != "hk"
		for _, w := range s.snap.Wines[:40] {
			for _, v := range w.Vintages {
				for _, o := range ed.offers(v) {
					if got := ed.perLitre(o) != ""; got != want {
						t.Errorf("%s %s: unit price %v", e.Locale, o.sku.Code, got)
					}
				}
			}
		}
	}
}

func TestDecimal(t *testing.T) {
	for minor, want := range map[int64]string{109000: "1090.00", 231050: "2310.50", 5: "0.05", 1999: "19.99"} {
		if got := decimal(money.Of(minor, "EUR")); got != want {
			t.Errorf("%d: %s, want %s", minor, got, want)
		}
	}
}
