package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"caveau/store/cart"
	"caveau/web"
	"caveau/web/view"

	"github.com/PuerkitoBio/goquery"
)

// visitor is a browser in one shop: it keeps the cookies that it is given.
type visitor struct {
	*shop
	market string
	jar    map[string]string
}

func (s *shop) visitor(market string) *visitor {
	return &visitor{s, market, map[string]string{}}
}

func (v *visitor) get(t *testing.T, path string, how ...with) answer {
	t.Helper()
	return v.keep(v.shop.get(t, v.market, path, append([]with{v.cookies}, how...)...))
}

func (v *visitor) post(t *testing.T, path, form string, how ...with) answer {
	t.Helper()
	values, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	return v.keep(v.shop.post(t, v.market, path, values, append([]with{v.cookies}, how...)...))
}

func (v *visitor) cookies(r *http.Request) {
	for name, value := range v.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
}

func (v *visitor) keep(a answer) answer {
	for _, cookie := range a.Cookies() {
		v.jar[cookie.Name] = cookie.Value
	}
	return a
}

// cart is what the visitor's cart page shows: "M90-75 2, KNV-75 1".
func (v *visitor) cart(t *testing.T, path string) string {
	t.Helper()
	return lines(v.get(t, path).want(t, http.StatusOK).page(t))
}

func lines(doc *goquery.Document) string {
	var out []string
	for _, line := range doc.Find(".line").EachIter() {
		out = append(out, line.AttrOr("data-sku", "")+" "+line.Find(`input[name="quantity"]`).AttrOr("value", ""))
	}
	return strings.Join(out, ", ")
}

// mirrored opens the visitor's cookie.
func (v *visitor) mirrored(t *testing.T) cart.Cart {
	t.Helper()
	_, c, err := v.mirror.Open(v.jar[web.CartCookie])
	if err != nil {
		t.Fatalf("open the cookie: %v", err)
	}
	return c
}

// give a visitor the cookie of a cart that began elsewhere.
func (v *visitor) give(t *testing.T, m *cart.Mirror, c cart.Cart) {
	t.Helper()
	value, err := m.Seal(cart.ID{1, 2, 3}, c)
	if err != nil {
		t.Fatal(err)
	}
	v.jar[web.CartCookie] = value
}

func TestFirstAddBeginsACartAndLeadsToIt(t *testing.T) {
	v := newShop(t).visitor("fr")
	a := v.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	same(t, "leads to", a.Header.Get("Location"), "/panier")
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	cookies := a.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("cookies %v, want one", cookies)
	}
	c := cookies[0]
	same(t, "name", c.Name, "__Host-cart")
	same(t, "Secure", c.Secure, true)
	same(t, "HttpOnly", c.HttpOnly, true)
	same(t, "SameSite", c.SameSite, http.SameSiteLaxMode)
	same(t, "Path", c.Path, "/")
	same(t, "Domain", c.Domain, "") // the prefix __Host- forbids one
	same(t, "Max-Age", time.Duration(c.MaxAge)*time.Second, view.CookieLife)
	same(t, "cart page", v.cart(t, "/panier"), "M90-75 2")
	if c := v.mirrored(t); c.Version != 1 || len(c.Lines) != 1 || c.Lines[0].SKU != "M90-75" || c.Lines[0].Quantity != 2 {
		t.Errorf("mirror %v", c)
	}
}

func TestCartPageIsTheVisitorsAlone(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=M90-75")
	a := v.get(t, "/panier").want(t, http.StatusOK)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	same(t, "ETag", a.Header.Get("ETag"), "")
	same(t, "badge", text(t, a.page(t), ".badge"), "1")
	same(t, "somebody else's cart", s.visitor("fr").cart(t, "/panier"), "")
}

// The page of a visitor with a cart is the public one, byte for byte, but for the badge.
func TestBadgeIsTheOnlyDifferenceOfAPrivatePage(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=M90-75&quantity=2")
	v.post(t, "/panier", "sku=KNV-75")
	for _, page := range pages {
		public, private := s.get(t, "fr", page.path, zipped), v.get(t, page.path, zipped).want(t, http.StatusOK)
		same(t, page.name+": Cache-Control", private.Header.Get("Cache-Control"), "private, no-store")
		same(t, page.name+": public Cache-Control", public.Header.Get("Cache-Control"), publicPages)
		if private.Header.Get("ETag") == public.Header.Get("ETag") {
			t.Errorf("%s: the badge is not in the ETag", page.name)
		}
		before, badge, after := atBadge(t, private)
		publicBefore, publicBadge, publicAfter := atBadge(t, public)
		same(t, page.name+": badge", strings.TrimSpace(badge), "3")
		same(t, page.name+": public badge", strings.TrimSpace(publicBadge), "")
		if before != publicBefore || after != publicAfter || len(badge) != len(publicBadge) {
			t.Errorf("%s: differs in more than the badge", page.name)
		}
	}
}

