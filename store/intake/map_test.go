package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestBuiltinMap(t *testing.T) {
	m := bcl(t)
	if m.Code != "bcl" || m.Prices.Currency != "CAD" || len(m.Class) < 20 || !m.Rates[0].Demonstration {
		t.Errorf("the built-in map is %+v", m)
	}
}

func TestMapFromAFile(t *testing.T) {
	raw, err := builtin.ReadFile("maps/bcl.toml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "own.toml")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := ReadMap(path)
	if err != nil || m.Code != "bcl" {
		t.Errorf("%v, %v", m, err)
	}
	if _, err := ReadMap(path + ".none"); err == nil {
		t.Error("a file that is not there is read")
	}
}

func TestAllFaultsOfAMapAreListed(t *testing.T) {
	_, err := parseMap(`
code = "Not A Slug"
nickname = "x"
sku_prefix = "a,b"
[columns]
sku = "sku"
colour = "c"
[prices]
currency = "CAD"
basis = "incl"
[[rates]]
source = "none"
[rates.rate]
fr = -1.0
[stock.warehouse.bordeaux]
empty = 0.8
low = 0.9
most = 2
[[class]]
colour = "blue"
[[spelling]]
from = " A"
`)
	if err == nil {
		t.Fatal("the map is taken")
	}
	for _, want := range []string{
		`unknown key "nickname"`, `unknown key "columns.colour"`, `code "Not A Slug"`, "source is missing", "date is missing", "sku_prefix",
		"columns.name is missing", "columns.price is missing", "years.oldest", `prices.basis "incl"`, "rates 1: date and source", "rate of fr is -1",
		"stock.demonstration", "stock.warehouse.bordeaux", `unknown colour "blue"`, `spelling 1`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestYoungestRatesThatAreNotInTheFutureCount(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	m := &Map{Rates: []RateTable{{Date: day(10)}, {Date: day(20)}, {Date: day(5)}}}
	for _, c := range []struct{ now, want int }{{5, 5}, {9, 5}, {10, 10}, {19, 10}, {20, 20}, {31, 20}} {
		got, err := m.rates(day(c.now))
		if err != nil || !got.Date.Equal(day(c.want)) {
			t.Errorf("on day %d: %v, %v; want day %d", c.now, got.Date, err, c.want)
		}
	}
	if _, err := m.rates(day(4)); err == nil {
		t.Error("rates are found before the first table")
	}
}
