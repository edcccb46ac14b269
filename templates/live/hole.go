package live

import (
	"context"
	"io"
	"time"

	"github.com/a-h/templ"
)

// Stock names what a hole hangs on: places on the stock board (catalog.SKU.Slot). Several places count
// as their sum: "is anything of this page left?".
type Stock []uint32

// Kind says what fills a hole.
type Kind uint8

// The kinds of hole.
const (
	OfStock Kind = iota // a Phrase of a number of units
	OfStamp             // the time of the reading: a Stamp
	OfBadge             // the number of bottles in this visitor's cart; blank on a public page
)

// Hole is one place in a page.
type Hole struct {
	Kind   Kind
	Stock  Stock
	Phrase *Phrase
	Stamp  *Stamp
}

// Width is the number of bytes that the hole takes.
func (h Hole) Width() int {
	if h.Kind == OfStamp {
		return h.Stamp.Width()
	}
	return h.Phrase.Width()
}

// Recorder collects the holes and the shared parts of one page in the order in which the template wrote
// them.
type Recorder struct {
	Holes  []Hole
	Shared []string              // the keys of the shared parts
	Known  func(key string) bool // says that the bytes of a shared part are not needed; may be nil
	Common func(kin string) bool // says that there is a common part for a kin of pages; may be nil
}

// Marker is what a hole leaves in the rendered bytes.
const Marker = 0

type recorderKey struct{}
type sampleKey struct{}

// Record returns a context in which holes are recorded.
func Record(ctx context.Context, r *Recorder) context.Context {
	return context.WithValue(ctx, recorderKey{}, r)
}

// With returns a context in which holes are filled at once, as if every stock were n and the reading
// had the time of the sample.
func With(ctx context.Context, s Sample) context.Context {
	return context.WithValue(ctx, sampleKey{}, s)
}

// Text is a hole in text, in JSON or between tags.
func Text(s Stock, p *Phrase) templ.Component { return Hole{Kind: OfStock, Stock: s, Phrase: p} }

// Time is the time of the reading, as a time element: "checked at 14:32:05".
func Time(s *Stamp) templ.Component { return Hole{Kind: OfStamp, Stamp: s.element()} }

// Badge is the visitor's count of bottles; p gives nothing for 0.
func Badge(p *Phrase) templ.Component { return Hole{Kind: OfBadge, Phrase: p} }

// Render writes the marker and records the hole, or fills it with the sample.
func (h Hole) Render(ctx context.Context, w io.Writer) error {
	if r, ok := ctx.Value(recorderKey{}).(*Recorder); ok {
		r.Holes = append(r.Holes, h)
		_, err := w.Write([]byte{Marker})
		return err
	}
	sample, _ := ctx.Value(sampleKey{}).(Sample)
	_, err := w.Write(h.Words(sample.Reading()).Text)
	return err
}

// Reading is what fills the holes of one response.
type Reading struct {
	Count func(Stock) int // units free to sell, summed
	At    time.Time
	Stale bool // no replica answered: the last known stock, of that time
	Badge int
}

// Words of the hole for a reading.
func (h Hole) Words(r Reading) Filling {
	switch h.Kind {
	case OfStamp:
		return h.Stamp.Words(r.At, r.Stale)
	case OfBadge:
		return h.Phrase.Words(r.Badge)
	default:
		return h.Phrase.Words(r.Count(h.Stock))
	}
}
