package piece

import "math/bits"

// code is what is written for a symbol, extra bits included, the lowest bit first.
type code struct {
	bits   uint32
	length uint8
}

// fixed are the fixed codes of deflate (RFC 1951, 3.2.6).
var fixed = makeFixed()

type fixedCodes struct {
	literals [256]code
	lengths  [maxMatch - 2]code // by length - 3
}

func makeFixed() *fixedCodes {
	f := &fixedCodes{}
	for i := range f.literals {
		f.literals[i] = fixedSymbol(i)
	}
	for i := range f.lengths {
		symbol, extra, n := lengthSymbol(i + 3)
		c := fixedSymbol(symbol)
		f.lengths[i] = code{c.bits | uint32(extra)<<c.length, c.length + uint8(n)}
	}
	return f
}

// fixedSymbol is the code of a literal or length symbol: Huffman codes go out with the highest bit first.
func fixedSymbol(symbol int) code {
	var value, length int
	switch {
	case symbol < 144:
		value, length = 0x30+symbol, 8
	case symbol < 256:
		value, length = 0x190+symbol-144, 9
	case symbol < 280:
		value, length = symbol-256, 7
	default:
		value, length = 0xc0+symbol-280, 8
	}
	return code{bits.Reverse32(uint32(value)) >> (32 - length), uint8(length)}
}

// lengthSymbol splits a match length into its symbol and extra bits. Above 10, every four symbols share a
// number of extra bits.
func lengthSymbol(length int) (symbol, extra, extraBits int) {
	switch {
	case length == maxMatch:
		return 285, 0, 0
	case length <= 10:
		return 254 + length, 0, 0
	}
	n := bits.Len(uint(length-3)) - 3
	return 257 + 4*n + (length-3)>>n, (length - 3) & (1<<n - 1), n
}

// distance is the symbol of a distance. Above 4, every two symbols share a number of extra bits.
func (*fixedCodes) distance(distance int) int {
	if distance <= 4 {
		return distance - 1
	}
	n := bits.Len(uint(distance-1)) - 2
	return 2*n + (distance-1)>>n
}

func distanceExtra(symbol int) uint {
	if symbol < 4 {
		return 0
	}
	return uint(symbol/2 - 1)
}

func distanceBase(symbol int) int {
	if symbol < 4 {
		return symbol + 1
	}
	return (2+symbol&1)<<distanceExtra(symbol) + 1
}
