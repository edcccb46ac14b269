package money

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPer(t *testing.T) {
	tests := []struct {
		minor, whole, unit, want int64
	}{
		{109000, 750, 1000, 145333},
		{642000, 6, 1, 107000},
		{100, 3, 1, 33},
		{200, 3, 1, 67},
		{-200, 3, 1, -67},
		{100, 0, 1, 0},
	}
	for _, tt := range tests {
		if got := Of(tt.minor, "EUR").Per(tt.whole, tt.unit).Minor; got != tt.want {
			t.Errorf("Per(%d of %d/%d) = %d, want %d", tt.minor, tt.unit, tt.whole, got, tt.want)
		}
	}
}

func TestRoundToFiveCentimes(t *testing.T) {
	for minor, want := range map[int64]int64{1001: 1000, 1002: 1000, 1003: 1005, 1007: 1005, 1008: 1010, -1003: -1005} {
		if got := Of(minor, "CHF").RoundTo(5).Minor; got != want {
			t.Errorf("RoundTo(5) of %d = %d, want %d", minor, got, want)
		}
	}
}

func TestRoundingNeverMovesByMoreThanHalfAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-1e12, 1e12).Draw(t, "minor")
		step := rapid.Int64Range(2, 1000).Draw(t, "step")
		got := Of(minor, "CHF").RoundTo(step).Minor
		if got%step != 0 {
			t.Fatalf("%d is no multiple of %d", got, step)
		}
		if d := 2 * (got - minor); d > step || -d > step {
			t.Fatalf("%d rounded to %d in steps of %d", minor, got, step)
		}
	})
}

func TestAddRefusesTwoCurrencies(t *testing.T) {
	if _, err := Of(1, "EUR").Add(Of(1, "CHF")); err == nil {
		t.Fatal("1 EUR + 1 CHF has a sum")
	}
	if sum, err := Of(1, "EUR").Add(Of(2, "EUR")); err != nil || sum != Of(3, "EUR") {
		t.Fatalf("1 + 2 = %v, %v", sum, err)
	}
}
