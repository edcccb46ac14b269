package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// source gives each connection its requests: next is called by one goroutine.
type source func(connection int) (next func() []byte)

// result of a run of load.
type result struct {
	requests int           // answered with 200 within the time
	failures int           // answered otherwise, or not at all
	bytes    int64         // of the bodies of the former
	elapsed  time.Duration // that they are counted over
	micros   []uint32      // latencies of the former, ascending
	first    error         // what the first failure was
}

// rate is requests a second.
func (r result) rate() float64 { return float64(r.requests) / r.elapsed.Seconds() }

// meanBytes of a body.
func (r result) meanBytes() int { return int(r.bytes / int64(max(r.requests, 1))) }

// at is the latency that a share of the requests did not exceed.
func (r result) at(share float64) time.Duration {
	if len(r.micros) == 0 {
		return 0
	}
	i := int(math.Ceil(share*float64(len(r.micros)))) - 1
	return time.Duration(r.micros[min(max(i, 0), len(r.micros)-1)]) * time.Microsecond
}

// maxConnections and maxDuration bound every run.
const (
	maxConnections = 1024
	maxDuration    = 2 * time.Minute
)

// grace is how long the last answers of a run may take.
const grace = 5 * time.Second

// closedLoop keeps so many requests under way for a time: each connection sends its next one when it has the answer.
func closedLoop(ctx context.Context, port, connections int, duration time.Duration, from source) (result, error) {
	duration = min(duration, maxDuration)
	return drive(ctx, port, connections, duration, from, func(start time.Time) func() (time.Time, bool) {
		end := start.Add(duration)
		return func() (time.Time, bool) {
			now := time.Now()
			return now, now.Before(end)
		}
	})
}

// openLoop sends so many requests a second for a time, whatever the answers take. A latency counts from the moment at
// which the request was due, not from when a connection was free to send it.
func openLoop(ctx context.Context, port, connections, perSecond int, duration time.Duration, from source) (result, error) {
	duration = min(duration, maxDuration)
	interval := time.Second / time.Duration(perSecond)
	total := int64(duration / interval)
	return drive(ctx, port, connections, duration, from, func(start time.Time) func() (time.Time, bool) {
		var sent atomic.Int64
		return func() (time.Time, bool) {
			ticket := sent.Add(1) - 1
			due := start.Add(time.Duration(ticket) * interval)
			if ticket >= total {
				return due, false
			}
			time.Sleep(time.Until(due))
			return due, true
		}
	})
}

// drive opens the connections, lets each send its requests when clock says so, and adds up. clock returns the time that
// a request's latency counts from, and false when there is no further one.
func drive(ctx context.Context, port, connections int, duration time.Duration, from source, clock func(start time.Time) func() (time.Time, bool)) (result, error) {
	connections = min(connections, maxConnections)
	conns, err := dialAll(port, connections, time.Now().Add(duration+grace))
	defer func() {
		for _, c := range conns {
			c.Close() //nolint:errcheck // it only read
		}
	}()
	if err != nil {
		return result{}, err
	}
	start := time.Now()
	due := clock(start)
	results := make([]result, len(conns))
	var running sync.WaitGroup
	for i, c := range conns {
		running.Go(func() { results[i] = c.send(ctx, from(i), due) })
	}
	running.Wait()
	if ctx.Err() != nil {
		return result{}, ctx.Err()
	}
	return sum(results, time.Since(start)), nil
}

func dialAll(port, n int, deadline time.Time) ([]*conn, error) {
	var conns []*conn
	for range n {
		c, err := dial(port, deadline)
		if err != nil {
			return conns, err
		}
		conns = append(conns, c)
	}
	return conns, nil
}

// expected is room for the latencies of one connection, so that it seldom grows during a run.
const expected = 8192

// send sends requests on one connection until there is none. A broken connection ends it: that is one failure, and
// the figure is missed.
func (c *conn) send(ctx context.Context, next func() []byte, due func() (time.Time, bool)) result {
	r := result{micros: make([]uint32, 0, expected)}
	for ctx.Err() == nil {
		start, more := due()
		if !more {
			break
		}
		got, err := c.do(next())
		if err == nil && got.status != 200 {
			err = fmt.Errorf("status %d", got.status)
			r.fail(err)
			continue
		}
		if err != nil {
			r.fail(err)
			break
		}
		r.requests++
		r.bytes += int64(len(got.body))
		r.micros = append(r.micros, uint32(min(time.Since(start).Microseconds(), math.MaxUint32)))
	}
	return r
}

func (r *result) fail(err error) {
	r.failures++
	if r.first == nil {
		r.first = err
	}
}

// sum adds up the connections of a run.
func sum(all []result, elapsed time.Duration) result {
	out := result{elapsed: elapsed}
	for _, r := range all {
		out.requests += r.requests
		out.failures += r.failures
		out.bytes += r.bytes
		out.micros = append(out.micros, r.micros...)
		out.first = cmp.Or(out.first, r.first)
	}
	slices.Sort(out.micros)
	return out
}
