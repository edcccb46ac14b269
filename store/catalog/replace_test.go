package catalog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"caveau/store/catalog"
)

// only is the part of a list that Replace gets for one wine.
func only(l *catalog.List, wine string) *catalog.List {
	out := &catalog.List{Prices: l.Prices}
	for _, w := range l.Wines {
		if w.Code == wine {
			out.Wines = append(out.Wines, w)
		}
	}
	for _, v := range l.Vintages {
		if v.Wine == wine {
			out.Vintages = append(out.Vintages, v)
		}
	}
	for _, s := range l.SKUs {
		if s.Wine == wine {
			out.SKUs = append(out.SKUs, s)
		}
	}
	return out
}

func TestReplaceSharesTheOthers(t *testing.T) {
	list := cellar()
	s := snapshot(t, list)
	fr := shop(t, s, "fr")
	list.Prices = append(slices.Clone(list.Prices), catalog.PriceRow{SKU: "M90-1", Market: "fr", Minor: 99000, ValidFrom: noon})
	src := source(t, only(list, "margaux"))
	src.Rev = 9
	next, err := s.Replace(src)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range s.Wines {
		if same := next.Wines[i] == w; same != (w.Code != "margaux") {
			t.Errorf("%s is shared: %v", w.Code, same)
		}
	}
	w := next.Wine("margaux")
	if w != next.Wines[w.Index] || w.Index != s.Wine("margaux").Index || w.Producer != s.Producer("margaux") || w.Region != s.Region("medoc") {
		t.Error("the new wine is not linked as the old one was")
	}
	if next.Rev != 7 || next.Newest != 9 || w.Rev != 9 {
		t.Errorf("revisions: structure %d, newest %d, wine %d", next.Rev, next.Newest, w.Rev)
	}
	if p, _ := next.SKU("M90-1").Price(fr); p.Minor != 99000 {
		t.Errorf("the new price is %v", p)
	}
	if p, _ := s.SKU("M90-1").Price(fr); p.Minor != 109000 || s.Wine("margaux").Rev != 7 || s.Newest != 7 {
		t.Errorf("the old snapshot changed: %v", p)
	}
	found := slices.ContainsFunc(next.Year(1990).Vintages, func(r catalog.VintageRef) bool { return next.Vintage(r).Wine == w })
	if !found {
		t.Error("the year 1990 does not lead to the new wine")
	}
}

func TestReplaceRefuses(t *testing.T) {
	type list = catalog.List
	for _, c := range []struct {
		name  string
		plant func(*list)
		err   error
		says  string
	}{
		{"new wine", func(l *list) { l.Wines[0].Code = "second-wine" }, catalog.ErrStructure, "wine second-wine is new"},
		{"new SKU", func(l *list) {
			l.SKUs = append(l.SKUs, catalog.SKURow{Code: "M90-3", Wine: "margaux", Year: 1990, Volume: 750, Pack: 3})
		}, catalog.ErrStructure, "wine margaux"},
		{"SKU gone", func(l *list) { l.SKUs = l.SKUs[1:] }, catalog.ErrStructure, "wine margaux"},
		{"SKU of another name", func(l *list) { l.SKUs[0].Code = "M25-X" }, catalog.ErrStructure, "wine margaux"},
		{"new vintage", func(l *list) { l.Vintages = append(l.Vintages, catalog.VintageRow{Wine: "margaux", Year: 1961}) }, catalog.ErrStructure, "wine margaux"},
		{"vintage gone", func(l *list) { l.Vintages, l.SKUs = l.Vintages[:1], l.SKUs[2:] }, catalog.ErrStructure, "wine margaux"},
		{"another producer", func(l *list) { l.Wines[0].Producer = "krug" }, catalog.ErrStructure, "wine margaux"},
		{"another appellation", func(l *list) { l.Wines[0].Appellation = "" }, catalog.ErrStructure, "wine margaux"},
		{"another region", func(l *list) { l.Wines[0].Region = "bordeaux" }, catalog.ErrStructure, "wine margaux"},
		{"another rank", func(l *list) { l.Wines[0].Rank = 1 }, catalog.ErrStructure, "wine margaux"},
		{"bottle too small", func(l *list) { l.SKUs[0].Volume = 20 }, catalog.ErrInvalid, "SKU M25-P: 12 bottles of 20 ml"},
		{"price in no market", func(l *list) {
			l.Prices = []catalog.PriceRow{{SKU: "M25-P", Market: "va", Minor: 1, ValidFrom: noon}}
		}, catalog.ErrInvalid, `market "va"`},
	} {
		s := snapshot(t, cellar())
		one := only(cellar(), "margaux")
		c.plant(one)
		next, err := s.Replace(source(t, one))
		if next != nil || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
			continue
		}
		if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q does not say %q", c.name, err, c.says)
		}
	}
}
