package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// ready starts the server several times on running databases; it runs when this returns.
func (b *bench) ready(ctx context.Context) ([]line, error) {
	const most = 3 * time.Second
	var took []time.Duration
	for range pick(b, 5, 3) {
		if err := b.shop.rest(); err != nil {
			return nil, err
		}
		d, err := b.shop.serve(ctx)
		if err != nil {
			return nil, err
		}
		took = append(took, d)
	}
	metrics, err := b.shop.metrics(ctx)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("ready after start, %s SKUs × %d locales", thousands(metrics["caveau_snapshot_skus"]), len(b.markets.Editions))
	return []line{{what, spread(took), "3 s", judge(slices.Max(took) <= most)}}, nil
}

// spread is the median and the extremes.
func spread(d []time.Duration) string {
	return fmt.Sprintf("%s (median of %d; %s to %s)", millis(median(d)), len(d), millis(slices.Min(d)), millis(slices.Max(d)))
}

// median of some values, which it leaves in their order.
func median[T float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)/2]
}

// quantile is the value that a share of the values does not exceed.
func quantile(values []time.Duration, share float64) time.Duration {
	r := result{}
	for _, v := range slices.Sorted(slices.Values(values)) {
		r.micros = append(r.micros, uint32(max(v, 0).Microseconds()))
	}
	return r.at(share)
}

// resident is the most memory that the server was seen with under load. It is the last figure of the load.
func (b *bench) resident(ctx context.Context) ([]line, error) {
	const most = 250e6
	if len(b.memory) == 0 {
		if err := b.warmUp(ctx); err != nil {
			return nil, err
		}
	}
	_, peak, ok := resident(b.shop.serving.Process.Pid)
	if !ok || len(b.memory) == 0 {
		return []line{{"resident memory under load", "this system does not say", "250 MB", noted}}, nil
	}
	now := slices.Max(b.memory)
	peak = max(peak, now) // the kernel brings the peak up to date a little later
	return []line{{
		"resident memory under load", fmt.Sprintf("%s (peak since the start %s)", megabytes(now), megabytes(peak)), "250 MB", judge(now <= most),
	}}, nil
}

// watchMemory looks at the server's memory until ctx ends.
func (b *bench) watchMemory(ctx context.Context) {
	for {
		if now, _, ok := resident(b.shop.serving.Process.Pid); ok {
			b.memory = append(b.memory, now)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(250 * time.Millisecond):
		}
	}
}
