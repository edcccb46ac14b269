package redis

import (
	"reflect"
	"testing"

	"caveau/store/cart"
)

func TestAFlushedRedisLosesNoCart(t *testing.T) {
	carts, raw := flushed(t)
	ctx := t.Context()
	must(t)(carts.Add(ctx, someID, french, "A", 2, cart.Seen{}))
	cookie := must(t)(carts.Add(ctx, someID, french, "B", 3, cart.Seen{}))
	for name, next := range map[string]struct {
		do   func() (cart.Cart, error)
		want cart.Cart
	}{
		"looking": {
			func() (cart.Cart, error) { return carts.Restore(ctx, someID, cookie) },
			cookie,
		},
		"adding": {
			func() (cart.Cart, error) { return carts.Add(ctx, someID, cookie, "A", 1, cart.Seen{}) },
			must(t)(cookie.Add("A", 1)),
		},
		"removing": {
			func() (cart.Cart, error) { return carts.Set(ctx, someID, cookie, "A", 0) },
			must(t)(cookie.Set("A", 0)),
		},
	} {
		if err := raw.FlushAll(ctx).Err(); err != nil {
			t.Fatal(err)
		}
		if c := must(t)(next.do()); !reflect.DeepEqual(c, next.want) {
			t.Errorf("%s: %v, want %v", name, c, next.want)
		}
		if c, found, err := carts.Get(ctx, someID, "fr"); !found || err != nil || !reflect.DeepEqual(c, next.want) {
			t.Errorf("%s left %v in Redis, %v, %v", name, c, found, err)
		}
	}
}

func TestTheHigherVersionWins(t *testing.T) {
	carts, _ := flushed(t)
	ctx := t.Context()
	must(t)(carts.Add(ctx, someID, french, "A", 1, cart.Seen{}))
	kept := must(t)(carts.Add(ctx, someID, french, "A", 1, cart.Seen{}))
	for name, test := range map[string]struct{ mirror, want cart.Cart }{
		"none":  {french, kept},
		"older": {cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "OLD", Quantity: 1}}}, kept},
		"equal": {cart.Cart{Market: "fr", Version: 2, Lines: []cart.Line{{SKU: "SAME", Quantity: 1}}}, kept},
	} {
		if c := must(t)(carts.Restore(ctx, someID, test.mirror)); !reflect.DeepEqual(c, test.want) {
			t.Errorf("%s: %v", name, c)
		}
	}
	newer := cart.Cart{Market: "fr", Version: 3, Lines: []cart.Line{{SKU: "Z", Quantity: 1}, {SKU: "Y", Quantity: 2}}}
	if c := must(t)(carts.Restore(ctx, someID, newer)); !reflect.DeepEqual(c, newer) {
		t.Errorf("newer: %v", c)
	}
}

// A cart can have more lines than edits, and then a line's place must not be taken from the version.
func TestALineAddedAfterARestoreComesLast(t *testing.T) {
	carts, _ := flushed(t)
	mirror := cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "X", Quantity: 1}, {SKU: "Y", Quantity: 1}, {SKU: "Z", Quantity: 1}}}
	must(t)(carts.Add(t.Context(), someID, mirror, "A", 1, cart.Seen{}))
	c, _, err := carts.Get(t.Context(), someID, "fr")
	if got := skus(c); err != nil || !reflect.DeepEqual(got, []string{"X", "Y", "Z", "A"}) {
		t.Errorf("lines %v, %v", got, err)
	}
}

func TestNothingIsKeptOfACartThatWasNeverEdited(t *testing.T) {
	carts, raw := flushed(t)
	must(t)(carts.Restore(t.Context(), someID, french))
	must(t)(carts.Set(t.Context(), someID, french, "A", 0))
	if n := raw.DBSize(t.Context()).Val(); n != 0 {
		t.Errorf("%d keys", n)
	}
}

func TestDamageCountsAsAbsentAndIsRepaired(t *testing.T) {
	cookie := cart.Cart{Market: "fr", Version: 2, Lines: []cart.Line{{SKU: "A", Quantity: 2}}}
	long := "sku:01234567890123456789012345678901234567890"
	crowd := []any{"version", "5"}
	for i := range cart.MaxLines + 1 {
		crowd = append(crowd, "sku:"+string(rune('0'+i)), "1 1")
	}
	for name, command := range map[string][]any{
		"a string":                {"set", "KEY", "5"},
		"a list":                  {"rpush", "KEY", "version", "5"},
		"no version":              {"hset", "KEY", "sku:A", "1 1"},
		"a version of words":      {"hset", "KEY", "version", "five"},
		"a version below one":     {"hset", "KEY", "version", "0"},
		"a version with a point":  {"hset", "KEY", "version", "5.5"},
		"a version in hex":        {"hset", "KEY", "version", "0x5"},
		"a version beyond all":    {"hset", "KEY", "version", "1099511627777"},
		"a version of a novel":    {"hset", "KEY", "version", "99999999999999999999999999999999999999"},
		"a quantity of words":     {"hset", "KEY", "version", "5", "sku:A", "1 two"},
		"a quantity alone":        {"hset", "KEY", "version", "5", "sku:A", "2"},
		"a quantity of nothing":   {"hset", "KEY", "version", "5", "sku:A", "1 0"},
		"a quantity beyond all":   {"hset", "KEY", "version", "5", "sku:A", "1 1000"},
		"a quantity below zero":   {"hset", "KEY", "version", "5", "sku:A", "1 -1"},
		"a field that is unknown": {"hset", "KEY", "version", "5", "colour", "1 1"},
		"a line without SKU":      {"hset", "KEY", "version", "5", "sku:", "1 1"},
		"a SKU of bytes":          {"hset", "KEY", "version", "5", "sku:\xff\x00", "1 1"},
		"a SKU that is too long":  {"hset", "KEY", "version", "5", long, "1 1"},
		"61 lines":                append([]any{"hset", "KEY"}, crowd...),
	} {
		t.Run(name, func(t *testing.T) {
			carts, raw := flushed(t)
			ctx := t.Context()
			command[1] = key(someID, "fr")
			damage := func() {
				if err := raw.FlushAll(ctx).Err(); err != nil {
					t.Fatal(err)
				}
				if err := raw.Do(ctx, command...).Err(); err != nil {
					t.Fatal(err)
				}
			}
			damage()
			if c, found, err := carts.Get(ctx, someID, "fr"); found || err != nil {
				t.Errorf("got %v, %v, %v", c, found, err)
			}
			if c := must(t)(carts.Restore(ctx, someID, cookie)); !reflect.DeepEqual(c, cookie) {
				t.Errorf("restored %v", c)
			}
			damage()
			if c := must(t)(carts.Add(ctx, someID, cookie, "A", 1, cart.Seen{})); c.Version != 3 || c.Quantity("A") != 3 {
				t.Errorf("edited %v", c)
			}
			damage()
			must(t)(carts.Add(ctx, someID, french, "B", 1, cart.Seen{}))
			c, found, err := carts.Get(ctx, someID, "fr")
			if want := (cart.Cart{Market: "fr", Version: 1, Lines: []cart.Line{{SKU: "B", Quantity: 1}}}); !found || err != nil || !reflect.DeepEqual(c, want) {
				t.Errorf("begun anew: %v, %v, %v", c, found, err)
			}
		})
	}
}
