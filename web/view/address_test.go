package view

import (
	"slices"
	"strings"
	"testing"

	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/layout"
)

// hreflangs of the 17 editions, in the markets' order, written out: what the pages say is compared with
// this list and not with itself.
var hreflangs = []string{
	"fr-FR", "fr-BE", "nl-BE", "fr-LU", "de-CH", "fr-CH", "de-DE", "de-AT", "en-GB", "en-IE", "it-IT", "es-ES", "pt-PT", "nl-NL", "en-US",
	"zh-Hant-HK", "en-HK",
}

// resolve finds edition, node and query of an address the way a browser's request is routed: by host, by
// the prefix of a second locale, by the URL table.
func (s *shop) resolve(href string) (*market.Edition, *route.Node, string) {
	rest, query, _ := strings.Cut(strings.TrimPrefix(href, "http://"), "?")
	host, path, _ := strings.Cut(rest, "/")
	path = "/" + path
	var found *market.Edition
	for _, e := range s.markets.Editions {
		if host != e.Market.Code+".localhost:8080" {
			continue
		}
		if e.Prefix == "" && found == nil {
			found = e
		} else if e.Prefix != "" && strings.HasPrefix(path, e.Prefix+"/") {
			found = e
		}
	}
	if found == nil {
		return nil, nil, ""
	}
	node, moved, ok := s.snap.Routes.Find(found.Locale.Language(), strings.TrimPrefix(path, found.Prefix))
	if !ok || moved {
		return found, nil, query
	}
	return found, node, query
}

// faults of the addresses of a node, seen from all editions: each page names all its siblings, each of
// them leads back to it, and every one is its own canonical.
func (s *shop) addressFaults(node *route.Node, number int) []string {
	var faults []string
	var first []layout.Alternate
	query := strings.TrimPrefix(pageQuery(number), "?")
	for _, e := range s.markets.Editions {
		f := s.site.desk(s.snap, e, node).frame(head{number: number})
		if first == nil {
			first = f.Alternates
		}
		if !slices.Equal(first, f.Alternates) {
			faults = append(faults, "other alternates than its siblings: "+string(e.Locale))
		}
		own := layout.Alternate{Hreflang: e.Locale.Tag(), Href: f.Canonical}
		if !slices.Contains(f.Alternates, own) {
			faults = append(faults, "canonical is not among the alternates: "+f.Canonical)
		}
		faults = append(faults, s.switchFaults(f)...)
	}
	for i, a := range first {
		e, to, q := s.resolve(a.Href)
		switch {
		case to != node || q != query:
			faults = append(faults, a.Href+" leads elsewhere")
		case i == len(hreflangs):
			if a.Hreflang != "x-default" || e.Market.Code != "uk" {
				faults = append(faults, "x-default is "+a.Href)
			}
		case i > len(hreflangs) || a.Hreflang != hreflangs[i] || e.Locale.Tag() != a.Hreflang:
			faults = append(faults, a.Hreflang+" for "+a.Href)
		}
	}
	if len(first) != len(hreflangs)+1 {
		faults = append(faults, "not all editions")
	}
	return faults
}

// switchFaults: the market switch uses the very addresses of hreflang.
func (s *shop) switchFaults(f layout.Frame) []string {
	var faults []string
	for _, m := range f.Switch.Markets {
		for _, l := range m.Locales {
			if !slices.Contains(f.Alternates, layout.Alternate{Hreflang: l.Lang, Href: l.Href}) {
				faults = append(faults, "the switch leads to "+l.Href)
			}
			if l.Current != (l.Href == f.Canonical) {
				faults = append(faults, "the switch marks the wrong one as current")
			}
		}
	}
	return faults
}

// TestReciprocity proves hreflang, canonical and switch over the whole catalogue.
func TestReciprocity(t *testing.T) {
	s := demoShop(t)
	for i, node := range s.snap.Routes.Nodes() {
		if testing.Short() && i%10 != 0 {
			continue
		}
		for _, fault := range s.addressFaults(node, 1+i%3) {
			t.Errorf("%s: %s", node.Page, fault)
		}
	}
}

// TestAddressFaultsAreFound plants the faults that TestReciprocity looks for.
func TestAddressFaultsAreFound(t *testing.T) {
	whole := demoShop(t)
	node := whole.node(t, route.Page{Kind: route.Places})
	for name, c := range map[string]struct {
		change func(ed *edition)
		want   string
	}{
		"another shop's base": {func(ed *edition) { ed.base = "http://nl.localhost:8080" }, "nl-BE for http://nl.localhost:8080/streken"},
		"no shop's base":      {func(ed *edition) { ed.base = "http://xx.localhost:8080/nl" }, "leads elsewhere"},
		"another language":    {func(ed *edition) { ed.language = "fr" }, "leads elsewhere"},
	} {
		broken := *whole.site.editions[2]
		c.change(&broken)
		editions := slices.Clone(whole.site.editions)
		editions[2] = &broken
		s := *whole
		s.site = &Site{markets: whole.markets, editions: editions, fallback: whole.site.fallback, badge: whole.site.badge, now: whole.site.now, plans: new(plans)}
		if got := strings.Join(s.addressFaults(node, 1), "; "); !strings.Contains(got, c.want) {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
}

// TestPathsWithoutPage: an edition that lacks the page is not named, and the switch leads to its front.
func TestPathsWithoutPage(t *testing.T) {
	s := demoShop(t)
	node := &route.Node{ID: 1, Page: route.Page{Kind: route.Places}}
	table := route.NewTable([]*route.Node{node}, []route.Row{{PageID: 1, Language: "fr", Path: "/regions"}, {PageID: 1, Language: "de", Path: "/regionen"}})
	hrefs := s.site.addresses(table.Nodes()[0], 1)
	alternates := s.site.alternates(hrefs)
	if len(alternates) != 7 {
		t.Errorf("%d alternates, want fr-FR fr-BE fr-LU fr-CH de-CH de-DE de-AT and no x-default: %v", len(alternates), alternates)
	}
	for _, m := range s.site.editions[0].marketSwitch(hrefs).Markets {
		if m.Code == "hk" && m.Locales[0].Href != "http://hk.localhost:8080/" {
			t.Errorf("the switch leads to %q", m.Locales[0].Href)
		}
	}
}
