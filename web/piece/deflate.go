package piece

import (
	"encoding/binary"
	"math/bits"
)

// deflater writes the pieces of one page in the deflate format (RFC 1951), one after the other, each up
// to a byte boundary. It exists because a page is pressed while a visitor waits and no library can do the
// two things that make it cheap:
//
//   - It is told to skip what it is not given: a hole, or a shared piece that was pressed long ago. Later
//     pieces still refer back across the skipped bytes, as distances only need their number.
//   - It writes blocks with the fixed codes, which have no table in front of them. With some thirty pieces
//     on a page the tables of dynamic codes cost more than they save, in bytes and in time.
//
// Matches are found by chains of positions with the same four bytes, one step lazily.
type deflater struct {
	page []byte  // what was written or skipped so far; skipped bytes are zero, which no text has
	head []int32 // by hash: 1 + the last position; 0 none
	prev []int32 // by position: 1 + the one before with the same hash
	out  []byte
	acc  uint64 // bits not written yet
	n    uint   // how many
}

const (
	hashBits  = 14
	window    = 32 << 10
	minMatch  = 4
	maxMatch  = 258
	depth     = 64 // of a chain
	goodMatch = 96 // long enough to look no further
)

func newDeflater() *deflater { return &deflater{head: make([]int32, 1<<hashBits)} }

// reset begins a new page.
func (d *deflater) reset() {
	clear(d.head)
	d.page, d.prev = d.page[:0], d.prev[:0]
}

// skip passes over n bytes of the page that come from elsewhere.
func (d *deflater) skip(n int) {
	d.page = append(d.page, make([]byte, n)...)
	d.prev = append(d.prev, make([]int32, n)...)
}

// learn passes over text that comes from elsewhere and that later pieces may refer to.
func (d *deflater) learn(text []byte) {
	start := len(d.page)
	d.page = append(d.page, text...)
	d.prev = append(d.prev, make([]int32, len(text))...)
	for at := start; at < len(d.page); at++ {
		d.enter(at)
	}
}

// write presses text and returns it; the bytes are good until the next call. When a stored block follows,
// its three bits of header are the last ones, and the block goes on with its length; else the piece ends
// with an empty stored block.
func (d *deflater) write(text []byte, stored bool) []byte {
	start := len(d.page)
	d.page = append(d.page, text...)
	d.prev = append(d.prev, make([]int32, len(text))...)
	d.out, d.acc, d.n = d.out[:0], 0, 0
	d.put(0b010, 3) // not the last block, fixed codes
	d.tokens(start)
	d.put(0, 7) // end of block
	d.put(0, 3) // stored
	d.align()
	if !stored {
		d.out = append(d.out, 0, 0, 0xff, 0xff)
	}
	return d.out
}

// tokens writes the page from a position to its end as literals and matches.
func (d *deflater) tokens(at int) {
	for at < len(d.page) {
		length, distance := d.match(at)
		d.enter(at)
		if length >= minMatch && length < goodMatch {
			if next, _ := d.match(at + 1); next > length {
				length = 0 // the next position has a longer one
			}
		}
		if length < minMatch {
			d.literal(d.page[at])
			at++
			continue
		}
		d.pair(length, distance)
		for end := at + length; at+1 < end; {
			at++
			d.enter(at)
		}
		at++
	}
}

func (d *deflater) hash(at int) uint32 {
	return binary.LittleEndian.Uint32(d.page[at:]) * 2654435761 >> (32 - hashBits)
}

// enter makes a position known to later matches.
func (d *deflater) enter(at int) {
	if at+minMatch > len(d.page) {
		return
	}
	h := d.hash(at)
	d.prev[at] = d.head[h]
	d.head[h] = int32(at) + 1
}

// match finds the longest earlier copy of what stands at a position.
func (d *deflater) match(at int) (length, distance int) {
	if at+minMatch > len(d.page) {
		return 0, 0
	}
	limit := min(maxMatch, len(d.page)-at)
	candidate := int(d.head[d.hash(at)]) - 1
	for tries := 0; candidate >= 0 && at-candidate <= window && tries < depth; tries++ {
		if length == 0 || length < limit && d.page[candidate+length] == d.page[at+length] {
			if n := d.common(candidate, at, limit); n > length {
				length, distance = n, at-candidate
			}
			if length >= goodMatch {
				break
			}
		}
		candidate = int(d.prev[candidate]) - 1
	}
	return length, distance
}

// common is how many bytes two positions have in common.
func (d *deflater) common(a, b, limit int) int {
	n := 0
	for n+8 <= limit {
		if x := binary.LittleEndian.Uint64(d.page[a+n:]) ^ binary.LittleEndian.Uint64(d.page[b+n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
		n += 8
	}
	for n < limit && d.page[a+n] == d.page[b+n] {
		n++
	}
	return n
}

// put adds bits, the lowest first.
func (d *deflater) put(v uint32, n uint) {
	d.acc |= uint64(v) << d.n
	if d.n += n; d.n >= 32 {
		d.out = binary.LittleEndian.AppendUint32(d.out, uint32(d.acc))
		d.acc >>= 32
		d.n -= 32
	}
}

// align writes what is left, filled up to a byte.
func (d *deflater) align() {
	for ; d.n > 0; d.n -= min(8, d.n) {
		d.out = append(d.out, byte(d.acc))
		d.acc >>= 8
	}
	d.acc = 0
}

func (d *deflater) literal(b byte) {
	c := fixed.literals[b]
	d.put(c.bits, uint(c.length))
}

func (d *deflater) pair(length, distance int) {
	c := fixed.lengths[length-3]
	d.put(c.bits, uint(c.length))
	s := fixed.distance(distance)
	d.put(uint32(bits.Reverse8(uint8(s))>>3), 5)
	if extra := distanceExtra(s); extra > 0 {
		d.put(uint32(distance-distanceBase(s)), extra)
	}
}
