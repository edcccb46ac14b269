package route

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// nearest pages by shared parts of the slug: the trigrams of the asked path against those of every
// path. It runs on a miss only, over some ten thousand short strings, in a few milliseconds; the caller
// keeps a flood of misses away from it.
func nearest(paths map[string]target, path string, most int) []*Node {
	asked := trigrams(path)
	if len(asked) == 0 {
		return nil
	}
	type match struct {
		path string
		node *Node
		like float64
	}
	var found []match
	for p, to := range paths {
		if to.moved || to.node.Gone {
			continue
		}
		if like := dice(asked, p); like >= 0.45 {
			found = append(found, match{p, to.node, like})
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.path, b.path))
	})
	var out []*Node
	for _, m := range found[:min(most, len(found))] {
		out = append(out, m.node)
	}
	return out
}

// longest is how many bytes of an asked path are looked at.
const longest = 120

// trigrams of an asked path, numbered.
func trigrams(path string) map[string]int {
	set := map[string]int{}
	s := "/" + strings.ToLower(strings.Trim(path, "/")) + "/"
	for i := 0; i+3 <= len(s) && i < longest; i++ {
		if _, known := set[s[i:i+3]]; !known {
			set[s[i:i+3]] = len(set)
		}
	}
	return set
}

// dice is the share of trigrams that a path has in common with the asked ones, 0 to 1. One that the path
// repeats counts once, or "0000" would be more like "0007" than "0007" is.
func dice(asked map[string]int, path string) float64 {
	var shared [(longest + 63) / 64]uint64
	for i := 0; i+3 <= len(path); i++ {
		if n, ok := asked[path[i:i+3]]; ok {
			shared[n/64] |= 1 << (n % 64)
		}
	}
	common := 0
	for _, word := range shared {
		common += bits.OnesCount64(word)
	}
	return 2 * float64(common) / float64(len(asked)+max(len(path)-1, 1))
}
