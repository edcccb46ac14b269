package storetest

import (
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// What a history of a SKU with three units may hold, and what it must not.
func TestTheModelOfAStock(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(int64(n), 0) }
	for name, test := range map[string]struct {
		possible bool
		acts     func(h *History)
	}{
		"sold as it was": {true, func(h *History) {
			h.Took(0, "A", 2, at(1), at(2))
			h.Refused(1, "A", 2, 1, at(3), at(4))
			h.Refused(1, "A", 2, Unsaid, at(5), at(6))
		}},
		"oversold": {false, func(h *History) {
			h.Took(0, "A", 2, at(1), at(3))
			h.Took(1, "A", 2, at(2), at(4))
		}},
		"refused without need":     {false, func(h *History) { h.Refused(0, "A", 2, 3, at(1), at(2)) }},
		"refused without a number": {false, func(h *History) { h.Refused(0, "A", 2, Unsaid, at(1), at(2)) }},
		"left that never was": {false, func(h *History) {
			h.Took(0, "A", 1, at(1), at(2))
			h.Refused(1, "A", 3, 1, at(3), at(4))
		}},
		"done late": {true, func(h *History) {
			h.Took(0, "A", 3, at(1), at(9))
			h.Took(1, "A", 1, at(2), at(3))
			h.Took(1, "A", -1, at(4), at(5))
		}},
		"done before it began": {false, func(h *History) {
			h.Refused(1, "A", 1, 0, at(1), at(2))
			h.Took(0, "A", 3, at(3), at(4))
		}},
		"counted": {false, func(h *History) {
			h.Took(0, "A", 2, at(1), at(2))
			h.add(0, "A", 0, saw{counted, 2}, at(3), at(4))
		}},
	} {
		h := NewHistory(map[string]int{"A": 3})
		test.acts(h)
		if got := porcupine.CheckOperations(stockOf(3), h.acts["A"]); got != test.possible {
			t.Errorf("%s: %v", name, got)
		}
	}
}
