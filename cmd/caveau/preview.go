package main

import (
	"fmt"
	"time"

	"caveau/cmd/app"
)

type previewCommand struct {
	Locale  string   `help:"Shop and language." default:"fr-FR"`
	At      string   `help:"Date and time by the shop's clocks, as \"2026-12-04 08:00\"; without it, now."`
	Country string   `help:"Show prices at the door of this country (ISO 3166)."`
	State   string   `help:"And of this state of the US."`
	Days    int      `help:"How long the link works, at most 90." default:"7"`
	Base    string   `help:"Address of a shop with {market} for its code." env:"CAVEAU_BASE" default:"http://{market}.localhost:8080"`
	Keys    []string `help:"The instances' secrets." env:"CAVEAU_KEYS" required:""`
	Path    string   `arg:"" optional:"" help:"A page of that shop, as /vin/chateau-margaux/1990." default:"/"`
}

// Run prints a link.
func (c *previewCommand) Run(t *tools) error {
	link, err := app.PreviewLink{
		Locale: c.Locale, At: c.At, Country: c.Country, State: c.State, Path: c.Path, Life: time.Duration(c.Days) * 24 * time.Hour,
	}.Link(app.Config{Base: c.Base, Keys: c.Keys}, time.Now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(t.out, link)
	return err
}
