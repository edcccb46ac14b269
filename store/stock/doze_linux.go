package stock

import (
	"syscall"
	"time"
)

// doze sleeps for less than a few milliseconds, to within some ten microseconds. A timer of the Go runtime
// may fire a millisecond late on an idle processor, which would halve the number of batches.
func doze(d time.Duration) {
	ts := syscall.NsecToTimespec(d.Nanoseconds())
	syscall.Nanosleep(&ts, nil) //nolint:errcheck // interrupted early: the next query starts a little sooner
}
