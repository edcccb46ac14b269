package piece

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/gzip"

	"caveau/templates/live"
)

// Page is a pressed page. It is immutable and safe for concurrent use.
type Page struct {
	parts []part
	own   []byte   // the compressed bytes of all pieces that are this page's alone
	slots []uint32 // the stock that its holes hang on
	seed  uint64   // of the ETag: the same for the same bytes around the holes
	stock int      // how many of its holes are stock
}

// part is a piece or a hole.
type part struct {
	shared     *chunk // set for a shared piece
	start, end uint32 // in own; or in slots for a hole
	crc        uint32
	factor     uint32
	raw        uint32 // bytes before compression; the width of a hole
	kind       live.Kind
	fill       *filler
}

// chunk is a shared piece.
type chunk struct {
	bytes       []byte
	crc, factor uint32
	raw         uint32
}

// filler is what a hole says, shared by the holes of all pages.
type filler struct {
	phrase *live.Phrase
	stamp  *live.Stamp
}

// Size is how many bytes the page keeps in memory for itself, about.
func (p *Page) Size() int { return len(p.own) + 4*len(p.slots) + 48*len(p.parts) + 128 }

// Live says that the page shows stock.
func (p *Page) Live() bool { return p.stock > 0 }

var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}

// lastBlock is an empty stored block that ends the stream.
var lastBlock = []byte{1, 0, 0, 0xff, 0xff}

// AppendGzip adds the whole page as one gzip member to b.
func (p *Page) AppendGzip(b []byte, r live.Reading) []byte {
	b = append(b, gzipHeader...)
	var crc, length uint32
	for i := range p.parts {
		part := &p.parts[i]
		length += part.raw
		switch {
		case part.fill != nil:
			b = append(b, 0, byte(part.raw), byte(part.raw>>8), ^byte(part.raw), ^byte(part.raw>>8))
			start := len(b)
			b = p.appendHole(b, part, r)
			crc = crc32.Update(crc, crc32.IEEETable, b[start:])
		case part.shared != nil:
			b = append(b, part.shared.bytes...)
			crc = multiply(part.factor, crc) ^ part.crc
		default:
			b = append(b, p.own[part.start:part.end]...)
			crc = multiply(part.factor, crc) ^ part.crc
		}
	}
	b = append(b, lastBlock...)
	b = binary.LittleEndian.AppendUint32(b, crc)
	return binary.LittleEndian.AppendUint32(b, length)
}

func (p *Page) appendHole(b []byte, part *part, r live.Reading) []byte {
	return live.Hole{Kind: part.kind, Stock: p.slots[part.start:part.end], Phrase: part.fill.phrase, Stamp: part.fill.stamp}.Append(b, r)
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
	tag := p.seed
	for i := range p.parts {
		part := &p.parts[i]
		if part.fill == nil {
			continue
		}
		switch part.kind {
		case live.OfStock:
			tag = mix(tag, uint64(r.Count(p.slots[part.start:part.end])))
		case live.OfBadge:
			tag = mix(tag, uint64(r.Badge))
		}
	}
	if stale {
		tag = mix(tag, 1)
	}
	return tag
}

// mix is FNV-1a over whole words.
func mix(h, v uint64) uint64 { return (h ^ (v + 0x9e3779b97f4a7c15)) * 0x100000001b3 }