func atBadge(t *testing.T, a answer) (before, badge, after string) {
	t.Helper()
	before, rest, ok := strings.Cut(a.plain(t), `<span class="badge">`)
	badge, after, closed := strings.Cut(rest, `</span>`)
	if !ok || !closed {
		t.Fatalf("%s has no badge", a.Request.URL)
	}
	return before, badge, after
}

func TestLinesAreAddedChangedAndRemoved(t *testing.T) {
	v := newShop(t).visitor("fr")
	for _, step := range []struct{ path, form, want string }{
		{"/panier", "sku=M90-75", "M90-75 1"},
		{"/panier", "sku=M90-75&quantity=3", "M90-75 4"},
		{"/panier", "sku=KNV-75&quantity=2", "M90-75 4, KNV-75 2"},
		{"/panier/set", "sku=M90-75&quantity=1", "M90-75 1, KNV-75 2"},
		{"/panier/set", "sku=M90-75&quantity=1", "M90-75 1, KNV-75 2"},
		{"/panier/remove", "sku=M90-75", "KNV-75 2"},
		{"/panier/remove", "sku=M90-75", "KNV-75 2"},
		{"/panier/set", "sku=KNV-75&quantity=0", ""},
		{"/panier", "sku=M90-150&quantity=+7+", "M90-150 7"},
	} {
		a := v.post(t, step.path, step.form).want(t, http.StatusSeeOther)
		same(t, step.path+" "+step.form+": leads to", a.Header.Get("Location"), "/panier")
		same(t, step.path+" "+step.form, v.cart(t, "/panier"), step.want)
		same(t, step.path+" "+step.form+": lines in the mirror", len(v.mirrored(t).Lines), len(strings.FieldsFunc(step.want, func(r rune) bool { return r == ',' })))
	}
}

func TestCartOfASecondLocaleIsTheMarkets(t *testing.T) {
	v := newShop(t).visitor("be")
	a := v.post(t, "/nl/winkelmand", "sku=M90-75").want(t, http.StatusSeeOther)
	same(t, "leads to", a.Header.Get("Location"), "/nl/winkelmand")
	same(t, "in the other locale", v.cart(t, "/panier"), "M90-75 1")
}

// Removing is no way to begin a cart: the cookie is set by an add and by nothing else.
func TestOnlyAnAddBeginsACart(t *testing.T) {
	s := newShop(t)
	for path, form := range map[string]string{"/panier/remove": "sku=M90-75", "/panier/set": "sku=M90-75&quantity=0"} {
		a := s.visitor("fr").post(t, path, form).want(t, http.StatusSeeOther)
		same(t, path+": cookies", len(a.Cookies()), 0)
	}
	a := s.visitor("fr").post(t, "/panier/set", "sku=M90-75&quantity=2").want(t, http.StatusConflict)
	same(t, "cookies", len(a.Cookies()), 0)
	contains(t, "reason", a.page(t).Find(".say").Text(), "Cette ligne n’est plus dans votre panier.")
	same(t, "carts in the store", len(s.carts.held), 0)
}

