package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/web"
)

// narrowed asks for a selection by a form's fields.
func (s *shop) narrowed(t *testing.T, query string, status int) *goquery.Document {
	t.Helper()
	return s.get(t, "fr", "/recherche?"+query).want(t, status).page(t)
}

func years(doc *goquery.Document) []string {
	var out []string
	for _, row := range doc.Find(".rows .row__n").EachIter() {
		out = append(out, words(row.Text()))
	}
	return out
}

func TestSelectionNarrows(t *testing.T) {
	s := newShop(t)
	for query, want := range map[string]string{
		"colour=white":                              "Krug Grande Cuvée",
		"format=1500":                               "Château Margaux 1990",
		"pack=6&from=1990&to=1991":                  "Château Margaux 1990",
		"colour=red&max=1200":                       "Château Margaux 2025, Château Margaux 1990",
		"region=bordeaux&sale=stock":                "Château Margaux 1990",
		"sale=primeur":                              "Château Margaux 2025",
		"producer=chateau-margaux&sort=vintage-asc": "Château Margaux 1990, Château Margaux 2025",
		"q=margaux&colour=red&from=2000":            "Château Margaux 2025",
		"colour=white&from=1990&to=1990&max=800":    "",
	} {
		status := http.StatusOK
		if want == "" {
			status = http.StatusNotFound
		}
		got := strings.Join(years(s.narrowed(t, query, status)), ", ")
		if !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s lists %q, want %q", query, got, want)
		}
	}
}

// fakeMisses remembers what was noted.
type fakeMisses struct{ noted []string }

func (m *fakeMisses) Note(language, query string) { m.noted = append(m.noted, language+": "+query) }

func TestFailedSearchesAreNoted(t *testing.T) {
	misses := &fakeMisses{}
	s := newShop(t, func(c *web.Config) { c.Misses = misses })
	for _, path := range []string{"/recherche?q=zzyzx+1990", "/recherche?q=margaux", "/recherche", "/recherche?colour=white&from=1990&to=1990", "/recherche?q=margaux&colour=white", "/recherche/suggest?q=zzy"} {
		s.get(t, "fr", path)
	}
	s.get(t, "hk", "/search?q=%E6%B2%92%E6%9C%89")
	same(t, "noted", strings.Join(misses.noted, "; "), "fr: zzyzx 1990; zh: 沒有")
}

// A list of magnums has the prices of magnums.
func TestRowsShowWhatWasChosen(t *testing.T) {
	s := newShop(t)
	row := words(s.narrowed(t, "producer=chateau-margaux&format=1500", http.StatusOK).Find(".rows .row").Text())
	contains(t, "row", row, "2 310,50 €")
	contains(t, "row", row, "1,5 l")
}

// A list of a facet follows the stock of the moment.
func TestSaleFollowsTheStock(t *testing.T) {
	s := newShop(t)
	s.narrowed(t, "producer=chateau-margaux&sale=stock", http.StatusOK)
	for _, sku := range []string{"M90-75", "M90-75-6", "M90-150"} {
		s.has(sku, "bordeaux", 0)
	}
	s.narrowed(t, "producer=chateau-margaux&sale=stock", http.StatusNotFound)
}

func TestSelectionHasOneAddress(t *testing.T) {
	s := newShop(t)
	for query, want := range map[string]string{
		"max=50&min=100&colour=red":                      "/recherche?colour=red&min=50&max=100",
		"colour=white&colour=red&colour=red":             "/recherche?colour=red&colour=white",
		"page=1&colour=white&utm_source=x&fbclid=7":      "/recherche?colour=white",
		"from=&to=&colour=white&min=&score=&year=&sort=": "/recherche?colour=white",
		"colour=white&year=1990":                         "/recherche?colour=white&from=1990&to=1990",
		"colour=red&colour=white&without=colour:white":   "/recherche?colour=red",
		"q=margaux&colour=red&page=2&without=colour:red": "/recherche?q=margaux",
		strings.Repeat("x=1&", 1000) + "colour=white":    "/recherche?colour=white",
	} {
		a := s.get(t, "fr", "/recherche?"+query).want(t, http.StatusMovedPermanently)
		same(t, query[:min(len(query), 80)], a.Header.Get("Location"), want)
	}
	again := s.get(t, "be", "/nl/zoeken?max=9&colour=red").want(t, http.StatusMovedPermanently)
	same(t, "in a second locale", again.Header.Get("Location"), "/nl/zoeken?colour=red&max=9")
}

