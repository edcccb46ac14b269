package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"caveau/static"
	"caveau/store/market"
	"caveau/store/route"
)

// way is one kind of answer to a GET.
type way struct {
	name, market, path string
	status             int
	host               string // instead of the market's
}

func (w way) how() []with {
	if w.host == "" {
		return nil
	}
	return []with{host(w.host)}
}

// pages are one of each kind in the table, in the market fr.
var pages = []way{
	{name: "home", path: "/"},
	{name: "places", path: "/regions"},
	{name: "country", path: "/region/france"},
	{name: "region", path: "/region/bordeaux"},
	{name: "appellation", path: "/appellation/margaux"},
	{name: "second page of a list", path: "/appellation/pomerol?page=2"},
	{name: "classification", path: "/classement/premier-grand-cru-classe-en-1855"},
	{name: "producer", path: "/producteur/chateau-margaux"},
	{name: "wine", path: "/vin/chateau-margaux"},
	{name: "vintage", path: "/vin/chateau-margaux/1990"},
	{name: "vintage that is in no shop", path: "/vin/chateau-margaux/1989"},
	{name: "vintage in barrel", path: "/vin/chateau-margaux/2025"},
	{name: "without a year", path: "/vin/krug-grande-cuvee/nv"},
	{name: "birth year", path: "/annee-de-naissance"},
	{name: "years", path: "/millesimes"},
	{name: "year", path: "/millesime/1990"},
	{name: "year in a place", path: "/millesime/1990/margaux"},
	{name: "primeurs", path: "/primeurs"},
	{name: "campaign", path: "/primeurs/bordeaux-2025"},
	{name: "delivery", path: "/livraison"},
	{name: "imprint", path: "/mentions-legales"},
	{name: "terms", path: "/conditions-de-vente"},
	{name: "privacy", path: "/confidentialite"},
	{name: "contact", path: "/contact"},
	{name: "accessibility", path: "/accessibilite"},
	{name: "withdrawal", path: "/retractation"},
}

// ways are all kinds of answers that a GET can have on a shop that is well.
func (s *shop) ways() []way {
	out := append(slices.Clone(pages),
		way{name: "cart", path: "/panier"},
		way{name: "destination", path: "/destination"},
		way{name: "shops", path: "/shops"},
		way{name: "page of the second locale", market: "be", path: "/nl/wijn/chateau-margaux/1990"},
		way{name: "robots", path: "/robots.txt"},
		way{name: "live stock", path: "/live/stock?sku=M90-75"},
		way{name: "styles", path: s.assets.URL(static.CSS)},
		way{name: "font", path: s.assets.URL(static.Font)},
		way{name: "health", path: "/healthz"},
		way{name: "readiness", path: "/readyz"},
		way{name: "trailing slash", path: "/vin/chateau-margaux/", status: http.StatusMovedPermanently},
		way{name: "moved", path: movedPath, status: http.StatusMovedPermanently},
		way{name: "bare prefix", market: "be", path: "/nl", status: http.StatusMovedPermanently},
		way{name: "unknown path", path: "/vin/chateau-margo/1990", status: http.StatusNotFound},
		way{name: "unknown page number", path: "/vin/chateau-margaux?page=7", status: http.StatusNotFound},
		way{name: "unknown asset", path: "/assets/none.css", status: http.StatusNotFound},
		way{name: "gone", path: "/vin/chateau-margaux/1961", status: http.StatusGone},
		way{name: "too many SKUs", path: "/live/stock?sku=" + strings.Repeat("A,", 200), status: http.StatusBadRequest},
		way{name: "method of an action", path: "/panier/set", status: http.StatusMethodNotAllowed},
		way{name: "unknown host", path: "/", host: "example.org", status: http.StatusMisdirectedRequest},
	)
	for i := range out {
		if out[i].market == "" {
			out[i].market = "fr"
		}
		if out[i].status == 0 {
			out[i].status = http.StatusOK
		}
	}
	return out
}

func TestEveryPageOfTheTableIsAWholeDocument(t *testing.T) {
	s := newShop(t)
	titles := map[string]string{}
	for _, page := range pages {
		t.Run(page.name, func(t *testing.T) {
			doc := s.get(t, "fr", page.path).want(t, http.StatusOK).page(t)
			same(t, "lang", attr(t, doc, "html", "lang"), "fr-FR")
			same(t, "canonical", attr(t, doc, `link[rel="canonical"]`, "href"), "http://fr.localhost:8080"+page.path)
			if text(t, doc, "h1") == "" {
				t.Error("the h1 says nothing")
			}
			title := text(t, doc, "head title")
			if other := titles[title]; title == "" || other != "" {
				t.Errorf("title %q is also that of %q", title, other)
			}
			titles[title] = page.name
			if doc.Find(`meta[name="robots"][content*="noindex"]`).Length() > 0 {
				t.Error("crawlers are told not to list it")
			}
		})
	}
}

