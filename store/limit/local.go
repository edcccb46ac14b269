package limit

import (
	"sync"
	"time"
)

// maxNames bounds the memory of a Local to a few megabytes.
const maxNames = 20_000

// Local counts in this process alone. Safe for concurrent use.
type Local struct {
	mu  sync.Mutex
	tat map[string]time.Time // when all is given back
}

// NewLocal makes an empty one.
func NewLocal() *Local { return &Local{tat: map[string]time.Time{}} }

// Take makes a claim at a time; wait is 0 where it is allowed, else in how long it would be. When more names are known than
// there is room for, new ones are refused: it fails closed.
func (l *Local) Take(c Claim, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := c.Key()
	tat, known := l.tat[key]
	if !known && len(l.tat) >= maxNames {
		l.sweep(now)
		if len(l.tat) >= maxNames {
			return c.Every
		}
	}
	if tat.Before(now) {
		tat = now
	}
	next := tat.Add(c.Every)
	if over := next.Sub(now) - time.Duration(c.Burst)*c.Every; over > 0 {
		return over
	}
	l.tat[key] = next
	return 0
}

// sweep forgets names that have all of theirs back.
func (l *Local) sweep(now time.Time) {
	for key, tat := range l.tat {
		if !tat.After(now) {
			delete(l.tat, key)
		}
	}
}