// What is a page for crawlers is shown there and nowhere else.
func TestSelectionThatIsAPageLeadsThere(t *testing.T) {
	s := newShop(t)
	for query, want := range map[string]string{
		"country=france":                 "/region/france",
		"region=bordeaux":                "/region/bordeaux",
		"country=france&region=bordeaux": "/region/bordeaux",
		"country=france&region=bordeaux&appellation=margaux": "/appellation/margaux",
		"producer=chateau-margaux":                           "/producteur/chateau-margaux",
		"class=premier-grand-cru-classe-en-1855":             "/classement/premier-grand-cru-classe-en-1855",
		"from=1990&to=1990":                                  "/millesime/1990",
		"appellation=margaux&from=1990&to=1990":              "/millesime/1990/margaux",
	} {
		a := s.get(t, "fr", "/recherche?"+query).want(t, http.StatusMovedPermanently)
		same(t, query, a.Header.Get("Location"), want)
		s.get(t, "fr", want).want(t, http.StatusOK)
	}
	for _, query := range []string{"region=bordeaux&sort=price", "region=bordeaux&sale=stock", "from=1989&to=1990", "q=x&region=bordeaux"} {
		if a := s.get(t, "fr", "/recherche?"+query); a.StatusCode == http.StatusMovedPermanently {
			t.Errorf("%s leads to %s", query, a.Header.Get("Location"))
		}
	}
}

// Whatever is asked for, the answer is a page in the shop's words, at once, and never 500.
func TestSelectionTakesAnything(t *testing.T) {
	s := newShop(t)
	for query, want := range map[string]int{
		"colour=blue": 404, "colour=Red": 404, "region=atlantis": 404, "region=france": 404, "format=1": 404, "page=1000000000": 404, "page=0": 404, "colour=red&page=99": 404, "page=x": 404,
		"min=-1": 404, "min=1e9": 404, "from=abc": 404, "sort=best": 404, "score=101": 404, "appellation=" + strings.Repeat("a", 5000): 404, "colour=%00": 404, "colour=red%27--": 404,
		strings.Repeat("colour=red&", 1000): 400, "colour=red&colour=white&sale=primeur&min=99999": 404, "%ff=%fe&=": 301, "&&&&": 301, "without=%00": 301, "q=%3Cscript%3E&colour=red": 404,
	} {
		start := time.Now()
		a := s.get(t, "fr", "/recherche?"+query)
		same(t, query[:min(len(query), 60)], a.StatusCode, want)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%.60s took %v", query, took)
		}
		if a.StatusCode >= 400 {
			same(t, query[:min(len(query), 60)]+": language", attr(t, a.page(t), "html", "lang"), "fr-FR")
		}
		if strings.Contains(string(a.body), "<script>") {
			t.Errorf("%.60s comes back as it was sent", query)
		}
	}
}

// Crawlers find no way to a selection: forms and buttons, no links, and pages that say that they are not to be listed.
func TestSelectionsAreNotForCrawlers(t *testing.T) {
	s := newShop(t)
	for _, query := range []string{"colour=red", "q=margaux", "colour=red&sort=price", "colour=red&from=1990&to=1990&max=800", ""} {
		a := s.get(t, "fr", "/recherche?"+query)
		if query == "" {
			a = s.get(t, "fr", "/recherche").want(t, http.StatusOK)
		}
		doc := a.page(t)
		same(t, query+": robots", attr(t, doc, `meta[name="robots"]`, "content"), "noindex, follow")
		same(t, query+": canonical links", doc.Find(`link[rel="canonical"], link[rel="alternate"][hreflang]`).Length(), 0)
		for _, link := range doc.Find("a[href]").EachIter() {
			u, err := url.Parse(link.AttrOr("href", ""))
			if err != nil || u.RawQuery != "" && !strings.HasPrefix(u.RawQuery, "q=") {
				t.Errorf("%s: links to %s", query, link.AttrOr("href", ""))
			}
		}
		if a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", query)
		}
	}
}

// Nothing is left: the page says so, keeps what was chosen, and says what one thing less would bring.
func TestEmptySelectionSaysTheWayOut(t *testing.T) {
	s := newShop(t)
	doc := s.narrowed(t, "colour=white&from=1990&to=1990", http.StatusNotFound)
	contains(t, "said", words(doc.Find(".rescue").Text()), "Aucun vin ne réunit tous ces critères.")
	contains(t, "a way out", words(doc.Find(".rescue li").Text()), "Sans « Couleur » 51 millésimes")
	same(t, "still ticked", doc.Find(`.facets input[value="white"][checked]`).Length(), 1)
	same(t, "still kept", attr(t, doc, `#shown input[name="colour"]`, "value"), "white")
}
