package view

import (
	"testing"

	"caveau/store/cart"
	"caveau/store/catalog"
)

// TestCart shows lines, what is wrong with them, and sums per basis.
func TestCart(t *testing.T) {
	s := smallShop(t)
	c := cart.Cart{Market: "fr", Lines: []cart.Line{{SKU: "M90-75", Quantity: 2}, {SKU: "M90-75-6", Quantity: 3}, {SKU: "M25-75-6", Quantity: 1}, {SKU: "OLD-SKU", Quantity: 1}}}
	left := map[string]int{"M90-75": 5, "M90-75-6": 2, "M25-75-6": 0}
	available := func(sku *catalog.SKU) int { return left[sku.Code] }
	page := rendered(t, s.site.Cart(s.snap, s.edition(t, "fr-FR"), nil, c, Along{}, available, Message{Level: "bad", Text: "une nouvelle"}), 5)
	wants(t, "cart", words(page), "une nouvelle", "OLD-SKU n’est plus en vente.", "2_180_€ TTC", "1_090_€ l’unité", "19_260_€ TTC", "Plus que 2 disponibles", "Épuisé entre-temps",
		"Total (TTC) 21_440,00_€", "Total en primeur (HT) 2_412,00_€", "Bouteille 75_cl × 6, Caisse bois d’origine", "1_453,33_€/l", "Contient des sulfites.", "hors taxes")
	wants(t, "cart", page, `action="/panier/set"`, `action="/panier/remove"`, `noindex`, "!canonical", "!hreflang=\"x-default\"", "Interdiction de vente", `href="http://ch.localhost:8080/fr/panier"`)
	empty := rendered(t, s.site.Cart(s.snap, s.edition(t, "zh-Hant-HK"), nil, cart.Cart{Market: "hk"}, Along{}, available), 5)
	wants(t, "empty cart", empty, "您的購物車是空的。")
	s.complain(t)
}

func TestAdded(t *testing.T) {
	s := smallShop(t)
	e := s.edition(t, "de-DE")
	c := cart.Cart{Market: "de", Lines: []cart.Line{{SKU: "R90-75", Quantity: 2}}}
	wants(t, "added", rendered(t, s.site.Added(s.snap, e, c, s.snap.SKU("R90-75"), 2, ""), 5),
		`data-badge="2"`, "In den Warenkorb gelegt", "2 × Domaine Leroy Richebourg Grand Cru 1990, Flasche 0,75", `href="/warenkorb"`)
	wants(t, "refused", rendered(t, s.site.Added(s.snap, e, c, nil, 0, s.site.Refusal(s.snap, e, NotAsMany, nil, 3)), 5), "Nur noch 3 verfügbar", "!Warenkorb")
	seen := map[string]Why{}
	for _, why := range []Why{NotSold, NotChosen, NotAsMany, NotAllotted, BadQuantity, CartFull, NotInCart} {
		text := s.site.Refusal(s.snap, e, why, s.snap.SKU("M25-75-6"), 0)
		if other, ok := seen[text]; ok || text == "" {
			t.Errorf("refusals %d and %d both say %q", why, other, text)
		}
		seen[text] = why
	}
	s.complain(t)
}
