package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/web"
)

// chooserPaths of the markets that the tests ask.
var chooserPaths = map[string]string{"fr": "/destination", "de": "/lieferziel", "uk": "/destination", "us": "/destination", "hk": "/destination", "ch": "/lieferziel"}

// bound is a visitor who has chosen a destination.
func (s *shop) bound(t *testing.T, market, form string) *visitor {
	t.Helper()
	v := s.visitor(market)
	v.post(t, chooserPaths[market], form).want(t, http.StatusSeeOther)
	return v
}

// A choice, the prices that follow, and the way back to those of the list.
func TestADestinationIsChosenOnce(t *testing.T) {
	s := newShop(t)
	const page = "/vin/chateau-margaux/1990"
	v := s.visitor("fr")
	chooser := v.get(t, "/destination", header("Referer", "http://fr.localhost:8080"+page+"?utm_source=x")).want(t, http.StatusOK)
	same(t, "Cache-Control of the chooser", chooser.Header.Get("Cache-Control"), "private, no-store")
	doc := chooser.page(t)
	same(t, "where it leads back to", attr(t, doc, `.destination__form input[name="back"]`, "value"), page)
	same(t, "country before the choice", attr(t, doc, "#country option[selected]", "value"), "FR")
	if n := doc.Find("#country option").Length(); n < 120 {
		t.Errorf("%d countries to choose from", n)
	}
	list := text(t, v.get(t, page).page(t), `.offer[data-sku="M90-75"] .offer__p b`)

	chosen := v.post(t, "/destination", url.Values{"country": {"DE"}, "back": {page}}.Encode()).want(t, http.StatusSeeOther)
	same(t, "where it leads", chosen.Header.Get("Location"), page)
	cookie := chosen.Header.Get("Set-Cookie")
	contains(t, "the cookie", cookie, web.PlaceCookie+"=DE...;", "path=/", "secure", "HttpOnly", "SameSite=Lax")

	door := v.get(t, page).want(t, http.StatusOK)
	same(t, "Cache-Control at the door", door.Header.Get("Cache-Control"), "private, no-store")
	doc = door.page(t)
	if got := text(t, doc, `.offer[data-sku="M90-75"] .offer__p b`); got == list {
		t.Errorf("the price is still that of the list: %s", got)
	}
	contains(t, "top of the page", text(t, doc, ".place"), "Livraison : Allemagne", "livré, taxes et livraison comprises", "Revenir aux prix catalogue")
	if doc.Find("details.made").Length() == 0 || doc.Find("details.made[open]").Length() > 0 {
		t.Error("the breakdowns are not there, or not closed")
	}
	if got := text(t, doc, `.offer[data-sku="M90-75"] .stock`); !strings.Contains(got, "12 bouteilles") {
		t.Errorf("stock at the door: %s", got)
	}
	same(t, "country after the choice", attr(t, v.get(t, "/destination").page(t), "#country option[selected]", "value"), "DE")

	back := v.post(t, "/destination/list", "", header("Referer", "http://fr.localhost:8080"+page)).want(t, http.StatusSeeOther)
	same(t, "where the way back leads", back.Header.Get("Location"), page)
	same(t, "price of the list", text(t, v.get(t, page).page(t), `.offer[data-sku="M90-75"] .offer__p b`), list)
}

// Stock is as live at a door as anywhere, and the cart's badge is there.
func TestAPageAtTheDoorIsLive(t *testing.T) {
	s := newShop(t)
	v := s.bound(t, "fr", "country=DE")
	v.post(t, "/panier", "sku=KNV-75&quantity=3").want(t, http.StatusSeeOther)
	s.has("M90-75", "bordeaux", 2)
	doc := v.get(t, "/vin/chateau-margaux/1990").page(t)
	same(t, "badge", text(t, doc, ".badge"), "3")
	contains(t, "stock", text(t, doc, `.offer[data-sku="M90-75"] .stock`), "2 bouteilles")
	s.has("M90-75", "bordeaux", 0)
	contains(t, "sold out", text(t, v.get(t, "/vin/chateau-margaux/1990").page(t), `.offer[data-sku="M90-75"] .stock`), "Épuisé")
	if total := text(t, v.get(t, "/panier").page(t), ".sum"); !strings.Contains(total, "Livraison (Allemagne)") {
		t.Errorf("cart at the door: %s", total)
	}
}

