package facet

import (
	"cmp"
	"slices"
	"strconv"

	"caveau/store/catalog"
)

// sortOptions puts the most first; sizes and packs from small to large, windows from now to later.
func sortOptions(f Facet, all []Option) {
	switch f {
	case Format, Pack:
		slices.SortFunc(all, func(a, b Option) int { return cmp.Compare(amount(a.Code), amount(b.Code)) })
	case Window, Sale:
	default:
		slices.SortStableFunc(all, func(a, b Option) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	}
}

func amount(code string) int {
	n, err := strconv.Atoi(code)
	if err != nil {
		return 0
	}
	return n
}

// Pages of the list.
func (r Result) Pages() int { return max(1, (r.Total+PerPage-1)/PerPage) }

// page of what was found, in the order that was chosen.
func (c *chooser) page() []*catalog.Vintage {
	from, to := (c.r.Page-1)*PerPage, c.r.Page*PerPage
	found := c.room.found
	if from < 0 || from >= len(found) {
		return nil
	}
	to = min(to, len(found))
	if c.r.Sort != Relevance {
		return c.picked(from, to)
	}
	out := make([]*catalog.Vintage, 0, to-from)
	for _, m := range found[from:to] {
		out = append(out, c.vintages[m.vintage])
	}
	return out
}

// picked are the places from to below to of the sorted list. Only these are sorted: the others are parted from them.
func (c *chooser) picked(from, to int) []*catalog.Vintage {
	keys := c.room.keys[:0]
	for i, m := range c.room.found {
		keys = append(keys, uint64(c.rank(m))<<32|uint64(i))
	}
	c.room.keys = keys
	part(keys, to)
	part(keys[:to], from)
	slices.Sort(keys[from:to])
	out := make([]*catalog.Vintage, 0, to-from)
	for _, k := range keys[from:to] {
		out = append(out, c.vintages[c.room.found[uint32(k)].vintage])
	}
	return out
}

// rank of a vintage in the chosen order, the smallest first. Those of equal rank keep the order of relevance.
func (c *chooser) rank(m match) uint32 {
	v := m.vintage
	switch c.r.Sort {
	case Cheapest:
		return uint32(m.bottle)
	case Dearest:
		return ^uint32(m.bottle)
	case Newest:
		return uint32(lastYear - int(c.year[v]))
	case Oldest:
		if c.year[v] == 0 {
			return lastYear
		}
		return uint32(c.year[v])
	case BestScore:
		return uint32(100 - c.score[v])
	default:
		return c.byName[c.vintages[v].Wine.Index]
	}
}

// part moves the n smallest keys to the front, in any order (Hoare's quickselect). Keys are distinct.
func part(keys []uint64, n int) {
	low, high := 0, len(keys)-1
	for n > 0 && n < len(keys) && low < high {
		pivot := median(keys[low], keys[(low+high)/2], keys[high])
		i, j := low, high
		for i <= j {
			for keys[i] < pivot {
				i++
			}
			for keys[j] > pivot {
				j--
			}
			if i <= j {
				keys[i], keys[j] = keys[j], keys[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n-1 <= j:
			high = j
		case n-1 >= i:
			low = i
		default:
			return
		}
	}
}

func median(a, b, c uint64) uint64 { return max(min(a, b), min(max(a, b), c)) }
