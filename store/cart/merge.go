package cart

// Merged says what a merge did.
type Merged struct {
	Added  int // lines of the earlier cart that the other did not have
	Summed int // lines of both
	Left   int // lines that lost units, or all of them, because the cart can hold no more
}

// Merge puts the lines of an earlier cart to those of another: quantities add up as far as a line can hold, and lines as far as the
// cart can; the other's stand first. It is an edit like any other: the version is one higher than both where something changed.
// The market is that of c, and an earlier cart of another market is left out.
func (c Cart) Merge(earlier Cart) (Cart, Merged) {
	var m Merged
	if earlier.Market != c.Market || len(earlier.Lines) == 0 {
		return c, m
	}
	next := c.next()
	next.Version = min(max(c.Version, earlier.Version)+1, MaxVersion)
	for _, line := range earlier.Lines {
		i := next.index(line.SKU)
		switch {
		case i >= 0:
			m.Summed++
			if next.Lines[i].Quantity+line.Quantity > MaxQuantity {
				m.Left++
			}
			next.Lines[i].Quantity = min(next.Lines[i].Quantity+line.Quantity, MaxQuantity)
		case len(next.Lines) < MaxLines:
			m.Added++
			next.Lines = append(next.Lines, line)
		default:
			m.Left++
		}
	}
	return next, m
}
