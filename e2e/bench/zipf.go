package main

import (
	"math/rand/v2"
	"sort"
)

// zipf draws numbers below n, the k-th most frequent of them with a probability proportional to 1/k: s = 1, exactly
// (math/rand's generator needs s > 1). Which number has which rank is a matter of the seed.
type zipf struct {
	cumulative []float64 // by rank: probability of this rank or a better one, times the sum of all
	byRank     []int
}

func newZipf(n int, seed uint64) *zipf {
	z := &zipf{cumulative: make([]float64, n), byRank: rand.New(rand.NewPCG(seed, seed)).Perm(n)}
	sum := 0.0
	for i := range z.cumulative {
		sum += 1 / float64(i+1)
		z.cumulative[i] = sum
	}
	return z
}

// draw is safe for concurrent use as long as each caller brings his own random numbers.
func (z *zipf) draw(r *rand.Rand) int {
	at := r.Float64() * z.cumulative[len(z.cumulative)-1]
	rank := sort.SearchFloat64s(z.cumulative, at)
	return z.byRank[min(rank, len(z.byRank)-1)]
}
