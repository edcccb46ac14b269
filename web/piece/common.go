package piece

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/cespare/xxhash/v2"

	"caveau/templates/live"
)

// common is the text that pages of a kin have in common.
type common struct {
	*chunk
	text []byte
}

// knows says that there is a common text.
func (p *Press) knows(kin string) bool {
	_, ok := p.common.Load(kin)
	return ok
}

// ofKin puts the common text into the page, for its own pieces to refer to. It is no part of what the page
// says, so the ETag does not hang on it.
func (p *Press) ofKin(b *bench, kin string) error {
	found, ok := p.common.Load(kin)
	if !ok {
		return errMarks
	}
	c := found.(*common)
	number := b.table.keep("kin|"+kin, c.chunk)
	b.parts = append(b.parts, part{op: sharedPiece, number: number, raw: int(c.raw), crc: c.crc})
	b.deflater.learn(c.text)
	return nil
}

// maxCommon is how long a common text may be: what it says must still be within reach (32 kB) at the end of
// the page.
const maxCommon = 7 << 10

// Learn finds out what pages of a kin have in common (live.Kin), from some of them. Pages that are pressed
// later have it at their beginning.
func (p *Press) Learn(ctx context.Context, kin string, models []templ.Component) error {
	var texts [][][]byte
	for _, m := range models {
		own, err := ownText(ctx, m)
		if err != nil {
			return fmt.Errorf("learn from a page: %w", err)
		}
		texts = append(texts, own)
	}
	text := slices.Concat([]byte("<!-- "), repeated(texts, maxCommon), []byte(" -->"))
	c, err := p.chunk(text)
	if err != nil {
		return err
	}
	p.common.Store(kin, &common{c, text})
	return nil
}

var errComment = errors.New("a page has the end of a comment in it")

// ownText is what a page says between its marks, without what it shares by name.
func ownText(ctx context.Context, c templ.Component) ([][]byte, error) {
	var html bytes.Buffer
	if err := c.Render(live.Record(ctx, &live.Recorder{}), &html); err != nil {
		return nil, err
	}
	var own [][]byte
	raw := html.Bytes()
	for len(raw) > 0 {
		next := bytes.IndexAny(raw, marks)
		if next < 0 {
			next = len(raw)
		}
		if next > 0 {
			own = append(own, raw[:next])
			raw = raw[next:]
			continue
		}
		if raw[0] == live.SharedStart {
			raw = raw[bytes.IndexByte(raw, live.SharedEnd):]
		}
		raw = raw[1:]
	}
	if bytes.Contains(html.Bytes(), []byte("-->")) {
		return nil, errComment
	}
	return own, nil
}

// shingle is how many bytes texts are compared by, and the shortest that is worth a reference.
const shingle = 12

// repeated is the runs of text that most pages have, each once, at most so many bytes.
func repeated(pages [][][]byte, most int) []byte {
	seen := map[uint64]int{} // in how many pages
	once := map[uint64]bool{}
	for _, texts := range pages {
		clear(once)
		for _, text := range texts {
			for i := 0; i+shingle <= len(text); i++ {
				once[xxhash.Sum64(text[i:i+shingle])] = true
			}
		}
		for s := range once {
			seen[s]++
		}
	}
	var out []byte
	have := map[uint64]bool{}
	for _, texts := range pages {
		for _, text := range texts {
			for _, run := range runs(text, func(s []byte) bool { return 2*seen[xxhash.Sum64(s)] > len(pages) }) {
				if fresh := missing(run, have); len(fresh) > 0 && len(out)+len(fresh) <= most {
					out = append(out, fresh...)
				}
			}
		}
	}
	return out
}

// missing is a run without what there is already at its beginning and its end; what it adds is noted.
func missing(run []byte, have map[uint64]bool) []byte {
	for len(run) >= shingle && have[xxhash.Sum64(run[:shingle])] {
		run = run[1:]
	}
	for len(run) >= shingle && have[xxhash.Sum64(run[len(run)-shingle:])] {
		run = run[:len(run)-1]
	}
	if len(run) < shingle {
		return nil
	}
	for i := 0; i+shingle <= len(run); i++ {
		have[xxhash.Sum64(run[i:i+shingle])] = true
	}
	return whole(run)
}

// runs of a text whose every shingle is wanted.
func runs(text []byte, wanted func([]byte) bool) [][]byte {
	var out [][]byte
	for i := 0; i+shingle <= len(text); i++ {
		start := i
		for i+shingle <= len(text) && wanted(text[i:i+shingle]) {
			i++
		}
		if i > start {
			out = append(out, text[start:i-1+shingle])
		}
	}
	return out
}

// whole leaves out what is left of characters at either end.
func whole(run []byte) []byte {
	for len(run) > 0 && !utf8.RuneStart(run[0]) {
		run = run[1:]
	}
	for len(run) > 0 {
		if r, size := utf8.DecodeLastRune(run); r != utf8.RuneError || size > 1 {
			break
		}
		run = run[:len(run)-1]
	}
	return run
}
