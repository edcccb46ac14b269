package law

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]thousandths{"0": 0, "20": 20_000, "8.1": 8_100, "8.875": 8_875, "424.84": 424_840, "0.05": 50} {
		if got, err := parseNumber(text); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", ".", "1.", ".5", "-1", "+1", "1,5", "1.2345", "1e3", " 1", "0x1", "1234567890"} {
		if got, err := parseNumber(text); err == nil {
			t.Errorf("%q is taken as %d", text, got)
		}
	}
}

func TestPartRoundsHalvesAwayFromNought(t *testing.T) {
	for _, c := range []struct{ divisor, factor, want int64 }{
		{2, 1, 1}, {2, -1, -1}, {2, 3, 2}, {4, 1, 0}, {4, 3, 1}, {3, 2, 1}, {3, -2, -1}, {1, 7, 7}, {5, 0, 0},
	} {
		if got := part(c.divisor, c.factor); got != c.want {
			t.Errorf("%d / %d is %d, want %d", c.factor, c.divisor, got, c.want)
		}
	}
}

// part is never off by more than half, whatever the size of the product on the way.
func TestPartIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(-1e12, 1e12).Draw(t, "a")
		b := rapid.Int64Range(0, 1e12).Draw(t, "b")
		d := rapid.Int64Range(1e9, 1e12).Draw(t, "d")
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(b)), big.NewInt(d))
		off := exact.Sub(exact, big.NewRat(part(d, a, b), 1))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%d × %d / %d is off by %s", a, b, d, off)
		}
	})
}

// A tax within a price is that tax of the rest, to the cent.
func TestPercentInIsTheInverseOfPercentOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := rapid.Int64Range(1, 1e12).Draw(t, "net")
		rate := thousandths(rapid.Int64Range(0, 30_000).Draw(t, "rate"))
		tax := percentOf(net, rate)
		if got := percentIn(net+tax, rate); got != tax {
			t.Fatalf("%d at %d: %d of it, %d in it", net, rate, tax, got)
		}
	})
}
