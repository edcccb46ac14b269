package redis

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/store/cart"
)

func TestACartIsFilledAndEmptied(t *testing.T) {
	carts, _ := flushed(t)
	ctx := t.Context()
	if c, found, err := carts.Get(ctx, someID, "fr"); found || err != nil {
		t.Fatalf("before the first add: %v, %v, %v", c, found, err)
	}
	must(t)(carts.Add(ctx, someID, french, "MARGAUX-1990-1", 2, cart.Seen{}))
	must(t)(carts.Add(ctx, someID, french, "LATOUR-1961-1", 1, cart.Seen{}))
	must(t)(carts.Add(ctx, someID, french, "MARGAUX-1990-1", 3, cart.Seen{}))
	c := must(t)(carts.Set(ctx, someID, french, "LATOUR-1961-1", 6))
	want := cart.Cart{Market: "fr", Version: 4, Lines: []cart.Line{{SKU: "MARGAUX-1990-1", Quantity: 5}, {SKU: "LATOUR-1961-1", Quantity: 6}}}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got %v, want %v", c, want)
	}
	if c, found, err := carts.Get(ctx, someID, "fr"); !found || err != nil || !reflect.DeepEqual(c, want) {
		t.Errorf("read back %v, %v, %v", c, found, err)
	}
	must(t)(carts.Set(ctx, someID, french, "MARGAUX-1990-1", 0))
	c = must(t)(carts.Set(ctx, someID, french, "LATOUR-1961-1", 0))
	if c.Count() != 0 || c.Version != 6 {
		t.Errorf("emptied: %v", c)
	}
	if c := must(t)(carts.Restore(ctx, someID, want)); c.Count() != 0 || c.Version != 6 {
		t.Errorf("an old cookie brought lines back that were removed: %v", c)
	}
}

