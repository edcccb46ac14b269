package piece

import (
	"errors"
	"math"
	"sync"
	"sync/atomic"

	"caveau/templates/live"
)

// filler is what a hole says, shared by the holes of all pages.
type filler struct {
	phrase *live.Phrase
	stamp  *live.Stamp
}

// fillers number the fillers, so that a hole needs two bytes for its own. There are some hundreds: a
// phrase is made once per edition.
type fillers struct {
	mu     sync.Mutex
	number map[filler]uint16
	all    atomic.Pointer[[]filler]
}

func newFillers() *fillers {
	f := &fillers{number: map[filler]uint16{}}
	f.all.Store(new([]filler))
	return f
}

func (f *fillers) get(number uint16) filler { return (*f.all.Load())[number] }

var errFillers = errors.New("too many phrases: a phrase is to be made once per edition, not per page")

func (f *fillers) of(one filler) (uint16, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if number, ok := f.number[one]; ok {
		return number, nil
	}
	all := *f.all.Load()
	if len(all) > math.MaxUint16 {
		return 0, errFillers
	}
	number := uint16(len(all))
	f.number[one] = number
	all = append(all[:len(all):len(all)], one)
	f.all.Store(&all)
	return number, nil
}