// refused posts an edit that is not to be made: it says why, keeps the cart and the cookie as they were.
func (v *visitor) refused(t *testing.T, path, form string, status int, reason string) {
	t.Helper()
	before, held := v.jar[web.CartCookie], fmt.Sprint(v.carts.held)
	a := v.post(t, path, form)
	what := v.market + " " + path + " " + form
	same(t, what+": status", a.StatusCode, status)
	same(t, what+": reason", words(a.page(t).Find(".say--bad").Text()), reason)
	same(t, what+": cookies", len(a.Cookies()), 0)
	same(t, what+": Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	same(t, what+": cookie", v.jar[web.CartCookie], before)
	same(t, what+": carts", fmt.Sprint(v.carts.held), held)
}

func TestQuantitiesThatAreNoneAreRefused(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "bordeaux", 5000)
	for _, began := range []bool{false, true} {
		v, german := s.visitor("fr"), s.visitor("de")
		if began {
			v.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
		}
		for _, quantity := range []string{"0", "-1", "abc", "1000", "1e9", "1.5", "0x10", "99999999999999999999", "1 2", "٣", "\x00"} {
			form := "sku=M90-75&quantity=" + url.QueryEscape(quantity)
			v.refused(t, "/panier", form, http.StatusUnprocessableEntity, "La quantité doit être comprise entre 1 et 999.")
			german.refused(t, "/warenkorb", form, http.StatusUnprocessableEntity, "Die Menge muss zwischen 1 und 999 liegen.")
			if quantity != "0" {
				v.refused(t, "/panier/set", form, http.StatusUnprocessableEntity, "La quantité doit être comprise entre 1 et 999.")
			}
		}
		v.refused(t, "/panier/set", "sku=M90-75&quantity=", http.StatusUnprocessableEntity, "La quantité doit être comprise entre 1 et 999.")
	}
}

func TestMoreThanIsLeftIsRefusedWithWhatIsLeft(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "bordeaux", 3)
	v := s.visitor("fr")
	v.refused(t, "/panier", "sku=M90-75&quantity=4", http.StatusConflict, "Plus que 3 disponibles")
	v.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	v.refused(t, "/panier", "sku=M90-75&quantity=2", http.StatusConflict, "Plus que 3 disponibles")
	v.refused(t, "/panier/set", "sku=M90-75&quantity=4", http.StatusConflict, "Plus que 3 disponibles")
	v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
	same(t, "cart", v.cart(t, "/panier"), "M90-75 3")
	s.visitor("hk").refused(t, "/cart", "sku=M90-75&quantity=6", http.StatusConflict, "僅餘 5 件")

	s.has("M90-75", "bordeaux", 0)
	v.refused(t, "/panier", "sku=M90-75", http.StatusConflict, "Épuisé entre-temps")
	v.post(t, "/panier/remove", "sku=M90-75").want(t, http.StatusSeeOther)
	same(t, "what is sold out can be removed", v.cart(t, "/panier"), "")
}

// What was taken by others meanwhile is said on the line, and the line stays.
func TestCartPageSaysWhatIsNoLongerLeft(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=M90-75&quantity=5")
	s.has("M90-75", "bordeaux", 2)
	doc := v.get(t, "/panier").page(t)
	same(t, "problem", text(t, doc, ".line .say--warn"), "Plus que 2 disponibles")
	same(t, "lines", lines(doc), "M90-75 5")
	s.stock.stale = true
	contains(t, "stamp", text(t, v.get(t, "/panier").page(t), "live-stock time"), "dernier relevé connu")
}

func TestWhatIsNotSoldHereIsRefused(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.refused(t, "/panier", "", http.StatusUnprocessableEntity, "Choisissez un format")
	v.refused(t, "/panier", "sku=++&quantity=1", http.StatusUnprocessableEntity, "Choisissez un format")
	for _, sku := range []string{"NONE", strings.Repeat("M", 41), strings.Repeat("M", 4000), "M90-75,M90-150", "' OR 1=1 --", "%00"} {
		v.refused(t, "/panier", "sku="+url.QueryEscape(sku), http.StatusUnprocessableEntity, "Ce vin n’est pas en vente ici.")
	}
	s.visitor("de").refused(t, "/warenkorb", "sku=M90-150", http.StatusUnprocessableEntity, "Dieser Wein ist hier nicht erhältlich.") // without a price in de
	same(t, "carts", len(s.carts.held), 0)
}

func TestCartThatIsFullTakesNoFurtherWine(t *testing.T) {
	s := newShop(t)
	v, c := s.visitor("fr"), cart.Cart{Market: "fr", Version: 60}
	for i := range cart.MaxLines {
		c.Lines = append(c.Lines, cart.Line{SKU: fmt.Sprintf("OLD-%d", i), Quantity: 1})
	}
	v.give(t, s.mirror, c)
	same(t, "badge", text(t, v.get(t, "/panier").page(t), ".badge"), "60")
	v.refused(t, "/panier", "sku=M90-75", http.StatusConflict, "Le panier contient 60 articles différents au plus.")
}

