package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestZipfDrawsEachRankAsOftenAsItsShare(t *testing.T) {
	const n, draws = 1000, 400_000
	z := newZipf(n, 7)
	counts := make([]int, n)
	random := rand.New(rand.NewPCG(1, 2))
	for range draws {
		counts[z.draw(random)]++
	}
	harmonic := 0.0
	for k := 1; k <= n; k++ {
		harmonic += 1 / float64(k)
	}
	for _, k := range []int{1, 2, 3, 10, 100, 1000} {
		want := draws / harmonic / float64(k)
		got := float64(counts[z.byRank[k-1]])
		if math.Abs(got-want) > 5*math.Sqrt(want) {
			t.Errorf("rank %d was drawn %.0f times, want about %.0f", k, got, want)
		}
	}
}

func TestZipfRanksAreAPermutationThatTheSeedDecides(t *testing.T) {
	a, b, c := newZipf(500, 1), newZipf(500, 1), newZipf(500, 2)
	if !slices.Equal(a.byRank, b.byRank) || slices.Equal(a.byRank, c.byRank) {
		t.Error("the order does not hang on the seed")
	}
	sorted := slices.Sorted(slices.Values(a.byRank))
	for i, n := range sorted {
		if i != n {
			t.Fatalf("%d is not among the ranks", i)
		}
	}
}
