package view

import (
	"context"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/live"
)

// A counter reads a rendered page on its way.
type counter struct {
	bytes int
	bad   string
}

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += len(p)
	if i := strings.Index(string(p), "⟦"); i >= 0 && c.bad == "" {
		c.bad = string(p[i:min(len(p), i+60)])
	}
	return len(p), nil
}

var _ io.Writer = (*counter)(nil)

// render builds a page and fails on an error, on a missing word and on a page without a body.
func (s *shop) render(t *testing.T, e *market.Edition, node *route.Node) {
	t.Helper()
	page, err := s.site.Page(s.snap, e, node, 1)
	if err != nil {
		t.Errorf("%s: %v", label(e, node), err)
		return
	}
	var out counter
	var holes live.Recorder
	if err := page.Render(live.Record(context.Background(), &holes), &out); err != nil {
		t.Errorf("%s: %v", label(e, node), err)
	}
	if out.bad != "" {
		t.Errorf("%s: %s", label(e, node), out.bad)
	}
	if out.bytes < 3000 {
		t.Errorf("%s: only %d bytes", label(e, node), out.bytes)
	}
}

// TestEveryPage renders every node: all of them in two editions with different everything, and one in so
// many in all editions; with CAVEAU_SOAK=1 every node in every edition.
func TestEveryPage(t *testing.T) {
	s := demoShop(t)
	every := 23
	if testing.Short() {
		every = 211
	}
	both := map[string]bool{"fr-FR": true, "zh-Hant-HK": true}
	for i, node := range s.snap.Routes.Nodes() {
		if node.Page.Kind.PerAnswer() {
			continue
		}
		for j, e := range s.markets.Editions {
			sample := (i+j)%every == 0 || i < len(route.Static())
			if soak() || sample || both[string(e.Locale)] && (!testing.Short() || i%7 == 0) {
				s.render(t, e, node)
			}
		}
	}
	s.complain(t)
}

// headOf reads title and description off the first bytes of a page.
func (s *shop) headOf(t *testing.T, e *market.Edition, node *route.Node) (title, description string) {
	t.Helper()
	page, err := s.site.Page(s.snap, e, node, 1)
	if err != nil {
		t.Fatalf("%s: %v", label(e, node), err)
	}
	stop := &headReader{}
	_ = page.Render(context.Background(), stop)
	return between(stop.head, "<title>", "</title>"), between(stop.head, `<meta name="description" content="`, `"`)
}

// headReader keeps the head of a page and stops its rendering.
type headReader struct{ head string }

func (h *headReader) Write(p []byte) (int, error) {
	h.head += string(p)
	if strings.Contains(h.head, `<meta name="theme-color"`) || len(h.head) > 1<<16 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

// TestTitlesAndDescriptions wants every page of an edition to have a title of its own, and both to be of a
// length that search engines show.
func TestTitlesAndDescriptions(t *testing.T) {
	s := demoShop(t)
	editions := []*market.Edition{s.edition(t, "de-DE"), s.edition(t, "zh-Hant-HK")}
	switch {
	case soak():
		editions = s.markets.Editions
	case testing.Short():
		editions = editions[:1]
	}
	for _, e := range editions {
		titles, long, short, count := map[string]*route.Node{}, 0, 0, 0
		for _, node := range s.snap.Routes.Nodes() {
			if node.Page.Kind.PerAnswer() {
				continue
			}
			title, description := s.headOf(t, e, node)
			if other := titles[title]; other != nil || title == "" {
				t.Errorf("%s: title %q is also that of %v", label(e, node), title, other)
			}
			titles[title] = node
			count++
			if utf8.RuneCountInString(title) > titleLength+10 {
				long++
			}
			if n := utf8.RuneCountInString(description); n < 25 || n > descriptionLength+40 {
				t.Errorf("%s: description of %d characters: %q", label(e, node), n, description)
			} else if n < shortDescription && e.Locale.Language() != "zh" {
				short++
			}
		}
		if long*20 > count || short*100 > count {
			t.Errorf("%s: of %d pages %d have a long title and %d a short description", e.Locale, count, long, short)
		}
	}
}

// TestErrorPages renders what is not in the table.
func TestErrorPages(t *testing.T) {
	s := demoShop(t)
	nodes := s.snap.Routes.Nodes()
	gone := s.vintageWhere(t, func(v *catalog.Vintage) bool { return len(v.Wine.Vintages) > 5 && v == v.Wine.Vintages[2] })
	other := strconv.Itoa(gone.Wine.Vintages[1].Year)
	for _, e := range s.markets.Editions {
		wants(t, "404", rendered(t, s.site.NotFound(s.snap, e, nodes[20:25]), 0), `<p class="year" aria-hidden="true">404</p>`, `"noindex"`, "<vintage-ribbon>")
		wants(t, "410", rendered(t, s.site.Gone(s.snap, e, s.node(t, pageOf(gone))), 0), ">410<", other)
		wants(t, "421", rendered(t, s.site.UnknownHost(e), 0), ">421<", "http://hk.localhost:8080/en/", "http://be.localhost:8080/nl/", "!aria-current")
		wants(t, "503", rendered(t, s.site.Trouble(e, 503, "", "5"), 0), ">503<", "5", "!⟦")
		wants(t, "500", rendered(t, s.site.Trouble(e, 500, "7f3a91c2", ""), 0), ">500<", "7f3a91c2")
		wants(t, "shops", rendered(t, s.site.Shops(e), 0), "http://us.localhost:8080/", "CHF", "HKD")
	}
	s.complain(t)
}
