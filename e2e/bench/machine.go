package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// machine names what the figures were measured on. Where the system does not say something it is left out.
func (s *shop) machine(ctx context.Context) string {
	parts := []string{
		cpuModel(), fmt.Sprintf("%d cores", runtime.NumCPU()), memory(), system(), strings.Replace(runtime.Version(), "go", "Go ", 1),
		s.databaseVersion(ctx), redisVersion(ctx),
	}
	var known []string
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	return strings.Join(known, ", ")
}

func cpuModel() string { return inFile("/proc/cpuinfo", `(?m)^model name\s*:\s*(.+)$`) }

func memory() string {
	kilobytes, err := strconv.ParseFloat(inFile("/proc/meminfo", `(?m)^MemTotal:\s*(\d+) kB$`), 64)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%.0f GB", kilobytes*1024/1e9)
}

func system() string {
	if name := inFile("/etc/os-release", `(?m)^PRETTY_NAME="(.+)"$`); name != "" {
		return name
	}
	return runtime.GOOS + "/" + runtime.GOARCH
}

func (s *shop) databaseVersion(ctx context.Context) string {
	var version string
	if err := s.primary.QueryRowContext(ctx, `SELECT VERSION()`).Scan(&version); err != nil {
		return ""
	}
	version, _, _ = strings.Cut(version, "-")
	return "MariaDB " + version
}

func redisVersion(ctx context.Context) string {
	for _, program := range []string{"redis-server", "valkey-server"} {
		if out, err := exec.CommandContext(ctx, program, "--version").Output(); err == nil {
			return "Redis " + group(string(out), `v=(\S+)`)
		}
	}
	return ""
}

// inFile is the first group of a pattern in a file; empty where there is none.
func inFile(file, pattern string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return group(string(text), pattern)
}

func group(text, pattern string) string {
	if found := regexp.MustCompile(pattern).FindStringSubmatch(text); found != nil {
		return strings.TrimSpace(found[1])
	}
	return ""
}

// ticks of all processors since the start of the system.
type ticks struct{ busy, all float64 }

func processorTicks() (ticks, bool) {
	var t ticks
	fields := strings.Fields(inFile("/proc/stat", `(?m)^cpu\s+(.+)$`))
	for i, field := range fields {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil || i > 7 { // the last ones are contained in the first
			break
		}
		t.all += n
		if i != 3 && i != 4 { // idle, waiting
			t.busy += n
		}
	}
	return t, t.all > 0
}

// noise is the share of the processors that others use while this program does nothing.
func noise(ctx context.Context, over time.Duration) string {
	before, ok := processorTicks()
	if !ok {
		return "unknown"
	}
	select {
	case <-ctx.Done():
	case <-time.After(over):
	}
	after, _ := processorTicks()
	return fmt.Sprintf("%.0f %%", 100*(after.busy-before.busy)/max(after.all-before.all, 1))
}

// resident is VmRSS and VmHWM of a process in bytes; false where the system does not say.
func resident(pid int) (now, most float64, ok bool) {
	file := fmt.Sprintf("/proc/%d/status", pid)
	now, err := strconv.ParseFloat(inFile(file, `(?m)^VmRSS:\s*(\d+) kB$`), 64)
	if err != nil {
		return 0, 0, false
	}
	most, err = strconv.ParseFloat(inFile(file, `(?m)^VmHWM:\s*(\d+) kB$`), 64)
	return now * 1024, most * 1024, err == nil
}

// usage is the time that the processors spent on some processes, in ticks of a hundredth of a second.
type usage struct {
	server, bench float64
	all           ticks
}

// processors is how much the server, this process and everything together have used so far.
func (b *bench) processors() usage {
	all, _ := processorTicks()
	return usage{processTicks(b.shop.serving.Process.Pid), processTicks(os.Getpid()), all}
}

// since says where the time went: the rest is the floors, the databases, and whatever else runs on the machine.
func (u usage) since(before usage, d time.Duration) string {
	share := func(ticks float64) string { return fmt.Sprintf("%.2f", ticks/100/d.Seconds()) }
	server, bench, busy := u.server-before.server, u.bench-before.bench, u.all.busy-before.all.busy
	return fmt.Sprintf("server %s, load %s, others %s of %d", share(server), share(bench), share(max(busy-server-bench, 0)), runtime.NumCPU())
}

// processTicks of a process; 0 where the system does not say.
func processTicks(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name before it may hold blanks
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	kernel, _ := strconv.ParseFloat(fields[12], 64)
	return user + kernel
}
