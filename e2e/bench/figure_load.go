package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/klauspost/compress/gzip"
)

// contest is one number of connections, and what is wanted of it.
type contest struct {
	connections  int
	static       float64 // share of the static floor
	naive        float64 // times the naive floor
	rates        [3][]float64
	toStatic     []float64
	toNaive      []float64
	hits         []float64
	queries      []float64
	p50, p99     []time.Duration
	failed       result
	nextRound    int
	bytes, count int64
}

// The servers of a contest.
const (
	theShop = iota
	theStatic
	theNaive
)

// throughput measures the shop against both floors.
func (b *bench) throughput(ctx context.Context) (lines []line, err error) {
	if err := b.warmUp(ctx); err != nil {
		return nil, err
	}
	if b.profile != "" {
		if err := b.shop.save(ctx, "/debug/pprof/heap?gc=1", filepath.Join(b.profile, "heap.prof")); err != nil {
			return nil, err
		}
	}
	ports, stop, err := b.floors(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := b.compare(ports); err != nil {
		return nil, err
	}
	contests := []*contest{{connections: 64, static: 0.6, naive: 3}, {connections: 256, static: 0.75, naive: 3}}
	for i, c := range contests {
		c.nextRound = 100 * (i + 1)
		for range 3 {
			if err := b.round(ctx, c, ports); err != nil {
				return nil, err
			}
		}
	}
	lines = b.results(contests)
	if b.profile != "" {
		err = b.profiles(ctx)
	}
	return lines, err
}

// warmUp lets the server warm its cache, and then asks for pages as the runs do.
func (b *bench) warmUp(ctx context.Context) error {
	now, err := b.shop.warm(ctx, warmLimit)
	if err != nil {
		return err
	}
	pages, bytes := now["caveau_page_cache_pages"], now["caveau_page_cache_bytes"]
	b.say("the server warmed %.0f pages (%s, %.0f bytes each); warming on with load", pages, megabytes(bytes), bytes/max(pages, 1))
	r, err := b.onShop(ctx, 64, pick(b, 20*time.Second, 5*time.Second), 0)
	if err == nil && r.requests == 0 {
		err = fmt.Errorf("the server answers no vintage page: %w", r.first)
	}
	return err
}

// onShop loads the shop, and watches its memory.
func (b *bench) onShop(ctx context.Context, connections int, duration time.Duration, round int) (result, error) {
	watched, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); b.watchMemory(watched) }()
	r, err := closedLoop(ctx, b.shop.port, connections, duration, b.spread.source(round))
	stop()
	<-done
	return r, err
}

// floors starts both. The static one sends what a page of the shop has on average among those that are asked for.
func (b *bench) floors(ctx context.Context) (ports [3]int, stop func() error, err error) {
	r, err := b.onShop(ctx, 16, 2*time.Second, 1)
	if err != nil {
		return ports, nil, err
	}
	sample, err := once(b.shop.port, b.spread.request(0))
	if err != nil {
		return ports, nil, err
	}
	b.say("the mean page has %d bytes gzip", r.meanBytes())
	memory, err := startFloor(ctx, floorConfig{Kind: staticFloor, Size: r.meanBytes(), Headers: headersOf(sample)})
	if err != nil {
		return ports, nil, err
	}
	usual, err := startFloor(ctx, floorConfig{Kind: naiveFloor, Base: b.shop.base(), Replicas: b.shop.services.ReplicaDSNs()})
	if err != nil {
		return ports, nil, errors.Join(err, memory.stop())
	}
	stop = func() error { return errors.Join(memory.stop(), usual.stop()) }
	return [3]int{theShop: b.shop.port, theStatic: memory.port, theNaive: usual.port}, stop, nil
}

// unequal is what differs between two readings of the same stock, and the comment that only a press puts in.
var unequal = regexp.MustCompile(`\d\d:\d\d:\d\d|(?s:<!--.*?-->)`)

// compare makes sure that the naive floor sends the shop's pages.
func (b *bench) compare(ports [3]int) error {
	for _, at := range b.spread.some(34) {
		var bodies [2][]byte
		for i, port := range []int{ports[theShop], ports[theNaive]} {
			got, err := once(port, at.request())
			if err != nil {
				return err
			}
			if bodies[i], err = unzip(got.body); err != nil {
				return fmt.Errorf("%s: %w", at.url(), err)
			}
		}
		if shop, floor := difference(unequal.ReplaceAll(bodies[0], nil), unequal.ReplaceAll(bodies[1], nil)); shop != floor {
			return fmt.Errorf("%s: the naive floor sends another page than the shop: %q, not %q", at.url(), floor, shop)
		}
	}
	return nil
}

// difference is what follows, in both, from a little before the first byte that differs.
func difference(a, b []byte) (string, string) {
	if bytes.Equal(a, b) {
		return "", ""
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	around := func(s []byte) string { return string(s[max(0, min(i, len(s))-60):min(len(s), i+60)]) }
	return around(a), around(b)
}

func unzip(b []byte) ([]byte, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("unpack an answer: %w", err)
	}
	return io.ReadAll(zipped)
}

