package alert

import (
	"caveau/store/catalog"
	"caveau/store/market"
)

// Due is the SKU that a price or vintage alert is to be told of; nil while it has not come true.
func (a Alert) Due(snap *catalog.Snapshot, m *market.Market) *catalog.SKU {
	switch a.Kind {
	case Price:
		return a.duePrice(snap, m)
	case Vintage:
		return a.dueVintage(snap, m)
	default:
		return nil
	}
}

func (a Alert) duePrice(snap *catalog.Snapshot, m *market.Market) *catalog.SKU {
	sku := snap.SKU(a.SKU)
	if sku == nil {
		return nil
	}
	if price, ok := sku.Price(m); !ok || price.Minor > a.Below {
		return nil
	}
	return sku
}

// dueVintage is the first SKU with a price of the newest vintage, if that is newer than what was there.
func (a Alert) dueVintage(snap *catalog.Snapshot, m *market.Market) *catalog.SKU {
	w := snap.Wine(a.Wine)
	if w == nil {
		return nil
	}
	if sku := NewestPriced(w, m); sku != nil && sku.Vintage.Year > a.After {
		return sku
	}
	return nil
}

// NewestPriced is the first SKU with a price in a market of the newest vintage that has one; nil where none has.
func NewestPriced(w *catalog.Wine, m *market.Market) *catalog.SKU {
	var newest *catalog.SKU
	for _, v := range w.Vintages {
		for _, sku := range v.SKUs {
			if _, ok := sku.Price(m); ok && (newest == nil || v.Year > newest.Vintage.Year) {
				newest = sku
			}
		}
	}
	return newest
}

// SubjectsOf a SKU: what somebody who waits for it may have asked for.
func SubjectsOf(sku *catalog.SKU) []string {
	v := sku.Vintage
	return []string{Subject{SKU: sku.Code}.Key(), Subject{Wine: v.Wine.Code, Year: v.Year}.Key()}
}
