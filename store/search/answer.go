package search

import (
	"caveau/store/catalog"
	"caveau/store/market"
)

// Shop is where somebody searches.
type Shop struct {
	Market *market.Market
	Free   func(slot uint32) int // what is left on a place of the stock board, in the shop's own warehouse
}

// InStock says that the shop sells a SKU of the vintage and has one left.
func (s Shop) InStock(v *catalog.Vintage) bool {
	for _, sku := range v.SKUs {
		if s.has(sku) {
			return true
		}
	}
	return false
}

func (s Shop) has(sku *catalog.SKU) bool {
	if _, sold := sku.Price(s.Market); !sold {
		return false
	}
	return s.Free == nil || s.Free(sku.Slot) > 0
}

// Hit is a vintage that was found.
type Hit struct {
	Vintage *catalog.Vintage
	SKUs    []*catalog.SKU // those that are what was asked for; all of them where none is
	InStock bool           // one of SKUs is left
	Full    bool           // everything that was asked for holds of it
	Narrow  bool           // a year was asked for, or a size: the vintage is meant, not the wine
}

// Answer is what a search found, and what became of the query on the way.
type Answer struct {
	Query     Query
	Hits      []Hit    // the best first; mostly what was asked for, then the same wines in other years and sizes
	Full      int      // how many of Hits are all that was asked for
	Relaxed   []int    // parts of the query that the first hit does not hold
	Corrected string   // the words as the catalogue writes them, where they were misspelt; empty otherwise
	Absent    string   // a wine that was asked for and that the catalogue does not have; empty otherwise
	Near      []Hit    // where Absent is set: what is nearest to it
	Dropped   []int    // parts that Near goes without
	Entities  []Entity // places and producers whose name is asked for
}

// filters are the parts of the query that are no words.
func (q Query) filters() []int {
	var out []int
	for i, p := range q.Parts {
		if p.Kind != Word {
			out = append(out, i)
		}
	}
	return out
}
