package view

import (
	"bytes"
	"context"
	"testing"

	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/route"
	"caveau/templates/live"
)

// BenchmarkPage is what a visitor waits for when the cache does not have the page: fill, and fill and render.
func BenchmarkPage(b *testing.B) {
	s := demoShop(b)
	e := s.edition(b, "fr-FR")
	v := s.vintageWhere(b, func(v *catalog.Vintage) bool { return len(v.SKUs) > 5 })
	for name, page := range map[string]route.Page{
		"vintage": pageOf(v), "wine": {Kind: route.Wine, Code: v.Wine.Code}, "year": {Kind: route.Landing, Year: v.Year},
		"region": {Kind: route.Region, Code: "bordeaux"}, "home": {Kind: route.Home},
	} {
		node := s.node(b, page)
		b.Run(name+"/fill", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.site.Page(s.snap, e, node, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/render", func(b *testing.B) {
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				made, err := s.site.Page(s.snap, e, node, 1)
				if err != nil {
					b.Fatal(err)
				}
				if err := made.Render(live.Record(context.Background(), &live.Recorder{}), &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRev is asked of every request.
func BenchmarkRev(b *testing.B) {
	s := demoShop(b)
	v := s.snap.Wines[0].Vintages[0]
	node := s.node(b, pageOf(v))
	for b.Loop() {
		s.site.Rev(s.snap, node)
	}
}

// BenchmarkPageAtTheDoor is the same for a visitor whose deliveries go to Germany: nobody keeps such a page.
func BenchmarkPageAtTheDoor(b *testing.B) {
	s := demoShop(b)
	e := s.edition(b, "fr-FR")
	v := s.vintageWhere(b, func(v *catalog.Vintage) bool { return len(v.SKUs) > 5 })
	at := &Door{To: law.Destination{Country: "DE"}, Rules: s.rules}
	for name, page := range map[string]route.Page{
		"vintage": pageOf(v), "wine": {Kind: route.Wine, Code: v.Wine.Code}, "year": {Kind: route.Landing, Year: v.Year},
		"region": {Kind: route.Region, Code: "bordeaux"}, "home": {Kind: route.Home},
	} {
		node := s.node(b, page)
		for way, door := range map[string]*Door{"public": nil, "door": at} {
			b.Run(name+"/"+way, func(b *testing.B) {
				var out bytes.Buffer
				for b.Loop() {
					out.Reset()
					made, err := s.site.PageAt(s.snap, e, node, 1, door, nil)
					if err != nil {
						b.Fatal(err)
					}
					if err := made.Render(live.Record(context.Background(), &live.Recorder{}), &out); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
