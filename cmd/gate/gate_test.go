package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What go test -json says of a package with one test that passes, one that fails and two that skip, and of one that doesn't build.
const events = `{"Action":"start","Package":"caveau/a"}
{"Action":"output","Package":"caveau/a","Test":"TestGood","Output":"    a_test.go:3: never shown\n"}
{"Action":"pass","Package":"caveau/a","Test":"TestGood","Elapsed":0.1}
{"Action":"output","Package":"caveau/a","Test":"TestBad","Output":"    a_test.go:9: two bottles missing\n"}
{"Action":"fail","Package":"caveau/a","Test":"TestBad","Elapsed":0.2}
{"Action":"output","Package":"caveau/a","Test":"TestTool","Output":"    a_test.go:12: no redis-server here\n"}
{"Action":"skip","Package":"caveau/a","Test":"TestTool","Elapsed":0}
{"Action":"output","Package":"caveau/a","Output":"FAIL\n"}
{"Action":"fail","Package":"caveau/a","Elapsed":1.5}
{"Action":"skip","Package":"caveau/store/intake","Test":"TestRealList","Elapsed":0}
{"Action":"pass","Package":"caveau/store/intake","Elapsed":0.5}
{"ImportPath":"caveau/b","Action":"build-output","Output":"b.go:1: undefined: x\n"}
{"Action":"fail","Package":"caveau/b","Elapsed":0,"FailedBuild":"caveau/b"}
`

func collect(ci bool) (*collector, string) {
	var out bytes.Buffer
	c := &collector{out: &out, ci: ci, said: map[string][]string{}}
	for _, b := range []byte(events) { // as torn as a pipe may deliver it
		_, _ = c.Write([]byte{b})
	}
	return c, out.String()
}

func TestFailuresAreShownWholeAndTheRestIsQuiet(t *testing.T) {
	c, out := collect(false)
	for _, want := range []string{"two bottles missing", "undefined: x", "FAIL caveau/a", "FAIL caveau/b", "ok   caveau/store/intake"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
	if strings.Contains(out, "never shown") {
		t.Errorf("a test that passed talks:\n%s", out)
	}
	if c.passed != 1 || c.failed != 3 || c.skipped != 2 {
		t.Errorf("passed %d, failed %d (a test and two packages), skipped %d", c.passed, c.failed, c.skipped)
	}
	if want := "caveau/a.TestTool: no redis-server here"; c.skips[0] != want {
		t.Errorf("skip is %q, want %q", c.skips[0], want)
	}
}

func TestInCIOnlyListedTestsMaySkip(t *testing.T) {
	laptop, _ := collect(false)
	ci, out := collect(true)
	if ci.failed != laptop.failed+1 || !strings.Contains(out, "TestTool: no redis-server here\n     skipped") {
		t.Errorf("failed %d in CI, %d outside:\n%s", ci.failed, laptop.failed, out)
	}
}

func TestSummaryIsTrueToTheSteps(t *testing.T) {
	var out bytes.Buffer
	done := []result{{name: "gofmt", took: time.Second}, {name: "tests", took: time.Minute, counts: counts{passed: 7}}}
	if status := summarize(&out, "test", done); status != 0 || !strings.Contains(out.String(), "ok: make test, 1m1s") {
		t.Errorf("status %d:\n%s", status, &out)
	}
	done[0].failed = true
	if status := summarize(&out, "test", done); status != 1 || !strings.Contains(out.String(), "FAIL: make test") {
		t.Errorf("status %d:\n%s", status, &out)
	}
}

func TestProgramsAreJudgedByStatusAndBySilence(t *testing.T) {
	for _, c := range []struct {
		name   string
		run    func(context.Context, io.Writer, bool) result
		failed bool
	}{
		{"status 0", command("true"), false},
		{"status 1", command("false"), true},
		{"no such program", command("no-such-program"), true},
		{"silent", silent("true"), false},
		{"talks", silent("echo", "file.go"), true},
	} {
		if got := c.run(t.Context(), io.Discard, false).failed; got != c.failed {
			t.Errorf("%s: failed is %v", c.name, got)
		}
	}
}

func TestUnknownGateIsRefused(t *testing.T) {
	if status := run(t.Context(), []string{"frobnicate"}, io.Discard, false); status != 2 {
		t.Errorf("status %d", status)
	}
}

// A package that is moved must not drop out of its step unseen.
func TestStepsNamePackagesThatExist(t *testing.T) {
	for _, pkg := range append(browsing, racing...) {
		found, err := filepath.Glob(filepath.Join("..", "..", strings.TrimPrefix(pkg, "caveau/"), "*.go"))
		if err != nil || len(found) == 0 {
			t.Errorf("%s: no such package (%v)", pkg, err)
		}
	}
}
