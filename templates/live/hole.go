package live

import (
	"context"
	"io"

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
	OfClock             // the time of the reading, RFC 3339 in UTC, 20 bytes
	OfStamp             // the words of the reading's time: a Stamp
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
	switch h.Kind {
	case OfClock:
		return len("2006-01-02T15:04:05Z")
	case OfStamp:
		return h.Stamp.Width()
	default:
		return h.Phrase.Width()
	}
}

// Recorder collects the holes and the shared parts of one page in the order in which the template wrote
// them.
type Recorder struct {
	Holes  []Hole
	Shared []string              // the keys of the shared parts
	Known  func(key string) bool // says that the bytes of a shared part are not needed; may be nil
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

// Clock is the time of the reading, for <time datetime="…">: it stands inside the quotes.
func Clock() templ.Component { return Hole{Kind: OfClock} }

// Words of the reading's time: "checked at 14:32:05".
func Words(s *Stamp) templ.Component { return Hole{Kind: OfStamp, Stamp: s} }

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
	_, err := w.Write(h.Append(nil, sample.Reading()))
	return err
}

// Reading is what fills the holes of one response.
type Reading struct {
	Count func(Stock) int // units free to sell, summed
	Clock []byte          // RFC 3339 in UTC, 20 bytes
	Stamp func(b []byte, s *Stamp) []byte
	Badge int
}

// Append adds the hole's bytes for a reading.
func (h Hole) Append(b []byte, r Reading) []byte {
	switch h.Kind {
	case OfClock:
		return append(b, r.Clock...)
	case OfStamp:
		return r.Stamp(b, h.Stamp)
	case OfBadge:
		return h.Phrase.Append(b, r.Badge)
	default:
		return h.Phrase.Append(b, r.Count(h.Stock))
	}
}
