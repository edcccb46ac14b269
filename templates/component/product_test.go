package component

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"caveau/templates/live"
)

// data is the JSON-LD of a product with so many units of everything.
func data(t *testing.T, p Product, count int) map[string]any {
	t.Helper()
	var b strings.Builder
	if err := p.LD().Render(live.With(context.Background(), live.Sample{Count: count}), &b); err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	inside := strings.TrimSuffix(strings.TrimPrefix(b.String(), `<script type="application/ld+json">`), "</script>")
	if err := json.Unmarshal([]byte(inside), &out); err != nil {
		t.Fatalf("%v: %s", err, inside)
	}
	return out
}

// at follows names and positions into data.
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
		case int:
			l, _ := v.([]any)
			if step >= len(l) {
				return nil
			}
			v = l[step]
		}
	}
	return v
}

func margaux(offers ...ProductOffer) Product {
	return Product{
		Name: "Château Margaux 2025", URL: "https://x/margaux/2025", Group: "chateau-margaux-2025", Offers: offers,
		Shipping: &ProductShipping{Country: "FR", First: 2, Last: 4}, Returns: &ProductReturns{Country: "FR", Days: 14},
	}
}

var (
	bottle  = ProductOffer{SKU: "B", Name: "Bottle", Price: "906.00", Currency: "EUR", Carriage: "11.88", Stock: live.Stock{1}}
	magnum  = ProductOffer{SKU: "M", Name: "Magnum", Price: "1970.00", Currency: "EUR", Carriage: "0.00", Stock: live.Stock{2}}
	primeur = ProductOffer{
		SKU: "P", Name: "Bottle × 6", Price: "2412.00", Currency: "EUR", Carriage: "0.00", Primeur: true, From: time.Date(2028, 4, 1, 0, 0, 0, 0, time.UTC), Stock: live.Stock{3},
	}
)

func TestProductData(t *testing.T) {
	one, several := data(t, margaux(bottle), 12), data(t, margaux(bottle, magnum, primeur), 12)
	for _, c := range []struct {
		in   map[string]any
		path []any
		want any
	}{
		{one, []any{"@type"}, "Product"},
		{one, []any{"sku"}, "B"},
		{one, []any{"hasVariant"}, nil},
		{one, []any{"offers", "availability"}, "https://schema.org/InStock"},
		{one, []any{"offers", "availabilityStarts"}, nil},
		{one, []any{"offers", "shippingDetails", "shippingRate", "value"}, "11.88"},
		{one, []any{"offers", "shippingDetails", "shippingDestination", "addressCountry"}, "FR"},
		{one, []any{"offers", "shippingDetails", "deliveryTime", "transitTime", "maxValue"}, 4.0},
		{one, []any{"offers", "hasMerchantReturnPolicy", "merchantReturnDays"}, 14.0},
		{several, []any{"@type"}, "ProductGroup"},
		{several, []any{"productGroupID"}, "chateau-margaux-2025"},
		{several, []any{"hasVariant", 1, "name"}, "Château Margaux 2025, Magnum"},
		{several, []any{"hasVariant", 1, "offers", "price"}, "1970.00"},
		{several, []any{"hasVariant", 1, "offers", "shippingDetails", "shippingDestination", "@id"}, "#to"}, // written out by the first
		{several, []any{"hasVariant", 1, "offers", "shippingDetails", "shippingDestination", "addressCountry"}, nil},
		{several, []any{"hasVariant", 2, "offers", "availability"}, "https://schema.org/PreOrder"},
		{several, []any{"hasVariant", 2, "offers", "availabilityStarts"}, "2028-04-01"},
		{several, []any{"hasVariant", 2, "offers", "hasMerchantReturnPolicy"}, nil}, // hangs on what the buyer was told
		{several, []any{"hasVariant", 2, "offers", "shippingDetails", "deliveryTime"}, nil},
		{data(t, margaux(bottle), 0), []any{"offers", "availability"}, "https://schema.org/OutOfStock"},
		{data(t, margaux(primeur), 0), []any{"offers", "availability"}, "https://schema.org/OutOfStock"},
		{data(t, Product{Name: "x", Offers: []ProductOffer{bottle}}, 1), []any{"offers", "shippingDetails"}, nil},
		{data(t, Product{Name: "x", Offers: []ProductOffer{bottle}}, 1), []any{"offers", "hasMerchantReturnPolicy"}, nil},
		{data(t, Product{Name: "x"}, 1), []any{"offers"}, nil},
	} {
		if got := at(c.in, c.path...); got != c.want {
			t.Errorf("%v is %v, want %v", c.path, got, c.want)
		}
	}
}
