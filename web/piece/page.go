package piece

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/gzip"

	"caveau/templates/live"
)

// Page is a pressed page. It is immutable and safe for concurrent use. There are tens of thousands of
// them in memory: its parts hold no pointers, so that they cost little room and no time to collect.
type Page struct {
	parts   []part
	own     []byte   // the compressed bytes of all pieces that are this page's alone, one after the other
	shared  []*chunk // in the order of the parts
	slots   []uint32 // the stock that its holes hang on, in the order of the parts
	fillers *fillers
	seed    uint64 // of the ETag: the same for the same bytes around the holes
	crc     uint32 // what the fixed bytes contribute to the CRC of the whole
	length  uint32 // of the whole, before compression
	live    bool   // it shows stock
}

// part is a piece or a hole.
type part struct {
	kind   kind
	hole   live.Kind
	filler uint16 // of a hole: which
	size   uint16 // of an own piece: its compressed bytes; of a hole: how many slots it hangs on
	raw    uint16 // bytes before compression, of a shared piece in its chunk; the width of a hole
	factor uint32 // of a hole: what its CRC is multiplied with for its place; of a piece, until settle: its CRC
}

// maxOwn is how many bytes an own piece has before compression, at most: a longer one becomes several.
const maxOwn = 32 << 10

// kind of a part.
type kind uint8

const (
	ownPiece kind = iota
	sharedPiece
	hole
	begunHole // the piece before it ends with the first bits of its block
)

// chunk is a piece that many pages share.
type chunk struct {
	bytes []byte
	raw   uint32
	crc   uint32
	sum   uint64 // of the raw bytes, for the ETag
}

// Size is how many bytes of memory the page takes for itself, about.
func (p *Page) Size() int {
	return cap(p.own) + 12*cap(p.parts) + 8*cap(p.shared) + 4*cap(p.slots) + 128
}

// Live says that the page shows stock.
func (p *Page) Live() bool { return p.live }

var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}

// lastBlock is an empty stored block that ends the stream.
var lastBlock = []byte{1, 0, 0, 0xff, 0xff}

// AppendGzip adds the whole page as one gzip member to b.
func (p *Page) AppendGzip(b []byte, r live.Reading) []byte {
	b = append(b, gzipHeader...)
	crc := p.crc
	own, shared, slots := p.own, p.shared, p.slots
	for i := range p.parts {
		part := &p.parts[i]
		switch part.kind {
		case ownPiece:
			b = append(b, own[:part.size]...)
			own = own[part.size:]
		case sharedPiece:
			b = append(b, shared[0].bytes...)
			shared = shared[1:]
		case hole, begunHole:
			if part.kind == hole {
				b = append(b, 0)
			}
			b = append(b, byte(part.raw), byte(part.raw>>8), ^byte(part.raw), ^byte(part.raw>>8))
			start := len(b)
			b = p.fill(part, slots[:part.size]).Append(b, r)
			slots = slots[part.size:]
			crc ^= multiply(part.factor, crc32.ChecksumIEEE(b[start:]))
		}
	}
	b = append(b, lastBlock...)
	b = binary.LittleEndian.AppendUint32(b, crc)
	return binary.LittleEndian.AppendUint32(b, p.length)
}

// settle computes what the fixed bytes contribute to the CRC, and the factors of the holes, from the end
// of the page to its beginning: crc(a+b) is crc(a) moved by the length of b, plus crc(b).
func (p *Page) settle() {
	shared := len(p.shared)
	for i := len(p.parts) - 1; i >= 0; i-- {
		part := &p.parts[i]
		after, raw := shift(int(p.length)), uint32(part.raw)
		switch part.kind {
		case ownPiece:
			p.crc ^= multiply(after, part.factor)
			part.factor = 0
		case sharedPiece:
			shared--
			p.crc ^= multiply(after, p.shared[shared].crc)
			raw = p.shared[shared].raw
		default:
			part.factor = after
		}
		p.length += raw
	}
}

// fill is the hole of a part.
func (p *Page) fill(part *part, slots []uint32) live.Hole {
	f := p.fillers.get(part.filler)
	return live.Hole{Kind: part.hole, Stock: slots, Phrase: f.phrase, Stamp: f.stamp}
}

// AppendPlain adds the page without compression to b, for the rare client that does not ask for gzip.
func (p *Page) AppendPlain(b []byte, r live.Reading) ([]byte, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(p.AppendGzip(nil, r)))
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(b)
	if _, err := io.Copy(out, zipped); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Tag is a number that changes with everything that the page shows but the time of the reading.
func (p *Page) Tag(r live.Reading, stale bool) uint64 {
	tag, slots := p.seed, p.slots
	for i := range p.parts {
		part := &p.parts[i]
		if part.kind < hole {
			continue
		}
		switch part.hole {
		case live.OfStock:
			tag = mix(tag, uint64(r.Count(slots[:part.size])))
		case live.OfBadge:
			tag = mix(tag, uint64(r.Badge))
		}
		slots = slots[part.size:]
	}
	if stale {
		tag = mix(tag, 1)
	}
	return tag
}

// mix is FNV-1a over whole words.
func mix(h, v uint64) uint64 { return (h ^ (v + 0x9e3779b97f4a7c15)) * 0x100000001b3 }
