package storetest

import (
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// History is what buyers saw of the stock of each SKU between two cuts, to be held against what a stock can do.
//
// An act in doubt may have been done at any time since, or not at all. Its time goes on until the cut, where nothing is under
// way and the database says which of the two it was; there the levels are read too, and the next part begins from them. So each
// part can be decided, however long the whole is. What was certainly not done is no act.
type History struct {
	mu      sync.Mutex
	levels  map[string]int // at the last cut
	acts    map[string][]porcupine.Operation
	decided int
}

// NewHistory of a stock with these levels by SKU.
func NewHistory(levels map[string]int) *History {
	return &History{levels: levels, acts: map[string][]porcupine.Operation{}}
}

// act is so many units taken, or given where negative.
type act int

// saw is how an act ended.
type saw struct {
	outcome outcome
	left    int // unless done: how many there were, where it was said
}

type outcome int

const (
	done    outcome = iota
	refused         // too few were left
	counted         // somebody looked
)

// Unsaid is how many were left for a buyer who was told only that there were too few.
const Unsaid = -1

// Took says that a client took n units (gave, where negative) between two times.
func (h *History) Took(client int, sku string, n int, began, ended time.Time) {
	h.add(client, sku, act(n), saw{outcome: done}, began, ended)
}

// Refused says that a client asked for n units, and was told that too few were left.
func (h *History) Refused(client int, sku string, n, left int, began, ended time.Time) {
	h.add(client, sku, act(n), saw{refused, left}, began, ended)
}

func (h *History) add(client int, sku string, a act, s saw, began, ended time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	op := porcupine.Operation{ClientId: client, Input: a, Call: began.UnixNano(), Output: s, Return: ended.UnixNano()}
	h.acts[sku] = append(h.acts[sku], op)
}

// Cut ends a part: nothing is under way, and now are the levels. It says of which SKUs the part could not have happened.
func (h *History) Cut(t testing.TB, now map[string]int) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for sku, acts := range h.acts {
		if h.levels[sku] < 0 || now[sku] < 0 {
			t.Errorf("%s: from %d to %d units", sku, h.levels[sku], now[sku])
		}
		acts = append(acts, porcupine.Operation{ClientId: -1, Input: act(0), Call: math.MaxInt64 - 1, Output: saw{counted, now[sku]}, Return: math.MaxInt64})
		if got := porcupine.CheckOperationsTimeout(stockOf(h.levels[sku]), acts, time.Minute); got != porcupine.Ok {
			t.Errorf("%s: the history of %d acts from %d to %d units is %s", sku, len(acts), h.levels[sku], now[sku], got)
		}
		h.decided += len(acts)
	}
	h.levels, h.acts = now, map[string][]porcupine.Operation{}
}

// Decided is how many acts were checked so far.
func (h *History) Decided() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.decided
}

// stockOf is a stock that began at a level: what may follow each act.
func stockOf(level int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return level },
		Step: func(state, input, output any) (bool, any) {
			available, s := state.(int), output.(saw)
			after := available - int(input.(act))
			asSaid := s.left == available || s.left == Unsaid
			switch s.outcome {
			case done:
				return after >= 0, after
			case refused:
				return asSaid && after < 0, available
			default:
				return asSaid, available
			}
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprint(input, output) },
	}
}