func TestForgedAndForeignCookiesAreIgnored(t *testing.T) {
	s := newShop(t)
	others, err := cart.NewMirror([]byte("the key of somebody who is not the shop"))
	if err != nil {
		t.Fatal(err)
	}
	full := func(market string) cart.Cart {
		return cart.Cart{Market: market, Version: 9, Lines: []cart.Line{{SKU: "M90-150", Quantity: 7}}}
	}
	for name, spoil := range map[string]func(*visitor){
		"another key":    func(v *visitor) { v.give(t, others, full("fr")) },
		"another market": func(v *visitor) { v.give(t, s.mirror, full("de")) },
		"one letter changed": func(v *visitor) {
			v.give(t, s.mirror, full("fr"))
			b := []byte(v.jar[web.CartCookie])
			b[len(b)/2] ^= 1
			v.jar[web.CartCookie] = string(b)
		},
		"cut":      func(v *visitor) { v.give(t, s.mirror, full("fr")); v.jar[web.CartCookie] = v.jar[web.CartCookie][:20] },
		"nonsense": func(v *visitor) { v.jar[web.CartCookie] = strings.Repeat("a", 5000) },
		"one byte": func(v *visitor) { v.jar[web.CartCookie] = "x" },
	} {
		v := s.visitor("fr")
		spoil(v)
		same(t, name+": cart", v.cart(t, "/panier"), "")
		same(t, name+": badge", text(t, v.get(t, "/").page(t), ".badge"), "")
		same(t, name+": Cache-Control", v.get(t, "/").Header.Get("Cache-Control"), "private, no-store")
		v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
		same(t, name+": a new cart", v.cart(t, "/panier"), "M90-75 1")
		if id, _, err := s.mirror.Open(v.jar[web.CartCookie]); err != nil || id == (cart.ID{1, 2, 3}) {
			t.Errorf("%s: the new cart has the id of the old one (%v)", name, err)
		}
	}
}

// While Redis is away the cookie is the cart; when it is back it takes the cookie's lines over.
func TestCartLivesInTheCookieWhileTheStoreIsAway(t *testing.T) {
	for _, away := range []error{cart.ErrUnavailable, fmt.Errorf("add: %w: %w", cart.ErrUnavailable, errors.New("i/o timeout")), errors.New("connection refused")} {
		s := newShop(t)
		v := s.visitor("fr")
		v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
		s.carts.away = away
		v.post(t, "/panier", "sku=KNV-75&quantity=2").want(t, http.StatusSeeOther)
		v.post(t, "/panier/set", "sku=M90-75&quantity=4").want(t, http.StatusSeeOther)
		same(t, "while away", v.cart(t, "/panier"), "M90-75 4, KNV-75 2")
		v.refused(t, "/panier", "sku=KNV-75&quantity=1000", http.StatusUnprocessableEntity, "La quantité doit être comprise entre 1 et 999.")
		v.post(t, "/panier/remove", "sku=KNV-75").want(t, http.StatusSeeOther)
		stranger := s.visitor("fr")
		stranger.post(t, "/panier", "sku=M90-150").want(t, http.StatusSeeOther)
		same(t, "of who comes meanwhile", stranger.cart(t, "/panier"), "M90-150 1")
		contains(t, "log", s.log.String(), "the store is away")

		s.carts.away = nil
		same(t, "when it is back", v.cart(t, "/panier"), "M90-75 4")
		v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
		same(t, "and goes on", v.cart(t, "/panier"), "M90-75 5")
		same(t, "of who came meanwhile", stranger.cart(t, "/panier"), "M90-150 1")
	}
}

func TestCartSurvivesAStoreThatLostEverything(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=M90-75&quantity=2")
	clear(s.carts.held)
	same(t, "after the flush", v.cart(t, "/panier"), "M90-75 2")
	same(t, "lines in the store again", s.carts.lines(), 1)
}

