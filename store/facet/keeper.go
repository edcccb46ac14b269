package facet

import (
	"context"
	"sync/atomic"

	"caveau/store/search"
)

// Keeper has the columns that go with the newest index of words.
type Keeper struct {
	words   *search.Keeper
	current atomic.Pointer[Index]
	woken   chan struct{}
}

// NewKeeper keeps columns beside the indexes of another keeper, which it refreshes.
func NewKeeper(words *search.Keeper) *Keeper {
	return &Keeper{words: words, woken: make(chan struct{}, 1)}
}

// Facets are the newest columns, with the index of words that they go with; nil before the first.
func (k *Keeper) Facets() *Index { return k.current.Load() }

// Wake says that there may be a new snapshot. It never waits.
func (k *Keeper) Wake() {
	select {
	case k.woken <- struct{}{}:
	default:
	}
}

// Refresh makes both indexes of the newest snapshot, unless they are there.
func (k *Keeper) Refresh() {
	k.words.Refresh()
	words, before := k.words.Index(), k.current.Load()
	if words == nil || before != nil && before.words == words {
		return
	}
	k.current.Store(New(words, before))
}

// Run refreshes whenever it is woken, until ctx ends.
func (k *Keeper) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-k.woken:
			k.Refresh()
		}
	}
}
