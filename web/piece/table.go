package piece

import (
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"

	"caveau/templates/live"
)

// table is what the pages of a press have in common, so that a page names it by a number instead of pointing
// at it. Numbers are given once; a page keeps the table that it was pressed with.
type table struct {
	generation int // each press has one table after the other

	mu      sync.RWMutex
	chunks  map[uint64]uint32 // by the hash of the key: keys are long
	fillers map[filler]uint32

	allChunks  list[*chunk]
	allFillers list[filler]
}

func newTable(generation int) *table {
	return &table{generation: generation, chunks: map[uint64]uint32{}, fillers: map[filler]uint32{}}
}

// filler is what a hole says, but for its number.
type filler struct {
	kind   live.Kind
	phrase *live.Phrase
	stamp  *live.Stamp
}

// words for a reading, in which the stock that the hole hangs on is a number.
func (f filler) words(r *live.Reading, count int) live.Filling {
	switch f.kind {
	case live.OfStamp:
		return f.stamp.Words(r.At, r.Stale)
	case live.OfBadge:
		return f.phrase.Words(r.Badge)
	default:
		return f.phrase.Words(count)
	}
}

// chunk is a piece that many pages share.
type chunk struct {
	bytes []byte
	raw   uint32
	crc   uint32
	sum   uint64 // of the raw bytes, for the ETag
}

// list only grows. Reading it takes no lock: what was added before a page was made is there.
type list[T any] struct{ all atomic.Pointer[[]T] }

func (l *list[T]) at(number uint32) T { return (*l.all.Load())[number] }

// add must not be called by two at once.
func (l *list[T]) add(one T) uint32 {
	var all []T
	if old := l.all.Load(); old != nil {
		all = *old
	}
	all = append(all, one) // beyond the length that readers know
	l.all.Store(&all)
	return uint32(len(all) - 1)
}

// chunk that a key names, if it is known.
func (t *table) chunk(key string) (number uint32, ok bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	number, ok = t.chunks[xxhash.Sum64String(key)]
	return number, ok
}

// keep names a chunk by a key. The first one stays.
func (t *table) keep(key string, c *chunk) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	hash := xxhash.Sum64String(key)
	number, ok := t.chunks[hash]
	if !ok {
		number = t.allChunks.add(c)
		t.chunks[hash] = number
	}
	return number
}

func (t *table) size() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.chunks)
}

// number of a filler. There are some hundreds: a phrase is made once per edition.
func (t *table) number(f filler) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	number, ok := t.fillers[f]
	if !ok {
		number = t.allFillers.add(f)
		t.fillers[f] = number
	}
	return number
}
