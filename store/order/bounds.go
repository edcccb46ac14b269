package order

// Bounds of what one buyer may have reserved by bank transfer without having paid. Nobody ties down a cellar for a week and then
// buys nothing.
type Bounds struct {
	Orders int
	Units  int
}

// Check says why a request goes beyond the bounds, given what its buyer holds already.
func (b Bounds) Check(held Bounds, r Request) []Problem {
	units := 0
	for _, l := range r.Wine() {
		units += l.Quantity
	}
	switch {
	case held.Orders >= b.Orders:
		return []Problem{{Err: ErrUnpaid, Asked: held.Orders + 1, Left: b.Orders}}
	case held.Units+units > b.Units:
		return []Problem{{Err: ErrHoard, Asked: held.Units + units, Left: max(0, b.Units-held.Units)}}
	}
	return nil
}
