package preview_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/store/catalog"
	"caveau/store/market"
)

var noTime time.Time

const office = "backoffice.localhost:8080"

// stamp is the time of the reading of the stock, which passes.
var stamp = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d\d:\d\d:\d\d`)

func unstamped(page string) string { return stamp.ReplaceAllString(page, "") }

func (h *house) edition(t *testing.T, locale string) *market.Edition {
	t.Helper()
	for _, e := range h.markets.Editions {
		if e.Locale.Tag() == locale {
			return e
		}
	}
	t.Fatalf("no edition %s", locale)
	return nil
}

func document(t *testing.T, body string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestLinksThatOpenNothing(t *testing.T) {
	h := newHouse(t, today)
	fr := h.edition(t, "fr-FR")
	old, good := h.link(fr, noTime), h.href(h.link(fr, noTime), "/")
	old.Expires = today
	foreign := h.link(fr, noTime)
	foreign.Locale = "xx-XX"
	for name, ask := range map[string]struct {
		path   string
		status int
	}{
		"expired":             {h.href(old, "/"), 410},
		"changed":             {good[:len(good)-3] + "aa/", 403},
		"another's":           {"/preview/AAAA.AAAA/", 403},
		"none":                {"/preview/", 403},
		"of no shop":          {h.href(foreign, "/"), 403},
		"elsewhere":           {"/", 404},
		"a page that is not":  {h.href(h.link(fr, noTime), "/vin/no-such-wine"), 404},
		"a cart":              {h.href(h.link(fr, noTime), "/panier"), 404},
		"an account":          {h.href(h.link(fr, noTime), "/compte"), 404},
		"page 0 of a list":    {h.href(h.link(fr, noTime), "/region/bordeaux?page=0"), 404},
		"page 10^9 of a list": {h.href(h.link(fr, noTime), "/region/bordeaux?page=1000000000"), 404},
	} {
		got := h.get(office, ask.path, "Accept-Language", "de")
		if got.status != ask.status {
			t.Errorf("%s: %d, want %d", name, got.status, ask.status)
		}
		if ask.status != 404 && !strings.Contains(got.body, `lang="de-DE"`) {
			t.Errorf("%s: not in the language of whoever asks: %.200s", name, got.body)
		}
		if got.header.Get("Cache-Control") != "private, no-store" || got.header.Get("X-Robots-Tag") != "noindex, nofollow" || got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: headers %v", name, got.header)
		}
	}
}

// A link works on the office's host alone, whatever shop it is about.
func TestNoShopKnowsPreviews(t *testing.T) {
	h := newHouse(t, today)
	path := h.href(h.link(h.edition(t, "fr-FR"), noTime), "/")
	if got := h.get(office, path); got.status != 200 {
		t.Fatalf("on its own host: %d", got.status)
	}
	for _, m := range h.markets.Markets {
		if got := h.get(m.Code+".localhost:8080", path); got.status != 404 || strings.Contains(got.body, `class="preview-bar"`) {
			t.Errorf("on the host of %s: %d", m.Code, got.status)
		}
	}
}

// The bar's form leads to the same page in another shop at another moment, by the clocks of that shop.
func TestTurning(t *testing.T) {
	h := newHouse(t, today)
	link := h.link(h.edition(t, "fr-FR"), noTime)
	got := h.get(office, h.href(link, "/-/turn?page=%2Fvin%2Fchateau-margaux&shop=en-US&at=2026-12-04T08:00"))
	if got.status != 303 {
		t.Fatalf("%d", got.status)
	}
	to, err := url.Parse(got.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	token, path, _ := strings.Cut(strings.TrimPrefix(to.Path, "/preview/"), "/")
	turned, err := h.seals.Open(token, today)
	if err != nil {
		t.Fatal(err)
	}
	if turned.Locale != "en-US" || turned.At.Format(time.RFC3339) != "2026-12-04T13:00:00Z" || path != "wine/chateau-margaux" || !turned.Expires.Equal(link.Expires) {
		t.Errorf("leads to %+v at %s", turned, path)
	}
	for typed, words := range map[string]string{
		"2026-03-29T02:30": "skip this time", "2026-10-25T02:30": "comes twice", "soon": "not a date", "1855-04-18": "between 2000",
		strings.Repeat("9", 5000): "not a date", "<script>": "&lt;script&gt;",
	} {
		got := h.get(office, h.href(link, "/-/turn?page=%2F&shop=fr-FR&at="+url.QueryEscape(typed)))
		if got.status != 400 || !strings.Contains(got.body, words) || len(got.body) > 4000 {
			t.Errorf("%.20q: %d %.400s", typed, got.status, got.body)
		}
	}
}

// The bar says the shop, the moment by its clocks, and what the preview cannot know.
func TestTheBarSaysWhatItShows(t *testing.T) {
	h := newHouse(t, today)
	hk := h.edition(t, "zh-Hant-HK")
	for name, say := range map[string]struct {
		at    time.Time
		words []string
		not   string
	}{
		"now":    {noTime, []string{"Hong Kong", "as it is now", "The link works until"}, "no versions"},
		"later":  {later, []string{"3 February 2027, 16:00 HKT", "no versions"}, "begins on"},
		"before": {today.AddDate(-5, 0, 0), []string{"22 November 2021", "The price log begins on 22 November 2025"}, "as it is now"},
	} {
		bar := document(t, h.get(office, h.href(h.link(hk, say.at), "/"), "Accept-Language", "en").body).Find("aside.preview-bar").Text()
		for _, words := range say.words {
			if !strings.Contains(bar, words) {
				t.Errorf("%s: no %q in %q", name, words, bar)
			}
		}
		if strings.Contains(bar, say.not) {
			t.Errorf("%s: %q in %q", name, say.not, bar)
		}
	}
}

// A sheet has each edition twice, and says where a page is not.
func TestASheetOfAllShops(t *testing.T) {
	h := newHouse(t, today)
	link := h.link(h.edition(t, "fr-FR"), later)
	doc := document(t, h.get(office, h.href(link, "/-/sheet?page=%2Fvin%2Fchateau-margaux")).body)
	if n := doc.Find(".proof").Length(); n != len(h.markets.Editions) {
		t.Errorf("%d editions", n)
	}
	frames := doc.Find("iframe")
	if frames.Length() != 2*len(h.markets.Editions) {
		t.Errorf("%d frames", frames.Length())
	}
	frames.Each(func(i int, f *goquery.Selection) {
		got := h.get(office, f.AttrOr("src", ""))
		if got.status != 200 || strings.Contains(got.body, `class="preview-bar"`) || !strings.Contains(got.body, "Margaux") {
			t.Errorf("frame %s: %d", f.AttrOr("title", ""), got.status)
		}
	})
	if h.loads != 1 {
		t.Errorf("the catalogue was read %d times", h.loads)
	}
	if gone := document(t, h.get(office, h.href(link, "/-/sheet?page=%2Fnowhere")).body); gone.Find(".proof__missing").Length() != len(h.markets.Editions) {
		t.Error("a page that is nowhere is not said to be missing")
	}
	if doc := document(t, h.get(office, h.href(link, "/-/widths?page=%2F")).body); doc.Find("iframe").Length() != 3 {
		t.Error("no three widths of a page")
	}
}

// A sheet of the front says where a banner has no words at the moment that it shows.
func TestASheetMarksBannersWithoutWords(t *testing.T) {
	h := newHouse(t, today)
	h.snap.Banners = nil
	books, err := theBooks()
	if err != nil {
		t.Fatal(err)
	}
	list := *books.list
	list.Banners = []catalog.BannerRow{
		{Code: "back", Locale: "fr-FR", Words: "De retour.", Starts: later, Ends: later.Add(time.Hour)},
		{Code: "back", Locale: "nl-BE", Starts: later, Ends: later.Add(time.Hour)},
	}
	h.list = &list
	marked := func(at time.Time) (out []string) {
		doc := document(t, h.get(office, h.href(h.link(h.edition(t, "fr-FR"), at), "/-/sheet?page=%2F"), "Accept-Language", "en").body)
		doc.Find(".proof:has(.proof__missing) h2").Each(func(_ int, s *goquery.Selection) { out = append(out, strings.TrimSpace(s.Text())) })
		return out
	}
	if got := marked(later); len(got) != 1 || got[0] != "Belgium · nl-BE" {
		t.Errorf("marked: %q", got)
	}
	if got := marked(later.Add(time.Hour)); len(got) != 0 {
		t.Errorf("marked after its time: %q", got)
	}
}

// Between two dates are the moments at which something changes, each with its counts and the pages of this edition as they are then.
func TestWhatChangesBetweenTwoDates(t *testing.T) {
	h := newHouse(t, today)
	link := h.link(h.edition(t, "fr-FR"), noTime)
	doc := document(t, h.get(office, h.href(link, "/-/changes?from=2026-11-23T00:00&to=2026-12-04T08:00"), "Accept-Language", "en").body)
	last := doc.Find(".turn").Last()
	if got := strings.TrimSpace(last.Find("h2").Text()); got != "4 December 2026, 08:00 CET" {
		t.Errorf("the last moment is %q", got)
	}
	if got := last.Find("p").First().Text(); got != "1 banner, 1 release" {
		t.Errorf("then change %q", got)
	}
	if n := doc.Find(".turn").Length(); n < 50 {
		t.Errorf("%d moments", n)
	}
	href := last.Find("a").First().AttrOr("href", "")
	token, path, _ := strings.Cut(strings.TrimPrefix(href, "/preview/"), "/")
	if then, err := h.seals.Open(token, today); err != nil || path != "" || then.At.Format(time.RFC3339) != "2026-12-04T07:00:00Z" {
		t.Errorf("the front of then: %+v at %q (%v)", then, path, err)
	}
	for query, words := range map[string]string{"from=2026-12-04T08:00&to=2026-12-03T08:00": "before the first", "from=x": "not a date"} {
		if got := h.get(office, h.href(link, "/-/changes?"+query), "Accept-Language", "en"); got.status != 400 || !strings.Contains(got.body, words) {
			t.Errorf("%s: %d", query, got.status)
		}
	}
}
