package mail

import (
	"errors"
	"time"
)

// Due is a letter that an instance has in hand, to send it.
type Due struct {
	Letter
	ID  uint64    // names the letter for ever
	Try int       // this is the nth time; the first is 1
	At  time.Time // when it was written down
}

// Queue counts the letters that are not sent.
type Queue struct {
	Waiting int // to be tried, now or later
	Parked  int // given up: a person has to look
}

// The bounds of sending.
const (
	// Lease is how long a letter is one instance's. A batch takes less, or it is given up.
	Lease = 5 * time.Minute
	// MaxTries is how often a server may refuse a letter before it is parked; that takes a day.
	MaxTries = 16

	// AwayPause is how long letters wait for a server that could not be reached.
	AwayPause = 20 * time.Second

	firstPause = 15 * time.Second
	longPause  = 4 * time.Hour
)

// Pause before a letter is tried again after its nth try failed; it doubles. Whoever writes it down adds or takes
// away up to a half by chance, so that letters which failed together don't come back together.
func Pause(try int) time.Duration {
	if try > 20 {
		return longPause
	}
	return min(firstPause<<max(0, try-1), longPause)
}

// ErrAway says that the mail server could not be reached. That is no letter's fault and doesn't count as a try.
var ErrAway = errors.New("the mail server is away")
