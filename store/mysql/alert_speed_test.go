package mysql_test

import (
	"context"
	"slices"
	"testing"
	"time"
)

// From the UPDATE of the stock to the letter, with many others who wait (a hundred thousand when soaking): instances run as they do in a shop.
func TestBackInStockIsToldWithinTwoSeconds(t *testing.T) {
	w := newWatch(t)
	times := longOr(25, 200)
	w.crowd(t, times)
	w.crowdFor(t, longOr(20_000, 100_000), "stock", "sku:M-90-M")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.teller(w.alerts).Run(ctx)
	}()
	var took []time.Duration
	for range times {
		w.stock(t, "M-90", 1)
		took = append(took, within(t, 10*time.Second, "a letter", func() bool { return len(w.post(t)) == 1 }))
		w.stock(t, "M-90", 0)
	}
	stop()
	<-done
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[len(took)*99/100]
	t.Logf("UPDATE stock → letter: p50 %s, p99 %s (%d times)", p50.Round(time.Millisecond), p99.Round(time.Millisecond), times)
	if p99 > 2*time.Second {
		t.Errorf("p99 is %s", p99)
	}
}

// What a look costs where many wait (100,000 when soaking): with nothing to tell, with one bottle to tell of, and the first one of an instance, which looks
// at all price alerts.
func TestALookCostsLittleWhereManyWait(t *testing.T) {
	w := newWatch(t)
	w.crowd(t, longOr(20_000, 100_000))
	look := func() time.Duration {
		began := time.Now()
		w.round(t)
		return time.Since(began)
	}
	idle := w.teller(w.alerts)
	if _, err := idle.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for range 20 {
		if _, err := idle.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	nothing := time.Since(began) / 20
	w.stock(t, "M-90", 1)
	one := look()
	w.crowdFor(t, longOr(20_000, 100_000), "price", "sku:M-90-M")
	all := look()
	t.Logf("nothing to tell %s; one bottle, all wait for it %s; all price alerts anew %s", nothing, one, all)
	if nothing > 100*time.Millisecond || one > 2*time.Second || all > 30*time.Second {
		t.Error("a look costs too much")
	}
}
