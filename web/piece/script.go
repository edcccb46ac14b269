package piece

import (
	"encoding/binary"

	"caveau/templates/live"
)

// The script of a page says how it is sent, in the order in which it is sent:
//
//	seed 8 │ CRC 4 │ length 4 │ live 1 │ groups │ part … │ end
//
// A group is the stock that one or more holes hang on: how many places, then each as its difference from the
// one before, in numbers of variable length; the first group is no stock at all. A part is a byte that says
// what it is, and then
//
//	ownPiece     how many bytes, and the compressed bytes of a piece that is this page's alone
//	sharedPiece  the number of its chunk
//	hole         the number of its filler, its group, and the factor of its CRC
//
// SKUs of a vintage lie next to each other on the stock board, so that a group takes three or four bytes.
const (
	seedAt   = 0  // of the ETag: the same for the same bytes around the holes
	crcAt    = 8  // what the fixed bytes contribute to the CRC of the whole
	lengthAt = 12 // of the whole, before compression
	liveAt   = 16 // 1 where it shows stock
	bodyAt   = 17
)

// The parts.
const (
	end byte = iota
	ownPiece
	sharedPiece
	hole
	begunHole // the piece before it ends with the first bits of its block
)

// reader reads a script. What it reads was written here: it checks nothing.
type reader struct {
	script []byte
	at     int
}

func (s *reader) byte() byte {
	b := s.script[s.at]
	s.at++
	return b
}

// number of variable length: seven bits a byte, the lowest first.
func (s *reader) number() uint32 {
	b := s.byte()
	if b < 0x80 {
		return uint32(b)
	}
	n := uint32(b & 0x7f)
	for shift := 7; ; shift += 7 {
		b = s.byte()
		n |= uint32(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

func (s *reader) bytes(n uint32) []byte {
	b := s.script[s.at : s.at+int(n)]
	s.at += int(n)
	return b
}

func (s *reader) hole() (filler, group, factor uint32) {
	filler, group = s.number(), s.number()
	return filler, group, binary.LittleEndian.Uint32(s.bytes(4))
}

// group adds the places of the next group.
func (s *reader) group(slots []uint32) []uint32 {
	last := uint32(0)
	for range s.number() {
		last += s.difference()
		slots = append(slots, last)
	}
	return slots
}

// difference of two numbers: the sign is its lowest bit.
func (s *reader) difference() uint32 {
	n := s.number()
	return n>>1 ^ -(n & 1)
}

// writer writes a script.
type writer struct{ script []byte }

func (w *writer) number(n uint32) { w.script = binary.AppendUvarint(w.script, uint64(n)) }

func (w *writer) difference(from, to uint32) {
	d := int32(to - from)
	w.number(uint32(d)<<1 ^ uint32(d>>31))
}

func (w *writer) groups(groups []live.Stock) {
	w.number(uint32(len(groups)))
	for _, slots := range groups {
		w.number(uint32(len(slots)))
		last := uint32(0)
		for _, slot := range slots {
			w.difference(last, slot)
			last = slot
		}
	}
}

func (w *writer) hole(op byte, filler, group, factor uint32) {
	w.script = append(w.script, op)
	w.number(filler)
	w.number(group)
	w.script = binary.LittleEndian.AppendUint32(w.script, factor)
}
