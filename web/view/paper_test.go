package view

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"caveau/store/invoice"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
)

// Every kind of document in every edition has all its words, and its sums are those of the order.
func TestEveryDocumentInEveryEdition(t *testing.T) {
	s := demoShop(t)
	for _, e := range s.markets.Editions {
		o := orderOf(e, 3)
		d := s.site.desk(s.snap, e, nil)
		for _, p := range papersOf(t, o) {
			sheet, err := s.site.Sheet(s.snap, e, p)
			if err != nil {
				t.Fatal(err)
			}
			words, err := json.Marshal(sheet)
			if err != nil || hole.Match(words) {
				t.Errorf("%s %s has a hole: %s (%v)", e.Locale, p.Kind, hole.Find(words), err)
			}
			if total := sheet.Sums[len(sheet.Sums)-1]; total.Text != d.amount(o.Sums.Total) {
				t.Errorf("%s %s: total %q", e.Locale, p.Kind, total.Text)
			}
			if !strings.Contains(sheet.Title, string(p.Number)) || len(sheet.Lines) != 3 || len(sheet.Remarks) == 0 || len(sheet.Seller) < 2 {
				t.Errorf("%s %s: %+v", e.Locale, p.Kind, sheet)
			}
			if rate := d.p.Percent(e.Market.VAT, 1); e.Market.Basis == market.Incl && e.Market.VAT > 0 && !strings.Contains(sheet.Sums[1].Term, rate) {
				t.Errorf("%s %s: %q does not name the rate %s", e.Locale, p.Kind, sheet.Sums[1].Term, rate)
			}
			p.Sheet = words
			again, err := s.site.Sheet(s.snap, e, p)
			kept, _ := json.Marshal(again)
			if err != nil || !bytes.Equal(kept, words) {
				t.Errorf("%s %s: its words changed: %s (%v)", e.Locale, p.Kind, kept, err)
			}
			if _, missing, err := sheet.PDF(); err != nil || missing > 0 {
				t.Errorf("%s %s: %d characters are missing, %v", e.Locale, p.Kind, missing, err)
			}
		}
	}
}

// Excise is no tax of its own on an invoice: it is in the price that value added tax is charged on. Primeur bears none.
func TestTaxesOfAnInvoice(t *testing.T) {
	s := demoShop(t)
	d := s.site.desk(s.snap, s.markets.Editions[0], nil)
	eur := func(minor int64) money.Amount { return money.Of(minor, "EUR") }
	for name, c := range map[string]struct {
		net, tax int64
		want     split
	}{
		"wine with excise":    {13497, 2703, split{eur(13500), eur(2700), true}},
		"carriage":            {990, 198, split{eur(990), eur(198), true}},
		"rounded elsewhere":   {992, 196, split{eur(990), eur(198), true}},
		"primeur without tax": {10000, 0, split{eur(10000), eur(0), false}},
		"nothing":             {0, 0, split{eur(0), eur(0), false}},
	} {
		if got := d.split(order.Line{Quantity: 1, Net: eur(c.net), Tax: eur(c.tax)}, true); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	primeur := orderOf(s.markets.Editions[0], 1)
	primeur.Lines[0].SaleType, primeur.Lines[0].Net, primeur.Lines[0].Tax = "primeur", eur(9000), eur(0)
	primeur.Sums = order.Sums{Net: eur(9000), Tax: eur(0), Total: eur(9000)}
	sheet, err := s.site.Sheet(s.snap, s.markets.Editions[0], invoice.Document{Facts: invoice.Issue(primeur, "FR-I-2026-00001", today)})
	if err != nil || sheet.Head.Tax != "" || !strings.Contains(strings.Join(sheet.Remarks, " "), d.p.T("paper.primeur")) {
		t.Errorf("primeur: %+v, %v", sheet, err)
	}
}