// The list above must not fall behind the kinds that a table can hold.
func TestEveryKindOfPageIsAmongThePages(t *testing.T) {
	s := newShop(t)
	asked := map[route.Kind]bool{} // those that are made for each answer have stories of their own
	for _, page := range route.Static() {
		asked[page.Kind] = page.Kind.PerAnswer()
	}
	for _, page := range pages {
		path, _, _ := strings.Cut(page.path, "?")
		if node, _, ok := s.catalogue.snap.Routes.Find("fr", path); ok {
			asked[node.Page.Kind] = true
		}
	}
	for _, node := range s.catalogue.snap.Routes.Nodes() {
		if !asked[node.Page.Kind] {
			t.Errorf("no page of kind %s is asked for", node.Page.Kind)
			asked[node.Page.Kind] = true
		}
	}
}

// Cart and list of shops are no pages for crawlers.
func TestPagesOutsideTheTableAreNotForCrawlers(t *testing.T) {
	s := newShop(t)
	for _, path := range []string{"/panier", "/shops", "/vin/nothing"} {
		doc := s.get(t, "fr", path).page(t)
		contains(t, path, attr(t, doc, `meta[name="robots"]`, "content"), "noindex")
		same(t, path+": canonical links", doc.Find(`link[rel="canonical"]`).Length(), 0)
		same(t, path+": h1", doc.Find("h1").Length(), 1)
	}
}

// hreflang names the page in every shop, and each of the addresses answers with that very page.
func TestHreflangLeadsToTheSamePageInEveryShop(t *testing.T) {
	s := newShop(t)
	for _, page := range []route.Page{
		{Kind: route.Home}, {Kind: route.Vintage, Code: "chateau-margaux", Year: 1990}, {Kind: route.Landing, Year: 1990, Code: route.PlaceOf(route.Appellation, "margaux")},
	} {
		path, _ := s.catalogue.snap.Routes.Path(page, "fr")
		got := alternates(t, s.get(t, "fr", path).want(t, http.StatusOK))
		if len(got) != len(s.markets.Editions)+1 {
			t.Errorf("%s: %d alternates, want one per edition and x-default", page, len(got))
		}
		for _, e := range s.markets.Editions {
			href := s.site.URL(s.catalogue.snap, e, page)
			same(t, page.String()+" in "+e.Locale.Tag(), got[e.Locale.Tag()], href)
			s.wantSelf(t, e, href, got)
			if e.Market.Code == "uk" {
				same(t, page.String()+" x-default", got["x-default"], href)
			}
		}
	}
}

// wantSelf asks for an address: its page is canonical, of the edition, and names the same alternates.
func (s *shop) wantSelf(t *testing.T, e *market.Edition, href string, alternatesOf map[string]string) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	a := s.get(t, e.Market.Code, u.Path, host(u.Host)).want(t, http.StatusOK)
	doc := a.page(t)
	same(t, href+": lang", attr(t, doc, "html", "lang"), e.Locale.Tag())
	same(t, href+": canonical", attr(t, doc, `link[rel="canonical"]`, "href"), href)
	for tag, other := range alternates(t, a) {
		same(t, href+": hreflang "+tag, other, alternatesOf[tag])
	}
}

func alternates(t *testing.T, a answer) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, link := range a.page(t).Find(`link[rel="alternate"][hreflang]`).EachIter() {
		out[link.AttrOr("hreflang", "")] = link.AttrOr("href", "")
	}
	return out
}

func TestSecondLocaleLivesUnderItsPrefix(t *testing.T) {
	s := newShop(t)
	for _, test := range []struct{ market, path, lang string }{
		{"be", "/vin/chateau-margaux/1990", "fr-BE"},
		{"be", "/nl/wijn/chateau-margaux/1990", "nl-BE"},
		{"ch", "/wein/chateau-margaux/1990", "de-CH"},
		{"ch", "/fr/vin/chateau-margaux/1990", "fr-CH"},
		{"hk", "/wine/chateau-margaux/1990", "zh-Hant-HK"},
		{"hk", "/en/wine/chateau-margaux/1990", "en-HK"},
		{"hk", "/en/", "en-HK"},
	} {
		doc := s.get(t, test.market, test.path).want(t, http.StatusOK).page(t)
		same(t, test.path+": lang", attr(t, doc, "html", "lang"), test.lang)
		same(t, test.path+": canonical", attr(t, doc, `link[rel="canonical"]`, "href"), "http://"+test.market+".localhost:8080"+test.path)
	}
	for _, path := range []string{"/de/", "/fr/", "/nlx", "/nl/vin/chateau-margaux"} {
		s.get(t, "be", path).want(t, http.StatusNotFound)
	}
}

