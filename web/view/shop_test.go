package view

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/live"

	"github.com/a-h/templ"
)

// today is the day of all tests: after the opening of the campaign, so that primeurs have prices.
var today = time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)

// shop is the demonstration catalogue and a site over it, made once per test binary.
type shop struct {
	site     *Site
	snap     *catalog.Snapshot
	list     *catalog.List
	markets  *market.Table
	messages *i18n.Catalogue
	rules    *law.Rules
}

var theShop = sync.OnceValues(openShop)

func demoShop(t testing.TB) *shop {
	t.Helper()
	s, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openShop() (*shop, error) {
	markets, err := market.Load()
	if err != nil {
		return nil, err
	}
	list, err := demo.Catalogue(markets, today)
	if err != nil {
		return nil, err
	}
	return shopOf(list, markets)
}

// shopOf a list of the test's own.
func shopOf(list *catalog.List, markets *market.Table) (*shop, error) {
	snap, err := snapshot(list, markets, 7)
	if err != nil {
		return nil, err
	}
	messages, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	rules, err := law.Load(markets)
	if err != nil {
		return nil, err
	}
	site, err := New(Config{
		Markets: markets, Messages: messages, Assets: assets, Rules: func() *law.Rules { return rules }, Now: func() time.Time { return today },
		Base: func(code string) string { return "http://" + code + ".localhost:8080" },
	})
	return &shop{site, snap, list, markets, messages, rules}, err
}

// snapshot of a list with the paths that its pages get when they are first made.
func snapshot(list *catalog.List, markets *market.Table, rev uint64) (*catalog.Snapshot, error) {
	ids, next := map[string]uint32{}, uint32(0)
	for _, w := range list.Wines {
		ids[w.Code] = uint32(len(ids) + 1)
	}
	slots := map[string]uint32{}
	return catalog.NewSnapshot(catalog.Source{
		List: list, WineIDs: ids, Routes: route.FirstTable(catalog.Pages(list)), Markets: markets, Now: today, Rev: rev,
		Slot: func(sku string) uint32 {
			if _, ok := slots[sku]; !ok {
				slots[sku] = next
				next++
			}
			return slots[sku]
		},
	})
}

func (s *shop) edition(t testing.TB, locale i18n.Locale) *market.Edition {
	t.Helper()
	for _, e := range s.markets.Editions {
		if e.Locale == locale {
			return e
		}
	}
	t.Fatalf("no edition %s", locale)
	return nil
}

func (s *shop) node(t testing.TB, p route.Page) *route.Node {
	t.Helper()
	n, ok := s.snap.Routes.Node(p)
	if !ok {
		t.Fatalf("no page %s", p)
	}
	return n
}

// html of a page with its holes filled as if every stock were count.
func (s *shop) html(t testing.TB, locale i18n.Locale, p route.Page, count int) string {
	t.Helper()
	page, err := s.site.Page(s.snap, s.edition(t, locale), s.node(t, p), 1)
	if err != nil {
		t.Fatalf("%s of %s: %v", p, locale, err)
	}
	return rendered(t, page, count)
}

func rendered(t testing.TB, page templ.Component, count int) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Render(live.With(context.Background(), live.Sample{Count: count, At: today}), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// vintageWhere finds a vintage that fits, the best known wines first.
func (s *shop) vintageWhere(t testing.TB, fits func(v *catalog.Vintage) bool) *catalog.Vintage {
	t.Helper()
	for _, w := range s.snap.Wines {
		for _, v := range w.Vintages {
			if fits(v) {
				return v
			}
		}
	}
	t.Fatal("no such vintage in the demonstration catalogue")
	return nil
}

func pageOf(v *catalog.Vintage) route.Page {
	return route.Page{Kind: route.Vintage, Code: v.Wine.Code, Year: v.Year}
}

// wants lists what a page must hold; what begins with ! it must not.
func wants(t *testing.T, name, html string, all ...string) {
	t.Helper()
	for _, want := range all {
		if not, ok := strings.CutPrefix(want, "!"); ok {
			if strings.Contains(html, not) {
				t.Errorf("%s: has %q", name, not)
			}
			continue
		}
		if !strings.Contains(html, want) {
			t.Errorf("%s: has no %q", name, want)
		}
	}
}

// soak says that everything is to be proven, however long it takes.
func soak() bool { return os.Getenv("CAVEAU_SOAK") == "1" }

func (s *shop) complain(t *testing.T) {
	t.Helper()
	if misses := s.messages.Misses(); len(misses) > 0 {
		t.Errorf("words that are missing: %s", strings.Join(misses, "; "))
	}
}

func label(e *market.Edition, node *route.Node) string {
	return fmt.Sprintf("%s %s", e.Locale, node.Page)
}
