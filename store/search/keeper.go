package search

import (
	"slices"
	"sync/atomic"

	"caveau/store/catalog"
)

// Keeper has the index of the newest snapshot, or of the one before while a new one is made. Who has a newer one says Refresh (package facet,
// which keeps its columns in step).
type Keeper struct {
	lexicon *Lexicon
	newest  func() *catalog.Snapshot
	current atomic.Pointer[Index]
}

// NewKeeper keeps an index of what newest returns; nil is none yet.
func NewKeeper(l *Lexicon, newest func() *catalog.Snapshot) *Keeper {
	return &Keeper{lexicon: l, newest: newest}
}

// Index is the newest one; nil before the first.
func (k *Keeper) Index() *Index { return k.current.Load() }

// Refresh makes the index of the newest snapshot, unless it is there.
func (k *Keeper) Refresh() {
	snap := k.newest()
	old := k.current.Load()
	switch {
	case snap == nil || old != nil && old.snap == snap:
	case old != nil && old.says(snap):
		k.current.Store(old.over(snap))
	default:
		k.current.Store(New(k.lexicon, snap))
	}
}

// says that a snapshot differs from the index's own in nothing that is indexed: prices, scores, windows.
func (x *Index) says(snap *catalog.Snapshot) bool {
	if x.snap.Rev != snap.Rev || x.snap.Routes != snap.Routes || len(x.snap.Wines) != len(snap.Wines) {
		return false
	}
	for i, w := range snap.Wines {
		if old := x.snap.Wines[i]; old != w && !sameWords(old, w) {
			return false
		}
	}
	return true
}

// over is the index with another snapshot below it.
func (x *Index) over(snap *catalog.Snapshot) *Index {
	next := *x
	next.snap = snap
	return &next
}

func sameWords(a, b *catalog.Wine) bool {
	return a.Name == b.Name && a.Colour == b.Colour && a.Style == b.Style && a.Classification == b.Classification && slices.Equal(a.Grapes, b.Grapes) &&
		a.Producer == b.Producer && a.Appellation == b.Appellation && a.Region == b.Region && sameNames(a.Names, b.Names) &&
		slices.EqualFunc(a.Vintages, b.Vintages, func(v, w *catalog.Vintage) bool {
			return v.Year == w.Year && slices.EqualFunc(v.SKUs, w.SKUs, func(s, t *catalog.SKU) bool {
				return s.Volume == t.Volume && s.Packaging == t.Packaging && s.SaleType == t.SaleType
			})
		})
}

func sameNames(a, b catalog.Names) bool {
	if len(a) != len(b) {
		return false
	}
	for language, name := range a {
		if b[language] != name {
			return false
		}
	}
	return true
}
