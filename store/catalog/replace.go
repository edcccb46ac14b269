package catalog

import (
	"errors"
	"fmt"
	"slices"
)

// ErrStructure says that a change is more than a change within wines: the catalogue is to be loaded anew.
var ErrStructure = errors.New("the structure of the catalogue changed")

// Replace returns the snapshot with some wines built anew from a list that holds only them (its
// regions, appellations and producers may be empty). What other wines, places and years say is shared.
// A wine that is new, or has other vintages or SKUs than before, or another producer, origin,
// classification or rank, is ErrStructure: what lists it is shared, and would be wrong.
func (s *Snapshot) Replace(src Source) (*Snapshot, error) {
	next := *s
	next.At, next.Newest = src.Now, src.Rev
	next.Wines = slices.Clone(s.Wines)
	b := &builder{src: src, snap: &next}
	parts := partsOf(src.List)
	for _, row := range src.List.Wines {
		old := s.wines[row.Code]
		if old == nil {
			return nil, fmt.Errorf("wine %s is new: %w", row.Code, ErrStructure)
		}
		w := b.wine(row, old.Index, parts)
		if !sameSKUs(old, w) || !samePlace(old, w) {
			return nil, fmt.Errorf("wine %s: %w", row.Code, ErrStructure)
		}
		next.Wines[old.Index] = w
	}
	if len(b.problems) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, errors.Join(b.problems...))
	}
	next.wines = make(map[string]*Wine, len(next.Wines))
	for _, w := range next.Wines {
		next.wines[w.Code] = w
	}
	next.settleRevs()
	return &next, nil
}

func sameSKUs(a, b *Wine) bool {
	return slices.EqualFunc(a.Vintages, b.Vintages, func(v, w *Vintage) bool {
		return v.Year == w.Year && slices.EqualFunc(v.SKUs, w.SKUs, func(s, t *SKU) bool { return s.Code == t.Code })
	})
}

func samePlace(a, b *Wine) bool {
	return a.Producer == b.Producer && a.Appellation == b.Appellation && a.Region == b.Region && a.Rank == b.Rank && a.Classification == b.Classification
}
