// Package sequence keeps a reader's position in a log whose ids commit out of order.
//
// An AUTO_INCREMENT id is given when a row is written, not when it is committed: a transaction may hold
// id 5 for seconds while 6 to 10 commit and are read. A reader that only asks for "id > 10" loses 5 for
// ever. A Position remembers every id that is missing below the highest seen one, to be asked for by
// name, until it appears or is too old to be anything but a roll-back.
package sequence

import (
	"slices"
	"time"
)

// Patience is how long a missing id is asked for: no transaction of ours is older.
const Patience = 2 * time.Minute

// maxMissing bounds the list of missing ids; the oldest are given up first.
const maxMissing = 4096

// Position in a log: the highest id seen and the ids that are missing below it. The zero Position is
// that before the first row. It is not safe for concurrent use.
type Position struct {
	seen    uint64
	started bool
	missing []missing // by id
}

type missing struct {
	id    uint64
	since time.Time
}

// Seen is the highest id.
func (p *Position) Seen() uint64 { return p.seen }

// Missing are the ids to ask for by name.
func (p *Position) Missing() []uint64 {
	ids := make([]uint64, len(p.missing))
	for i, m := range p.missing {
		ids[i] = m.id
	}
	return ids
}

// Start sets the position to the end of a log, given the ids that exist among its last ones. What is
// missing among them may still be held by an open transaction.
func (p *Position) Start(recent []uint64, now time.Time) {
	*p = Position{started: true}
	if len(recent) == 0 {
		return
	}
	recent = slices.Sorted(slices.Values(recent))
	p.seen = recent[0]
	p.Note(recent[1:], now)
}

// Note moves the position over ids that were read, in any order.
func (p *Position) Note(ids []uint64, now time.Time) {
	if len(ids) > 0 {
		p.move(slices.Sorted(slices.Values(ids)), now)
	}
	p.missing = slices.DeleteFunc(p.missing, func(m missing) bool { return now.Sub(m.since) > Patience })
	if over := len(p.missing) - maxMissing; over > 0 {
		p.missing = slices.Delete(p.missing, 0, over)
	}
}

func (p *Position) move(ids []uint64, now time.Time) {
	p.missing = slices.DeleteFunc(p.missing, func(m missing) bool {
		_, found := slices.BinarySearch(ids, m.id)
		return found
	})
	for _, id := range ids {
		if p.seen > 0 || p.started {
			p.skip(max(p.seen+1, id-min(id, maxMissing)), id, now)
		}
		p.seen = max(p.seen, id)
	}
}

// skip notes the ids from first up to, not including, id as missing.
func (p *Position) skip(first, id uint64, now time.Time) {
	for ; first < id; first++ {
		p.missing = append(p.missing, missing{first, now})
	}
}
