package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// product is what a vintage page tells machines of one SKU; a page with several has them as variants.
type product struct {
	SKU    string `json:"sku"`
	Offers struct {
		Availability string `json:"availability"`
	} `json:"offers"`
	Variants []product `json:"hasVariant"`
}

// offers are the availabilities that a vintage page's JSON-LD states, by SKU, where few left count as in stock.
func offers(t *testing.T, a answer) map[string]string {
	t.Helper()
	found := map[string]string{}
	a.document(t).Find(`script[type="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		var p product
		if err := json.Unmarshal([]byte(s.Text()), &p); err != nil {
			t.Fatalf("JSON-LD: %v in %s", err, s.Text())
		}
		for _, one := range append(p.Variants, p) {
			if one.SKU != "" {
				found[one.SKU] = strings.Replace(strings.TrimPrefix(one.Offers.Availability, "https://schema.org/"), "LimitedAvailability", "InStock", 1)
			}
		}
	})
	return found
}
