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
//
// The pages lie one behind the other in memory that the collector knows nothing of (ring.go): they are most
// of what an instance holds, and would make it collect twice as much, twice as often. So a page that is
// asked for is copied out, which costs less than what is done with it afterwards.
type Cache struct {
	shards       [shards]shard
	hits, misses atomic.Uint64
}

type shard struct {
	mu     sync.Mutex
	places map[Key]place
	making map[Key]*making
	ring   ring
	table  *table // that all pages of the shard were pressed with
}

// place of a page that is there. It holds no pointer, on purpose.
type place struct {
	rev    uint64
	at     uint32 // in the ring
	size   uint32
	credit uint8
}

// maxCredit is how many rounds of the ring a page survives that is asked for again and again. One that was
// asked for once goes at the first, so that a walk through all pages leaves the popular ones.
const maxCredit = 3

// making is a page on its way.
type making struct {
	rev   uint64
	ready chan struct{}
	page  *Page
	err   error
}

// NewCache makes a cache of so many bytes. They are taken from the system as they are needed.
func NewCache(bytes int) *Cache {
	c := &Cache{}
	room, each := newRoom(bytes), bytes/shards
	for i := range c.shards {
		sh := &c.shards[i]
		sh.places, sh.making = map[Key]place{}, map[Key]*making{}
		sh.ring = ring{owner: sh, room: room[i*each : (i+1)*each]}
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
		s.Pages += len(sh.places)
		s.Bytes += sh.ring.used()
		sh.mu.Unlock()
	}
	return s
}

// Fill is the share of the bound that is in use, 0 to 1.
func (c *Cache) Fill() float64 {
	used, bound := 0, 0
	for i := range c.shards {
		sh := &c.shards[i]
		sh.mu.Lock()
		used, bound = used+sh.ring.used(), bound+len(sh.ring.room)
		sh.mu.Unlock()
	}
	return float64(used) / float64(max(bound, 1))
}

func (c *Cache) shard(key Key) *shard { return &c.shards[(key.Node*31+uint32(key.Edition))%shards] }

// Get copies the page of a key at a revision into page. One caller makes it; others who want the same wait
// for him. A page that fails is not kept. An older revision is forgotten.
func (c *Cache) Get(page *Page, key Key, rev uint64, press func() (*Page, error)) error {
	sh := c.shard(key)
	sh.mu.Lock()
	if sh.copy(page, key, rev) {
		sh.mu.Unlock()
		c.hits.Add(1)
		return nil
	}
	if m := sh.making[key]; m != nil && m.rev == rev {
		sh.mu.Unlock()
		c.hits.Add(1)
		<-m.ready
		return m.give(page)
	}
	m := &making{rev: rev, ready: make(chan struct{}), err: errUnfinished}
	sh.making[key] = m
	sh.mu.Unlock()
	c.misses.Add(1)
	defer func() { // even when press panics: those who wait must not wait for ever
		close(m.ready)
		sh.mu.Lock()
		defer sh.mu.Unlock()
		sh.settle(key, m)
	}()
	m.page, m.err = press()
	return m.give(page)
}

var errUnfinished = errors.New("the page was not finished")

func (m *making) give(page *Page) error {
	if m.err == nil {
		page.script, page.table = append(page.script[:0], m.page.script...), m.page.table
	}
	return m.err
}

// Has says whether the page is there at this revision, or on its way.
func (c *Cache) Has(key Key, rev uint64) bool {
	sh := c.shard(key)
	sh.mu.Lock()
	defer sh.mu.Unlock()
	p, there := sh.places[key]
	m := sh.making[key]
	return there && p.rev == rev || m != nil && m.rev == rev
}

// copy the page out.
func (s *shard) copy(page *Page, key Key, rev uint64) bool {
	p, ok := s.places[key]
	if !ok || p.rev != rev {
		return false
	}
	page.script, page.table = append(page.script[:0], s.ring.at(p)...), s.table
	if p.credit < maxCredit {
		p.credit++
		s.places[key] = p
	}
	return true
}

// settle takes in a page that was made, in the place of an older one.
func (s *shard) settle(key Key, m *making) {
	if s.making[key] != m {
		return // a newer revision is on its way
	}
	delete(s.making, key)
	if m.err != nil || s.table != nil && m.page.table.generation < s.table.generation {
		return
	}
	if s.table != m.page.table {
		s.table = m.page.table
		clear(s.places)
		s.ring.clear()
	}
	s.put(key, m.rev, m.page.script)
}

// put a page into the ring; the oldest ones give way.
func (s *shard) put(key Key, rev uint64, script []byte) {
	delete(s.places, key)
	if at, ok := s.ring.put(key, script); ok {
		s.places[key] = place{rev: rev, at: at, size: uint32(len(script))}
	}
}

// worth implements owner.
func (s *shard) worth(key Key, at uint32) bool {
	p, ok := s.places[key]
	switch {
	case !ok || p.at != at:
		return false // replaced long ago
	case p.credit == 0:
		delete(s.places, key)
		return false
	}
	p.credit--
	s.places[key] = p
	return true
}

// moved implements owner.
func (s *shard) moved(key Key, at uint32) {
	p := s.places[key]
	p.at = at
	s.places[key] = p
}