// Nobody else sees what a visitor with a destination sees: not one byte of what strangers get changes, and nothing is kept.
func TestADestinationNeverReachesAStranger(t *testing.T) {
	s := newShop(t)
	before := map[string]answer{}
	for _, page := range pages {
		before[page.path] = s.get(t, "fr", page.path, zipped)
	}
	kept := s.Cache.Stats().Pages
	for _, form := range []string{"country=DE", "country=JP", "country=NO", "country=ES&postcode=35001"} {
		v := s.bound(t, "fr", form)
		for _, page := range pages {
			a := v.get(t, page.path, zipped).want(t, http.StatusOK)
			same(t, page.name+": Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
			contains(t, page.name, words(a.page(t).Find(".place--set").Text()), "Livraison :")
		}
	}
	same(t, "pages in the cache", s.Cache.Stats().Pages, kept)
	for _, page := range pages {
		sameAnswer(t, page.name+" afterwards", s.get(t, "fr", page.path, zipped), before[page.path])
	}
}

// What is no choice of ours is none: the public page, byte for byte.
func TestForgedPlacesAreIgnored(t *testing.T) {
	s := newShop(t)
	for market, path := range map[string]string{"fr": "/vin/chateau-margaux/1990", "us": "/wine/chateau-margaux/1990"} {
		public := s.get(t, market, path, zipped)
		if market == "us" { // which does not go by the country alone
			a := s.get(t, market, path, zipped, header("Cookie", web.PlaceCookie+"=US..."))
			same(t, "Cache-Control without a state", a.Header.Get("Cache-Control"), publicPages)
		}
		for _, value := range []string{
			"", "DE", "DE..", "DE....", "de...", "ZZ...", "DE...paid", "DE.BY..", "US.ZZ..", "US.zz..", "DE..99999999999.", "DE..%3Cscript%3E.", "BE..35001.", "GB...bond",
			"FR...bond", strings.Repeat("A", 4000), "..-..", "<b>...",
		} {
			a := s.get(t, market, path, zipped, header("Cookie", web.PlaceCookie+"="+value))
			if !bytes.Equal(a.body, public.body) || a.Header.Get("Cache-Control") != public.Header.Get("Cache-Control") {
				t.Errorf("%s: cookie %.40q changes the page", market, value)
			}
		}
	}
}

// Every refusal says what is wrong, keeps what was entered, leads to the field, and sets nothing.
func TestRefusalsOfADestination(t *testing.T) {
	s := newShop(t)
	for _, c := range []struct {
		market, form, field, words string
	}{
		{"fr", "country=ZZ", "country", "Veuillez choisir un pays dans la liste."},
		{"fr", "", "country", "Veuillez choisir un pays dans la liste."},
		{"fr", "country=ES&postcode=1", "postcode", "Code postal"},
		{"fr", "country=DE&postcode=" + strings.Repeat("9", 10_000), "postcode", "Code postal"},
		{"de", "country=%E2%80%AE", "country", "Bitte wählen Sie ein Land aus der Liste."},
		{"us", "country=US", "state", "Please choose the state"},
		{"us", "country=US&state=ZZ", "state", "Please choose a state from the list."},
		{"uk", "country=IE&basis=bond", "basis-bond", "only to an account in a bonded warehouse in the United Kingdom"},
		{"fr", "country=FR&basis=bond", "basis-bond", "entrepôt sous douane au Royaume-Uni"},
	} {
		a := s.visitor(c.market).post(t, chooserPaths[c.market], c.form+"&back=%2F").want(t, http.StatusUnprocessableEntity)
		doc := a.page(t)
		contains(t, c.form, text(t, doc, "#problems"), c.words)
		same(t, c.form+": the problem's link", attr(t, doc, "#problems a", "href"), "#"+c.field)
		if set := a.Header.Values("Set-Cookie"); len(set) > 0 {
			t.Errorf("%s sets %v", c.form, set)
		}
		if form, _ := url.ParseQuery(c.form); len(form.Get("country")) == 2 && form.Get("country") != "ZZ" {
			same(t, c.form+": country kept", attr(t, doc, "#country option[selected]", "value"), form.Get("country"))
		}
	}
	for _, foreign := range []with{header("Sec-Fetch-Site", "same-site"), header("Sec-Fetch-Site", "cross-site")} {
		for _, path := range []string{"/destination", "/destination/list"} {
			a := s.visitor("fr").post(t, path, "country=DE", foreign).want(t, http.StatusForbidden)
			same(t, "cookies of a foreign post", len(a.Header.Values("Set-Cookie")), 0)
		}
	}
	s.ask(t, http.MethodGet, "fr", "/destination/list", nil).want(t, http.StatusMethodNotAllowed)
}

// Whatever is asked for, the way back stays in the shop.
func TestTheWayBackIsNoOpenRedirect(t *testing.T) {
	s := newShop(t)
	for asked, want := range map[string]string{
		"/vin/chateau-margaux":               "/vin/chateau-margaux",
		"/appellation/pomerol?page=2&x=evil": "/appellation/pomerol?page=2",
		"/panier":                            "/panier",
		"/panier/checkout":                   "/panier",
		"":                                   "/", "https://evil.example/": "/", "//evil.example/": "/", "///evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/",
		"/vin/../../evil": "/", "javascript:alert(1)": "/", "/destination": "/", "/no-such-page": "/", "/appellation/pomerol?page=//evil": "/appellation/pomerol",
		"http:evil": "/", "/%2F/evil.example": "/", "/\r\nLocation: https://evil": "/", "@evil.example": "/",
	} {
		a := s.visitor("fr").post(t, "/destination", url.Values{"country": {"DE"}, "back": {asked}}.Encode()).want(t, http.StatusSeeOther)
		same(t, "back to "+asked, a.Header.Get("Location"), want)
	}
	chooser := s.get(t, "fr", "/destination", header("Referer", "https://evil.example/vin/chateau-margaux")).page(t)
	same(t, "from another site", attr(t, chooser, `.destination__form input[name="back"]`, "value"), "/")
}

// The postcode is kept only where a tax hangs on it.
func TestOnlyWhatLawNeedsIsKept(t *testing.T) {
	s := newShop(t)
	for form, want := range map[string]string{
		"country=ES&postcode=28001": "ES...", "country=ES&postcode=35001": "ES..35001.", "country=BE&postcode=1000": "BE...", "country=DE&state=NY": "DE...",
	} {
		same(t, form, s.bound(t, "fr", form).jar[web.PlaceCookie], want)
	}
	same(t, "a state", s.bound(t, "us", "country=US&state=CA").jar[web.PlaceCookie], "US.CA..")
	same(t, "in bond", s.bound(t, "uk", "country=GB&basis=bond").jar[web.PlaceCookie], "GB...bond")
}

// Without rules there is nothing to choose, and list prices are shown.
func TestWithoutRulesThereIsNoDoor(t *testing.T) {
	s := newShop(t, func(c *web.Config) { c.Rules = fakeRules{} })
	a := s.get(t, "fr", "/vin/chateau-margaux/1990", header("Cookie", web.PlaceCookie+"=DE..."))
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), publicPages)
	s.get(t, "fr", "/destination").want(t, http.StatusOK)
	s.visitor("fr").post(t, "/destination", "country=DE").want(t, http.StatusServiceUnavailable)
}

