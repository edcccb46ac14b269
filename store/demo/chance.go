package demo

import (
	"hash/fnv"
	"strconv"
)

// seed starts every draw. Another seed is another catalogue by the same rule.
const seed = "caveau-2026"

// chance is a number from 0 to below 1 that depends on nothing but its arguments: what is decided, and
// for whom. So a wine that is added to the gazetteer changes no other wine's vintages, prices or stock.
func chance(what, wine string, numbers ...int) float64 {
	h := fnv.New64a()
	text := make([]byte, 0, 96)
	text = append(text, seed...)
	text = append(append(append(text, '/'), what...), '/')
	text = append(text, wine...)
	for _, n := range numbers {
		text = strconv.AppendInt(append(text, '/'), int64(n), 10)
	}
	_, _ = h.Write(text) // a hash takes everything
	return float64(mix(h.Sum64())>>11) / (1 << 53)
}

// mix spreads the last bytes over all bits, which FNV alone does not (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// between is a chance stretched from low to high.
func between(low, high float64, what, wine string, numbers ...int) float64 {
	return low + (high-low)*chance(what, wine, numbers...)
}
