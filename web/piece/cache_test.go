package piece

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

var someTable = newTable(0)

func pageOf(size int) *Page {
	return &Page{script: bytes.Repeat([]byte{byte(size)}, size), table: someTable}
}

// get is the page of a key, copied out.
func get(c *Cache, key Key, rev uint64, press func() (*Page, error)) (*Page, error) {
	var p Page
	if err := c.Get(&p, key, rev, press); err != nil {
		return nil, err
	}
	return &p, nil
}

func TestOnlyOneCallerMakesAPage(t *testing.T) {
	c := NewCache(1 << 20)
	var made atomic.Int32
	release := make(chan struct{})
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			if _, err := get(c, Key{Node: 1}, 1, func() (*Page, error) {
				made.Add(1)
				<-release
				return pageOf(10), nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
	wait.Wait()
	if n := made.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
}

func TestANewRevisionReplacesThePage(t *testing.T) {
	c := NewCache(1 << 20)
	for rev := uint64(1); rev <= 3; rev++ {
		page := pageOf(int(rev))
		got, err := get(c, Key{Node: 1}, rev, func() (*Page, error) { return page, nil })
		if err != nil || !bytes.Equal(got.script, page.script) {
			t.Fatalf("revision %d: %v, %v", rev, got, err)
		}
	}
	if s := c.Stats(); s.Pages != 1 || s.Misses != 3 {
		t.Errorf("%+v", s)
	}
}

func TestAFailureIsNotKept(t *testing.T) {
	c := NewCache(1 << 20)
	broken := errors.New("broken")
	if _, err := get(c, Key{}, 1, func() (*Page, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if p, err := get(c, Key{}, 1, func() (*Page, error) { return pageOf(1), nil }); err != nil || p == nil {
		t.Fatalf("%v, %v", p, err)
	}
}

func TestTheBoundHoldsAndUsedPagesStay(t *testing.T) {
	const bound = 64 * 10_000
	c := NewCache(bound)
	for i := range 20_000 {
		key := Key{Node: uint32(i)}
		if _, err := get(c, key, 1, func() (*Page, error) { return pageOf(500), nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := get(c, Key{Node: 0}, 1, func() (*Page, error) { return pageOf(500), nil }); err != nil {
			t.Fatal(err)
		}
	}
	s := c.Stats()
	if s.Bytes > bound {
		t.Errorf("%d bytes, bound %d", s.Bytes, bound)
	}
	if s.Misses > 20_000 {
		t.Errorf("the page that is always used was made again: %d misses", s.Misses)
	}
	if s.Pages < bound*8/10/(500+recordHead) {
		t.Errorf("only %d pages are kept", s.Pages)
	}
}

func TestAPanicLeavesNobodyWaiting(t *testing.T) {
	c := NewCache(1 << 20)
	func() {
		defer func() { _ = recover() }()
		get(c, Key{}, 1, func() (*Page, error) { panic("a template's") }) //nolint:errcheck // it panics
	}()
	if p, err := get(c, Key{}, 1, func() (*Page, error) { return pageOf(1), nil }); err != nil || p == nil {
		t.Fatalf("%v, %v", p, err)
	}
}

// Requests spread as visitors spread them (Zipf, s = 1, ten thousand pages) find four in five pages in a
// cache that holds a quarter of them.
func TestPopularPagesStay(t *testing.T) {
	const pages, size = 10_000, 500
	c := NewCache(pages / 4 * (size + recordHead))
	var sum float64
	cumulative := make([]float64, pages)
	for i := range cumulative {
		sum += 1 / float64(i+1)
		cumulative[i] = sum
	}
	random := rand.New(rand.NewPCG(1, 2))
	ask := func(n int) {
		for range n {
			rank, _ := slices.BinarySearch(cumulative, random.Float64()*sum)
			if _, err := get(c, Key{Node: uint32(rank)}, 1, func() (*Page, error) { return pageOf(size), nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask(100_000)
	before := c.Stats()
	ask(100_000)
	after := c.Stats()
	rate := float64(after.Hits-before.Hits) / 100_000
	t.Logf("hit rate %.3f", rate)
	if rate < 0.8 {
		t.Errorf("hit rate %.3f, want 0.8", rate)
	}
}

// Pages of another table would name the wrong pieces: the newer table's are kept, the older one's forgotten.
func TestANewTableEmptiesTheCache(t *testing.T) {
	c := NewCache(1 << 20)
	press := func(p *Page) func() (*Page, error) { return func() (*Page, error) { return p, nil } }
	next := &Page{script: []byte("new"), table: newTable(1)}
	for node := range uint32(200) {
		if _, err := get(c, Key{Node: node}, 1, press(pageOf(10))); err != nil {
			t.Fatal(err)
		}
	}
	for node := range uint32(200) {
		if _, err := get(c, Key{Node: node + 1000}, 1, press(next)); err != nil {
			t.Fatal(err)
		}
		if _, err := get(c, Key{Node: node + 2000}, 1, press(pageOf(10))); err != nil {
			t.Fatal(err)
		}
	}
	for node := range uint32(200) {
		if c.Has(Key{Node: node}, 1) || c.Has(Key{Node: node + 2000}, 1) {
			t.Fatalf("page %d of the old table is there", node)
		}
		if !c.Has(Key{Node: node + 1000}, 1) {
			t.Fatalf("page %d of the new table is not there", node)
		}
	}
}

// keeper of a ring in a test: it keeps what it is told to.
type keeper struct {
	t     *rapid.T
	there map[Key]place
}

func (k *keeper) worth(key Key, at uint32) bool {
	p := k.there[key]
	if p.at != at {
		k.t.Fatalf("page %v went from %d, it was at %d", key, at, p.at)
	}
	if p.credit > 0 {
		p.credit--
		k.there[key] = p
		return true
	}
	delete(k.there, key)
	return false
}

func (k *keeper) moved(key Key, at uint32) {
	p := k.there[key]
	p.at = at
	k.there[key] = p
}

// Whatever comes in and whatever stays, what the ring says is there is there, whole; the newest page always is.
func TestTheRingKeepsPagesWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound := rapid.IntRange(20, 300).Draw(t, "bound")
		k := &keeper{t, map[Key]place{}}
		r := ring{owner: k, room: make([]byte, bound)}
		for i := range rapid.IntRange(1, 200).Draw(t, "pages") {
			key := Key{Node: uint32(i), Edition: uint8(i), Number: uint16(i)}
			script := bytes.Repeat([]byte{byte(i)}, rapid.IntRange(0, 60).Draw(t, "size"))
			at, ok := r.put(key, script)
			if ok != (recordHead+len(script) <= bound) {
				t.Fatalf("%d bytes in %d: taken %v", len(script), bound, ok)
			}
			if ok {
				k.there[key] = place{at: at, size: uint32(len(script)), credit: uint8(rapid.IntRange(0, 2).Draw(t, "credit"))}
			}
			for key, p := range k.there {
				if got := r.at(p); !bytes.Equal(got, bytes.Repeat([]byte{byte(key.Node)}, int(p.size))) {
					t.Fatalf("page %v is %v", key, got)
				}
			}
			if r.records != len(k.there) || r.used() > bound {
				t.Fatalf("%d records of %d, %d bytes of %d", r.records, len(k.there), r.used(), bound)
			}
		}
	})
}
