package stock

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// fakeLog is a stock log in memory. What a query sees is what is there when it starts.
type fakeLog struct {
	mu      sync.Mutex
	events  []Event
	levels  []Level
	before  func(attempt int) error // called before a query is answered; may block
	queries atomic.Int32
}

func (f *fakeLog) add(id uint64, sku string, available int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = append(f.events, Event{id, Level{sku, "bordeaux", available}})
}

func (f *fakeLog) Since(_ context.Context, attempt int, after uint64, ids []uint64) ([]Event, bool, error) {
	f.queries.Add(1)
	f.mu.Lock()
	seen := append([]Event(nil), f.events...)
	f.mu.Unlock()
	if f.before != nil {
		if err := f.before(attempt); err != nil {
			return nil, false, err
		}
	}
	wanted := map[uint64]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var out []Event
	for _, e := range seen {
		if e.ID > after || wanted[e.ID] {
			out = append(out, e)
		}
	}
	return out, false, nil
}

func (f *fakeLog) All(context.Context) ([]Level, []uint64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var ids []uint64
	for _, e := range f.events {
		ids = append(ids, e.ID)
	}
	return append([]Level(nil), f.levels...), ids, nil
}

var quick = Timing{Pace: time.Microsecond, Hedge: 20 * time.Millisecond, GiveUp: 300 * time.Millisecond, Reconcile: time.Hour}

func newLive(t *testing.T, f *fakeLog, timing Timing) (*Live, *Board) {
	t.Helper()
	board := NewBoard([]string{"bordeaux", "new-york"})
	live := NewLive(board, f, timing, slog.New(slog.DiscardHandler))
	if err := live.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return live, board
}

func (b *Board) of(sku string) int { return b.Available([]uint32{b.Slot(sku)}, 0) }

// What was written before a reader came is what the reader sees, whatever the other readers do.
func TestEveryReadingIsYoungerThanItsRequest(t *testing.T) {
	f := &fakeLog{levels: []Level{{"A", "bordeaux", 0}}}
	live, board := newLive(t, f, quick)
	var written atomic.Int64
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				before, came := written.Load(), time.Now()
				asOf, stale := live.Read()
				if got := int64(board.of("A")); got < before || stale || asOf.Before(came) && asOf.Before(came.Add(-time.Millisecond)) {
					t.Errorf("read %d (stale %v) after %d was written", got, stale, before)
					return
				}
			}
		})
	}
	for n := 1; n <= 2000; n++ {
		f.add(uint64(n), "A", n)
		written.Store(int64(n))
	}
	live.Read()
	close(stop)
	readers.Wait()
	if got := board.of("A"); got != 2000 {
		t.Errorf("%d at the end, want 2000", got)
	}
}

func TestRequestsThatArriveTogetherShareAQuery(t *testing.T) {
	release := make(chan struct{})
	f := &fakeLog{}
	live, _ := newLive(t, f, Timing{Pace: time.Microsecond, Hedge: time.Hour, GiveUp: time.Hour, Reconcile: time.Hour})
	started := make(chan struct{}, 10)
	f.before = func(int) error { started <- struct{}{}; <-release; return nil }
	var wait sync.WaitGroup
	wait.Go(func() { live.Read() })
	<-started // the first query is under way: who comes now waits for the second
	var inside atomic.Int32
	for range 100 {
		wait.Go(func() { inside.Add(1); live.Read() })
	}
	for inside.Load() < 100 {
		runtime.Gosched() // the goroutines are about to call Read
	}
	close(release)
	wait.Wait()
	if n := f.queries.Load(); n > 4 {
		t.Errorf("%d queries for 101 requests", n)
	}
}

func TestASlowReplicaIsHedged(t *testing.T) {
	f := &fakeLog{}
	live, board := newLive(t, f, quick)
	hung := make(chan struct{})
	defer close(hung)
	f.before = func(attempt int) error {
		if attempt == 0 {
			<-hung
		}
		return nil
	}
	f.add(1, "A", 7)
	start := time.Now()
	if _, stale := live.Read(); stale || board.of("A") != 7 {
		t.Errorf("stale %v, available %d", stale, board.of("A"))
	}
	if took := time.Since(start); took < quick.Hedge || took > quick.GiveUp {
		t.Errorf("answered after %s", took)
	}
}