func TestWhatAnEditIsRefusedFor(t *testing.T) {
	carts, _ := flushed(t)
	ctx := t.Context()
	held := must(t)(carts.Add(ctx, someID, french, "A", 990, cart.Seen{}))
	for _, test := range []struct {
		name string
		edit func() (cart.Cart, error)
		want error
	}{
		{"more than a line holds", func() (cart.Cart, error) { return carts.Add(ctx, someID, french, "A", 10, cart.Seen{}) }, cart.ErrQuantity},
		{"more than any line holds", func() (cart.Cart, error) { return carts.Add(ctx, someID, french, "B", 1000, cart.Seen{}) }, cart.ErrQuantity},
		{"less than nothing", func() (cart.Cart, error) { return carts.Add(ctx, someID, french, "A", -1, cart.Seen{}) }, cart.ErrQuantity},
		{"set to less than nothing", func() (cart.Cart, error) { return carts.Set(ctx, someID, french, "A", -1) }, cart.ErrQuantity},
		{"no SKU", func() (cart.Cart, error) { return carts.Add(ctx, someID, french, "", 1, cart.Seen{}) }, cart.ErrSKU},
		{"a SKU with a line break", func() (cart.Cart, error) { return carts.Set(ctx, someID, french, "A\n", 1) }, cart.ErrSKU},
		{"a line that is not there", func() (cart.Cart, error) { return carts.Set(ctx, someID, french, "B", 1) }, cart.ErrUnknownLine},
	} {
		c, err := test.edit()
		if !errors.Is(err, test.want) || errors.Is(err, cart.ErrUnavailable) {
			t.Errorf("%s: error %v, want %v", test.name, err, test.want)
		}
		if !reflect.DeepEqual(c, held) {
			t.Errorf("%s: answered with %v instead of the cart as it is", test.name, c)
		}
	}
	for name, mirror := range map[string]cart.Cart{
		"no market":  {},
		"a bad line": {Market: "fr", Version: 9, Lines: []cart.Line{{SKU: "A"}}},
	} {
		if _, err := carts.Restore(ctx, someID, mirror); !errors.Is(err, cart.ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, _, err := carts.Get(ctx, someID, "fr"); err != nil || !reflect.DeepEqual(c, held) {
		t.Errorf("after all that Redis has %v, %v", c, err)
	}
}

func TestSixtyLinesInOrder(t *testing.T) {
	carts, _ := flushed(t)
	ctx := t.Context()
	var want []string
	for i := range cart.MaxLines {
		sku := fmt.Sprintf("%02d-%s", (i*37)%60, strings.Repeat("x", cart.MaxSKU-3))
		want = append(want, sku)
		must(t)(carts.Add(ctx, someID, french, sku, 1, cart.Seen{}))
	}
	c, err := carts.Add(ctx, someID, french, "ONE-MORE", 1, cart.Seen{})
	if !errors.Is(err, cart.ErrFull) {
		t.Errorf("line 61: %v", err)
	}
	if got := skus(c); !reflect.DeepEqual(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	must(t)(carts.Set(ctx, someID, french, want[0], 0))
	c = must(t)(carts.Add(ctx, someID, french, want[0], 1, cart.Seen{}))
	if got := skus(c); !reflect.DeepEqual(got, append(want[1:], want[0])) {
		t.Errorf("removed and added again, a line belongs at the end: %v", got)
	}
}

// Tabs and instances that edit one cart at once, each in its own way, lose nothing of each other. CAVEAU_SOAK=1 makes 10,000 edits of it.
func TestNoConcurrentEditIsLost(t *testing.T) {
	carts, _ := flushed(t)
	edits := 400
	if os.Getenv("CAVEAU_SOAK") == "1" {
		edits = 10_000
	}
	skus := []string{"MARGAUX-1990-1", "LATOUR-1961-1", "KRUG-NV-1", "YQUEM-2001-1"}
	for _, sku := range skus {
		must(t)(carts.Add(t.Context(), someID, french, sku, 1, cart.Seen{Price: 1, Day: 1}))
	}
	var tabs sync.WaitGroup
	for tab := range 8 {
		tabs.Go(func() {
			for n := range edits / 8 {
				if err := concurrent(t, carts, skus[tab%4], tab, n+1); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	tabs.Wait()
	c, found, err := carts.Get(t.Context(), someID, "fr")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	rounds := edits / 8
	for i, line := range c.Lines {
		want := cart.Line{SKU: skus[i], Quantity: 1 + (rounds+3)/4, Seen: cart.Seen{Price: int64(1 + rounds), Day: 1}, Wish: cart.Wishes()[rounds%3]}
		if line != want {
			t.Errorf("line %d is %+v, want %+v", i, line, want)
		}
	}
	if want := uint64(4 + 8*rounds + 4*((rounds+3)/4)); c.Version != want {
		t.Errorf("%d edits made version %d, want %d", edits, c.Version, want)
	}
}

// concurrent is the nth edit of a tab: the first four add a bottle or confirm a price, the others wish something else each time.
func concurrent(t *testing.T, carts *Carts, sku string, tab, n int) (err error) {
	switch {
	case tab >= 4:
		_, err = carts.Prefer(t.Context(), someID, french, sku, cart.Wishes()[n%3])
	case n%4 == 1:
		if _, err = carts.Add(t.Context(), someID, french, sku, 1, cart.Seen{}); err != nil {
			return err
		}
		fallthrough
	default:
		_, err = carts.Confirm(t.Context(), someID, french, []cart.Shown{{SKU: sku, Seen: cart.Seen{Price: int64(n + 1), Day: 1}}})
	}
	return err
}

func TestMarketsAndVisitorsDoNotMix(t *testing.T) {
	carts, _ := flushed(t)
	ctx, german, other := t.Context(), cart.Cart{Market: "de"}, cart.ID{9}
	must(t)(carts.Add(ctx, someID, french, "A", 1, cart.Seen{}))
	must(t)(carts.Add(ctx, someID, german, "B", 2, cart.Seen{}))
	must(t)(carts.Add(ctx, other, french, "C", 3, cart.Seen{}))
	for _, test := range []struct {
		id     cart.ID
		market string
		want   cart.Cart
	}{
		{someID, "fr", cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "A", Quantity: 1}}}},
		{someID, "de", cart.Cart{Market: "de", Version: 1, Lines: []cart.Line{{SKU: "B", Quantity: 2}}}},
		{other, "fr", cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "C", Quantity: 3}}}},
	} {
		if c, _, err := carts.Get(ctx, test.id, test.market); err != nil || !reflect.DeepEqual(c, test.want) {
			t.Errorf("%v in %s: %v, %v", test.id, test.market, c, err)
		}
	}
}

// The layout is what running instances of the version before this one read and write.
func TestLayout(t *testing.T) {
	carts, raw := flushed(t)
	ctx := t.Context()
	must(t)(carts.Add(ctx, someID, french, "A", 2, cart.Seen{}))
	must(t)(carts.Add(ctx, someID, french, "B", 3, cart.Seen{}))
	must(t)(carts.Set(ctx, someID, french, "A", 5))
	must(t)(carts.Add(ctx, someID, french, "C", 1, cart.Seen{Price: cart.MaxPrice, Left: 7, Day: 2517}))
	must(t)(carts.Prefer(ctx, someID, french, "B", cart.AskMe))
	fields, err := raw.HGetAll(ctx, "cart:{AQIDAAAAAAAAAAAAAAAAEA}:fr").Result()
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"version": "5", "sku:A": "1 5", "sku:B": "2 3 0 0 0 2", "sku:C": "3 1 10000000000 7 2517 0"}; !maps.Equal(fields, want) {
		t.Errorf("fields %v, want %v", fields, want)
	}
}

