package demo

import "caveau/store/catalog"

// A primeur of a rank from allottedRank is shared out: so many units to a customer, fewer of the large ones.
const (
	allottedRank  = 95
	allottedCases = 2
	allottedLarge = 1
)

// allot says what one customer may have of a vintage's SKUs, the same in every market.
func (m *maker) allot(v vintage, skus []sku) {
	if !v.primeur || v.wine.Rank < allottedRank {
		return
	}
	for _, s := range skus {
		units := allottedCases
		if s.form.pack == 1 {
			units = allottedLarge
		}
		for _, at := range m.markets.Markets {
			m.list.Allocations = append(m.list.Allocations, catalog.AllocationRow{SKU: s.code, Market: at.Code, PerCustomer: units})
		}
	}
}
