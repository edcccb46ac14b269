//go:build !linux

package stock

import "time"

// doze sleeps for less than a few milliseconds.
func doze(d time.Duration) { time.Sleep(d) }
