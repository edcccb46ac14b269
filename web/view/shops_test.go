package view

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestVisitors: the script's table has every shop, each is meant for its own country and clock, and no
// country for two shops.
func TestVisitors(t *testing.T) {
	table, err := os.ReadFile("../../static/js/lib/visitors.js")
	if err != nil {
		t.Fatal(err)
	}
	meant := map[string][]string{}
	seen := map[string]string{}
	for _, row := range regexp.MustCompile(`(\w\w): "([^"]*)"`).FindAllStringSubmatch(string(table), -1) {
		meant[row[1]] = strings.Fields(row[2])
		for _, of := range meant[row[1]] {
			if seen[of] != "" {
				t.Errorf("%s is of %s and %s", of, seen[of], row[1])
			}
			seen[of] = row[1]
		}
	}
	markets := demoShop(t).markets.Markets
	if len(meant) != len(markets) {
		t.Errorf("the table has %d shops, want %d", len(meant), len(markets))
	}
	for _, m := range markets {
		if !slices.Contains(meant[m.Code], m.Country) || !slices.Contains(meant[m.Code], m.Zone.String()) {
			t.Errorf("%s is meant for %q", m.Code, meant[m.Code])
		}
	}
}
