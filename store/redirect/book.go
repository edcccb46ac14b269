package redirect

import (
	"sync"
	"sync/atomic"
	"time"
)

// Book is what a server asks. The zero Book has no rules. It is safe for concurrent use.
type Book struct {
	rules atomic.Pointer[map[Key]Rule]

	mu     sync.Mutex
	hits   map[Key]*Count
	misses map[Key]*Count
}

// The bounds of what is counted between two takings. Misses above theirs begin anew: what is asked for often comes back.
const (
	mostHits   = 20_000
	mostMisses = 4_096
)

// Set the rules.
func (b *Book) Set(rules []Rule) {
	all := make(map[Key]Rule, len(rules))
	for _, r := range rules {
		all[Key{r.Market, r.Old}] = r
	}
	b.rules.Store(&all)
}

// Find the rule for a path of a market's host; one for the path with this very query goes first.
func (b *Book) Find(market, path, query string, now time.Time) (Rule, bool) {
	all := b.rules.Load()
	if all == nil || len(*all) == 0 {
		return Rule{}, false
	}
	if query != "" && len(path)+len(query) < longest {
		if r, ok := (*all)[Key{market, path + "?" + query}]; ok {
			b.count(&b.hits, mostHits, Key{market, r.Old}, now)
			return r, true
		}
	}
	r, ok := (*all)[Key{market, path}]
	if ok {
		b.count(&b.hits, mostHits, Key{market, r.Old}, now)
	}
	return r, ok
}

// Miss notes a path that leads nowhere.
func (b *Book) Miss(market, path string, now time.Time) {
	if Plain(path) {
		b.count(&b.misses, mostMisses, Key{market, path}, now)
	}
}

func (b *Book) count(in *map[Key]*Count, most int, k Key, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if *in == nil || len(*in) >= most && (*in)[k] == nil {
		*in = map[Key]*Count{}
	}
	c := (*in)[k]
	if c == nil {
		c = &Count{Key: k}
		(*in)[k] = c
	}
	c.Hits++
	c.Last = now
}

// Take what was counted, to be written down: hits, and misses that came at least twice. What came once stays until it comes again.
func (b *Book) Take() (hits, misses []Count) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.hits {
		hits = append(hits, *c)
	}
	clear(b.hits)
	for k, c := range b.misses {
		if c.Hits > 1 {
			misses = append(misses, *c)
			delete(b.misses, k)
		}
	}
	return hits, misses
}
