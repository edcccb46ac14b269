package demo

import (
	"math"

	"caveau/store/catalog"
)

// stock writes what every warehouse holds of a vintage's SKUs. Every SKU has a row in every warehouse,
// so that a plain UPDATE finds it. What is not sold out is somewhere: at least one unit at home.
func (m *maker) stock(v vintage, skus []sku) {
	first, held := len(m.list.Stock), 0
	for i, warehouse := range m.markets.Warehouses {
		place := place{warehouse, i > 0}
		none := soldOut(v) || missing(v, place)
		for _, s := range skus {
			n := 0
			if !none {
				n = units(v, s.form, place)
			}
			held += n
			m.list.Stock = append(m.list.Stock, catalog.StockRow{SKU: s.code, Warehouse: warehouse, Available: n})
		}
	}
	if held == 0 && !soldOut(v) {
		m.list.Stock[first].Available = 1
	}
}

// place is a warehouse; the first of the table is home.
type place struct {
	warehouse string
	overseas  bool
}

// soldOut everywhere are a fifth of the old vintages, and a few of the others. Primeurs are never.
func soldOut(v vintage) bool {
	if v.primeur || v.year == 0 {
		return false
	}
	if v.old() {
		return chance("sold out", v.wine.Code, v.year) < 0.20
	}
	return chance("sold out", v.wine.Code, v.year) < 0.03
}

// missing says that one warehouse has none of a vintage: rarely at home, often overseas.
func missing(v vintage, p place) bool {
	rate := 0.06
	if p.overseas {
		rate = 0.28
	}
	return chance("missing "+p.warehouse, v.wine.Code, v.year) < rate
}

// units is how many of a SKU a warehouse holds: fewer of the dear, the old and the large, and fewer
// overseas. One SKU in eight is down to its last one, two or three.
func units(v vintage, f form, p place) int {
	luck := chance("units "+p.warehouse, v.wine.Code, v.year, f.volume, f.pack)
	if v.primeur {
		return barrels(v, f, p, luck)
	}
	if chance("last "+p.warehouse, v.wine.Code, v.year, f.volume, f.pack) < 0.12 {
		return 1 + int(luck*3)
	}
	bottles := 260 * scarcity(v) * (0.04 + 0.96*math.Exp(-float64(v.age)/11)) * p.share()
	if f.volume > 750 {
		bottles *= 0.25 * math.Pow(750/float64(f.volume), 0.7)
	}
	if f.pack == 1 {
		bottles *= 0.5
	}
	n := int(math.Round(bottles * 3 * luck * luck / float64(f.pack)))
	if n == 0 && !p.overseas && luck > 0.15 {
		return 1
	}
	return n
}

// barrels is what the house was allotted of a primeur: hundreds of cases, a few large bottles.
func barrels(v vintage, f form, p place, luck float64) int {
	bottles := 2400 * scarcity(v) * (0.4 + luck) * p.share() * math.Pow(750/float64(f.volume), 2.6)
	return 1 + int(bottles/float64(f.pack))
}

func (p place) share() float64 {
	if p.overseas {
		return 0.3
	}
	return 1
}

// scarcity falls with the price, from 1.
func scarcity(v vintage) float64 { return math.Pow(60/(60+float64(v.wine.Demo.EUR)), 0.8) }
