package law

import (
	"fmt"
	"math/big"
	"math/bits"
	"strings"
)

// thousandths is a decimal figure times 1,000: 8.875 % is 8875. No float touches money.
type thousandths int64

const one = 1000 // in thousandths

// parseNumber reads "424.84": no sign, at most three decimals.
func parseNumber(s string) (thousandths, error) {
	whole, decimals, _ := strings.Cut(s, ".")
	if whole == "" || len(decimals) > 3 || len(whole) > 9 || strings.HasSuffix(s, ".") {
		return 0, fmt.Errorf("%q is no figure with at most three decimals", s)
	}
	var n thousandths
	for _, digit := range whole + decimals + strings.Repeat("0", 3-len(decimals)) {
		if digit < '0' || digit > '9' {
			return 0, fmt.Errorf("%q is no figure with at most three decimals", s)
		}
		n = 10*n + thousandths(digit-'0')
	}
	return n, nil
}

// part is a product divided once, halves away from zero: the only place where law rounds. The product is exact
// whatever its size.
func part(divisor int64, factors ...int64) int64 {
	if n, ok := product(factors); ok && divisor < roomy {
		return (2*n + divisor) / (2 * divisor)
	}
	n := big.NewInt(1)
	for _, f := range factors {
		n.Mul(n, big.NewInt(f))
	}
	d := big.NewInt(divisor)
	negative := n.Sign() < 0
	n.Abs(n).Mul(n, big.NewInt(2)).Add(n, d)
	n.Quo(n, d.Mul(d, big.NewInt(2)))
	if negative {
		n.Neg(n)
	}
	return n.Int64()
}

// roomy is below what twice and half as much again still fits.
const roomy = 1 << 61

// product of factors that are none below nought, where it fits with room to spare: nearly always.
func product(factors []int64) (int64, bool) {
	n := uint64(1)
	for _, f := range factors {
		hi, lo := bits.Mul64(n, uint64(f))
		if f < 0 || hi != 0 || lo >= roomy {
			return 0, false
		}
		n = lo
	}
	return int64(n), true
}

// percentOf is rate per cent of an amount in minor units.
func percentOf(minor int64, rate thousandths) int64 { return part(100*one, minor, int64(rate)) }

// percentIn is what an amount contains of a tax of rate per cent.
func percentIn(minor int64, rate thousandths) int64 {
	return part(100*one+int64(rate), minor, int64(rate))
}
