package catalog

import (
	"cmp"
	"slices"

	"caveau/store/route"
)

// index fills what is derived: who lists which wine, the years, the SKUs by code.
func (b *builder) index() {
	s := b.snap
	for i, w := range s.Wines {
		w.Producer.Wines = append(w.Producer.Wines, i)
		if w.Appellation != nil {
			w.Appellation.Wines = append(w.Appellation.Wines, i)
		}
		for r := w.Region; r != nil; r = r.Parent {
			r.Wines = append(r.Wines, i)
		}
		s.indexVintages(i, w)
	}
	slices.SortFunc(s.Years, func(a, c *Year) int { return cmp.Compare(c.Year, a.Year) })
	for _, node := range s.Routes.Nodes() {
		if year := s.years[node.Page.Year]; node.Page.Kind == route.Landing && node.Page.Code != "" && year != nil {
			year.Places = append(year.Places, node.Page.Code)
		}
	}
}

func (s *Snapshot) indexVintages(i int, w *Wine) {
	for j, v := range w.Vintages {
		for k, sku := range v.SKUs {
			s.skus[sku.Code] = skuKey{i, j, k}
		}
		if v.Year == 0 {
			continue
		}
		year := s.years[v.Year]
		if year == nil {
			year = &Year{Year: v.Year}
			s.years[v.Year] = year
			s.Years = append(s.Years, year)
		}
		year.Vintages = append(year.Vintages, VintageRef{i, j})
	}
}

// LandingPages are the pages by year, and by year and place, that a list gives rise to: each year, and
// each country, region and appellation with at least one vintage of that year.
func LandingPages(l *List) []route.Page {
	regions := make(map[string]RegionRow, len(l.Regions))
	for _, r := range l.Regions {
		regions[r.Code] = r
	}
	wines := make(map[string]WineRow, len(l.Wines))
	for _, w := range l.Wines {
		wines[w.Code] = w
	}
	seen := map[vintageKey]bool{} // by the last word of the path: Champagne the appellation hides Champagne the region
	var out []route.Page
	add := func(kind route.Kind, code string, year int) {
		key := vintageKey{code, year}
		if year == 0 || seen[key] {
			return
		}
		seen[key] = true
		page := route.Page{Kind: route.Landing, Year: year}
		if code != "" {
			page.Code = route.PlaceOf(kind, code)
		}
		out = append(out, page)
	}
	for _, v := range l.Vintages {
		w := wines[v.Wine]
		add("", "", v.Year)
		if w.Appellation != "" {
			add(route.Appellation, w.Appellation, v.Year)
		}
		for code := w.Region; code != ""; code = regions[code].Parent {
			add(route.Region, code, v.Year)
		}
	}
	return out
}

// Pages are all pages that a list gives rise to.
func Pages(l *List) []route.Page {
	out := route.Static()
	for _, r := range l.Regions {
		out = append(out, route.Page{Kind: route.Region, Code: r.Code})
	}
	for _, a := range l.Appellations {
		out = append(out, route.Page{Kind: route.Appellation, Code: a.Code})
	}
	for _, p := range l.Producers {
		out = append(out, route.Page{Kind: route.Producer, Code: p.Code})
	}
	for _, w := range l.Wines {
		out = append(out, route.Page{Kind: route.Wine, Code: w.Code})
	}
	for _, v := range l.Vintages {
		out = append(out, route.Page{Kind: route.Vintage, Code: v.Wine, Year: v.Year})
	}
	for _, c := range l.Campaigns {
		out = append(out, route.Page{Kind: route.Primeur, Code: c.Code})
	}
	return append(out, LandingPages(l)...)
}
