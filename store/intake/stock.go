package intake

import (
	"encoding/binary"
	"hash/fnv"
	"math"

	"caveau/store/catalog"
)

// stock makes the demonstration stock: each warehouse draws a level for each SKU from a hash of seed,
// warehouse and SKU, so that a row's stock hangs on nothing but itself. Dear and large bottles are few.
func stock(rows []*row, m *Map) []catalog.StockRow {
	out := make([]catalog.StockRow, 0, len(rows)*len(m.Stock.Warehouse))
	for _, house := range sortedKeys(m.Stock.Warehouse) {
		for _, r := range rows {
			out = append(out, catalog.StockRow{SKU: r.sku, Warehouse: house, Available: m.Stock.level(house, r)})
		}
	}
	return out
}

func (s Stock) level(house string, r *row) int {
	shelf := s.Warehouse[house]
	chance, depth := draws(s.Seed, house, r.sku)
	switch {
	case chance < shelf.Empty:
		return 0
	case chance < shelf.Empty+shelf.Low:
		return 1 + int(depth*3)
	}
	price := float64(r.cents) / 100 / float64(r.bottles)
	few := math.Sqrt(30/max(price, 30)) / float64(r.bottles) * math.Min(1, 750/float64(r.volume))
	return max(4, int(depth*float64(shelf.Most)*few))
}

// draws are two numbers from 0 to below 1.
func draws(seed uint64, house, sku string) (a, b float64) {
	h := fnv.New64a()
	_ = binary.Write(h, binary.BigEndian, seed)
	_, _ = h.Write([]byte(house + "\x00" + sku))
	x := mix(h.Sum64())
	return float64(x>>11) / (1 << 53), float64(mix(x)>>11) / (1 << 53)
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014): it spreads the bits of a hash.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
