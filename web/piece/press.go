package piece

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/a-h/templ"
	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/flate"

	"caveau/templates/live"
)

// Press renders and presses pages. It is safe for concurrent use.
type Press struct {
	noise    []byte
	encoders sync.Pool // *encoder

	fillers *fillers

	mu     sync.Mutex
	shared map[uint64]*chunk
}

// maxShared bounds the table of shared pieces; pages that were pressed keep theirs.
const maxShared = 20_000

// maxHole is the widest hole: a stored block holds no more.
const maxHole = 1<<16 - 1

// NewPress makes a press with a level of compression (1 to 9).
func NewPress(level int) *Press {
	p := &Press{shared: map[uint64]*chunk{}, fillers: newFillers(), noise: make([]byte, maxHole)}
	random := rand.New(rand.NewPCG(1855, 61)) //nolint:gosec // noise, not a secret
	for i := range p.noise {
		p.noise[i] = 0xf8 | byte(random.IntN(8)) // bytes that UTF-8 never has
	}
	p.encoders.New = func() any { return newEncoder(level) }
	return p
}

// encoder is a deflate stream whose output can be taken piece by piece.
type encoder struct {
	out    bytes.Buffer
	writer *flate.Writer
	alone  bytes.Buffer // a second stream, for shared pieces
	single *flate.Writer
	page   bytes.Buffer // what the template renders
}

func newEncoder(level int) *encoder {
	e := &encoder{}
	e.writer, _ = flate.NewWriter(&e.out, level)   // the level is ours: no error
	e.single, _ = flate.NewWriter(&e.alone, level) // likewise
	return e
}

// write sends bytes through the stream up to a byte boundary and returns what came out.
func (e *encoder) write(b []byte) ([]byte, error) {
	e.out.Reset()
	if _, err := e.writer.Write(b); err != nil {
		return nil, err
	}
	err := e.writer.Flush()
	return e.out.Bytes(), err
}

// Press renders a component into a page.
func (p *Press) Press(ctx context.Context, c templ.Component) (*Page, error) {
	e := p.encoders.Get().(*encoder)
	defer p.encoders.Put(e)
	var holes live.Recorder
	e.page.Reset()
	if err := c.Render(live.Record(ctx, &holes), &e.page); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	page, err := p.press(e, e.page.Bytes(), holes.Holes)
	if err != nil {
		return nil, fmt.Errorf("press: %w", err)
	}
	return page, nil
}

var errMarks = errors.New("the marks of holes and shared parts do not match what was recorded")

func (p *Press) press(e *encoder, raw []byte, holes []live.Hole) (*Page, error) {
	e.writer.Reset(&e.out)
	page := &Page{seed: xxhash.Sum64(raw), fillers: p.fillers}
	for len(raw) > 0 {
		next := bytes.IndexAny(raw, "\x00\x01\x02")
		if next < 0 {
			next = len(raw)
		}
		if next > 0 {
			if err := page.add(e, raw[:next]); err != nil {
				return nil, err
			}
			raw = raw[next:]
			continue
		}
		var err error
		if raw, holes, err = p.mark(e, page, raw, holes); err != nil {
			return nil, err
		}
	}
	if len(holes) > 0 {
		return nil, errMarks
	}
	page.trim()
	return page, nil
}

// mark handles the mark that raw begins with, and returns what comes after it.
func (p *Press) mark(e *encoder, page *Page, raw []byte, holes []live.Hole) ([]byte, []live.Hole, error) {
	switch raw[0] {
	case live.Marker:
		if len(holes) == 0 {
			return nil, nil, errMarks
		}
		return raw[1:], holes[1:], p.hole(e, page, holes[0])
	case live.SharedStart:
		end := bytes.IndexByte(raw, live.SharedEnd)
		if end < 0 || bytes.IndexByte(raw[:end], live.Marker) >= 0 {
			return nil, nil, errMarks
		}
		return raw[end+1:], holes, p.share(e, page, raw[1:end])
	default:
		return nil, nil, errMarks
	}
}

// trim gives back the room that append left.
func (p *Page) trim() {
	p.own, p.parts = bytes.Clone(p.own), slices.Clone(p.parts)
	p.shared, p.slots = slices.Clone(p.shared), slices.Clone(p.slots)
}

// add presses bytes that are the page's own.
func (p *Page) add(e *encoder, raw []byte) error {
	out, err := e.write(raw)
	p.own = append(p.own, out...)
	p.parts = append(p.parts, piece(ownPiece, raw, len(out)))
	return err
}

func piece(k kind, raw []byte, size int) part {
	return part{kind: k, size: uint32(size), raw: uint32(len(raw)), crc: crc32.ChecksumIEEE(raw), factor: shift(len(raw))}
}

// share presses bytes that other pages have too, unless that was done before.
func (p *Press) share(e *encoder, page *Page, raw []byte) error {
	if len(raw) == 0 {
		return nil
	}
	key := xxhash.Sum64(raw)
	p.mu.Lock()
	c := p.shared[key]
	p.mu.Unlock()
	if c == nil {
		var err error
		if c, err = e.pressAlone(raw); err != nil {
			return err
		}
		p.keep(key, c)
	}
	page.shared = append(page.shared, c)
	page.parts = append(page.parts, piece(sharedPiece, raw, 0))
	_, err := e.write(raw) // later pieces may refer back to it
	return err
}

func (p *Press) keep(key uint64, c *chunk) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.shared) >= maxShared {
		clear(p.shared)
	}
	p.shared[key] = c
}

func (e *encoder) pressAlone(raw []byte) (*chunk, error) {
	e.alone.Reset()
	e.single.Reset(&e.alone)
	if _, err := e.single.Write(raw); err != nil {
		return nil, err
	}
	if err := e.single.Flush(); err != nil {
		return nil, err
	}
	return &chunk{bytes.Clone(e.alone.Bytes())}, nil
}

// hole adds a hole: the stream gets noise of its width, so that no later piece refers into it.
func (p *Press) hole(e *encoder, page *Page, h live.Hole) error {
	width := h.Width()
	if width > maxHole {
		return fmt.Errorf("a hole of %d bytes", width)
	}
	number, err := p.fillers.of(filler{h.Phrase, h.Stamp})
	if err != nil {
		return err
	}
	page.slots = append(page.slots, h.Stock...)
	page.live = page.live || h.Kind != live.OfBadge
	page.parts = append(page.parts, part{kind: hole, hole: h.Kind, filler: number, size: uint32(len(h.Stock)), raw: uint32(width)})
	_, err = e.write(p.noise[:width])
	return err
}
