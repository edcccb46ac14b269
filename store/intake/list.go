package intake

import (
	"sort"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// listOf writes the wines down as a catalogue: only the regions, appellations and producers that they
// need, everything in the order of its code.
func listOf(wines []*wine, a *atlas, g *gazetteer.Gazetteer, m *Map) *catalog.List {
	source := m.Source
	if m.Licence != "" {
		source += ". " + m.Licence
	}
	l := &catalog.List{About: catalog.About{Code: m.Code, Source: source, DemoPrices: true, DemoStock: true}}
	regions, origins, houses := map[string]bool{}, map[string]bool{}, map[string]*maker{}
	sort.Slice(wines, func(i, j int) bool { return wines[i].code < wines[j].code })
	for _, w := range wines {
		row := w.row()
		l.Wines = append(l.Wines, row)
		houses[row.Producer] = w.maker
		if w.maker.region == "" {
			w.maker.region = w.region
		}
		mark(regions, a.lineage(row.Region))
		mark(regions, a.lineage(w.maker.region))
		if row.Appellation != "" {
			origins[row.Appellation] = true
			mark(regions, a.lineage(a.appellations[row.Appellation].Region))
		}
		l.Vintages = append(l.Vintages, w.vintages()...)
		l.SKUs = append(l.SKUs, w.skus()...)
	}
	for _, code := range sortedKeys(regions) {
		l.Regions = append(l.Regions, a.regions[code])
	}
	for _, code := range sortedKeys(origins) {
		l.Appellations = append(l.Appellations, a.appellations[code])
	}
	for _, code := range sortedKeys(houses) {
		l.Producers = append(l.Producers, houses[code].row())
	}
	for _, h := range g.Harvests {
		if regions[h.Region] {
			l.Harvests = append(l.Harvests, h)
		}
	}
	sort.Slice(l.SKUs, func(i, j int) bool { return l.SKUs[i].Code < l.SKUs[j].Code })
	return l
}

func mark(set map[string]bool, codes []string) {
	for _, c := range codes {
		set[c] = true
	}
}

func (m *maker) row() catalog.ProducerRow {
	row := catalog.ProducerRow{Code: m.code, Name: m.name, Region: m.region, Commune: m.commune}
	if m.zh != "" {
		row.Names = catalog.Names{"zh": m.zh}
	}
	return row
}

func (w *wine) row() catalog.WineRow {
	if w.known != nil {
		return w.known.WineRow
	}
	return catalog.WineRow{
		Code: w.code, Producer: w.maker.code, Appellation: w.placeCode(), Region: w.region, Name: w.name,
		Colour: w.colour, Style: w.style, Grapes: w.grapes, Classification: w.classification,
	}
}

// vintages are the harvests of the wine's rows. The strength is the one that most rows give; of several,
// the lowest.
func (w *wine) vintages() []catalog.VintageRow {
	votes := map[int]map[int]int{}
	for _, r := range w.rows {
		if votes[r.year] == nil {
			votes[r.year] = map[int]int{}
		}
		if r.strength > 0 {
			votes[r.year][r.strength]++
		}
	}
	var out []catalog.VintageRow
	for year, strengths := range votes {
		best := 0
		for s, n := range strengths {
			if best == 0 || n > strengths[best] || n == strengths[best] && s < best {
				best = s
			}
		}
		out = append(out, catalog.VintageRow{Wine: w.code, Year: year, Strength: best})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Year < out[j].Year })
	return out
}

func (w *wine) skus() []catalog.SKURow {
	out := make([]catalog.SKURow, len(w.rows))
	for i, r := range w.rows {
		out[i] = catalog.SKURow{
			Code: r.sku, Wine: w.code, Year: r.year, Volume: r.volume, Pack: r.bottles,
			Packaging: r.packaging, SaleType: catalog.InStock, GTIN: r.gtin,
		}
	}
	return out
}
