package stock

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"caveau/store/sequence"
)

// Log is the stock log on the replicas. Implementations choose the replica: attempt 0 is the first
// choice, attempt 1 another one where there is any (ErrNoReplica else).
type Log interface {
	// Since returns the events after a position and those with the given ids, in the order of ids. more:
	// there are further ones.
	Since(ctx context.Context, attempt int, after uint64, ids []uint64) (events []Event, more bool, err error)
	// All returns every level, and the ids that exist among the last thousand or so of the log, read at
	// one moment.
	All(ctx context.Context) (levels []Level, recent []uint64, err error)
}

// ErrNoReplica says that there is no replica to ask.
var ErrNoReplica = errors.New("no replica to ask")

// Timing of the reads.
type Timing struct {
	Pace      time.Duration // least time between the starts of two queries: some milliseconds at most
	Linger    time.Duration // and then, with a crowd waiting, for the last of it
	Hedge     time.Duration // then a second replica is asked too
	GiveUp    time.Duration // then the readers get the board as it is
	Reconcile time.Duration // between two readings of the whole table
}

// DefaultTiming is what the shops run with.
var DefaultTiming = Timing{Pace: 1010 * time.Microsecond, Linger: 400 * time.Microsecond, Hedge: 20 * time.Millisecond, GiveUp: 150 * time.Millisecond, Reconcile: 10 * time.Second}

// Live keeps a Board fresh on demand.
type Live struct {
	board  *Board
	log    Log
	timing Timing
	logger *slog.Logger

	queue *queue
	tail  sequence.Position // of the loop alone, after Start

	asOf        atomic.Int64 // start of the last good query, Unix nanoseconds
	queries     atomic.Uint64
	corrections atomic.Uint64
}

// NewLive makes the reader of a board. Start it before the first Read.
func NewLive(board *Board, log Log, timing Timing, logger *slog.Logger) *Live {
	return &Live{board: board, log: log, timing: timing, logger: logger, queue: newQueue(timing.Pace, timing.Linger)}
}

// Start reads the whole table, once, and from then on answers Read until ctx ends.
func (l *Live) Start(ctx context.Context) error {
	now := time.Now()
	levels, recent, err := l.log.All(ctx)
	if err != nil {
		return fmt.Errorf("read the stock: %w", err)
	}
	events := make([]Event, len(levels))
	for i, level := range levels {
		events[i] = Event{Level: level}
	}
	l.board.Apply(events)
	l.tail.Start(recent, now)
	l.asOf.Store(now.UnixNano())
	go l.queue.clock(ctx)
	go l.loop(ctx)
	go l.reconcileLoop(ctx)
	return nil
}

// Read waits until the board is as fresh as the moment of the call. It returns when it was read, and
// stale when no replica answered in time: the board then holds what was last known, as of that time.
func (l *Live) Read() (asOf time.Time, stale bool) {
	b := l.queue.join()
	<-b.done
	return b.asOf, b.stale
}

// AsOf is the time of the last good reading.
func (l *Live) AsOf() time.Time { return time.Unix(0, l.asOf.Load()) }

// Queries is how many queries were sent to replicas.
func (l *Live) Queries() uint64 { return l.queries.Load() }

// Corrections is how many cells the table, read as a whole, had to set right.
func (l *Live) Corrections() uint64 { return l.corrections.Load() }

// loop answers each batch that is called.
func (l *Live) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			l.queue.take(time.Now()).finish(l.AsOf(), true)
			return
		case <-l.queue.due:
			now := time.Now()
			l.answer(ctx, l.queue.take(now), now)
		}
	}
}

func (l *Live) answer(ctx context.Context, b *batch, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, l.timing.GiveUp)
	defer cancel()
	for {
		events, more, err := l.hedged(ctx)
		if err != nil {
			l.logger.Warn("live stock: no replica answered; showing the last known", "err", err)
			b.finish(l.AsOf(), true)
			return
		}
		l.board.Apply(events)
		l.tail.Note(idsOf(events), now)
		if !more {
			break
		}
	}
	l.asOf.Store(now.UnixNano())
	b.finish(now, false)
}

func idsOf(events []Event) []uint64 {
	ids := make([]uint64, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	return ids
}

type answer struct {
	events []Event
	more   bool
	err    error
}

// hedged asks one replica, and a second one when the first is slow or fails. The slower answer is
// thrown away: what it holds is below the position and would be ignored.
func (l *Live) hedged(ctx context.Context) ([]Event, bool, error) {
	answers := make(chan answer, 2)
	after, ids := l.tail.Seen(), l.tail.Missing()
	ask := func(attempt int) {
		l.queries.Add(1)
		events, more, err := l.log.Since(ctx, attempt, after, ids)
		answers <- answer{events, more, err}
	}
	go ask(0)
	hedge := time.NewTimer(l.timing.Hedge)
	defer hedge.Stop()
	asked, failed := 1, []error(nil)
	for {
		select {
		case a := <-answers:
			if a.err == nil {
				return a.events, a.more, nil
			}
			if failed = append(failed, a.err); len(failed) == 2 {
				return nil, false, errors.Join(failed...)
			}
		case <-hedge.C:
		case <-ctx.Done():
			return nil, false, errors.Join(append(failed, ctx.Err())...)
		}
		if asked == 1 {
			asked = 2
			go ask(1)
		}
	}
}

// reconcileLoop compares the board with the whole table now and then.
func (l *Live) reconcileLoop(ctx context.Context) {
	tick := time.NewTicker(l.timing.Reconcile)
	defer tick.Stop()
	var before map[int]difference
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			before = l.reconcile(ctx, before)
		}
	}
}

// reconcile corrects the cells that differ now exactly as they did the last time: a change on its way
// looks different the second time, a lost one does not.
func (l *Live) reconcile(ctx context.Context, before map[int]difference) map[int]difference {
	levels, _, err := l.log.All(ctx)
	if err != nil {
		return before
	}
	now := l.board.compare(levels)
	var wrong []difference
	for cell, d := range now {
		if before[cell] == d {
			wrong = append(wrong, d)
			delete(now, cell)
		}
	}
	if len(wrong) > 0 {
		l.corrections.Add(uint64(len(wrong)))
		l.logger.Error("live stock: corrected levels that no event had told of", "cells", len(wrong))
		l.board.correct(wrong)
	}
	return now
}
