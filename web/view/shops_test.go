package view

import (
	"slices"
	"strings"
	"testing"
)

// TestVisitors: every shop is meant for its own country and clock, and no country for two shops.
func TestVisitors(t *testing.T) {
	s := demoShop(t)
	seen := map[string]string{}
	for _, shop := range s.site.editions[0].shops {
		m, ok := s.markets.Market(shop.code)
		if !ok || !slices.Contains(strings.Fields(shop.regions), m.Country) || !slices.Contains(strings.Fields(shop.zones), m.Zone.String()) {
			t.Errorf("%s is meant for %q and %q", shop.code, shop.regions, shop.zones)
		}
		for _, of := range strings.Fields(shop.regions + " " + shop.zones) {
			if seen[of] != "" {
				t.Errorf("%s is of %s and %s", of, seen[of], shop.code)
			}
			seen[of] = shop.code
		}
	}
}
