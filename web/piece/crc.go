package piece

// CRC-32 of joined bytes without the bytes: crc(a+b) = crc(a)·x^(8·len(b)) + crc(b) in the field that
// gzip's polynomial makes. The factor is kept with each piece (see zlib's crc32_combine, whose idea this
// is); one product is 32 steps.

const polynomial = 0xedb88320 // bits reflected: bit 31 is x^0

// multiply is the product of two elements of the field.
func multiply(a, b uint32) uint32 {
	var product uint32
	for a != 0 {
		if a&(1<<31) != 0 {
			product ^= b
		}
		a <<= 1
		if b&1 != 0 {
			b = b>>1 ^ polynomial
		} else {
			b >>= 1
		}
	}
	return product
}

// shifts are the factors of own pieces by their length.
var shifts = makeShifts()

func makeShifts() *[maxOwn + 1]uint32 {
	var t [maxOwn + 1]uint32
	t[0] = 1 << 31
	step := shift(1)
	for i := 1; i < len(t); i++ {
		t[i] = multiply(step, t[i-1])
	}
	return &t
}

// shift is x^(8·n): the factor by which n further bytes move a CRC.
func shift(n int) uint32 {
	factor, power := uint32(1<<31), uint32(1<<30) // 1, x
	for range 3 {
		power = multiply(power, power) // x^8 after three squares
	}
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			factor = multiply(factor, power)
		}
		power = multiply(power, power)
	}
	return factor
}
