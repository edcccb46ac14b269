package mysql_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/mysql"
)

func shippedRules(t *testing.T) []law.Row {
	t.Helper()
	rows, err := law.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func (s *shop) importRules(t *testing.T, rows []law.Row) mysql.LawImported {
	t.Helper()
	done, err := s.primary.ImportRules(t.Context(), rows, s.markets)
	if err != nil {
		t.Fatal(err)
	}
	s.Sync(t)
	return done
}

// vat is the French rate on a bottle at home, as the tables say.
func (s *shop) vat(t *testing.T) string {
	t.Helper()
	s.Sync(t)
	rules, err := s.replicas.LoadRules(t.Context(), s.markets)
	if err != nil {
		t.Fatal(err)
	}
	fr, _ := s.markets.Market("fr")
	door, err := rules.Door(law.Order{Market: fr, Destination: law.Destination{Country: "FR"}, On: time.Date(2026, 7, 6, 12, 0, 0, 0, time.UTC),
		Lines: []law.Line{{Quantity: 1, SKU: law.SKU{Volume: 750, Bottles: 1, Strength: 130, Style: law.Still, Sale: law.Stock,
			Price: money.Of(120_00, "EUR"), Basis: market.Incl}}}})
	if err != nil {
		t.Fatal(err)
	}
	return door.Items[len(door.Items)-1].Rules[0].Value
}

func (s *shop) logged(t *testing.T, entity string) (n int) {
	t.Helper()
	if err := s.Primary.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM change_log WHERE entity = ?`, entity).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRulesAreReadBackAsTheyWere(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	rows := shippedRules(t)
	if done := s.importRules(t, rows); done.Inserted != len(rows) {
		t.Errorf("%+v of %d rows", done, len(rows))
	}
	if again := s.importRules(t, rows); !again.Nothing() {
		t.Errorf("the second run wrote %+v", again)
	}
	if n := s.logged(t, "law"); n != 1 {
		t.Errorf("the change log has %d rows, want one for the whole import", n)
	}
	if got := s.vat(t); got != "20" {
		t.Errorf("VAT %s", got)
	}
}

func TestAnImportNeverOverwritesWhatIsEditedByHand(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	rows := shippedRules(t)
	s.importRules(t, rows)
	s.exec(t, `UPDATE law_rule SET value = '5.5', source = 'by hand' WHERE kind = 'vat' AND subject = 'FR'`)
	s.exec(t, `INSERT INTO law_rule (kind, subject, value, unit, valid_from, status, source) VALUES ('vat', 'DK', '25', '%', '2026-01-01', 'verify', 'by hand')`)
	if n := s.logged(t, "law"); n != 3 {
		t.Errorf("the change log has %d rows, want the import's and two of hand", n)
	}
	if got := s.vat(t); got != "5.5" {
		t.Errorf("VAT %s after the UPDATE", got)
	}
	for i := range rows {
		if rows[i].ID() == "vat/FR@2026-01-01" {
			rows[i].Value = "21"
		}
		if rows[i].ID() == "vat/NL@2026-01-01" {
			rows[i].Note = "read again"
		}
	}
	rows = slices.DeleteFunc(rows, func(r law.Row) bool { return r.ID() == "vat/NZ@2026-01-01" })
	if done := s.importRules(t, rows); done != (mysql.LawImported{Updated: 1, Deleted: 1, Kept: 1}) {
		t.Errorf("the next release wrote %+v", done)
	}
	if got := s.vat(t); got != "5.5" {
		t.Errorf("VAT %s after the next release", got)
	}
}

// A new rate without an end for the old one would make two answers: it is not let in, and nothing is left behind.
func TestContradictingRulesAreNotImported(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	rows := shippedRules(t)
	s.importRules(t, rows)
	twice := law.Row{Kind: law.VAT, Subject: "FR", Value: "22", Unit: "%", From: "2026-06-01", Status: law.Verify, Source: "test"}
	_, err := s.primary.ImportRules(t.Context(), append(slices.Clone(rows), twice), s.markets)
	if err == nil || !strings.Contains(err.Error(), "contradicts") {
		t.Fatalf("imported: %v", err)
	}
	if got := s.vat(t); got != "20" {
		t.Errorf("VAT %s", got)
	}
	s.exec(t, `UPDATE law_rule SET valid_to = '2026-05-31' WHERE kind = 'vat' AND subject = 'FR'`)
	s.exec(t, `INSERT INTO law_rule (kind, subject, value, unit, valid_from, status, source) VALUES ('vat', 'FR', '22', '%', '2026-06-01', 'verify', 'by hand')`)
	if got := s.vat(t); got != "22" {
		t.Errorf("VAT %s after the change by hand", got)
	}
	if done := s.importRules(t, rows); done.Kept != 1 || !done.Nothing() {
		t.Errorf("the next import wrote %+v", done)
	}
}
