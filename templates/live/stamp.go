package live

import (
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Stamp says when stock was read, in the words and the clock of an edition, at a fixed width. It is safe
// for concurrent use.
type Stamp struct {
	words func(at time.Time, stale bool) string
	width int
	last  atomic.Pointer[stamped] // all pages of a second say the same

	once      sync.Once
	asElement *Stamp
}

// stamped is what a stamp last said.
type stamped struct {
	second int64
	stale  bool
	Filling
}

// NewStamp makes the stamp of an edition. Both functions get the clock as HH:MM:SS and must be pure and
// return escaped HTML: checked says "checked at 14:32:05", known says "last known at 14:31:40", when the
// replicas are away.
func NewStamp(zone *time.Location, checked, known func(clock string) string) *Stamp {
	const clock = "00:00:00"
	return &Stamp{width: max(len(checked(clock)), len(known(clock))), words: func(at time.Time, stale bool) string {
		if stale {
			return known(at.In(zone).Format("15:04:05"))
		}
		return checked(at.In(zone).Format("15:04:05"))
	}}
}

// NewClock makes a stamp that says the time of the reading as RFC 3339 in UTC.
func NewClock() *Stamp {
	const layout = "2006-01-02T15:04:05Z"
	return &Stamp{width: len(layout), words: func(at time.Time, _ bool) string { return at.UTC().Format(layout) }}
}

// element is the words within the time element that they belong to.
func (s *Stamp) element() *Stamp {
	s.once.Do(func() {
		clock := NewClock()
		around := func(clock, words string) string { return `<time datetime="` + clock + `">` + words + `</time>` }
		s.asElement = &Stamp{width: len(around("", "")) + clock.width + s.width, words: func(at time.Time, stale bool) string {
			return around(clock.words(at, stale), s.words(at, stale))
		}}
	})
	return s.asElement
}

// Width is the number of bytes that the stamp takes.
func (s *Stamp) Width() int { return s.width }

// Words for a reading at a time; stale marks the last known stock.
func (s *Stamp) Words(at time.Time, stale bool) Filling {
	second := at.Unix()
	if last := s.last.Load(); last != nil && last.second == second && last.stale == stale {
		return last.Filling
	}
	words := s.words(at, stale)
	now := &stamped{second, stale, padded(words[:cut(words, s.width)], s.width)}
	s.last.Store(now)
	return now.Filling
}

// cut keeps whole runes: a stamp that outgrew its width would shift everything behind it.
func cut(s string, width int) int {
	if len(s) <= width {
		return len(s)
	}
	for width > 0 && !utf8.RuneStart(s[width]) {
		width--
	}
	return width
}

// Sample fills holes in the gallery and in goldens.
type Sample struct {
	Count int
	At    time.Time
	Stale bool
	Badge int
}

// Reading of the sample.
func (s Sample) Reading() Reading {
	return Reading{Count: func(Stock) int { return s.Count }, At: s.At, Stale: s.Stale, Badge: s.Badge}
}
