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
		s.classify(w)
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
// each country, region and appellation with at least one vintage of that year. Champagne the appellation
// hides Champagne the region, for both would have the same path.
func LandingPages(l *List) []route.Page {
	places := placesOf(l)
	hidden := map[vintageKey]bool{}
	for _, v := range l.Vintages {
		hidden[vintageKey{places[v.Wine].appellation, v.Year}] = true
	}
	seen := map[route.Page]bool{}
	var out []route.Page
	add := func(code string, year int) {
		page := route.Page{Kind: route.Landing, Code: code, Year: year}
		if !seen[page] {
			seen[page] = true
			out = append(out, page)
		}
	}
	for _, v := range l.Vintages {
		if v.Year == 0 {
			continue
		}
		add("", v.Year)
		at := places[v.Wine]
		if at.appellation != "" {
			add(route.PlaceOf(route.Appellation, at.appellation), v.Year)
		}
		for _, region := range at.regions {
			if !hidden[vintageKey{region, v.Year}] {
				add(route.PlaceOf(route.Region, region), v.Year)
			}
		}
	}
	return out
}

// origin is where a wine comes from, as codes.
type origin struct {
	appellation string   // may be empty
	regions     []string // its own and all above
}

// placesOf the wines of a list, by code.
func placesOf(l *List) map[string]origin {
	above := make(map[string]string, len(l.Regions))
	for _, r := range l.Regions {
		above[r.Code] = r.Parent
	}
	out := make(map[string]origin, len(l.Wines))
	for _, w := range l.Wines {
		at := origin{appellation: w.Appellation}
		for code := w.Region; code != "" && !slices.Contains(at.regions, code); code = above[code] {
			at.regions = append(at.regions, code)
		}
		out[w.Code] = at
	}
	return out
}

// colourPages are those of appellations that have wines of more than one colour.
func colourPages(l *List) []route.Page {
	have := map[string]map[Colour]bool{}
	for _, w := range l.Wines {
		if w.Appellation == "" {
			continue
		}
		if have[w.Appellation] == nil {
			have[w.Appellation] = map[Colour]bool{}
		}
		have[w.Appellation][w.Colour] = true
	}
	var out []route.Page
	for _, a := range l.Appellations {
		for _, colour := range Colours {
			if of := have[a.Code]; len(of) > 1 && of[colour] {
				out = append(out, route.Page{Kind: route.Colour, Code: route.ColourOf(a.Code, string(colour))})
			}
		}
	}
	return out
}

// rankPages are those of the ranks that a law or a growers' charter names, where a wine holds them. Words that any house may print
// ("Reserva" in many countries) are no landing page: they say nothing that is true of all.
func rankPages(l *List) []route.Page {
	held := map[string]bool{}
	for _, w := range l.Wines {
		held[w.Classification] = true
	}
	var out []route.Page
	for _, name := range ranks {
		if held[name] {
			out = append(out, route.Page{Kind: route.Classification, Code: ClassificationCode(name)})
		}
	}
	return out
}

// ranks as they stand on labels.
var ranks = []string{
	"Premier grand cru classé en 1855", "Deuxième cru classé en 1855", "Troisième cru classé en 1855", "Quatrième cru classé en 1855", "Cinquième cru classé en 1855",
	"Premier cru supérieur classé en 1855", "Premier cru classé en 1855", "Premier grand cru classé A", "Premier grand cru classé", "Grand cru classé",
	"Cru classé de Graves", "Grand cru", "Premier cru", "Großes Gewächs", "Smaragd", "1ÖTW", "Gran Selezione",
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
	out = append(out, rankPages(l)...)
	out = append(out, colourPages(l)...)
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