func TestPostsOfOtherSitesAreRefused(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
	before := fmt.Sprint(s.carts.held)
	unmarked := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }
	for name, how := range map[string][]with{
		"cross-site":                   {header("Sec-Fetch-Site", "cross-site")},
		"a sister shop":                {header("Sec-Fetch-Site", "same-site"), header("Origin", "http://de.localhost:8080")},
		"a sister shop, no origin":     {header("Sec-Fetch-Site", "same-site")},
		"unknown word":                 {header("Sec-Fetch-Site", "other")},
		"cross-site with our origin":   {header("Sec-Fetch-Site", "cross-site"), header("Origin", "http://fr.localhost:8080")},
		"foreign origin":               {unmarked, header("Origin", "https://evil.example")},
		"origin that begins like ours": {unmarked, header("Origin", "http://fr.localhost:8080.evil.example")},
		"another port":                 {unmarked, header("Origin", "http://fr.localhost:9090")},
		"no origin to speak of":        {unmarked, header("Origin", "null")},
		"typed, with a foreign origin": {header("Sec-Fetch-Site", "none"), header("Origin", "https://evil.example")},
	} {
		for path, form := range map[string]string{"/panier": "sku=KNV-75", "/panier/set": "sku=M90-75&quantity=9", "/panier/remove": "sku=M90-75"} {
			a := v.post(t, path, form, how...)
			same(t, name+" "+path+": status", a.StatusCode, http.StatusForbidden)
			same(t, name+" "+path+": heading", text(t, a.page(t), "h1"), "Cette demande n’a pas été acceptée")
			same(t, name+" "+path+": cookies", len(a.Cookies()), 0)
			same(t, name+" "+path+": carts", fmt.Sprint(s.carts.held), before)
		}
	}
	for name, how := range map[string][]with{
		"our origin":       {unmarked, header("Origin", "http://fr.localhost:8080")},
		"neither":          {unmarked},
		"ours in capitals": {unmarked, header("Origin", "http://FR.localhost:8080")},
	} {
		same(t, name, v.post(t, "/panier", "sku=M90-75", how...).StatusCode, http.StatusSeeOther)
	}
}

var fragment = header("X-Fragment", "added")

// The script of the buy form shows the answer in place, and knows it by its header.
func TestScriptGetsAFragment(t *testing.T) {
	v := newShop(t).visitor("fr")
	a := v.post(t, "/panier", "sku=M90-75&quantity=2", fragment).want(t, http.StatusOK)
	same(t, "X-Fragment", a.Header.Get("X-Fragment"), "added")
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	same(t, "cookies", len(a.Cookies()), 1)
	if strings.Contains(string(a.body), "<html") {
		t.Error("the fragment is a whole page")
	}
	doc := a.page(t)
	same(t, "badge", attr(t, doc, "[data-badge]", "data-badge"), "2")
	contains(t, "words", words(doc.Text()), "Ajouté à votre panier", "2 × Château Margaux 1990")
	same(t, "link", attr(t, doc, "a", "href"), "/panier")
	same(t, "cart", v.cart(t, "/panier"), "M90-75 2")
}

func TestScriptIsToldWhyNothingWasAdded(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "bordeaux", 3)
	v := s.visitor("fr")
	v.post(t, "/panier", "sku=M90-75")
	for form, want := range map[string]struct {
		status int
		reason string
	}{
		"sku=M90-75&quantity=3": {http.StatusConflict, "Plus que 3 disponibles"},
		"sku=M90-75&quantity=0": {http.StatusUnprocessableEntity, "La quantité doit être comprise entre 1 et 999."},
		"sku=NONE":              {http.StatusUnprocessableEntity, "Ce vin n’est pas en vente ici."},
		"":                      {http.StatusUnprocessableEntity, "Choisissez un format"},
	} {
		a := v.post(t, "/panier", form, fragment).want(t, want.status)
		same(t, form+": X-Fragment", a.Header.Get("X-Fragment"), "added")
		same(t, form+": reason", text(t, a.page(t), "[data-badge]"), want.reason)
		same(t, form+": badge", attr(t, a.page(t), "[data-badge]", "data-badge"), "1")
		same(t, form+": cookies", len(a.Cookies()), 0)
	}
	a := v.post(t, "/panier", "sku=M90-75", fragment, header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
	same(t, "X-Fragment of a page for an error", a.Header.Get("X-Fragment"), "")
}

// What was delisted while it lay in the cart is said to be gone, and can be taken out.
func TestADelistedLineCanBeRemoved(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	v.give(t, s.mirror, cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "LONG-GONE", Quantity: 1}}})
	removal := v.get(t, "/panier").want(t, http.StatusOK).page(t).Find(`form[action="/panier/remove"]`)
	same(t, "removal of", removal.Find(`input[name="sku"]`).AttrOr("value", ""), "LONG-GONE")
	v.post(t, "/panier/remove", "sku=LONG-GONE").want(t, http.StatusSeeOther)
	same(t, "units left", v.mirrored(t).Count(), 0)
}
