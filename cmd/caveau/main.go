package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // the final image holds the binary alone

	"github.com/alecthomas/kong"
	_ "golang.org/x/crypto/x509roots/fallback" // likewise

	"caveau/cmd/app"
)

// commands are what the program can do.
type commands struct {
	Version   kong.VersionFlag `help:"Print the version."`
	Serve     serveCommand     `cmd:"" help:"Serve the shops."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database schema up to date."`
	Import    importCommand    `cmd:"" help:"Import a catalogue."`
	Local     localCommand     `cmd:"" help:"Start private MariaDB servers and a Redis."`
	Demo      demoCommand      `cmd:"" help:"Start everything on this machine, with a catalogue."`
	Order     orderCommand     `cmd:"" help:"Show an order, or note what became of it."`
	Milestone milestoneCommand `cmd:"" help:"What became of wine that was sold en primeur: the ledger."`
	Content   contentCommand   `cmd:"" help:"What the fronts of the shops say for a time: banners, from a folder."`
	Preview   previewCommand   `cmd:"" help:"Make a link that shows any page of any shop, at any date."`
	Forget    forgetCommand    `cmd:"" help:"Empty what is kept of people beyond its term; every instance does it each hour."`
	Search    searchCommand    `cmd:"" help:"What people search."`
	Work      workCommand      `cmd:"" help:"Make what all instances serve: sitemaps and feeds."`
	Redirect  redirectCommand  `cmd:"" help:"Lead from old addresses to pages of today."`
	Audit     auditCommand     `cmd:"" help:"Walk every page of all shops as a crawler does, and say what is wrong."`
	Gallery   galleryCommand   `cmd:"" help:"Show every page and component in its named states, without a database."`
}

// tools are handed to every command.
type tools struct {
	context context.Context
	out     io.Writer
	logger  *slog.Logger
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errors io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c := commands{Order: newOrderCommand()}
	parser, err := kong.New(&c, kong.Name("caveau"), kong.Description("The storefront of a fine-wine merchant: 14 shops, live stock."),
		kong.Vars{"version": version()}, kong.UsageOnError(), kong.Writers(out, errors))
	if err != nil {
		fmt.Fprintln(errors, err)
		return 1
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(errors, "caveau: %v\n", err)
		return 2
	}
	logger := slog.New(slog.NewTextHandler(errors, &slog.HandlerOptions{Level: slog.LevelInfo}))
	if err := command.Run(&tools{ctx, out, logger}); err != nil {
		fmt.Fprintf(errors, "caveau: %v\n", err)
		return status(err)
	}
	return 0
}

// status of an error.
func status(err error) int {
	var problems app.Problems
	if errors.As(err, &problems) {
		return 2
	}
	return 1
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}
