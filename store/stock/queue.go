package stock

import (
	"context"
	"sync"
	"time"
)

// queue gathers readers into batches, one for each query, and says when a query is due: not before the pace
// since the last one has passed, and then as soon as everybody is there.
//
// Who is everybody? As many as the last query answered: a visitor who got a page asks for the next one. With
// a crowd waiting it is worth a moment to let the last ones in, who would otherwise wait for a whole query
// more. The last of them calls the query, so that nothing hangs on a timer while all processors are busy; the
// clock does when he does not come.
type queue struct {
	pace, linger time.Duration
	due          chan struct{} // a batch was called
	came         chan struct{} // the first reader of a batch is there

	mu       sync.Mutex
	next     *batch    // what readers who come now will share
	last     time.Time // start of the last query
	expected int       // readers that it answered
}

// batch is one query and all who wait for it.
type batch struct {
	readers int
	called  bool
	done    chan struct{}
	asOf    time.Time
	stale   bool
}

// crowd is how many readers are worth lingering for the last of them.
const crowd = 8

func newQueue(pace, linger time.Duration) *queue {
	return &queue{pace: pace, linger: linger, due: make(chan struct{}, 1), came: make(chan struct{}, 1), next: newBatch()}
}

func newBatch() *batch { return &batch{done: make(chan struct{})} }

// join is the batch of a reader who comes now: its query has not started yet.
func (q *queue) join() *batch {
	q.mu.Lock()
	defer q.mu.Unlock()
	b := q.next
	b.readers++
	switch {
	case !b.called && b.readers >= q.expected && time.Since(q.last) >= q.pace:
		q.call(b)
	case b.readers == 1:
		poke(q.came)
	}
	return b
}

// call the query of a batch, once. The lock is held.
func (q *queue) call(b *batch) {
	b.called = true
	poke(q.due)
}

// take closes the batch to newcomers, as its query starts.
func (q *queue) take(now time.Time) *batch {
	q.mu.Lock()
	defer q.mu.Unlock()
	b := q.next
	q.next, q.last, q.expected = newBatch(), now, b.readers
	return b
}

// clock calls the batches that nobody else does, until ctx ends.
func (q *queue) clock(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.came:
		}
		b, wait := q.paced()
		doze(wait)
		if q.short(b) {
			doze(q.linger)
		}
		q.callLate(b)
	}
}

// paced is the batch that waits, and for how long it must.
func (q *queue) paced() (*batch, time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.next, q.pace - time.Since(q.last)
}

// short says that some of a crowd are not there yet.
func (q *queue) short(b *batch) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.next == b && !b.called && q.expected >= crowd && b.readers < q.expected
}

func (q *queue) callLate(b *batch) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.next == b && !b.called {
		q.call(b)
	}
}

func (b *batch) finish(asOf time.Time, stale bool) {
	b.asOf, b.stale = asOf, stale
	close(b.done)
}

// poke leaves a signal that is waiting already as it is.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
