package piece

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"sync"

	"github.com/a-h/templ"
	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/flate"

	"caveau/templates/live"
)

// Press renders and presses pages. It is safe for concurrent use.
type Press struct {
	benches sync.Pool // *bench
	writers sync.Pool // *flate.Writer, for shared pieces
	fillers *fillers

	mu     sync.RWMutex
	shared map[uint64]*chunk // by the hash of the key: keys are long
}

// maxShared bounds the table of shared pieces; pages that were pressed keep theirs.
const maxShared = 60_000

// maxHole is the widest hole: a stored block holds no more.
const maxHole = 1<<16 - 1

// NewPress makes a press.
func NewPress() *Press {
	p := &Press{shared: map[uint64]*chunk{}, fillers: newFillers()}
	p.benches.New = func() any { return &bench{deflater: newDeflater()} }
	p.writers.New = func() any {
		w, _ := flate.NewWriter(nil, flate.BestCompression) // the level is a good one: no error
		return w
	}
	return p
}

// bench is what one page is pressed on.
type bench struct {
	deflater *deflater
	html     bytes.Buffer // what the template renders
	work
}

// work is a page in the making.
type work struct {
	page   *Page
	raw    []byte // what is left of the rendered bytes
	holes  []live.Hole
	shared []string
}

// Press renders a component into a page.
func (p *Press) Press(ctx context.Context, c templ.Component) (*Page, error) {
	page, err := p.pressWith(ctx, c, p.known)
	if errors.Is(err, errForgotten) {
		return p.pressWith(ctx, c, nil) // the table of shared pieces was emptied while the page was rendered
	}
	return page, err
}

func (p *Press) pressWith(ctx context.Context, c templ.Component, known func(string) bool) (*Page, error) {
	b := p.benches.Get().(*bench)
	defer p.benches.Put(b)
	recorder := live.Recorder{Known: known}
	b.html.Reset()
	if err := c.Render(live.Record(ctx, &recorder), &b.html); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	b.work = work{page: &Page{fillers: p.fillers}, raw: b.html.Bytes(), holes: recorder.Holes, shared: recorder.Shared}
	if err := p.press(b); err != nil {
		return nil, fmt.Errorf("press: %w", err)
	}
	page := b.page
	b.work = work{}
	page.settle()
	page.trim()
	return page, nil
}

var errForgotten = errors.New("a shared part is no longer known")

var errMarks = errors.New("the marks of holes and shared parts do not match what was recorded")

const marks = string(rune(live.Marker)) + string(rune(live.SharedStart)) + string(rune(live.SharedEnd)) + string(rune(live.SharedKnown))

func (p *Press) press(b *bench) error {
	b.deflater.reset()
	for len(b.raw) > 0 {
		next := bytes.IndexAny(b.raw, marks)
		if next < 0 {
			next = len(b.raw)
		}
		if next > maxOwn {
			next = maxOwn
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
		return p.hole(b)
	}
	if len(b.shared) == 0 || mark == live.SharedEnd {
		return errMarks
	}
	key := b.shared[0]
	b.shared = b.shared[1:]
	if mark == live.SharedKnown {
		return p.share(b, key, nil)
	}
	end := bytes.IndexByte(b.raw, live.SharedEnd)
	if end < 0 || bytes.ContainsAny(b.raw[:end], marks) {
		return errMarks
	}
	text := b.raw[:end]
	b.raw = b.raw[end+1:]
	return p.share(b, key, text)
}

// own presses bytes that are the page's own.
func (b *bench) own(text []byte, stored bool) {
	out := b.deflater.write(text, stored)
	page := b.page
	page.own = append(page.own, out...)
	page.seed = mix(page.seed, xxhash.Sum64(text))
	page.parts = append(page.parts, part{
		kind: ownPiece, size: uint16(len(out)), raw: uint16(len(text)), factor: crc32.ChecksumIEEE(text),
	})
}

// known says whether a shared piece is there.
func (p *Press) known(key string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.shared[xxhash.Sum64String(key)] != nil
}

// share adds a shared piece, which is pressed now unless it is known.
func (p *Press) share(b *bench, key string, text []byte) error {
	p.mu.RLock()
	c := p.shared[xxhash.Sum64String(key)]
	p.mu.RUnlock()
	if c == nil {
		if text == nil {
			return errForgotten
		}
		var err error
		if c, err = p.pressShared(text); err != nil {
			return err
		}
		p.keep(key, c)
	}
	page := b.page
	page.shared = append(page.shared, c)
	page.seed = mix(page.seed, c.sum)
	page.parts = append(page.parts, part{kind: sharedPiece})
	b.deflater.skip(int(c.raw))
	return nil
}

// keep puts a shared piece into the table. A table that is full begins anew.
func (p *Press) keep(key string, c *chunk) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.shared) >= maxShared {
		p.shared = map[uint64]*chunk{}
	}
	p.shared[xxhash.Sum64String(key)] = c
}

// pressShared presses a piece that many pages share: once, so at the best level.
func (p *Press) pressShared(text []byte) (*chunk, error) {
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
func (p *Press) hole(b *bench) error {
	if len(b.holes) == 0 {
		return errMarks
	}
	h := b.holes[0]
	b.holes = b.holes[1:]
	width := h.Width()
	if width > maxHole {
		return fmt.Errorf("a hole of %d bytes", width)
	}
	number, err := p.fillers.of(filler{h.Phrase, h.Stamp})
	if err != nil {
		return err
	}
	page := b.page
	page.slots = append(page.slots, h.Stock...)
	page.live = page.live || h.Kind != live.OfBadge
	page.parts = append(page.parts, part{kind: page.holeKind(), hole: h.Kind, filler: number, size: uint16(len(h.Stock)), raw: uint16(width)})
	b.deflater.skip(width)
	return nil
}

// holeKind says whether the piece before has already begun the hole's block.
func (p *Page) holeKind() kind {
	if n := len(p.parts); n > 0 && p.parts[n-1].kind == ownPiece {
		return begunHole
	}
	return hole
}

// trim gives back the room that append left.
func (p *Page) trim() {
	p.own, p.parts = bytes.Clone(p.own), slices.Clone(p.parts)
	p.shared, p.slots = slices.Clone(p.shared), slices.Clone(p.slots)
}
