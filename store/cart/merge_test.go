package cart

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

var someCart = rapid.Custom(func(t *rapid.T) Cart {
	c := Cart{Market: "fr", Version: rapid.Uint64Range(0, 50).Draw(t, "version")}
	for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 90), 0, MaxLines, rapid.ID[int]).Draw(t, "skus") {
		c.Lines = append(c.Lines, Line{SKU: fmt.Sprintf("S%d", n), Quantity: rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(900, MaxQuantity)).Draw(t, "quantity")})
	}
	return c
})

// No bottle of either cart is lost but for what the bounds keep out, and that is said.
func TestMergedCartsHoldWhatBothHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, earlier := someCart.Draw(t, "cart"), someCart.Draw(t, "earlier")
		got, m := c.Merge(earlier)
		if err := got.Check(); err != nil {
			t.Fatal(err)
		}
		if len(earlier.Lines) > 0 && (got.Version <= c.Version || got.Version <= earlier.Version) {
			t.Fatalf("version %d of %d and %d: an older copy would win", got.Version, c.Version, earlier.Version)
		}
		short, added, summed := 0, 0, 0
		for _, line := range earlier.Lines {
			had, has := c.Quantity(line.SKU), got.Quantity(line.SKU)
			switch {
			case has == 0:
				if len(got.Lines) < MaxLines {
					t.Fatalf("%s is gone, and there was room", line.SKU)
				}
				short++
			case had == 0:
				added++
			default:
				summed++
			}
			if want := min(had+line.Quantity, MaxQuantity); has != 0 && has != want {
				t.Fatalf("%d of %s, want %d", has, line.SKU, want)
			}
			if has != 0 && has < had+line.Quantity {
				short++
			}
		}
		if m != (Merged{added, summed, short}) {
			t.Fatalf("says %+v, did %d, %d, %d", m, added, summed, short)
		}
		for i, line := range c.Lines {
			if got.Lines[i].SKU != line.SKU || got.Quantity(line.SKU) < line.Quantity {
				t.Fatalf("%s was %d, is %d", line.SKU, line.Quantity, got.Quantity(line.SKU))
			}
		}
	})
}

func TestCartsOfTwoMarketsDoNotMix(t *testing.T) {
	french := Cart{Market: "fr", Version: 3, Lines: []Line{{SKU: "A", Quantity: 1}}}
	got, m := french.Merge(Cart{Market: "de", Version: 9, Lines: []Line{{SKU: "B", Quantity: 2}}})
	if got.Version != 3 || len(got.Lines) != 1 || m != (Merged{}) {
		t.Errorf("%+v, %+v", got, m)
	}
}
