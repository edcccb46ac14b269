package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"caveau/store/market"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == floorFlag {
		if err := serveAsFloor(os.Stdin); err != nil {
			fmt.Fprintln(os.Stderr, "bench: floor:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// options are the flags.
type options struct {
	only       []string
	short      bool
	reportOnly bool
	list       string
	modules    string
	profile    string
	pages      int
}

// bench is one run.
type bench struct {
	options
	shop    *shop
	markets *market.Table
	spread  *pages
	log     io.Writer
	memory  []float64 // resident bytes of the server, looked at under load
}

// figure is a part of the table.
type figure struct {
	name    string
	what    string
	measure func(*bench, context.Context) ([]line, error)
}

// figures in the order in which they are measured: what changes the catalogue, and so empties the cache, comes last.
var figures = []figure{
	{"ready", "time from start to ready", (*bench).ready},
	{"size", "bytes of pages and assets", (*bench).size},
	{"load", "requests a second against the floors", (*bench).throughput},
	{"open", "latency at a fixed rate", (*bench).fixedRate},
	{"search", "search pages against the floor", (*bench).searchPages},
	{"memory", "resident memory under load", (*bench).resident},
	{"junk", "addresses that nobody made", (*bench).junk},
	{"stock", "a change of stock until a page shows it", (*bench).stockChange},
	{"price", "a change of price", (*bench).priceChange},
	{"text", "a change of text", (*bench).textChange},
	{"import", "import of a merchant's list", (*bench).importList},
	{"lighthouse", "Lighthouse on a phone", (*bench).lighthouse},
}

func run(args []string, out, errors io.Writer) int {
	o, err := parse(args, errors)
	if err != nil {
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b := &bench{options: o, log: errors}
	report, missed, err := b.run(ctx)
	fmt.Fprint(out, report)
	switch {
	case err != nil:
		fmt.Fprintln(errors, "bench:", err)
		return 1
	case missed > 0 && !o.reportOnly:
		fmt.Fprintf(errors, "bench: %d figures were missed\n", missed)
		return 1
	}
	return 0
}

func parse(args []string, errors io.Writer) (o options, err error) {
	var names []string
	for _, f := range figures {
		names = append(names, f.name)
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errors)
	only := flags.String("only", "", "measure these figures alone, separated by commas: "+strings.Join(names, ", "))
	flags.BoolVar(&o.short, "short", false, "short runs, about two minutes; they say less")
	flags.BoolVar(&o.reportOnly, "report-only", false, "exit with 0 although figures were missed")
	flags.StringVar(&o.list, "list", "../shared/data/bcl/wines_2026-01.csv", "the list to import (built-in mapping bcl)")
	flags.StringVar(&o.modules, "modules", "e2e/node_modules", "where npm put Lighthouse")
	flags.StringVar(&o.profile, "profile", "", "folder to keep profiles of the server in")
	flags.IntVar(&o.pages, "pages", 0, "ask for so many of the vintage pages alone: to see the server without misses, no figure of the table")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	for _, name := range o.only {
		if !slices.Contains(names, name) {
			fmt.Fprintf(errors, "bench: no figure is called %q; there are %s\n", name, strings.Join(names, ", "))
			return o, flag.ErrHelp
		}
	}
	return o, nil
}

// run measures everything; what was measured before an error is reported all the same.
func (b *bench) run(ctx context.Context) (report string, missed int, err error) {
	began := time.Now()
	others := noise(ctx, 2*time.Second)
	if b.shop, err = openShop(ctx, b.say); err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, b.shop.close()) }()
	if b.markets, err = market.Load(); err != nil {
		return "", 0, err
	}
	if b.spread, err = b.shop.readPages(ctx, b.markets, b.pages); err != nil {
		return "", 0, err
	}
	lines, err := b.measure(ctx)
	head := fmt.Sprintf("%s; %s, %s of editions × vintages.\nOther programs used %s of the processors before the run, which took %s.\nCommand: `%s`\n\n",
		time.Now().UTC().Format("2006-01-02"), b.shop.machine(context.WithoutCancel(ctx)), thousands(float64(len(b.spread.places))), others,
		time.Since(began).Round(time.Second), b.command())
	return head + table(lines), misses(lines), err
}

// command that gives this table again.
func (b *bench) command() string {
	if !b.short && len(b.only) == 0 && b.pages == 0 {
		return "make bench"
	}
	c := "go run ./e2e/bench"
	if b.short {
		c += " -short"
	}
	if b.pages > 0 {
		c += fmt.Sprintf(" -pages %d", b.pages)
	}
	if len(b.only) > 0 {
		c += " -only " + strings.Join(b.only, ",")
	}
	return c
}

func (b *bench) measure(ctx context.Context) ([]line, error) {
	if !b.wants("ready") {
		if _, err := b.shop.serve(ctx); err != nil {
			return nil, err
		}
	}
	var lines []line
	for _, f := range figures {
		if !b.wants(f.name) {
			continue
		}
		b.say("measuring %s", f.what)
		more, err := f.measure(b, ctx)
		lines = append(lines, more...)
		if err != nil {
			return lines, fmt.Errorf("measure %s: %w", f.what, b.shop.explain(err))
		}
	}
	return lines, nil
}

func (b *bench) wants(name string) bool { return len(b.only) == 0 || slices.Contains(b.only, name) }

// say tells a person what is going on.
func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.log, "bench: "+format+"\n", args...) }

// pick is the first value, or the second in a short run.
func pick[T any](b *bench, long, short T) T {
	if b.short {
		return short
	}
	return long
}
