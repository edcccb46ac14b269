package search

// within says that one folded word becomes the other by at most most letters put in, left out, changed, or swapped with their
// neighbour; and by how many.
func within(a, b string, most int) (int, bool) {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return 0, false
	}
	const longest = 64
	if len(a) >= longest || len(b) >= longest {
		return 0, false
	}
	var rows [3][longest]uint8
	prev, cur, before := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = uint8(i)
		least := cur[0]
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if int(least) > most {
			return 0, false
		}
		before, prev, cur = prev, cur, before
	}
	n := int(prev[len(b)])
	return n, n <= most
}
