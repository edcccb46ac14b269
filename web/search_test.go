package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/web/view"
)

func (s *shop) searchAPI(t *testing.T, market, query string) view.SearchAnswer {
	t.Helper()
	a := s.get(t, market, "/api/v1/search?"+query).want(t, http.StatusOK)
	same(t, "type", a.Header.Get("Content-Type"), "application/json")
	var out view.SearchAnswer
	if err := json.Unmarshal(a.body, &out); err != nil {
		t.Fatalf("%s: %v in %s", query, err, a.body)
	}
	return out
}

func TestSearchAPI(t *testing.T) {
	s := newShop(t)
	got := s.searchAPI(t, "fr", "q=ch+margaux+90+magnum&limit=5")
	if len(got.Results) == 0 || len(got.Understood.Parts) != 4 {
		t.Fatalf("%+v", got)
	}
	same(t, "address", got.Results[0].URL, "http://fr.localhost:8080/vin/chateau-margaux/1990")
	same(t, "vintage", got.Results[0].Vintage, 1990)
	same(t, "SKUs", strings.Join(got.Results[0].SKUs, ","), "M90-150")
	same(t, "in stock", got.Results[0].InStock, true)
	s.has("M90-150", "bordeaux", 0)
	same(t, "in stock when sold out", s.searchAPI(t, "fr", "q=ch+margaux+90+magnum").Results[0].InStock, false)
	same(t, "of a second locale", s.searchAPI(t, "be", "q=margaux+1990").Results[0].URL[:24], "http://be.localhost:8080")
	absent := s.searchAPI(t, "de", "q=zzyzx")
	same(t, "absent", absent.Understood.Absent, "zzyzx")
	same(t, "results of an absent wine", len(absent.Results), 0)
}

func TestSearchAPIRefusesABadLimit(t *testing.T) {
	s := newShop(t)
	for _, limit := range []string{"", "0", "-1", "51", "ten", "1e3", "99999999999999999999"} {
		a := s.get(t, "fr", "/api/v1/search?q=margaux&limit="+limit).want(t, http.StatusBadRequest)
		if !strings.Contains(string(a.body), "La limite est un nombre de 1 à 50.") {
			t.Errorf("%q: %s", limit, a.body)
		}
	}
}

func TestSearchPage(t *testing.T) {
	s := newShop(t)
	a := s.get(t, "fr", "/recherche?q=margaux+1990").want(t, http.StatusOK)
	body := string(a.body)
	for _, want := range []string{
		`value="margaux 1990"`, `"noindex, follow"`, `href="/vin/chateau-margaux/1990"`, `name="without" value="q:0"`, `name="without" value="q:1"`, "Retirer 1990", `href="/appellation/margaux"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(body, `rel="canonical"`) || strings.Contains(body, "hreflang=\"x-default\"") {
		t.Error("a page that is not to be listed names alternates")
	}
	if a.Header.Get("Set-Cookie") != "" || !strings.Contains(a.Header.Get("Cache-Control"), "s-maxage=5") {
		t.Errorf("headers are %v", a.Header)
	}
	if help := string(s.get(t, "de", "/suche").want(t, http.StatusOK).body); !strings.Contains(help, "Zum Beispiel") {
		t.Error("the page without a query does not help")
	}
}

// The stock on a search page is that of the moment, though what was found is kept.
func TestSearchPageIsLive(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "bordeaux", 3)
	first := string(s.get(t, "fr", "/recherche?q=margaux+1990+75cl").want(t, http.StatusOK).body)
	for _, sku := range []string{"M90-75", "M90-75-6", "M90-150"} {
		s.has(sku, "bordeaux", 0)
	}
	second := string(s.get(t, "fr", "/recherche?q=margaux+1990+75cl").want(t, http.StatusOK).body)
	if strings.Count(second, "Épuisé") <= strings.Count(first, "Épuisé") {
		t.Error("the stock of the page is not that of the moment")
	}
}

func TestSearchHasOneAddressPerQuery(t *testing.T) {
	s := newShop(t)
	for path, want := range map[string]string{
		"/recherche?q=+margaux++1990+":                 "/recherche?q=margaux+1990",
		"/recherche?q=margaux&utm=x&page=1":            "/recherche?q=margaux",
		"/recherche?q=margaux+1990&without=q:1&page=2": "/recherche?q=margaux",
		"/recherche?q=margaux+1990&without=q:9":        "/recherche?q=margaux+1990",
		"/recherche?q=margaux&without=q:x":             "/recherche?q=margaux",
		"/recherche?q=":                                "/recherche",
		"/recherche?x=1":                               "/recherche",
		"/recherche?q=mar%00gaux":                      "/recherche?q=mar+gaux",
		"/recherche?q=%F0%9F%8D%B7%FF":                 "/recherche?q=%F0%9F%8D%B7",
	} {
		a := s.get(t, "fr", path).want(t, http.StatusMovedPermanently)
		same(t, path, a.Header.Get("Location"), want)
	}
}

func TestSearchSuggests(t *testing.T) {
	s := newShop(t)
	body := string(s.get(t, "fr", "/recherche/suggest?q=marg").want(t, http.StatusOK).body)
	for _, want := range []string{`role="listbox"`, `role="option"`, `href="/vin/chateau-margaux"`, `href="/appellation/margaux"`, "1990", "data-news=\""} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if rows := strings.Count(body, `role="option"`); rows < 1 || rows > 8 {
		t.Errorf("%d rows", rows)
	}
}

// Whatever is asked, the answer is a page in the shop's words, never 500.
func TestSearchTakesAnything(t *testing.T) {
	s := newShop(t)
	for _, q := range []string{
		strings.Repeat("margaux ", 1250), strings.Repeat("x", 10_000), "'; DROP TABLE wine; --", "<script>alert(1)</script>", `"unbalanced 'quotes`, "\x01\x02\x7f", "🍷🍾", "拉菲 ロマネ Шато", "%", "a\u202eb",
		"1990-", "<", "6x", "99999999999999999999 l", "-1-2-3", strings.Repeat("é", 2000),
	} {
		for _, path := range []string{"/recherche?q=", "/recherche/suggest?q=", "/api/v1/search?q="} {
			a := s.get(t, "fr", path+url.QueryEscape(q))
			if a.StatusCode == http.StatusMovedPermanently {
				a = s.get(t, "fr", a.Header.Get("Location"))
			}
			if a.StatusCode != http.StatusOK && (a.StatusCode < 400 || a.StatusCode >= 500) {
				t.Errorf("%s%.30q: %d", path, q, a.StatusCode)
			}
			if strings.Contains(string(a.body), "<script>alert") {
				t.Errorf("%s%.30q comes back as it was sent", path, q)
			}
		}
	}
	s.post(t, "fr", "/recherche", url.Values{"q": {"margaux"}}).want(t, http.StatusMethodNotAllowed)
}
