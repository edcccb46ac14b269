package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Shoppers of this figure come at a steady rate that leaves the server's one processor mostly idle.
const (
	shoppersPerSecond = 200
	junkConnections   = 32
)

// junk asks for addresses that nobody made, each once, while shoppers browse: server and databases on one processor, the load on the others.
func (b *bench) junk(ctx context.Context) (lines []line, err error) {
	if err := b.warmUp(ctx); err != nil {
		return nil, err
	}
	release, err := b.apart()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	var made atomic.Int64
	source := func(int) func() []byte { return func() []byte { return b.junkRequest(int(made.Add(1))) } }
	full, err := closedLoop(ctx, b.shop.port, junkConnections, 3*time.Second, source)
	if err != nil {
		return nil, err
	}
	capacity := float64(full.requests+full.failures) / full.elapsed.Seconds()
	duration := pick(b, 30*time.Second, 10*time.Second)
	idle, err := b.selects(ctx, func() error { time.Sleep(duration / 2); return nil })
	if err != nil {
		return nil, err
	}
	perSecond := max(1, int(capacity/2))
	total := pick(b, 1_000_000, 50_000)
	before, err := b.shop.metrics(ctx)
	if err != nil {
		return nil, err
	}
	sent := 0
	flood := func(most int) error {
		r, err := openLoop(ctx, b.shop.port, junkConnections, perSecond, time.Duration(float64(most)/float64(perSecond)*float64(time.Second)), source)
		sent += r.requests + r.failures
		return err
	}
	alone, err := openLoop(ctx, b.shop.port, junkConnections, shoppersPerSecond, duration, b.spread.source(700))
	if err != nil {
		return nil, err
	}
	flooded := make(chan error, 1)
	go func() { flooded <- flood(int(duration.Seconds() * float64(perSecond))) }()
	with, err := openLoop(ctx, b.shop.port, junkConnections, shoppersPerSecond, duration, b.spread.source(701))
	if err := errors.Join(err, <-flooded); err != nil {
		return nil, err
	}
	busy, err := b.selects(ctx, func() error {
		for sent < total {
			if err := flood(min(total-sent, 60*perSecond)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	after, err := b.shop.metrics(ctx)
	if err != nil {
		return nil, err
	}
	const resident = "process_resident_memory_bytes"
	slower := with.at(0.99).Seconds()/max(alone.at(0.99).Seconds(), 1e-9) - 1
	return []line{
		{
			fmt.Sprintf("%s addresses that nobody made, at half of the %s/s that one processor answers, while shoppers browse: their p99", thousands(float64(sent)), thousands(capacity)),
			fmt.Sprintf("**%+.0f %%**: %s, alone %s%s", 100*slower, millis(with.at(0.99)), millis(alone.at(0.99)), failures(with)), "≤ +10 %",
			judge(with.failures == 0 && slower <= 0.10),
		},
		{
			"database queries a second while nobody but they comes; when nobody comes at all", fmt.Sprintf("%.1f; %.1f", busy, idle), "the same",
			judge(busy <= idle*1.1+1),
		},
		{
			"memory that they leave behind", megabytes(after[resident] - before[resident]), "bounded", judge(after[resident]-before[resident] < 50<<20),
		},
	}, nil
}

// junkRequest is one of several kinds that crawlers make up: pages that are not there, and pages with keys of nobody's.
func (b *bench) junkRequest(n int) []byte {
	at := b.spread.places[n%len(b.spread.places)]
	number := strconv.Itoa(n)
	switch n % 4 {
	case 0:
		at.path = "/vin/chateau-" + number + "/1990"
	case 1:
		at.path += "?colour=red&sort=" + number
	case 2:
		at.path += "/" + number
	default:
		at.path = "/" + number + ".php"
	}
	return at.request()
}

// selects is how many SELECTs a second the replicas answer while something is done.
func (b *bench) selects(ctx context.Context, do func() error) (float64, error) {
	count := func() (n float64, err error) {
		for _, db := range b.shop.replicas {
			var name string
			var one float64
			if err := db.QueryRowContext(ctx, `SHOW GLOBAL STATUS LIKE 'Com_select'`).Scan(&name, &one); err != nil {
				return 0, fmt.Errorf("count the queries: %w", err)
			}
			n += one
		}
		return n, nil
	}
	before, err := count()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := do(); err != nil {
		return 0, err
	}
	after, err := count()
	return (after - before) / time.Since(start).Seconds(), err
}

// apart pins the server and the databases to the first processor and this process to the others; release undoes it.
func (b *bench) apart() (release func() error, err error) {
	if runtime.NumCPU() < 2 {
		return nil, errors.New("needs two processors")
	}
	last := strconv.Itoa(runtime.NumCPU() - 1)
	own := strconv.Itoa(os.Getpid())
	set := func(processors string, pids ...string) error {
		for _, pid := range pids {
			if out, err := exec.Command("taskset", "-a", "-c", "-p", processors, pid).CombinedOutput(); err != nil { //nolint:gosec // numbers of ours
				return fmt.Errorf("pin process %s: %w: %s", pid, err, out)
			}
		}
		return nil
	}
	children, err := descendants(own)
	if err != nil {
		return nil, err
	}
	release = func() error { return errors.Join(set("0-"+last, own), set("0-"+last, children...)) }
	return release, errors.Join(set("0", children...), set("1-"+last, own))
}

// descendants of a process.
func descendants(pid string) ([]string, error) {
	threads, err := os.ReadDir("/proc/" + pid + "/task")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, t := range threads {
		children, err := os.ReadFile("/proc/" + pid + "/task/" + t.Name() + "/children")
		if err != nil {
			continue
		}
		for child := range strings.FieldsSeq(string(children)) {
			below, err := descendants(child)
			if err == nil {
				out = append(append(out, child), below...)
			}
		}
	}
	return out, nil
}
