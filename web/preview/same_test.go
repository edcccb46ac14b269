package preview_test

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"caveau/store/market"
	"caveau/web/preview"
)

// compared is how many pages; CAVEAU_SOAK=1 makes it a thousand.
func compared() int {
	if os.Getenv("CAVEAU_SOAK") == "1" {
		return 1000
	}
	return 200
}

// A preview of now is the live page, but for the bar, the links and the forms.
func TestAPreviewOfNowIsTheLivePage(t *testing.T) {
	h := newHouse(t, today)
	for _, at := range h.some(compared()) {
		path := at.node.Path(at.edition.Locale.Language())
		live := h.get(at.edition.Market.Code+".localhost:8080", at.edition.Prefix+path)
		shown := h.get("backoffice.localhost:8080", h.href(h.link(at.edition, today), path))
		now := h.get("backoffice.localhost:8080", h.href(h.link(at.edition, noTime), path))
		for name, got := range map[string]answer{"of now": now, "of this very moment": shown} {
			if live.status != 200 || got.status != 200 {
				t.Fatalf("%s %s: %d, and its preview %s: %d", at.edition.Locale, path, live.status, name, got.status)
			}
			if got.header.Get("Set-Cookie") != "" || got.header.Get("Cache-Control") != "private, no-store" || got.header.Get("X-Robots-Tag") != "noindex, nofollow" {
				t.Fatalf("%s %s: its preview has headers %v", at.edition.Locale, path, got.header)
			}
			h.same(t, at, live.body, got.body)
		}
	}
}

// A preview of a moment to come is the page that is live then.
func TestAPreviewOfLaterIsThePageOfThen(t *testing.T) {
	before, then := newHouse(t, today), newHouse(t, later)
	changed := 0
	for _, at := range before.some(compared()) {
		path := at.node.Path(at.edition.Locale.Language())
		host := at.edition.Market.Code + ".localhost:8080"
		now, live := before.get(host, at.edition.Prefix+path), then.get(host, at.edition.Prefix+path)
		shown := before.get("backoffice.localhost:8080", before.href(before.link(at.edition, later), path))
		if live.status != 200 || shown.status != 200 {
			t.Fatalf("%s %s: %d, and its preview: %d", at.edition.Locale, path, live.status, shown.status)
		}
		before.same(t, at, unstamped(live.body), unstamped(shown.body))
		if unstamped(now.body) != unstamped(live.body) {
			changed++
		}
	}
	if changed < compared()/4 {
		t.Errorf("only %d of %d pages change: the test shows little", changed, compared())
	}
	if before.loads != 1 {
		t.Errorf("%d readings of the catalogue for one moment", before.loads)
	}
}

// same compares two pages after taking back what a preview may change.
func (h *house) same(t *testing.T, at someone, live, shown string) {
	t.Helper()
	a, b := h.flat(t, at.edition, live), h.flat(t, at.edition, shown)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s %s: live %q, previewed %q", at.edition.Locale, at.node.Page, a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Fatalf("%s %s: %d parts live, %d previewed", at.edition.Locale, at.node.Page, len(a), len(b))
	}
}

// flat is a page as a list of tags and texts, with all links absolute, without the bar and what comes with it.
func (h *house) flat(t *testing.T, e *market.Edition, page string) (out []string) {
	t.Helper()
	inBar := false
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		switch {
		case token.Type == html.StartTagToken && token.Data == "aside" && attribute(token, "class") == "preview-bar":
			inBar = true
		case inBar && token.Type == html.EndTagToken && token.Data == "aside":
			inBar = false
			continue
		case token.Data == "link" && strings.Contains(attribute(token, "href"), "/office."):
			continue
		}
		if inBar {
			continue
		}
		for i, a := range token.Attr {
			switch {
			case token.Data == "form" && a.Key == "inert":
				token.Attr = token.Attr[:i]
			case a.Key == "href" || a.Key == "data-src":
				token.Attr[i].Val = h.absolute(t, e, a.Val)
			}
		}
		out = append(out, token.String())
	}
	return out
}

// absolute is the live page that a link leads to, of a shop or within a preview.
func (h *house) absolute(t *testing.T, e *market.Edition, href string) string {
	t.Helper()
	if after, found := strings.CutPrefix(href, preview.Prefix); found {
		token, path, _ := strings.Cut(after, "/")
		link, err := h.seals.Open(token, today)
		if err != nil {
			t.Fatalf("a link of a preview leads to %s: %v", href, err)
		}
		for _, other := range h.markets.Editions {
			if other.Locale.Tag() == link.Locale {
				return baseOf(other.Market.Code) + other.Prefix + "/" + path
			}
		}
	}
	if strings.HasPrefix(href, "/") {
		return baseOf(e.Market.Code) + href
	}
	if i := strings.Index(href, "://"); i >= 0 && !strings.Contains(href[i+3:], "/") {
		return href + "/"
	}
	return href
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