// A small hash gives its fields back as they were set, a large one does not.
func TestTheOrderIsThatOfThePlaces(t *testing.T) {
	carts, raw := flushed(t)
	ctx := t.Context()
	if err := raw.HSet(ctx, key(someID, "fr"), "sku:C", "10 1", "sku:A", "9 1", "version", "12", "sku:B", "2 1").Err(); err != nil {
		t.Fatal(err)
	}
	c := must(t)(carts.Add(ctx, someID, french, "AA", 1, cart.Seen{}))
	if got := skus(c); !reflect.DeepEqual(got, []string{"B", "A", "C", "AA"}) {
		t.Errorf("lines %v", got)
	}
}

func TestEveryEditRenewsTheTimeToLive(t *testing.T) {
	carts, raw := flushed(t)
	ctx := t.Context()
	c := must(t)(carts.Add(ctx, someID, french, "A", 2, cart.Seen{}))
	for name, edit := range map[string]func() (cart.Cart, error){
		"add":     func() (cart.Cart, error) { return carts.Add(ctx, someID, french, "B", 1, cart.Seen{}) },
		"set":     func() (cart.Cart, error) { return carts.Set(ctx, someID, french, "A", 2) },
		"restore": func() (cart.Cart, error) { return carts.Restore(ctx, someID, c) },
	} {
		if err := raw.PExpire(ctx, key(someID, "fr"), time.Minute).Err(); err != nil {
			t.Fatal(err)
		}
		must(t)(edit())
		if left := raw.PTTL(ctx, key(someID, "fr")).Val(); left < 59*time.Minute || left > time.Hour {
			t.Errorf("after %s %s are left", name, left)
		}
	}
	if err := raw.PExpire(ctx, key(someID, "fr"), time.Minute).Err(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := carts.Get(ctx, someID, "fr"); err != nil {
		t.Fatal(err)
	}
	if left := raw.PTTL(ctx, key(someID, "fr")).Val(); left > time.Minute {
		t.Errorf("to look at a cart wrote to Redis: %s are left", left)
	}
}

func TestAScriptThatRedisForgotIsSentAgain(t *testing.T) {
	carts, raw := flushed(t)
	must(t)(carts.Add(t.Context(), someID, french, "A", 1, cart.Seen{}))
	if err := raw.ScriptFlush(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if c := must(t)(carts.Add(t.Context(), someID, french, "A", 1, cart.Seen{})); c.Count() != 2 {
		t.Errorf("counted %d", c.Count())
	}
}

func skus(c cart.Cart) []string {
	var out []string
	for _, line := range c.Lines {
		out = append(out, line.SKU)
	}
	return out
}
