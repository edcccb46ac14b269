package piece

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/a-h/templ"
	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/flate"

	"caveau/templates/live"
)

// Press renders and presses pages. It is safe for concurrent use.
type Press struct {
	benches sync.Pool // *bench
	writers sync.Pool // *flate.Writer, for shared pieces
	table   atomic.Pointer[table]
	common  sync.Map // by kin: *common
	places  chan struct{}
}

// maxShared bounds the table of shared pieces: one that is full gives way to an empty one, and with it the
// pages that were pressed with it.
const maxShared = 60_000

// maxHole is the widest hole: a stored block holds no more.
const maxHole = 1<<16 - 1

// NewPress makes a press.
func NewPress() *Press {
	p := &Press{places: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	p.table.Store(newTable(0))
	p.benches.New = func() any { return &bench{deflater: newDeflater()} }
	p.writers.New = func() any {
		w, _ := flate.NewWriter(nil, flate.BestCompression) // the level is a good one: no error
		return w
	}
	return p
}

// bench is what one page is pressed on. Its room is used again.
type bench struct {
	deflater *deflater
	html     bytes.Buffer // what the template renders
	zipped   []byte       // the compressed bytes of the page's own pieces
	parts    []part
	groups   []live.Stock
	says     xxhash.Digest // of what the page says around its holes
	work
}

// work is a page in the making.
type work struct {
	table  *table
	raw    []byte // what is left of the rendered bytes
	holes  []live.Hole
	shared []string
}

// part is a piece or a hole of the page in the making.
type part struct {
	op     byte
	size   int    // of an own piece: its compressed bytes
	number uint32 // of a shared piece: its chunk; of a hole: its filler
	group  uint32 // of a hole
	raw    int    // bytes before compression
	crc    uint32 // of a piece
}

// Press renders a component into a page.
func (p *Press) Press(ctx context.Context, c templ.Component) (*Page, error) {
	t := p.table.Load()
	if t.size() >= maxShared {
		p.table.CompareAndSwap(t, newTable(t.generation+1))
		t = p.table.Load()
	}
	p.places <- struct{}{} // more at a time would only take more memory
	defer func() { <-p.places }()
	b := p.benches.Get().(*bench)
	defer p.benches.Put(b)
	recorder := live.Recorder{Known: func(key string) bool { _, ok := t.chunk(key); return ok }, Common: p.knows}
	b.html.Reset()
	if err := c.Render(live.Record(ctx, &recorder), &b.html); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	b.reset(work{table: t, raw: b.html.Bytes(), holes: recorder.Holes, shared: recorder.Shared})
	if err := p.press(b); err != nil {
		return nil, fmt.Errorf("press: %w", err)
	}
	return &Page{script: b.script(), table: t}, nil
}

func (b *bench) reset(w work) {
	b.work = w
	b.deflater.reset()
	b.says.Reset()
	b.zipped, b.parts = b.zipped[:0], b.parts[:0]
	b.groups = append(b.groups[:0], nil) // the group of no stock
}

var errMarks = errors.New("the marks of holes and shared parts do not match what was recorded")

const marks = string(rune(live.Marker)) + string(rune(live.SharedStart)) + string(rune(live.SharedEnd)) +
	string(rune(live.SharedKnown)) + string(rune(live.SharedOfKin))

func (p *Press) press(b *bench) error {
	for len(b.raw) > 0 {
		next := bytes.IndexAny(b.raw, marks)
		if next < 0 {
			next = len(b.raw)
		}
		if next > 0 {
			b.own(b.raw[:next], next < len(b.raw) && b.raw[next] == live.Marker)
			b.raw = b.raw[next:]
			continue
		}
		if err := p.mark(b); err != nil {
			return err
		}
	}
	if len(b.holes) > 0 || len(b.shared) > 0 {
		return errMarks
	}
	return nil
}

// mark handles the mark that comes next.
func (p *Press) mark(b *bench) error {
	mark := b.raw[0]
	b.raw = b.raw[1:]
	if mark == live.Marker {
		return b.hole()
	}
	if len(b.shared) == 0 || mark == live.SharedEnd {
		return errMarks
	}
	key := b.shared[0]
	b.shared = b.shared[1:]
	switch mark {
	case live.SharedOfKin:
		return p.ofKin(b, key)
	case live.SharedKnown:
		number, ok := b.table.chunk(key)
		if !ok {
			return errMarks
		}
		b.share(number)
		return nil
	}
	end := bytes.IndexByte(b.raw, live.SharedEnd)
	if end < 0 || bytes.ContainsAny(b.raw[:end], marks) {
		return errMarks
	}
	text := b.raw[:end]
	b.raw = b.raw[end+1:]
	c, err := p.chunk(text)
	if err != nil {
		return err
	}
	b.share(b.table.keep(key, c))
	return nil
}

// own presses bytes that are the page's own.
func (b *bench) own(text []byte, stored bool) {
	out := b.deflater.write(text, stored)
	b.zipped = append(b.zipped, out...)
	b.says.Write(text) //nolint:errcheck // a hash takes everything
	b.parts = append(b.parts, part{op: ownPiece, size: len(out), raw: len(text), crc: crc32.ChecksumIEEE(text)})
}

// share adds a shared piece.
func (b *bench) share(number uint32) {
	c := b.table.allChunks.at(number)
	b.says.Write(binary.LittleEndian.AppendUint64(nil, c.sum)) //nolint:errcheck // likewise
	b.parts = append(b.parts, part{op: sharedPiece, number: number, raw: int(c.raw), crc: c.crc})
	b.deflater.skip(int(c.raw))
}

// chunk presses a piece that many pages share: once, so at the best level.
func (p *Press) chunk(text []byte) (*chunk, error) {
	var out bytes.Buffer
	w := p.writers.Get().(*flate.Writer)
	defer p.writers.Put(w)
	w.Reset(&out)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	return &chunk{
		bytes: bytes.Clone(out.Bytes()), raw: uint32(len(text)), crc: crc32.ChecksumIEEE(text), sum: xxhash.Sum64(text),
	}, nil
}

// hole adds a hole.
func (b *bench) hole() error {
	if len(b.holes) == 0 {
		return errMarks
	}
	h := b.holes[0]
	b.holes = b.holes[1:]
	b.says.Write([]byte{live.Marker}) //nolint:errcheck // likewise
	width := h.Width()
	if width > maxHole {
		return fmt.Errorf("a hole of %d bytes", width)
	}
	op := hole
	if n := len(b.parts); n > 0 && b.parts[n-1].op == ownPiece {
		op = begunHole
	}
	b.parts = append(b.parts, part{op: op, number: b.table.number(filler{h.Kind, h.Phrase, h.Stamp}), group: b.group(h.Stock), raw: width})
	b.deflater.skip(width)
	return nil
}

// group is the number of the places that a hole hangs on; several holes hang on the same.
func (b *bench) group(s live.Stock) uint32 {
	for i, other := range b.groups {
		if slices.Equal(other, s) {
			return uint32(i)
		}
	}
	b.groups = append(b.groups, s)
	return uint32(len(b.groups) - 1)
}

// script of the finished page. What each part contributes to the CRC of the whole hangs on how much follows
// it, so that is counted from the end: crc(a+b) is crc(a) moved by the length of b, plus crc(b).
func (b *bench) script() []byte {
	var crc, length uint32
	shows := byte(0)
	for i := len(b.parts) - 1; i >= 0; i-- {
		part := &b.parts[i]
		factor := shift(int(length))
		length += uint32(part.raw)
		if part.op != hole && part.op != begunHole {
			crc ^= multiply(factor, part.crc)
			continue
		}
		part.crc = factor
		if b.table.allFillers.at(part.number).kind != live.OfBadge {
			shows = 1
		}
	}
	w := writer{make([]byte, 0, len(b.zipped)+16*len(b.parts)+64)}
	w.script = binary.LittleEndian.AppendUint64(w.script, b.says.Sum64())
	w.script = binary.LittleEndian.AppendUint32(w.script, crc)
	w.script = binary.LittleEndian.AppendUint32(w.script, length)
	w.script = append(w.script, shows)
	w.groups(b.groups)
	b.write(&w)
	return bytes.Clone(append(w.script, end))
}

// write the parts.
func (b *bench) write(w *writer) {
	zipped := b.zipped
	for _, part := range b.parts {
		switch part.op {
		case ownPiece:
			w.script = append(w.script, ownPiece)
			w.number(uint32(part.size))
			w.script = append(w.script, zipped[:part.size]...)
			zipped = zipped[part.size:]
		case sharedPiece:
			w.script = append(w.script, sharedPiece)
			w.number(part.number)
		default:
			w.hole(part.op, part.number, part.group, part.crc)
		}
	}
}
