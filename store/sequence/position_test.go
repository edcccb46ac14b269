package sequence

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)

func TestAnIdThatCommitsLateIsAskedForByName(t *testing.T) {
	var p Position
	p.Start([]uint64{3, 4}, start)
	p.Note([]uint64{7, 6}, start)
	if got := p.Missing(); !slices.Equal(got, []uint64{5}) {
		t.Fatalf("missing %v, want [5]", got)
	}
	p.Note([]uint64{5}, start.Add(3*time.Second))
	if got := p.Missing(); len(got) != 0 || p.Seen() != 7 {
		t.Fatalf("missing %v, seen %d; want none, 7", got, p.Seen())
	}
}

func TestARollBackIsGivenUp(t *testing.T) {
	var p Position
	p.Start([]uint64{1}, start)
	p.Note([]uint64{3}, start)
	p.Note(nil, start.Add(Patience))
	if got := p.Missing(); !slices.Equal(got, []uint64{2}) {
		t.Fatalf("missing %v within the patience, want [2]", got)
	}
	p.Note(nil, start.Add(Patience+time.Second))
	if got := p.Missing(); len(got) != 0 {
		t.Fatalf("missing %v after it, want none", got)
	}
}

func TestTheFirstRowOfAnEmptyLogMayHoldIdsBack(t *testing.T) {
	var p Position
	p.Start(nil, start)
	p.Note([]uint64{2}, start)
	if got := p.Missing(); !slices.Equal(got, []uint64{1}) {
		t.Fatalf("missing %v, want [1]", got)
	}
}

func TestTheListOfMissingIdsIsBounded(t *testing.T) {
	var p Position
	p.Start([]uint64{1}, start)
	p.Note([]uint64{1 << 40}, start)
	if n := len(p.Missing()); n > maxMissing {
		t.Fatalf("%d ids are missing, want at most %d", n, maxMissing)
	}
}

// Whatever the order in which ids appear, a reader that asks for what is after the position or missing
// reads each id exactly once.
func TestNothingIsLostAndNothingIsReadTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "rows")
		ids := make([]uint64, n)
		for i := range ids {
			ids[i] = uint64(i + 1)
		}
		order := rapid.Permutation(ids).Draw(t, "order")
		var p Position
		p.Start(nil, start)
		var log, read []uint64
		for len(order) > 0 {
			commit := rapid.IntRange(1, len(order)).Draw(t, "commit")
			log, order = append(log, order[:commit]...), order[commit:]
			var answer []uint64
			for _, id := range log {
				if id > p.Seen() || slices.Contains(p.Missing(), id) {
					answer = append(answer, id)
				}
			}
			p.Note(answer, start)
			read = append(read, answer...)
		}
		if slices.Sort(read); !slices.Equal(read, ids) {
			t.Fatalf("read %v of %v", read, ids)
		}
	})
}
