package law

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func embedded(t testing.TB) []Row {
	t.Helper()
	rows, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestNamesOfRowsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range embedded(t) {
		if seen[row.ID()] {
			t.Errorf("two rows are %s", row.ID())
		}
		seen[row.ID()] = true
	}
}

func TestEveryKindHasRowsAndIsInTheReadme(t *testing.T) {
	readme, err := os.ReadFile("data/README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := embedded(t)
	for kind := range kinds {
		if !slices.ContainsFunc(rows, func(r Row) bool { return r.Kind == kind }) {
			t.Errorf("no row of kind %s", kind)
		}
		if !strings.Contains(string(readme), string(kind)) {
			t.Errorf("data/README.md does not say how %s is written", kind)
		}
	}
}

// Every country that the site has a name for is delivered to by some shop, or blocked with a reason.
func TestEveryCountryIsAnswered(t *testing.T) {
	f, err := os.Open("../../i18n/cldr/countries.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := rules(t)
	served := 0
	for _, line := range lines[1:] {
		code := line[0]
		shops, closed := r.all(Served, code, "2026-07-06"), r.all(Closed, code, "2026-07-06")
		if (len(shops) > 0) == (len(closed) > 0) {
			t.Errorf("%s: %d shops go there and it is blocked %d times", code, len(shops), len(closed))
		}
		if len(shops) > 0 {
			served++
		}
	}
	if served < 120 {
		t.Errorf("%d countries are delivered to, want at least 120", served)
	}
}

func TestEveryShopServesItsOwnCountry(t *testing.T) {
	r := rules(t)
	for _, m := range r.markets.Markets {
		own := r.Countries(m, "2026-07-06")
		if _, ok := own[m.Country]; !ok {
			t.Errorf("%s does not deliver to %s", m.Code, m.Country)
		}
	}
}

// The rows of today say what markets.json says.
func TestRowsAgreeWithTheMarkets(t *testing.T) {
	r := rules(t)
	const on = Day("2026-07-06")
	for _, m := range r.markets.Markets {
		var notices []string
		for _, n := range r.all(Notice, m.Code, on) {
			notices = append(notices, n.Condition)
		}
		if !slices.Equal(notices, slices.Sorted(slices.Values(m.Notices))) {
			t.Errorf("%s shows %v, markets.json says %v", m.Code, notices, m.Notices)
		}
		if age, _ := r.one(HouseAge, m.Code, on); int(age.number/one) != m.MinAge {
			t.Errorf("%s asks for %s years, markets.json says %d", m.Code, age.Value, m.MinAge)
		}
		vat, err := r.pick(VAT, m.Country, SKU{Style: Still, Strength: 130}, on)
		if err != nil || m.Code != "us" && vat.number != thousandths(m.VAT*one) {
			t.Errorf("%s: VAT %+v, %v; markets.json says %v", m.Code, vat, err, m.VAT)
		}
		step := int64(1)
		if rule, ok := r.one(Rounding, m.Code, on); ok {
			step = minorOf(rule.number)
		}
		if step != m.Rounding {
			t.Errorf("%s rounds to %d, markets.json says %d", m.Code, step, m.Rounding)
		}
		kept := r.Keeping(m, time.Date(2026, 7, 6, 12, 0, 0, 0, time.UTC))
		if source, _ := r.under(Retention, m.Code, keepInvoice, on); kept.Invoice != m.KeepYears || source.Source != m.KeepLaw || m.KeepLaw == "" {
			t.Errorf("%s keeps invoices for %d years by %q, markets.json says %d by %q", m.Code, kept.Invoice, source.Source, m.KeepYears, m.KeepLaw)
		}
		if kept.Contact != 2 { // as the page on privacy says
			t.Errorf("%s keeps contacts for %d years", m.Code, kept.Contact)
		}
	}
}

// Figures that nobody has read in an official source are not passed off as such.
func TestFiguresAreNotOfficial(t *testing.T) {
	for _, row := range embedded(t) {
		switch row.Kind {
		case VAT, Excise, Customs, Age, State, Territory:
			if row.Status == Official {
				t.Errorf("%s is marked official", row.ID())
			}
		case SalesTax, Tariff, Transit, Free:
			if row.Status != Demonstration {
				t.Errorf("%s is not marked as demonstration", row.ID())
			}
		}
	}
}

func TestBrokenRowsAreRefused(t *testing.T) {
	good := Row{Kind: VAT, Subject: "DK", Value: "25", Unit: "%", From: "2026-01-01", Status: Verify, Source: "test"}
	duty := Row{Kind: Excise, Subject: "GB", Condition: "14-15", Value: "30", Unit: "GBP/lpa", From: "2026-03-01", Status: Verify, Source: "test"}
	for _, c := range []struct {
		name, want string
		row        Row
		change     func(*Row)
	}{
		{"none", "", good, func(*Row) {}},
		{"no source", "no source", good, func(r *Row) { r.Source = "" }},
		{"no day", "no date", good, func(r *Row) { r.From = "2026-13-01" }},
		{"no such last day", "no date", good, func(r *Row) { r.To = "2026" }},
		{"backwards", "before it begins", good, func(r *Row) { r.To = "2025-12-31" }},
		{"status", "unknown status", good, func(r *Row) { r.Status = "sure" }},
		{"kind", "unknown kind", good, func(r *Row) { r.Kind = "tax" }},
		{"country", "has not the form", good, func(r *Row) { r.Subject = "Denmark" }},
		{"figure", "no figure", good, func(r *Row) { r.Value = "25,5" }},
		{"negative", "no figure", good, func(r *Row) { r.Value = "-1" }},
		{"band", "no range", good, func(r *Row) { r.Condition = "stil" }},
		{"twice", "contradicts", good, func(r *Row) { r.Subject = "FR" }},
		{"overlapping bands", "contradicts", duty, func(*Row) {}},
		{"unit", "neither by hl nor by lpa", duty, func(r *Row) { r.Unit = "GBP/l" }},
		{"zone", "has no tariff", Row{Kind: Served, Subject: "DK", Condition: "uk", Value: "moon", From: "2026-01-01", Status: Verify, Source: "test"}, func(*Row) {}},
		{"zone in another currency", "is priced in", Row{Kind: Served, Subject: "DK", Condition: "uk", Value: "eu-mid", From: "2026-01-01", Status: Verify, Source: "test"}, func(*Row) {}},
	} {
		row := c.row
		c.change(&row)
		_, err := New(append(embedded(t), row), markets(t))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestRulesWantACompleteShop(t *testing.T) {
	rows := slices.DeleteFunc(embedded(t), func(r Row) bool { return r.Kind == Button && r.Subject == "de" })
	if _, err := New(rows, markets(t)); err == nil || !strings.Contains(err.Error(), "market de has no rule button") {
		t.Errorf("a shop without an order button: %v", err)
	}
}
