package live

import (
	"time"
	"unicode/utf8"
)

// Stamp says when stock was read, in the words and the clock of an edition, at a fixed width.
type Stamp struct {
	zone    *time.Location
	checked func(clock string) string // "checked at 14:32:05"
	known   func(clock string) string // the replicas are away: "last known at 14:31:40"
	width   int
}

// NewStamp makes the stamp of an edition. Both functions get the clock as HH:MM:SS and must be pure and
// return escaped HTML.
func NewStamp(zone *time.Location, checked, known func(clock string) string) *Stamp {
	const clock = "00:00:00"
	return &Stamp{zone: zone, checked: checked, known: known, width: max(len(checked(clock)), len(known(clock)))}
}

// Width is the number of bytes that the stamp takes.
func (s *Stamp) Width() int { return s.width }

// Append adds the words for a reading at a time; stale marks the last known stock.
func (s *Stamp) Append(b []byte, at time.Time, stale bool) []byte {
	clock := at.In(s.zone).Format("15:04:05")
	words := s.checked(clock)
	if stale {
		words = s.known(clock)
	}
	end := len(b) + s.width
	b = append(b, words[:cut(words, s.width)]...)
	for len(b) < end {
		b = append(b, ' ')
	}
	return b
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
	return Reading{
		Count: func(Stock) int { return s.Count },
		Clock: []byte(s.At.UTC().Format("2006-01-02T15:04:05Z")),
		Stamp: func(b []byte, stamp *Stamp) []byte { return stamp.Append(b, s.At, s.Stale) },
		Badge: s.Badge,
	}
}
