package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
)

// tests is a step that runs the tests of some packages.
type tests struct {
	only, leaveOut []string // import paths; without only, all of the module's
	flags          []string
}

func (t tests) run(ctx context.Context, out io.Writer, ci bool) result {
	packages, err := t.packages(ctx)
	if err != nil {
		fmt.Fprintln(out, err)
		return result{failed: true}
	}
	if len(packages) == 0 {
		return result{}
	}
	cmd := program(ctx, out, "go", slices.Concat([]string{"test", "-json"}, t.flags, packages)...)
	c := &collector{out: out, ci: ci, said: map[string][]string{}}
	cmd.Stdout = c
	failed := cmd.Run() != nil
	return result{failed: failed || c.failed > 0, counts: c.counts}
}

// packages of the module that the step is to test.
func (t tests) packages(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages: %w", err)
	}
	return slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool {
		return t.only != nil && !slices.Contains(t.only, p) || slices.Contains(t.leaveOut, p)
	}), nil
}
