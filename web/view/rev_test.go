package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	"caveau/i18n"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/live"
)

// changed is the small catalogue with the Richebourg's price changed at revision 9.
func changed(t *testing.T, s *shop) *catalog.Snapshot {
	t.Helper()
	list := smallList()
	for i := range list.Prices {
		if list.Prices[i].SKU == "R90-75" {
			list.Prices[i].Minor += 10000
		}
	}
	one := &catalog.List{Wines: list.Wines[1:2], Vintages: list.Vintages[3:4], Prices: list.Prices}
	for _, sku := range list.SKUs {
		if sku.Wine == "leroy-richebourg" {
			one.SKUs = append(one.SKUs, sku)
		}
	}
	one.Prices = nil
	for _, p := range list.Prices {
		if p.SKU == "R90-75" {
			one.Prices = append(one.Prices, p)
		}
	}
	next, err := s.snap.Replace(catalog.Source{
		List: one, Routes: s.snap.Routes, Markets: s.markets, Now: today, Rev: 9, Slot: func(sku string) uint32 { return s.snap.SKU(sku).Slot },
	})
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// TestRev: a change moves the pages that show it, and no page changes whose Rev stays.
func TestRev(t *testing.T) {
	s := smallShop(t)
	next := changed(t, s)
	e := s.edition(t, "fr-FR")
	moved := 0
	for _, node := range s.snap.Routes.Nodes() {
		if node.Page.Kind.PerAnswer() {
			continue
		}
		was, err := s.site.Page(s.snap, e, node, 1)
		if err != nil {
			t.Fatalf("%s: %v", node.Page, err)
		}
		is, err := s.site.Page(next, e, node, 1)
		if err != nil {
			t.Fatalf("%s: %v", node.Page, err)
		}
		same := s.site.Rev(s.snap, node) == s.site.Rev(next, node)
		if !same {
			moved++
		}
		if same && rendered(t, was, 4) != rendered(t, is, 4) {
			t.Errorf("%s: other bytes under the same Rev", node.Page)
		}
	}
	for page, want := range map[route.Page]bool{
		richebourg: true, {Kind: route.Wine, Code: "leroy-richebourg"}: true, {Kind: route.Home}: true, {Kind: route.Landing, Year: 1990}: true,
		{Kind: route.Region, Code: "burgundy"}: true, margaux1990: false, {Kind: route.Region, Code: "bordeaux"}: false, {Kind: route.Terms}: false,
	} {
		node := s.node(t, page)
		if got := s.site.Rev(s.snap, node) != s.site.Rev(next, node); got != want {
			t.Errorf("%s: moved %v, want %v", page, got, want)
		}
	}
	if moved == 0 || moved == len(s.snap.Routes.Nodes()) {
		t.Errorf("%d pages moved", moved)
	}
}

// TestRevMovesWithTime: drinking windows turn with the year, and a campaign opens at its moment.
func TestRevMovesWithTime(t *testing.T) {
	s := smallShop(t)
	node := s.node(t, margaux1990)
	at := func(now time.Time) uint64 {
		s.site.now = func() time.Time { return now }
		return s.site.Rev(s.snap, node)
	}
	if at(day(2026, 6, 1)) != at(day(2026, 12, 31)) {
		t.Error("moves within a year")
	}
	if at(day(2026, 12, 31)) == at(day(2027, 1, 1)) {
		t.Error("stays when the year turns")
	}
	if at(day(2026, 5, 4).Add(-time.Second)) == at(day(2026, 5, 4)) {
		t.Error("stays when the campaign opens")
	}
}

// TestNoPage: beyond the end, of a kind without a pager, gone, without a path.
func TestNoPage(t *testing.T) {
	s := demoShop(t)
	e := s.edition(t, "it-IT")
	for name, c := range map[string]struct {
		node   *route.Node
		number int
	}{
		"page 0":           {s.node(t, route.Page{Kind: route.Region, Code: "france"}), 0},
		"beyond the end":   {s.node(t, route.Page{Kind: route.Region, Code: "france"}), 999},
		"a second home":    {s.node(t, route.Page{Kind: route.Home}), 2},
		"gone":             {&route.Node{ID: 1, Page: route.Page{Kind: route.Home}, Gone: true}, 1},
		"without a path":   {&route.Node{ID: 1, Page: route.Page{Kind: route.Home}}, 1},
		"without its wine": {lone(route.Page{Kind: route.Wine, Code: "no-such-wine"}), 1},
	} {
		if page, err := s.site.Page(s.snap, e, c.node, c.number); !errors.Is(err, ErrNoPage) || page != nil {
			t.Errorf("%s: %v, want ErrNoPage", name, err)
		}
	}
	second, err := s.site.Page(s.snap, e, s.node(t, route.Page{Kind: route.Region, Code: "france"}), 2)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "page 2", rendered(t, second, 5), `<link rel="canonical" href="http://it.localhost:8080/regione/france?page=2"`,
		`hreflang="de-AT" href="http://at.localhost:8080/region/france?page=2"`, `rel="prev" href="/regione/france"`, `rel="next" href="/regione/france?page=3"`, "pagina 2")
}