// round lets all three take their turn. The shop is in the middle, next to both.
func (b *bench) round(ctx context.Context, c *contest, ports [3]int) error {
	c.nextRound++
	duration := pick(b, 8*time.Second, 3*time.Second)
	var rates [3]float64
	for _, which := range []int{theStatic, theShop, theNaive} {
		before, err := b.shop.metrics(ctx)
		if err != nil {
			return err
		}
		used := b.processors()
		var r result
		if which == theShop {
			r, err = b.onShop(ctx, c.connections, duration, c.nextRound)
		} else {
			r, err = closedLoop(ctx, ports[which], c.connections, duration, b.spread.source(c.nextRound))
		}
		if err != nil {
			return err
		}
		after, err := b.shop.metrics(ctx)
		if err != nil {
			return err
		}
		b.say("  %s: %.0f requests/s; processors: %s", [3]string{"shop", "static", "naive"}[which], r.rate(), b.processors().since(used, r.elapsed))
		rates[which] = r.rate()
		c.rates[which] = append(c.rates[which], r.rate())
		c.failed.add(r)
		if which == theShop {
			c.note(r, after.since(before))
		}
	}
	c.toStatic = append(c.toStatic, rates[theShop]/max(rates[theStatic], 1))
	c.toNaive = append(c.toNaive, rates[theShop]/max(rates[theNaive], 1))
	b.say("%d connections: static %.0f, shop %.0f, naive %.0f requests/s; hit rate %.3f", c.connections, rates[theStatic], rates[theShop], rates[theNaive], c.hits[len(c.hits)-1])
	return nil
}

func (c *contest) note(r result, grown counters) {
	c.hits = append(c.hits, grown.hitRate())
	c.queries = append(c.queries, grown["caveau_stock_queries_total"]/r.elapsed.Seconds())
	c.p50, c.p99 = append(c.p50, r.at(0.5)), append(c.p99, r.at(0.99))
	c.bytes, c.count = c.bytes+r.bytes, c.count+int64(r.requests)
}

// add the failures of a run.
func (r *result) add(other result) {
	r.failures += other.failures
	if r.first == nil {
		r.first = other.first
	}
}

func (b *bench) results(contests []*contest) []line {
	var lines []line
	var queries []float64
	for _, c := range contests {
		ok := c.failed.failures == 0
		ratio, times := median(c.toStatic), median(c.toNaive)
		lines = append(lines,
			line{
				fmt.Sprintf("vintage pages with live stock, %d connections, against bytes from memory", c.connections),
				fmt.Sprintf("**%.2f** (%.2f to %.2f): %s/s of %s/s; p50 %s, p99 %s; hit rate %.1f %%; %d bytes%s", ratio, slices.Min(c.toStatic), slices.Max(c.toStatic),
					thousands(median(c.rates[theShop])), thousands(median(c.rates[theStatic])), millis(median(c.p50)), millis(median(c.p99)),
					100*median(c.hits), c.bytes/max(c.count, 1), failures(c.failed)),
				fmt.Sprintf("%.2f", c.static), judge(ok && ratio >= c.static),
			},
			line{
				fmt.Sprintf("the same against SELECT, render and gzip per request, %d connections", c.connections),
				fmt.Sprintf("**%.1f ×** (%.1f to %.1f): %s/s", times, slices.Min(c.toNaive), slices.Max(c.toNaive), thousands(median(c.rates[theNaive]))),
				fmt.Sprintf("%.0f ×", c.naive), judge(ok && times >= c.naive),
			})
		queries = append(queries, c.queries...)
	}
	most := slices.Max(queries)
	return append(lines, line{"replica queries a second and instance at full load", thousands(most) + " (the most of all rounds)", "< 1,000", judge(most < 1000)})
}

// fixedRate is the latency at 1,000 requests a second.
func (b *bench) fixedRate(ctx context.Context) ([]line, error) {
	const perSecond, most = 1000, 10 * time.Millisecond
	if !b.wants("load") {
		if err := b.warmUp(ctx); err != nil {
			return nil, err
		}
	}
	duration := pick(b, 20*time.Second, 5*time.Second)
	r, err := openLoop(ctx, b.shop.port, 64, perSecond, duration, b.spread.source(500))
	if err != nil {
		return nil, err
	}
	return []line{{
		"vintage page at 1,000 requests/s, open loop, p99",
		fmt.Sprintf("**%s** (p50 %s, p99.9 %s; %.0f s)%s", millis(r.at(0.99)), millis(r.at(0.5)), millis(r.at(0.999)), duration.Seconds(), failures(r)),
		"10 ms", judge(r.failures == 0 && r.at(0.99) <= most),
	}}, nil
}

// profiles keeps where the time goes, in runs of their own.
func (b *bench) profiles(ctx context.Context) error {
	for i, connections := range []int{64, 256} {
		saved := make(chan error, 1)
		go func() {
			saved <- b.shop.save(ctx, "/debug/pprof/profile?seconds=8", filepath.Join(b.profile, fmt.Sprintf("cpu-%d.prof", connections)))
		}()
		_, err := b.onShop(ctx, connections, 9*time.Second, 600+i)
		if err := errors.Join(err, <-saved); err != nil {
			return err
		}
	}
	return nil
}