// Norway is refused before the cart; New York is taxed.
func TestOtherShopsAtTheDoor(t *testing.T) {
	s := newShop(t)
	blocked := s.bound(t, "de", "country=NO").get(t, "/wein/chateau-margaux/1990").page(t)
	contains(t, "Norway", text(t, blocked, ".blocked"), "Staatsmonopols")
	same(t, "offers that can be bought", blocked.Find(".offer input").Length(), 0)
	same(t, "buttons", blocked.Find(".buy .btn").Length(), 0)
	taxed := s.bound(t, "us", "country=US&state=NY").get(t, "/wine/chateau-margaux/1990").page(t)
	contains(t, "New York", text(t, taxed, ".vintage__buy"), "Sales tax", "8.875%")
}

// Where deliveries go is said at the top of every page of the visitor's, whatever the page is about.
func TestTheTopNamesTheChosenDestinationEverywhere(t *testing.T) {
	s := newShop(t)
	v := s.bound(t, "fr", "country=DE")
	v.post(t, "/panier", "sku=M90-75").want(t, http.StatusSeeOther)
	for _, path := range []string{"/", "/vin/chateau-margaux/1990", "/panier", "/panier/checkout", "/nulle-part", "/vin/chateau-margaux/1961", "/alertes", "/retractation"} {
		doc := v.get(t, path).page(t)
		if got := words(doc.Find(".place").Text()); !strings.Contains(got, "Livraison : Allemagne") {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := words(s.get(t, "fr", "/nulle-part").page(t).Find(".place").Text()); got != "Livraison : France" {
		t.Errorf("a stranger's: %q", got)
	}
}
