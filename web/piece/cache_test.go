package piece

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

func pageOf(size int) *Page { return &Page{own: make([]byte, size)} }

func TestOnlyOneCallerMakesAPage(t *testing.T) {
	c := NewCache(1 << 20)
	var made atomic.Int32
	release := make(chan struct{})
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			if _, err := c.Get(Key{Node: 1}, 1, func() (*Page, error) {
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
		got, err := c.Get(Key{Node: 1}, rev, func() (*Page, error) { return page, nil })
		if err != nil || got != page {
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
	if _, err := c.Get(Key{}, 1, func() (*Page, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if p, err := c.Get(Key{}, 1, func() (*Page, error) { return pageOf(1), nil }); err != nil || p == nil {
		t.Fatalf("%v, %v", p, err)
	}
}

func TestTheBoundHoldsAndUsedPagesStay(t *testing.T) {
	const bound = 64 * 10_000
	c := NewCache(bound)
	for i := range 20_000 {
		key := Key{Node: uint32(i)}
		if _, err := c.Get(key, 1, func() (*Page, error) { return pageOf(500), nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Get(Key{Node: 0}, 1, func() (*Page, error) { return pageOf(500), nil }); err != nil {
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
	if s.Pages < bound/1000/2 {
		t.Errorf("only %d pages are kept", s.Pages)
	}
}

func TestAPanicLeavesNobodyWaiting(t *testing.T) {
	c := NewCache(1 << 20)
	func() {
		defer func() { _ = recover() }()
		c.Get(Key{}, 1, func() (*Page, error) { panic("a template's") }) //nolint:errcheck // it panics
	}()
	if p, err := c.Get(Key{}, 1, func() (*Page, error) { return pageOf(1), nil }); err != nil || p == nil {
		t.Fatalf("%v, %v", p, err)
	}
}

// Requests spread as visitors spread them (Zipf, s = 1, ten thousand pages) find four in five pages in a
// cache that holds a quarter of them.
func TestPopularPagesStay(t *testing.T) {
	const pages, size = 10_000, 500
	c := NewCache(pages / 4 * (size + 128 + overhead))
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
			if _, err := c.Get(Key{Node: uint32(rank)}, 1, func() (*Page, error) { return pageOf(size), nil }); err != nil {
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
