package piece

// CRC-32 of joined bytes without the bytes: crc(a+b) = crc(a)·x^(8·len(b)) + crc(b) in the field that
// gzip's polynomial makes (see zlib's crc32_combine, whose idea this is). A page knows the contribution of all its fixed bytes in advance, as holes have a fixed width; what
// is left to do when it is sent is one product for each hole, in eight steps of four bits.

const polynomial = 0xedb88320 // bits reflected: bit 31 is x^0

// times is the product with x: one step to the right.
func times(b uint32) uint32 { return b>>1 ^ polynomial&-(b&1) }

// folded is what the four bits that a step of four shifts out are worth.
var folded = func() (t [16]uint32) {
	for i := range t {
		t[i] = times(times(times(times(uint32(i)))))
	}
	return t
}()

// multiply is the product of two elements of the field.
func multiply(a, b uint32) uint32 {
	var by [16]uint32 // b times each four bits, the highest of which is x^0
	by[8] = b
	by[4] = times(by[8])
	by[2] = times(by[4])
	by[1] = times(by[2])
	for i := 3; i < 16; i++ {
		if low := i & -i; low != i {
			by[i] = by[low] ^ by[i^low]
		}
	}
	var product uint32
	for range 8 {
		product = product>>4 ^ folded[product&15] ^ by[a&15]
		a >>= 4
	}
	return product
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