// lone is a node with a path in every language that the snapshot's table does not know.
func lone(p route.Page) *route.Node {
	node := &route.Node{ID: 1, Page: p}
	var rows []route.Row
	for _, language := range route.Languages {
		rows = append(rows, route.Row{PageID: 1, Language: language, Path: route.NewPath(p, language)})
	}
	return route.NewTable([]*route.Node{node}, rows).Nodes()[0]
}

// TestSamePagesInAllEditions: page N has alternates, so that a list must be as long in every shop.
func TestSamePagesInAllEditions(t *testing.T) {
	s := smallShop(t)
	for _, node := range s.snap.Routes.Nodes() {
		if node.Page.Kind != route.Landing {
			continue
		}
		var lengths = map[int][]*market.Edition{}
		for _, e := range s.markets.Editions {
			d := s.site.desk(s.snap, e, node)
			at, ok := d.spot()
			if !ok {
				t.Fatalf("%s: no place", node.Page)
			}
			n := len(d.ofYear(node.Page.Year, at))
			lengths[n] = append(lengths[n], e)
		}
		if len(lengths) != 1 {
			t.Errorf("%s: lists of several lengths", node.Page)
		}
	}
}

// A banner turns the front at its moments, in its edition, and no other page.
func TestABannerTurnsTheFrontAlone(t *testing.T) {
	s := demoShop(t)
	snap := *s.snap
	starts := today.Add(time.Hour)
	snap.Banners = []catalog.BannerRow{
		{Code: "back", Locale: "fr-FR", Words: "Les 1982 sont de retour.", Page: route.Page{Kind: route.Landing, Year: 1982}, Starts: starts, Ends: starts.Add(time.Hour)},
		{Code: "back", Locale: "nl-BE", Starts: starts, Ends: starts.Add(time.Hour)},
	}
	home, _ := snap.Routes.Node(route.Page{Kind: route.Home})
	wine, _ := snap.Routes.Node(route.Page{Kind: route.Wine, Code: snap.Wines[0].Code})
	revs := map[uint64]bool{}
	for i, at := range []time.Time{starts.Add(-time.Second), starts, starts.Add(time.Hour)} {
		then := s.site.At(at)
		revs[then.Rev(&snap, home)] = true
		if got, want := then.Rev(&snap, wine), s.site.At(today).Rev(&snap, wine); got != want {
			t.Errorf("moment %d: the revision of a wine's page moves", i)
		}
		for locale, want := range map[i18n.Locale]bool{"fr-FR": i == 1, "nl-BE": false, "de-DE": false} {
			page, err := then.Page(&snap, s.edition(t, locale), home, 1)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := page.Render(live.With(t.Context(), live.Sample{At: at}), &b); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(b.String(), `<p class="banner"><a href="/millesime/1982">Les 1982 sont de retour.</a>`); got != want {
				t.Errorf("moment %d, %s: banner %v", i, locale, got)
			}
			if !want && strings.Contains(b.String(), `class="banner"`) {
				t.Errorf("moment %d, %s: another banner", i, locale)
			}
		}
	}
	if len(revs) != 3 {
		t.Errorf("%d revisions of the front over three moments", len(revs))
	}
}
