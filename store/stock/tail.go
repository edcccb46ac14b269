package stock

import (
	"slices"
	"time"
)

// gapAge is how long a missing id is asked for. No transaction that sells or receives stock is older.
const gapAge = 2 * time.Minute

// maxGaps bounds the list of missing ids; the oldest are given up first.
const maxGaps = 4096

// tail is the position in the log: the highest id seen and the ids that are missing below it.
type tail struct {
	seen uint64
	gaps []gap // by id
}

type gap struct {
	id    uint64
	since time.Time
}

// missing are the ids to ask for by name.
func (t *tail) missing() []uint64 {
	ids := make([]uint64, len(t.gaps))
	for i, g := range t.gaps {
		ids[i] = g.id
	}
	return ids
}

// note moves the position over the ids of an answer.
func (t *tail) note(events []Event, now time.Time) {
	if len(events) == 0 {
		t.expire(now)
		return
	}
	ids := make([]uint64, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	slices.Sort(ids)
	t.gaps = slices.DeleteFunc(t.gaps, func(g gap) bool {
		_, found := slices.BinarySearch(ids, g.id)
		return found
	})
	for _, id := range ids {
		for missing := max(t.seen+1, id-min(id, maxGaps)); t.seen > 0 && missing < id; missing++ {
			t.gaps = append(t.gaps, gap{missing, now})
		}
		t.seen = max(t.seen, id)
	}
	t.expire(now)
}

func (t *tail) expire(now time.Time) {
	t.gaps = slices.DeleteFunc(t.gaps, func(g gap) bool { return now.Sub(g.since) > gapAge })
	if over := len(t.gaps) - maxGaps; over > 0 {
		t.gaps = slices.Delete(t.gaps, 0, over)
	}
}

// start sets the position to that of a whole reading: the highest id, and which of the ids shortly below
// it were there.
func (t *tail) start(p Position, now time.Time) {
	t.seen, t.gaps = p.Highest, nil
	slices.Sort(p.Recent)
	if len(p.Recent) == 0 {
		return
	}
	for id := p.Recent[0]; id < p.Highest; id++ {
		if _, found := slices.BinarySearch(p.Recent, id); !found {
			t.gaps = append(t.gaps, gap{id, now})
		}
	}
	t.expire(now)
}
