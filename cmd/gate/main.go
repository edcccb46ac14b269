package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Getenv("CI") == "true"))
}

// run runs the gate that is named and returns the exit status.
func run(ctx context.Context, args []string, out io.Writer, ci bool) int {
	if len(args) != 1 || gates[args[0]] == nil {
		fmt.Fprintln(out, "usage: gate test|check|soak")
		return 2
	}
	var done []result
	for _, s := range gates[args[0]] {
		if ctx.Err() != nil {
			break
		}
		fmt.Fprintf(out, "── %s\n", s.name)
		start := time.Now()
		r := s.run(ctx, out, ci)
		r.name, r.took = s.name, time.Since(start)
		done = append(done, r)
	}
	if ctx.Err() != nil {
		fmt.Fprintln(out, "stopped")
		return 1
	}
	return summarize(out, args[0], done)
}
