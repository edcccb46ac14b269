package piece

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/gzip"

	"caveau/templates/live"
)

// Page is a pressed page. There are tens of thousands of them in memory, so all of it is one string of bytes
// (script.go), which goes in and out of the cache.
type Page struct {
	script []byte
	table  *table
}

// Live says that the page shows stock.
func (p *Page) Live() bool { return p.script[liveAt] != 0 }

var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}

// lastBlock is an empty stored block that ends the stream.
var lastBlock = []byte{1, 0, 0, 0xff, 0xff}

// Filled is a page with what was read for one answer. It has room for it that may be used again.
type Filled struct {
	page   *Page
	r      live.Reading
	counts []int // of the groups
	slots  []uint32
	parts  int // where they begin in the script
}

// Fill looks up what is left of everything that the page shows.
func (f *Filled) Fill(p *Page, r live.Reading) {
	f.page, f.r, f.counts = p, r, f.counts[:0]
	s := reader{p.script, bodyAt}
	for range s.number() {
		f.slots = s.group(f.slots[:0])
		n := 0
		if len(f.slots) > 0 {
			n = r.Count(f.slots)
		}
		f.counts = append(f.counts, n)
	}
	f.parts = s.at
}

// AppendGzip adds the whole page as one gzip member to b.
func (f *Filled) AppendGzip(b []byte) []byte {
	b = append(b, gzipHeader...)
	p, s := f.page, reader{f.page.script, f.parts}
	crc := binary.LittleEndian.Uint32(p.script[crcAt:])
	for {
		switch op := s.byte(); op {
		case ownPiece:
			b = append(b, s.bytes(s.number())...)
		case sharedPiece:
			b = append(b, p.table.allChunks.at(s.number()).bytes...)
		case hole, begunHole:
			filler, group, factor := s.hole()
			words := p.table.allFillers.at(filler).words(&f.r, f.counts[group])
			if op == hole {
				b = append(b, 0)
			}
			width := len(words.Text)
			b = append(b, byte(width), byte(width>>8), ^byte(width), ^byte(width>>8))
			b = append(b, words.Text...)
			crc ^= multiply(factor, words.Sum)
		default:
			b = append(b, lastBlock...)
			b = binary.LittleEndian.AppendUint32(b, crc)
			return append(b, p.script[lengthAt:lengthAt+4]...)
		}
	}
}

// AppendPlain adds the page without compression to b, for the rare client that does not ask for gzip.
func (f *Filled) AppendPlain(b []byte) ([]byte, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(f.AppendGzip(nil)))
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
func (f *Filled) Tag() uint64 {
	tag := binary.LittleEndian.Uint64(f.page.script[seedAt:])
	for _, n := range f.counts {
		tag = mix(tag, uint64(n))
	}
	tag = mix(tag, uint64(f.r.Badge))
	if f.r.Stale {
		tag = mix(tag, 1)
	}
	return tag
}

// mix is FNV-1a over whole words.
func mix(h, v uint64) uint64 { return (h ^ (v + 0x9e3779b97f4a7c15)) * 0x100000001b3 }
