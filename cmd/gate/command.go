package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// result is what came out of a step.
type result struct {
	name   string
	took   time.Duration
	failed bool
	counts counts // of a step that runs tests
}

// command is a step that runs a program; it has passed when the program says so.
func command(name string, args ...string) func(context.Context, io.Writer, bool) result {
	return func(ctx context.Context, out io.Writer, _ bool) result {
		return result{failed: start(ctx, out, name, args...) != nil}
	}
}

// silent is a step whose program prints what is wrong, and ends with 0 all the same: gofmt -l.
func silent(name string, args ...string) func(context.Context, io.Writer, bool) result {
	return func(ctx context.Context, out io.Writer, _ bool) result {
		var said bytes.Buffer
		err := start(ctx, io.MultiWriter(out, &said), name, args...)
		return result{failed: err != nil || said.Len() > 0}
	}
}

// lint builds the linter once, outside of the module, then runs it.
func lint(ctx context.Context, out io.Writer, _ bool) result {
	folder, err := filepath.Abs(filepath.Join(".local", "tool", lintVersion))
	if err != nil {
		fmt.Fprintln(out, err)
		return result{failed: true}
	}
	linter := filepath.Join(folder, "golangci-lint")
	if _, err := os.Stat(linter); err != nil {
		fmt.Fprintln(out, "building the linter: this takes some minutes, once")
		install := program(ctx, out, "go", "install", "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@"+lintVersion)
		install.Env = append(os.Environ(), "GOBIN="+folder)
		if err := install.Run(); err != nil {
			fmt.Fprintln(out, "go install:", err)
			return result{failed: true}
		}
	}
	return command(linter, "run", "./...")(ctx, out, false)
}

// start runs a program to its end and prints why it failed, unless it said so by its exit status alone.
func start(ctx context.Context, out io.Writer, name string, args ...string) error {
	err := program(ctx, out, name, args...).Run()
	if err != nil {
		fmt.Fprintf(out, "%s: %v\n", filepath.Base(name), err)
	}
	return err
}

// program is a command that may clean up for a while when it is told to stop.
func program(ctx context.Context, out io.Writer, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	return cmd
}
