package mysql_test

import (
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// history is what buyers saw of each SKU between two cuts, to be held against what a stock can do.
//
// An act in doubt may have been done at any time since, or not at all. It stays open until the cut, where nothing is under way
// and the database says which of the two it was; there the level is read too, and the next part begins from it. So each part can
// be decided, however long the whole is.
type history struct {
	mu      sync.Mutex
	levels  map[string]int // at the last cut
	ops     map[string][]porcupine.Operation
	decided int // acts that were checked so far
}

func newHistory(levels map[string]int) *history {
	return &history{levels: levels, ops: map[string][]porcupine.Operation{}}
}

// act on the stock of one SKU.
type act struct {
	n int // taken; given where negative
}

// saw is how an act ended. What was certainly not done is no act.
type saw struct {
	outcome outcome
	left    int // of refused and counted: how many there were
}

type outcome int

const (
	done    outcome = iota
	refused         // too few were left
	counted         // somebody looked
)

func (h *history) add(client int, sku string, a act, s saw, began, ended time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	op := porcupine.Operation{ClientId: client, Input: a, Call: began.UnixNano(), Output: s, Return: ended.UnixNano()}
	h.ops[sku] = append(h.ops[sku], op)
}

// stockOf is a stock that began at a level: what may follow each act.
func stockOf(level int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return level },
		Step: func(state, input, output any) (bool, any) {
			available, a, s := state.(int), input.(act), output.(saw)
			after := available - a.n
			switch s.outcome {
			case done:
				return after >= 0, after
			case refused:
				return available == s.left && after < 0, available
			default:
				return available == s.left, available
			}
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprint(input, output) },
	}
}

// cut ends a part: nothing is under way, and now are the levels. It says of which SKUs the part could not have happened.
func (h *history) cut(t *testing.T, now map[string]int) {
	t.Helper()
	for sku, ops := range h.ops {
		if h.levels[sku] < 0 || now[sku] < 0 {
			t.Errorf("%s: from %d to %d units", sku, h.levels[sku], now[sku])
		}
		ops = append(ops, porcupine.Operation{ClientId: -1, Input: act{}, Call: math.MaxInt64 - 1, Output: saw{counted, now[sku]}, Return: math.MaxInt64})
		if got := porcupine.CheckOperationsTimeout(stockOf(h.levels[sku]), ops, time.Minute); got != porcupine.Ok {
			t.Errorf("%s: the history of %d acts from %d to %d units is %s", sku, len(ops), h.levels[sku], now[sku], got)
		}
		h.decided += len(ops)
	}
	h.levels, h.ops = now, map[string][]porcupine.Operation{}
}

// The model itself: what it must not accept.
func TestTheModelOfAStock(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(int64(n), 0) }
	for name, test := range map[string]struct {
		want bool
		ops  func(h *history)
	}{
		"sold as it was": {true, func(h *history) {
			h.add(0, "A", act{2}, saw{outcome: done}, at(1), at(2))
			h.add(1, "A", act{2}, saw{refused, 1}, at(3), at(4))
		}},
		"oversold": {false, func(h *history) {
			h.add(0, "A", act{2}, saw{outcome: done}, at(1), at(3))
			h.add(1, "A", act{2}, saw{outcome: done}, at(2), at(4))
		}},
		"refused without need": {false, func(h *history) { h.add(0, "A", act{2}, saw{refused, 3}, at(1), at(2)) }},
		"left that never was": {false, func(h *history) {
			h.add(0, "A", act{1}, saw{outcome: done}, at(1), at(2))
			h.add(1, "A", act{3}, saw{refused, 1}, at(3), at(4))
		}},
		"done late": {true, func(h *history) {
			h.add(0, "A", act{3}, saw{outcome: done}, at(1), at(9))
			h.add(1, "A", act{1}, saw{outcome: done}, at(2), at(3))
			h.add(1, "A", act{-1}, saw{outcome: done}, at(4), at(5))
		}},
		"done before it began": {false, func(h *history) {
			h.add(1, "A", act{1}, saw{refused, 0}, at(1), at(2))
			h.add(0, "A", act{3}, saw{outcome: done}, at(3), at(4))
		}},
		"counted": {false, func(h *history) {
			h.add(0, "A", act{2}, saw{outcome: done}, at(1), at(2))
			h.add(0, "A", act{}, saw{counted, 2}, at(3), at(4))
		}},
	} {
		h := newHistory(map[string]int{"A": 3})
		test.ops(h)
		if got := porcupine.CheckOperations(stockOf(3), h.ops["A"]); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