func TestWhenNobodyAnswersTheLastKnownIsStale(t *testing.T) {
	f := &fakeLog{levels: []Level{{"A", "bordeaux", 5}}}
	live, board := newLive(t, f, quick)
	good, _ := live.Read()
	f.before = func(int) error { return errors.New("away") }
	asOf, stale := live.Read()
	if !stale || !asOf.Equal(good) || board.of("A") != 5 {
		t.Errorf("as of %s (last good %s), stale %v, available %d", asOf, good, stale, board.of("A"))
	}
	f.before = nil
	if _, stale := live.Read(); stale {
		t.Error("stale although the replica is back")
	}
}

func TestAnOlderEventDoesNotUndoANewerOne(t *testing.T) {
	board := NewBoard([]string{"bordeaux"})
	board.Apply([]Event{{9, Level{"A", "bordeaux", 1}}, {8, Level{"A", "bordeaux", 2}}, {3, Level{"B", "tokyo", 4}}})
	if got := board.of("A"); got != 1 {
		t.Errorf("available %d, want the 1 of event 9", got)
	}
}

// A level that no event told of is corrected at the second look, one that is on its way is not.
func TestTheWholeTableCorrectsALostLevel(t *testing.T) {
	f := &fakeLog{levels: []Level{{"A", "bordeaux", 5}, {"B", "bordeaux", 5}}}
	live, board := newLive(t, f, quick)
	f.levels = []Level{{"A", "bordeaux", 4}, {"B", "bordeaux", 4}, {"C", "new-york", 1}}
	first := live.reconcile(t.Context(), nil)
	if board.of("A") != 5 || live.Corrections() != 0 {
		t.Fatal("corrected at the first look")
	}
	f.levels[1].Available = 3 // B is changing
	live.reconcile(t.Context(), first)
	if got := board.of("A"); got != 4 {
		t.Errorf("A is %d, want the table's 4", got)
	}
	if got := board.of("B"); got != 5 {
		t.Errorf("B is %d: corrected while it changes", got)
	}
	if got := board.Available([]uint32{board.Slot("C")}, 1); got != 1 || live.Corrections() != 2 {
		t.Errorf("C is %d after %d corrections, want 1 after 2", got, live.Corrections())
	}
}

func TestTheBoardGrowsUnderItsReaders(t *testing.T) {
	board := NewBoard([]string{"bordeaux", "new-york"})
	board.Apply([]Event{{1, Level{"first", "new-york", 3}}})
	slot := board.Slot("first")
	stop := make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if got := board.Available([]uint32{slot}, 1); got != 3 {
					t.Errorf("read %d while the board grew", got)
					return
				}
			}
		}
	})
	for i := range 20_000 {
		board.Slot(string(rune('a'+i%26)) + time.Duration(i).String())
	}
	close(stop)
	reader.Wait()
}

// A turn is a SKU that ran out or came back, in its own warehouse only.
func TestTurnsCountWhatRunsOut(t *testing.T) {
	b := NewBoard([]string{"bordeaux", "hong-kong"})
	left := []bool{true}
	for i, c := range []struct {
		available, turns int
		left             bool
	}{{3, 1, true}, {2, 1, true}, {0, 2, false}, {0, 2, false}, {5, 3, true}} {
		b.Apply([]Event{{ID: uint64(i + 1), Level: Level{SKU: "A", Warehouse: "bordeaux", Available: c.available}}})
		if b.Left([]uint32{b.Slot("A")}, 0, left); left[0] != c.left || int(b.Turns(0)) != c.turns || b.Turns(1) != 0 {
			t.Errorf("%d: left %v, turns %d and %d", i, left[0], b.Turns(0), b.Turns(1))
		}
	}
}
