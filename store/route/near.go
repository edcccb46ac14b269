package route

import (
	"cmp"
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

func trigrams(path string) map[string]bool {
	set := map[string]bool{}
	s := "/" + strings.ToLower(strings.Trim(path, "/")) + "/"
	for i := 0; i+3 <= len(s) && i < 120; i++ {
		set[s[i:i+3]] = true
	}
	return set
}

// dice is the share of trigrams that a path has in common with the asked ones, 0 to 1.
func dice(asked map[string]bool, path string) float64 {
	common, n := 0, len(path)-1
	for i := 0; i+3 <= len(path); i++ {
		if asked[path[i:i+3]] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(asked)+max(n, 1))
}
