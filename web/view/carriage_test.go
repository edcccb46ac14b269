package view

import (
	"testing"

	"caveau/store/law"
	"caveau/store/route"
)

// The rules are read anew each minute. Where they say the same, no page is another: all of them would be made again.
func TestRulesThatSayTheSameMoveNoPage(t *testing.T) {
	s := soldEverywhere(t)
	before := s.site.Rev(s.snap, s.node(t, margaux1990))
	again, err := law.Load(s.markets)
	if err != nil {
		t.Fatal(err)
	}
	s.site.rules = func() *law.Rules { return again }
	if after := s.site.Rev(s.snap, s.node(t, margaux1990)); after != before {
		t.Errorf("the page moves from %x to %x", before, after)
	}
	if margaux1990.Kind != route.Vintage {
		t.Error("not a page that says what delivery costs")
	}
}