func TestBarePrefixLeadsToItsFront(t *testing.T) {
	s := newShop(t)
	for market, prefix := range map[string]string{"be": "/nl", "ch": "/fr", "hk": "/en"} {
		a := s.get(t, market, prefix+"?utm_source=x").want(t, http.StatusMovedPermanently)
		same(t, market, a.Header.Get("Location"), prefix+"/")
	}
}

func TestTrailingSlashLeadsToTheCanonicalPathWithoutTheQuery(t *testing.T) {
	s := newShop(t)
	for _, test := range []struct{ market, path, to string }{
		{"fr", "/vin/chateau-margaux/1990/?utm_source=x&page=2", "/vin/chateau-margaux/1990"},
		{"fr", "/livraison/", "/livraison"},
		{"fr", "/panier/", "/panier"},
		{"fr", "/shops/", "/shops"},
		{"fr", "//", "/"},
		{"be", "/nl//", "/nl/"},
		{"be", "/nl/wijn/chateau-margaux/", "/nl/wijn/chateau-margaux"},
	} {
		a := s.get(t, test.market, "/x", func(r *http.Request) { r.RequestURI = test.path })
		same(t, test.path+": status", a.StatusCode, http.StatusMovedPermanently)
		same(t, test.path+": location", a.Header.Get("Location"), test.to)
	}
}

func TestMovedPathLeadsToTheNewOne(t *testing.T) {
	s := newShop(t)
	for _, path := range []string{movedPath, movedPath + "/", movedPath + "?utm_source=x"} {
		a := s.get(t, "fr", path).want(t, http.StatusMovedPermanently)
		same(t, path, a.Header.Get("Location"), "/vin/chateau-margaux/1990")
	}
	s.get(t, "de", movedPath).want(t, http.StatusNotFound) // never was a path in German
}

func TestPageNumbersThatDoNotExist(t *testing.T) {
	s := newShop(t)
	s.get(t, "fr", "/appellation/pomerol?page=2").want(t, http.StatusOK)
	for _, number := range []string{"0", "-1", "1", "3", "abc", "", "2.0", "99999", "18446744073709551618"} {
		s.get(t, "fr", "/appellation/pomerol?page="+number).want(t, http.StatusNotFound)
	}
	s.get(t, "fr", "/livraison?page=2").want(t, http.StatusNotFound)
}

func TestOnlyReadingAndTheCartsFormsAreAllowed(t *testing.T) {
	s := newShop(t)
	for _, test := range []struct{ method, path, allow string }{
		{http.MethodPost, "/vin/chateau-margaux/1990", "GET, HEAD"},
		{http.MethodDelete, "/", "GET, HEAD"},
		{http.MethodPut, "/panier", "GET, HEAD, POST"},
		{http.MethodOptions, "/panier", "GET, HEAD, POST"},
		{http.MethodGet, "/panier/set", "POST"},
		{http.MethodHead, "/panier/remove", "POST"},
		{http.MethodPost, "/live/stock", "GET, HEAD"},
		{http.MethodPost, "/robots.txt", "GET, HEAD"},
		{http.MethodPost, "/shops", "GET, HEAD"},
		{http.MethodPost, "/healthz", "GET, HEAD"},
		{http.MethodPost, s.assets.URL(static.CSS), "GET, HEAD"},
	} {
		a := s.ask(t, test.method, "fr", test.path, nil).want(t, http.StatusMethodNotAllowed)
		same(t, test.method+" "+test.path+": Allow", a.Header.Get("Allow"), test.allow)
	}
}

func TestRobotsAreLetIn(t *testing.T) {
	s := newShop(t)
	for market, path := range map[string]string{"fr": "/robots.txt", "hk": "/en/robots.txt"} {
		a := s.get(t, market, path).want(t, http.StatusOK)
		same(t, "type", a.Header.Get("Content-Type"), "text/plain; charset=utf-8")
		same(t, "rules", string(a.body), "User-agent: *\nDisallow: /live/\n\nSitemap: http://"+market+".localhost:8080/sitemap.xml\n")
	}
}

// A change of the catalogue shows at once, without a restart and without an old page left in the cache.
func TestNewSnapshotShowsOnTheNextLoad(t *testing.T) {
	s := newShop(t)
	before := s.get(t, "fr", "/vin/krug-grande-cuvee/nv")
	list := cellarList()
	for i := range list.Prices {
		if p := &list.Prices[i]; p.SKU == "KNV-75" && p.Market == "fr" {
			p.Minor = 23990
		}
	}
	s.catalogue.snap = s.snapshot(t, list, 2)
	after := s.get(t, "fr", "/vin/krug-grande-cuvee/nv")
	contains(t, "price before", words(before.page(t).Find(".offer__p").Text()), "219")
	contains(t, "price after", words(after.page(t).Find(".offer__p").Text()), "239")
	if before.Header.Get("ETag") == after.Header.Get("ETag") {
		t.Error("the price changed and the ETag did not")
	}
}
