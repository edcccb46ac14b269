package piece

import (
	"errors"
	"sync"
	"sync/atomic"
)

// Key names a page: an edition, a node of the URL table, a number within it.
type Key struct {
	Node    uint32
	Edition uint8
	Number  uint16
}

// shards keep requests on different pages from waiting for each other.
const shards = 64

// Cache holds pressed pages by key and revision, within a bound of bytes. Safe for concurrent use.
type Cache struct {
	shards       [shards]shard
	hits, misses atomic.Uint64
}

type shard struct {
	mu      sync.Mutex
	entries map[Key]*entry
	ring    []*entry // for the clock hand
	hand    int
	size    int
	bound   int
}

// entry is a page that is there or being made.
type entry struct {
	key   Key
	rev   uint64
	ready chan struct{}
	page  *Page
	err   error
	size  int
	spot  int          // in ring; -1 before it is ready
	used  atomic.Int32 // how often since it came in, less the hand's rounds; at most credit
}

// credit is how many rounds of the hand a page survives that is asked for again and again. One that was
// asked for once goes at the hand's first visit, so that a walk through all pages leaves the popular ones.
const credit = 7

// overhead is what an entry costs besides its page.
const overhead = 200

// NewCache makes a cache of about so many bytes.
func NewCache(bytes int) *Cache {
	c := &Cache{}
	for i := range c.shards {
		c.shards[i] = shard{entries: map[Key]*entry{}, bound: bytes / shards}
	}
	return c
}

// Stats of the cache since the start.
type Stats struct {
	Hits, Misses uint64
	Pages, Bytes int
}

// Stats counts.
func (c *Cache) Stats() Stats {
	s := Stats{Hits: c.hits.Load(), Misses: c.misses.Load()}
	for i := range c.shards {
		sh := &c.shards[i]
		sh.mu.Lock()
		s.Pages += len(sh.ring)
		s.Bytes += sh.size
		sh.mu.Unlock()
	}
	return s
}

// Fill is the share of the bound that is in use, 0 to 1.
func (c *Cache) Fill() float64 {
	size, bound := 0, 0
	for i := range c.shards {
		sh := &c.shards[i]
		sh.mu.Lock()
		size, bound = size+sh.size, bound+sh.bound
		sh.mu.Unlock()
	}
	return float64(size) / float64(max(bound, 1))
}

// Get returns the page of a key at a revision. One caller makes it; others who want the same wait for
// him. A page that fails is not kept. An older revision is forgotten.
func (c *Cache) Get(key Key, rev uint64, press func() (*Page, error)) (*Page, error) {
	sh := &c.shards[(key.Node*31+uint32(key.Edition))%shards]
	sh.mu.Lock()
	if e := sh.entries[key]; e != nil && e.rev == rev {
		sh.mu.Unlock()
		c.hits.Add(1)
		if e.used.Load() < credit {
			e.used.Add(1)
		}
		<-e.ready
		return e.page, e.err
	}
	e := &entry{key: key, rev: rev, ready: make(chan struct{}), spot: -1, err: errUnfinished}
	sh.forget(sh.entries[key])
	sh.entries[key] = e
	sh.mu.Unlock()
	c.misses.Add(1)
	defer func() { // even when press panics: those who wait must not wait for ever
		close(e.ready)
		sh.mu.Lock()
		defer sh.mu.Unlock()
		sh.settle(e)
	}()
	e.page, e.err = press()
	return e.page, e.err
}

var errUnfinished = errors.New("the page was not finished")

// Has says whether the page is there at this revision.
func (c *Cache) Has(key Key, rev uint64) bool {
	sh := &c.shards[(key.Node*31+uint32(key.Edition))%shards]
	sh.mu.Lock()
	defer sh.mu.Unlock()
	e := sh.entries[key]
	return e != nil && e.rev == rev
}

// settle puts a finished entry into the ring, and makes room.
func (s *shard) settle(e *entry) {
	if s.entries[e.key] != e {
		return // a newer revision came in between
	}
	if e.err != nil {
		delete(s.entries, e.key)
		return
	}
	e.size = e.page.Size() + overhead
	e.spot = len(s.ring)
	s.ring = append(s.ring, e)
	s.size += e.size
	for s.size > s.bound && len(s.ring) > 1 {
		s.evict()
	}
}

// evict removes the first page under the hand that has no credit left.
func (s *shard) evict() {
	for {
		s.hand %= len(s.ring)
		e := s.ring[s.hand]
		if e.used.Load() <= 0 {
			s.forget(e)
			return
		}
		e.used.Add(-1)
		s.hand++
	}
}

func (s *shard) forget(e *entry) {
	if e == nil {
		return
	}
	if s.entries[e.key] == e {
		delete(s.entries, e.key)
	}
	if e.spot < 0 {
		return
	}
	last := len(s.ring) - 1
	s.ring[e.spot] = s.ring[last]
	s.ring[e.spot].spot = e.spot
	s.ring = s.ring[:last]
	s.size -= e.size
	e.spot = -1
}
