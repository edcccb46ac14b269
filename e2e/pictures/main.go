package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/e2e/shop"
)

func main() {
	out := flag.String("out", "pictures", "folder of the pictures")
	only := flag.String("only", "", "make only the pictures whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *out, *only, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// run opens the shop and a browser, takes the pictures, and closes both.
func run(ctx context.Context, out, only string, progress io.Writer) (err error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("make the folder of the pictures: %w", err)
	}
	dir, err := os.MkdirTemp("", "caveau-pictures-")
	if err != nil {
		return fmt.Errorf("make a folder for the shop: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binary, err := shop.Build(dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(progress, "opening the shop")
	s, err := shop.Start(ctx, binary, filepath.Join(dir, "s"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	b, err := browser.Start()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Stop()) }()
	subjects, err := choose(ctx, s)
	if err != nil {
		return err
	}
	return (&camera{shop: s, browser: b, out: out, only: only, progress: progress}).all(ctx, subjects)
}

// camera takes pictures.
type camera struct {
	shop      *shop.Shop
	browser   *browser.Browser
	out, only string
	progress  io.Writer
	taken     int
}

// all takes every subject in every locale and way.
func (c *camera) all(ctx context.Context, subjects []subject) error {
	for _, l := range locales {
		for _, d := range []browser.Device{browser.Phone, browser.Tablet, browser.Desktop} {
			for _, dark := range []bool{false, true} {
				way := browser.Way{Device: d, Dark: dark, Still: true, Language: l.name}
				if err := c.session(ctx, subjects, l, way); err != nil {
					return err
				}
			}
		}
	}
	if c.taken == 0 {
		return fmt.Errorf("no picture's name contains %q", c.only)
	}
	fmt.Fprintf(c.progress, "%d pictures in %s\n", c.taken, c.out)
	return nil
}

// session takes what is wanted of one locale in one way; without a wish it opens no page.
func (c *camera) session(ctx context.Context, subjects []subject, l locale, way browser.Way) (err error) {
	wanted := map[string]subject{}
	var names []string
	for _, s := range subjects {
		name := fmt.Sprintf("%s-%s-%d-%s", s.name, l.name, way.Width, scheme(way.Dark))
		if strings.Contains(name, c.only) {
			wanted[name] = s
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	page, err := c.browser.Visit(way)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, page.Context().Close()) }()
	for _, name := range names {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := c.take(page, wanted[name], l, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func scheme(dark bool) string {
	if dark {
		return "dark"
	}
	return "light"
}

func (c *camera) take(page playwright.Page, s subject, l locale, name string) error {
	path, err := s.path(l)
	if err != nil {
		return err
	}
	if _, err := page.Goto(c.shop.URL(l.market, path)); err != nil {
		return err
	}
	if s.before != nil {
		if err := s.before(page); err != nil {
			return err
		}
	}
	file := filepath.Join(c.out, name+".png")
	if _, err := page.Screenshot(playwright.PageScreenshotOptions{Path: &file, FullPage: playwright.Bool(true)}); err != nil {
		return err
	}
	c.taken++
	fmt.Fprintln(c.progress, file)
	return nil
}
