package demo

import (
	"fmt"
	"time"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
	"caveau/store/market"
)

// Catalogue makes the demonstration catalogue of the calendar year of now (UTC). The same binary gives
// the same list throughout a year. It fails only where the embedded gazetteer has a fault or a market
// has a currency without a demonstration rate.
func Catalogue(markets *market.Table, now time.Time) (*catalog.List, error) {
	g, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("make the demonstration catalogue: %w", err)
	}
	return build(g, markets, now.UTC().Year())
}

// firstYear is the earliest year that the catalogue can be made for: that of the primeur campaign.
const firstYear = 2026

// maker gathers the list of one year.
type maker struct {
	g         *gazetteer.Gazetteer
	markets   *market.Table
	year      int
	stems     map[string]string // the first part of a wine's SKU codes
	flagships map[string]bool   // wines that are stocked in any case
	primeurs  map[string]bool   // wines of the campaign
	list      *catalog.List
}

func build(g *gazetteer.Gazetteer, markets *market.Table, year int) (*catalog.List, error) {
	for _, m := range markets.Markets {
		if _, ok := rates[m.Currency]; !ok {
			return nil, fmt.Errorf("make the demonstration catalogue: no rate for %s of market %s", m.Currency, m.Code)
		}
	}
	m := &maker{
		g: g, markets: markets, year: max(year, firstYear), stems: stems(g.Wines), flagships: flagships(g),
		primeurs: map[string]bool{}, list: &catalog.List{About: about()},
	}
	m.campaign()
	m.cellar()
	m.names()
	return m.list, nil
}

func about() catalog.About {
	return catalog.About{
		Code: "demo",
		Source: "Names, origins, grapes and classifications: public facts, Caveau gazetteer. Prices, scores, " +
			"drinking windows and stock: demonstration data, made by rule.",
		DemoPrices: true, DemoScores: true, DemoStock: true,
	}
}

// cellar lists what is in stock: every wine in its vintages.
func (m *maker) cellar() {
	for i := range m.g.Wines {
		w := &m.g.Wines[i]
		if !m.stocked(w) {
			continue
		}
		for _, v := range m.vintages(w) {
			m.add(v, forms(v))
		}
	}
}

// add writes one vintage and what hangs on it.
func (m *maker) add(v vintage, forms []form) {
	m.list.Vintages = append(m.list.Vintages, catalog.VintageRow{
		Wine: v.wine.Code, Year: v.year, Strength: strength(v), Window: window(v), Scores: m.scores(v),
	})
	var skus []sku
	for _, f := range forms {
		skus = append(skus, sku{code: m.code(v, f), form: f, eur: v.price(f)})
	}
	for _, s := range skus {
		m.list.SKUs = append(m.list.SKUs, s.row(v))
		m.price(v, s)
	}
	m.stock(v, skus)
	m.allot(v, skus)
}

// sku is a sellable unit with its price in euros: with French VAT, or without tax for primeurs.
type sku struct {
	code string
	form form
	eur  float64
}

func (s sku) row(v vintage) catalog.SKURow {
	row := catalog.SKURow{
		Code: s.code, Wine: v.wine.Code, Year: v.year, Volume: s.form.volume, Pack: s.form.pack,
		Packaging: s.form.packaging, SaleType: catalog.InStock,
	}
	if v.primeur {
		row.SaleType, row.Campaign, row.Delivery = catalog.Primeur, campaignCode, delivery
	}
	return row
}

// names adds the wines that are listed and what stands above them: no page of the shop is empty.
func (m *maker) names() {
	wines, producers, appellations, regions := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, v := range m.list.Vintages {
		wines[v.Wine] = true
	}
	for _, w := range m.g.Wines {
		if !wines[w.Code] {
			continue
		}
		m.list.Wines = append(m.list.Wines, w.WineRow)
		producers[w.Producer], appellations[w.Appellation] = true, true
		m.above(regions, w.Region)
	}
	for _, p := range m.g.Producers {
		if producers[p.Code] {
			m.list.Producers = append(m.list.Producers, p.ProducerRow)
			m.above(regions, p.Region)
		}
	}
	for _, a := range m.g.Appellations {
		if appellations[a.Code] {
			m.list.Appellations = append(m.list.Appellations, a.AppellationRow)
			m.above(regions, a.Region)
		}
	}
	for _, r := range m.g.Regions {
		if regions[r.Code] {
			m.list.Regions = append(m.list.Regions, r.RegionRow)
		}
	}
	for _, h := range m.g.Harvests {
		if regions[h.Region] {
			m.list.Harvests = append(m.list.Harvests, h)
		}
	}
}

// above marks a region and all that it lies in.
func (m *maker) above(marked map[string]bool, region string) {
	for _, r := range m.g.Lineage(region) {
		marked[r.Code] = true
	}
}
