package web_test

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/store/order"
	"caveau/web"
)

// Whatever is sent: the answer says what is wrong in the shop's language, keeps what was entered, and changes nothing.
func TestBadInputSaysWhatIsWrongAndChangesNothing(t *testing.T) {
	long, turned, control := strings.Repeat("é", 10_000), "Foy \u202eeur 1", "Foy\x00\x1b"
	for name, c := range map[string]struct {
		set  map[string]string // fields of the checkout, "" takes a field away
		do   func(*testing.T, *shop, *visitor)
		code int
		fr   string
		de   string
	}{
		"endless street":           {set: map[string]string{"line1": long}, fr: "Numéro et rue : trop long", de: "Straße und Hausnummer: zu lang"},
		"turned direction":         {set: map[string]string{"line1": turned}, fr: "Numéro et rue : trop long, ou avec des caractères", de: "Straße und Hausnummer: zu lang oder mit Zeichen"},
		"control characters":       {set: map[string]string{"line2": control}, fr: "avec des caractères", de: "mit Zeichen"},
		"an endless invoice":       {set: map[string]string{"invoice": "apart", "invoice_line1": long}, fr: "trop long", de: "zu lang"},
		"a postcode of elsewhere":  {set: map[string]string{"postcode": "SW1A 1AA"}, fr: "ce n’est pas un code postal de ce pays", de: "keine Postleitzahl des Landes"},
		"a state that is none":     {set: map[string]string{"country": "US", "region": "Bavaria"}, fr: "État", de: "Bundesstaat"},
		"a country that is none":   {set: map[string]string{"country": "Atlantis"}, fr: "Nous ne connaissons pas les règles de ce pays", de: "Die Regeln dieses Landes kennen wir nicht"},
		"no key":                   {set: map[string]string{"key": ""}, fr: "Cette page n’était plus utilisable", de: "Diese Seite war nicht mehr gültig"},
		"a forged key":             {set: map[string]string{"key": "AAAAAAAAAAAAAAAAAAAAA!"}, fr: "Cette page n’était plus utilisable", de: "Diese Seite war nicht mehr gültig"},
		"a total of its own":       {set: map[string]string{"total": "1"}, fr: "Le total a changé", de: "Die Summe hat sich geändert"},
		"a choice there is not":    {set: map[string]string{"total": "x", "parcels": "tomorrow"}, fr: "Le total a changé", de: "Die Summe hat sich geändert"},
		"nothing declared":         {set: map[string]string{"age-declaration": "", "terms": ""}, fr: "Veuillez confirmer", de: "Bitte bestätigen Sie"},
		"sold out since the cart":  {do: refusing(order.Problem{Err: order.ErrSoldOut, SKU: "M90-75", Asked: 2}), code: http.StatusConflict, fr: "Épuisé entre-temps", de: "Inzwischen ausverkauft"},
		"fewer since the cart":     {do: refusing(order.Problem{Err: order.ErrSoldOut, SKU: "M90-75", Asked: 2, Left: 1}), code: http.StatusConflict, fr: "Plus que 1 disponible", de: "Nur noch 1 verfügbar"},
		"no longer sold here":      {do: refusing(order.Problem{Err: order.ErrNotSold, SKU: "M90-75", Asked: 2}), code: http.StatusConflict, fr: "n’est pas en vente ici", de: "hier nicht erhältlich"},
		"the database is away":     {do: func(_ *testing.T, s *shop, _ *visitor) { s.orders.err = errors.New("connection refused") }, code: 503, fr: "votre panier est conservé", de: "Ihr Warenkorb bleibt erhalten"},
		"the key of another order": {do: func(_ *testing.T, s *shop, _ *visitor) { s.orders.err = order.ErrKeyReused }, code: http.StatusConflict, fr: "déjà passé une commande", de: "bereits bestellt"},
	} {
		for market, want := range map[string]string{"fr": c.fr, "de": c.de} {
			t.Run(name+" "+market, func(t *testing.T) {
				s := newShop(t)
				v, checkout, form := s.buyer(t, market, map[string]string{"fr": "/panier", "de": "/warenkorb"}[market])
				cookie := v.jar[web.CartCookie]
				for field, value := range c.set {
					form.Set(field, value)
				}
				if c.do != nil {
					c.do(t, s, v)
				}
				doc := v.post(t, checkout, form.Encode()).want(t, cmp.Or(c.code, http.StatusUnprocessableEntity)).page(t)
				contains(t, "problem", words(doc.Find("#problems").Text()), want)
				same(t, "e-mail", attr(t, doc, "#email", "value"), form.Get("email"))
				same(t, "cookie", v.jar[web.CartCookie], cookie)
				same(t, "orders", len(s.orders.placed), 0)
				if strings.Contains(s.log.String(), "emilie") {
					t.Error("what a shopper entered is in the log")
				}
			})
		}
	}
}

func refusing(p order.Problem) func(*testing.T, *shop, *visitor) {
	return func(_ *testing.T, s *shop, _ *visitor) { s.orders.err = order.Refuse([]order.Problem{p}) }
}

// A SKU of another market is none of this one's, in the cart and in a cookie of ours that holds it.
func TestAnotherMarketsWineIsNotSold(t *testing.T) {
	s := newShop(t)
	v := s.visitor("us")
	v.refused(t, "/cart", url.Values{"sku": {"KNV-75"}}.Encode(), http.StatusUnprocessableEntity, "This wine is not on sale here.")
}
