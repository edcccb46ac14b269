package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// counts are how many tests came out how. Subtests count too.
type counts struct {
	passed, failed, skipped int
	skips                   []string  // "package.Test: why"
	packages                []elapsed // those with tests
}

type elapsed struct {
	name    string
	seconds float64
}

// event is one line of go test -json; see "go doc test2json" and, for builds, "go help buildjson".
type event struct {
	Action      string
	Package     string
	ImportPath  string // of a build
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
}

func (e event) name() string {
	if e.Test == "" {
		return e.Package
	}
	return e.Package + "." + e.Test
}

// collector reads events as they come: it prints a line per package and the whole of what fails.
type collector struct {
	counts
	out     io.Writer
	ci      bool
	partial []byte              // a line that has not ended yet
	said    map[string][]string // by package, test or build
}

// Write takes the next bytes of go test's output.
func (c *collector) Write(b []byte) (int, error) {
	c.partial = append(c.partial, b...)
	for {
		line, rest, whole := bytes.Cut(c.partial, []byte("\n"))
		if !whole {
			return len(b), nil
		}
		c.line(line)
		c.partial = rest
	}
}

func (c *collector) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		fmt.Fprintf(c.out, "%s\n", line) // what is no event, go itself says
		return
	}
	switch e.Action {
	case "output":
		c.said[e.name()] = append(c.said[e.name()], e.Output)
	case "build-output":
		c.said[e.ImportPath] = append(c.said[e.ImportPath], e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			c.pack(e)
		} else {
			c.test(e)
		}
	}
}

// test counts a test that has ended.
func (c *collector) test(e event) {
	defer delete(c.said, e.name())
	switch e.Action {
	case "pass":
		c.passed++
	case "fail":
		c.failed++
		c.print(e.name())
	case "skip":
		c.skipped++
		why := c.reason(e)
		c.skips = append(c.skips, why)
		if c.ci && allowed[e.name()] == "" {
			c.failed++
			fmt.Fprintf(c.out, "FAIL %s\n     skipped, and in CI no test may: list it in cmd/gate/skips.go with its reason, or mend it\n", why)
		}
	}
}

// reason of a skip: the line that the test logged, without file and number.
func (c *collector) reason(e event) string {
	for _, line := range c.said[e.name()] {
		if _, why, found := strings.Cut(line, ".go:"); found {
			_, why, _ = strings.Cut(why, ": ")
			return e.name() + ": " + strings.TrimSpace(why)
		}
	}
	return e.name()
}

// pack ends a package.
func (c *collector) pack(e event) {
	defer delete(c.said, e.name())
	switch e.Action {
	case "pass":
		c.packages = append(c.packages, elapsed{e.Package, e.Elapsed})
		fmt.Fprintf(c.out, "ok   %-32s %6.1f s%s\n", e.Package, e.Elapsed, c.cached(e))
	case "fail":
		c.packages = append(c.packages, elapsed{e.Package, e.Elapsed})
		c.failed++
		if e.FailedBuild != "" {
			c.print(e.FailedBuild)
		}
		c.print(e.name())
		fmt.Fprintf(c.out, "FAIL %-32s %6.1f s\n", e.Package, e.Elapsed)
	}
}

func (c *collector) cached(e event) string {
	if strings.Contains(strings.Join(c.said[e.name()], ""), "(cached)") {
		return "  as before"
	}
	return ""
}

func (c *collector) print(name string) {
	for _, s := range c.said[name] {
		_, _ = io.WriteString(c.out, s)
	}
}
