package search

import (
	"slices"
	"testing"

	"caveau/store/catalog"
)

func TestFind(t *testing.T) {
	w := load(t)
	shop := w.shop(t, "fr")
	for query, want := range map[string]string{
		"margaux":                 "chateau-margaux",
		"ch. margaux":             "chateau-margaux",
		"chateau margot":          "chateau-margaux",
		"DRC":                     "drc-romanee-conti",
		"gpl":                     "chateau-grand-puy-lacoste",
		"VCC":                     "vieux-chateau-certan",
		"calonsegur":              "chateau-calon-segur",
		"pontet canet":            "chateau-pontet-canet",
		"cheval blanc":            "chateau-cheval-blanc",
		"petrus":                  "petrus",
		"拉菲":                      "chateau-lafite-rothschild",
		"シャトー・マルゴー":               "chateau-margaux",
		"Шато Марго":              "chateau-margaux",
		"gruo laroz":              "chateau-gruaud-larose",
		"yquem demi":              "chateau-d-yquem",
		"figeac 2010 1,5l":        "chateau-figeac",
		"domaine romanée conti":   "drc-romanee-conti",
		"chateau lafite rotchild": "chateau-lafite-rothschild",
	} {
		a := w.demo.ask(w, shop, query, 5)
		if len(a.Hits) == 0 {
			t.Errorf("%q finds nothing: %s", query, a.brief())
			continue
		}
		if got := a.Hits[0].Vintage.Wine.Code; got != want {
			t.Errorf("%q leads with %s, want %s", query, got, want)
		}
	}
}

// What does not hold of anything is said, and the nearest years come first.
func TestRelaxedIsSaid(t *testing.T) {
	w := load(t)
	a := w.demo.ask(w, w.shop(t, "fr"), "château margaux 1802", 3)
	if a.Full != 0 || !slices.Equal(a.Relaxed, []int{2}) || len(a.Hits) != 3 || a.Hits[0].Vintage.Year > 1960 {
		t.Errorf("%d full, without %v: %s", a.Full, a.Relaxed, a.brief())
	}
	if a = w.demo.ask(w, w.shop(t, "fr"), "zzyzx 1990", 3); a.Absent != "zzyzx" || len(a.Hits) > 0 {
		t.Errorf("absent is %q: %s", a.Absent, a.brief())
	}
}

// What is in stock here comes before what is not.
func TestStockLeads(t *testing.T) {
	w := load(t)
	all := w.demo.ask(w, w.shop(t, "fr"), "margaux", 48)
	last := all.Hits[len(all.Hits)-1].Vintage.Wine
	shop := w.shop(t, "fr")
	shop.Free = func(slot uint32) int {
		return truth(slices.ContainsFunc(last.Vintages, func(v *catalog.Vintage) bool { return holdsSlot(v, slot) }))
	}
	var there, first bool
	for i, h := range w.demo.ask(w, shop, "margaux", 48).Hits {
		if h.Vintage.Wine == last {
			there, first = true, first || i <= ofTheWine
		}
	}
	if !there || !first {
		t.Errorf("%s alone is in stock: there %v, among the first %v", last.Name, there, first)
	}
}

func holdsSlot(v *catalog.Vintage, slot uint32) bool {
	return slices.ContainsFunc(v.SKUs, func(s *catalog.SKU) bool { return s.Slot == slot })
}

// A snapshot with other prices shares the index; one with another name does not.
func TestKeeperSharesWhatIsTheSame(t *testing.T) {
	w := load(t)
	snap := w.demo.snap
	k := NewKeeper(w.lexicon, func() *catalog.Snapshot { return snap })
	k.Refresh()
	first := k.Index()
	priced := *snap
	priced.Newest++
	snap = &priced
	k.Refresh()
	if k.Index() == first || k.Index().terms != first.terms || k.Index().Snapshot() != snap {
		t.Error("the terms of a snapshot with other prices are not shared")
	}
	renamed := *snap
	renamed.Wines = slices.Clone(snap.Wines)
	wine := *renamed.Wines[0]
	wine.Name = "Clos Quelconque"
	renamed.Wines[0] = &wine
	snap = &renamed
	k.Refresh()
	if a := k.Index().ask(w, w.shop(t, "fr"), "quelconque", 5); len(a.Hits) == 0 {
		t.Error("a new name is not found")
	}
}
