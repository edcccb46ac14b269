package law

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"caveau/store/market"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// The golden table: 14 markets × what they sell × 20 destinations.
var destinations = []string{
	"FR", "BE", "LU", "CH", "DE", "AT", "GB", "IE", "IT", "ES", "PT", "NL", "US-NY", "US-UT", "HK", // the shops' own
	"JP", "DK", "MC", "QA", // taxes on arrival, in the EU without rates, as France, blocked
	"ZZ", // no such country
}

// sales are the ways in which a market sells.
func sales(m *market.Market) []string {
	if m.InBond {
		return []string{"stock", "primeur", "bond"}
	}
	return []string{"stock", "primeur"}
}

func TestGolden(t *testing.T) {
	r := rules(t)
	var b strings.Builder
	for _, m := range r.markets.Markets {
		for _, sale := range sales(m) {
			for _, destination := range destinations {
				fmt.Fprintf(&b, "%s %s %s: %s\n", m.Code, sale, destination, golden(r, m, sale, destination))
			}
		}
	}
	const name = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, strings.Split(b.String(), "\n"), strings.Split(string(want), "\n"))
}

func compare(t *testing.T, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d: run go test ./store/law -run Golden -update and read the difference", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("line %d\n got %s\nwant %s", i+1, got[i], want[i])
		}
	}
}

// golden is one answer in a line: what is blocked or the price at the door, then what is shown and asked.
func golden(r *Rules, m *market.Market, sale, destination string) string {
	s := bottle(m)
	if sale == "primeur" {
		s = barrel(m)
	}
	bond := sale == "bond"
	a, err := r.Ask(Question{Market: m, SKU: s, Destination: to(destination), On: summer, InBond: bond})
	if code, refused := Refused(err); refused {
		return "refused " + string(code)
	}
	if !a.Allowed() {
		return fmt.Sprintf("blocked %s, nearest %q %q", a.Block[0].Reason, a.Block[0].Nearest.Market, a.Block[0].Nearest.Warehouse)
	}
	o := order(m, s, to(destination))
	o.InBond = bond
	d, err := r.Door(o)
	if err != nil {
		return err.Error()
	}
	line := fmt.Sprintf("%s %s = %s", d.Terms, parts(d.Items), d.Gross)
	if due := d.Lines[0].Due; due != nil {
		line += fmt.Sprintf("; due %s %s = %s %v", due.When, parts(due.Items), due.Gross, due.Missing)
	}
	return line + fmt.Sprintf("; missing %v; %s; age %d; %s; label %s; %s", d.Lines[0].Missing, a.Withdrawal.Message(), a.Age, a.Button, a.Label, told(a))
}

func parts(items []Item) string {
	var out []string
	for _, i := range items {
		text := fmt.Sprintf("%s %d", i.Part, i.Amount.Minor)
		if len(i.Rules) > 0 && i.Part != PartDelivery {
			text += " (" + i.Rules[0].Value + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, " + ")
}

func told(a Answer) string {
	var out []string
	for _, s := range a.Show {
		out = append(out, s.ID)
	}
	out = append(out, "|")
	for _, q := range a.Ask {
		out = append(out, q.ID)
	}
	return strings.Join(out, " ")
}
