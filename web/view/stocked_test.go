package view

import (
	"strings"
	"testing"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/live"
)

// gone says that nothing is left of some vintages, and plenty of all others.
func gone(none ...*catalog.Vintage) Left {
	slots := map[uint32]bool{}
	for _, v := range none {
		for _, sku := range v.SKUs {
			slots[sku.Slot] = true
		}
	}
	return func(asked live.Stock) int {
		n := 0
		for _, slot := range asked {
			if !slots[slot] {
				n += 9
			}
		}
		return n
	}
}

// TestWhatIsSoldOutLeadsNoList: in a list over several pages the first wine falls behind all others when it is sold out, and its page
// hangs on that.
func TestWhatIsSoldOutLeadsNoList(t *testing.T) {
	s := demoShop(t)
	e := s.edition(t, "fr-FR")
	for _, at := range []route.Page{
		{Kind: route.Landing, Year: 2015}, {Kind: route.Region, Code: "bordeaux"}, {Kind: route.Appellation, Code: "margaux"}, {Kind: route.Primeur},
	} {
		node := s.node(t, at)
		d := s.site.desk(s.snap, e, node)
		d.left = gone()
		full := d.listing()
		if len(full) < 3 {
			t.Fatalf("%s: lists %d", at, len(full))
		}
		none := gone(full[0].Wine.Vintages...)
		d.left = none
		now := d.listing()
		if len(now) != len(full) {
			t.Errorf("%s: %d of %d are listed", at, len(now), len(full))
		}
		if now[0] != full[1] || now[0].Wine == full[0].Wine {
			t.Errorf("%s: %s leads, want %s", at, now[0].Wine.Code, full[1].Wine.Code)
		}
		behind := false
		for _, v := range now {
			left := d.hasLeft(v)
			if left && behind {
				t.Errorf("%s: %s stands behind what is sold out", at, v.Wine.Code)
			}
			behind = behind || !left
		}
		if s.site.Standing(s.snap, e, node, none) == s.site.Standing(s.snap, e, node, gone()) {
			t.Errorf("%s: the page does not hang on the order", at)
		}
		page, err := s.site.PageAt(s.snap, e, node, 1, nil, none)
		if err != nil {
			t.Fatal(err)
		}
		html := rendered(t, page, 4)
		first, second := strings.Index(html, `href="`+d.vintagePath(full[0])+`"`), strings.Index(html, `href="`+d.vintagePath(full[1])+`"`)
		if second < 0 || first >= 0 && first < second {
			t.Errorf("%s: shows the sold out wine at %d, the next at %d", at, first, second)
		}
	}
}

// A wine is listed by a vintage that can be had, and its price is that vintage's.
func TestAWineIsListedByWhatIsLeft(t *testing.T) {
	s := demoShop(t)
	node := s.node(t, route.Page{Kind: route.Appellation, Code: "margaux"})
	d := s.site.desk(s.snap, s.edition(t, "fr-FR"), node)
	d.left = gone()
	newest := d.listing()[0]
	d.left = gone(newest)
	if now := d.listing()[0]; now == newest || now.Wine != newest.Wine {
		t.Errorf("%s %d stands where %d of the same wine is left", now.Wine.Code, now.Year, newest.Year)
	}
}

// What changes nothing of the order makes no page anew.
func TestStandingStaysWhereTheOrderDoes(t *testing.T) {
	s := demoShop(t)
	e := s.edition(t, "fr-FR")
	node := s.node(t, route.Page{Kind: route.Landing, Year: 2015})
	one := func(slots live.Stock) int { return len(slots) }
	many := func(slots live.Stock) int { return 100 * len(slots) }
	if s.site.Standing(s.snap, e, node, one) != s.site.Standing(s.snap, e, node, many) {
		t.Error("a level moves the order")
	}
	if got := s.site.Standing(s.snap, e, s.node(t, route.Page{Kind: route.Home}), one); got != 0 {
		t.Errorf("the front, which is no such list, has the order %d", got)
	}
}

// BenchmarkStanding is what a request for a list pays: the longest one.
func BenchmarkStanding(b *testing.B) {
	s := demoShop(b)
	e := s.edition(b, "fr-FR")
	left := gone()
	for _, at := range []route.Page{{Kind: route.Landing, Year: 2015}, {Kind: route.Region, Code: "france"}, {Kind: route.Appellation, Code: "margaux"}} {
		node := s.node(b, at)
		b.Run(string(at.Kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.site.Standing(s.snap, e, node, left)
			}
		})
	}
}
