package cart_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/cart"
)

func TestEdits(t *testing.T) {
	held := cart.Cart{Market: "fr", Version: 7, Lines: []cart.Line{{SKU: "A", Quantity: 2}, {SKU: "B", Quantity: 990}}}
	add, set := cart.Cart.Add, cart.Cart.Set
	for _, test := range []struct {
		name    string
		edit    func(cart.Cart, string, int) (cart.Cart, error)
		sku     string
		n       int
		err     error
		lines   string
		version uint64
	}{
		{"add to a line", add, "A", 3, nil, "A5 B990", 8},
		{"add a line at the end", add, "C", 1, nil, "A2 B990 C1", 8},
		{"add up to the bound", add, "B", 9, nil, "A2 B999", 8},
		{"add beyond the bound", add, "B", 10, cart.ErrQuantity, "A2 B990", 7},
		{"add a line beyond the bound", add, "C", 1000, cart.ErrQuantity, "A2 B990", 7},
		{"add so much that it would overflow", add, "A", int(^uint(0) >> 1), cart.ErrQuantity, "A2 B990", 7},
		{"add nothing", add, "A", 0, cart.ErrQuantity, "A2 B990", 7},
		{"add less than nothing", add, "A", -1, cart.ErrQuantity, "A2 B990", 7},
		{"add no SKU", add, "", 1, cart.ErrSKU, "A2 B990", 7},
		{"add a SKU with a space", add, "A B", 1, cart.ErrSKU, "A2 B990", 7},
		{"add a SKU that is too long", add, strings.Repeat("x", 41), 1, cart.ErrSKU, "A2 B990", 7},
		{"set a line", set, "A", 999, nil, "A999 B990", 8},
		{"set what is so already", set, "A", 2, nil, "A2 B990", 7},
		{"remove a line", set, "A", 0, nil, "B990", 8},
		{"remove what is not there", set, "C", 0, nil, "A2 B990", 7},
		{"set what is not there", set, "C", 1, cart.ErrUnknownLine, "A2 B990", 7},
		{"set beyond the bound", set, "A", 1000, cart.ErrQuantity, "A2 B990", 7},
		{"set below nothing", set, "A", -1, cart.ErrQuantity, "A2 B990", 7},
		{"set no SKU", set, "", 1, cart.ErrSKU, "A2 B990", 7},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.edit(held, test.sku, test.n)
			if !errors.Is(err, test.err) {
				t.Errorf("error %v, want %v", err, test.err)
			}
			if show(got) != test.lines || got.Version != test.version || got.Market != "fr" {
				t.Errorf("got %q in version %d of %s, want %q in %d", show(got), got.Version, got.Market, test.lines, test.version)
			}
			if show(held) != "A2 B990" {
				t.Fatalf("the edit changed its receiver: %q", show(held))
			}
		})
	}
}

func TestFull(t *testing.T) {
	c := cart.Cart{Market: "uk"}
	for i := range cart.MaxLines {
		c = must(t)(c.Add(fmt.Sprint("SKU-", i), 1))
	}
	if got, err := c.Add("ONE-MORE", 1); !errors.Is(err, cart.ErrFull) || len(got.Lines) != cart.MaxLines {
		t.Errorf("line 61: %d lines, error %v", len(got.Lines), err)
	}
	c = must(t)(c.Add("SKU-7", 1))
	c = must(t)(c.Set("SKU-0", 0))
	c = must(t)(c.Add("ONE-MORE", 1))
	if c.Count() != 61 || c.Version != 63 || c.Lines[59].SKU != "ONE-MORE" || c.Quantity("SKU-7") != 2 || c.Quantity("SKU-0") != 0 {
		t.Errorf("count %d, version %d, lines %v", c.Count(), c.Version, c.Lines)
	}
}

// Two carts made from one must not write into each other's lines.
func TestEditsShareNoLines(t *testing.T) {
	base := must(t)(cart.Cart{Market: "fr"}.Add("A", 1))
	base = must(t)(base.Add("B", 1))
	base = must(t)(base.Set("B", 0))
	left := must(t)(base.Add("LEFT", 1))
	right := must(t)(base.Add("RIGHT", 1))
	if show(left) != "A1 LEFT1" || show(right) != "A1 RIGHT1" {
		t.Errorf("left %q, right %q", show(left), show(right))
	}
}

func TestVersionStopsAtItsBound(t *testing.T) {
	c := cart.Cart{Market: "fr", Version: cart.MaxVersion}
	c = must(t)(c.Add("A", 1))
	if err := c.Check(); err != nil || c.Version != cart.MaxVersion {
		t.Errorf("version %d, %v", c.Version, err)
	}
}

func TestCheckRefuses(t *testing.T) {
	line := cart.Line{SKU: "A", Quantity: 1}
	for name, c := range map[string]cart.Cart{
		"no market":        {},
		"odd market":       {Market: "FR"},
		"market with key":  {Market: "fr:{"},
		"long market":      {Market: "marketing"},
		"version":          {Market: "fr", Version: cart.MaxVersion + 1},
		"61 lines":         {Market: "fr", Lines: slices.Repeat([]cart.Line{line}, 61)},
		"twice":            {Market: "fr", Lines: []cart.Line{line, line}},
		"no SKU":           {Market: "fr", Lines: []cart.Line{{Quantity: 1}}},
		"nothing of a SKU": {Market: "fr", Lines: []cart.Line{{SKU: "A"}}},
		"too much":         {Market: "fr", Lines: []cart.Line{{SKU: "A", Quantity: 1000}}},
	} {
		if err := c.Check(); !errors.Is(err, cart.ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is asked, a cart stays within its rules, its version never falls and moves exactly when the
// lines do.
func TestEditsKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := cart.Cart{Market: "fr"}
		for range rapid.IntRange(1, 150).Draw(t, "edits") {
			before := c
			sku := fmt.Sprint("S", rapid.IntRange(1, 70).Draw(t, "sku"))
			edit := c.Add
			if rapid.IntRange(0, 3).Draw(t, "set") == 0 {
				edit = c.Set
			}
			n := rapid.SampledFrom([]int{-1, 0, 1, 1, 2, 500, 999, 1000}).Draw(t, "n")
			c, _ = edit(sku, n)
			if err := c.Check(); err != nil {
				t.Fatal(err)
			}
			changed := !reflect.DeepEqual(before.Lines, c.Lines)
			if changed && c.Version != before.Version+1 || !changed && c.Version != before.Version {
				t.Fatalf("version %d -> %d, lines %v -> %v", before.Version, c.Version, before.Lines, c.Lines)
			}
		}
	})
}

func show(c cart.Cart) string {
	var out []string
	for _, line := range c.Lines {
		out = append(out, fmt.Sprint(line.SKU, line.Quantity))
	}
	return strings.Join(out, " ")
}

func must(t testing.TB) func(cart.Cart, error) cart.Cart {
	return func(c cart.Cart, err error) cart.Cart {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}
