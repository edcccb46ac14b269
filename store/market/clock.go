package market

import (
	"errors"
	"time"
)

// The reasons for which a date and time names no moment.
var (
	ErrNoDate  = errors.New("not a date and time")
	ErrSkipped = errors.New("the clocks skip this time")
	ErrTwice   = errors.New("the clocks show this time twice")
	ErrFar     = errors.New("too far from today")
)

// layouts in which a moment is typed; the first one is what browsers send.
var layouts = []string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02"}

// The years that a clock is asked for.
const (
	firstYear = 2000
	lastYear  = 2100
)

// Clock reads a date and time by the clocks of a zone. Midnight where no time is given.
func Clock(typed string, zone *time.Location) (time.Time, error) {
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, typed, zone)
		if err != nil {
			continue
		}
		switch {
		case t.Year() < firstYear || t.Year() > lastYear:
			return time.Time{}, ErrFar
		case t.Format(layout) != typed:
			return time.Time{}, ErrSkipped
		case twice(t):
			return time.Time{}, ErrTwice
		}
		return t, nil
	}
	return time.Time{}, ErrNoDate
}

// longestShift is more than any zone turns its clocks back.
const longestShift = 3 * time.Hour

// twice says that the clocks show the time of t again, or have shown it before: when they are turned back.
func twice(t time.Time) bool {
	_, before := t.Add(-longestShift).Zone()
	_, after := t.Add(longestShift).Zone()
	if before <= after {
		return false
	}
	shift := time.Duration(before-after) * time.Second
	wall := "2006-01-02T15:04:05"
	return t.Add(shift).Format(wall) == t.Format(wall) || t.Add(-shift).Format(wall) == t.Format(wall)
}
