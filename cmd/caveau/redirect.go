package main

import (
	"errors"

	"caveau/cmd/app"
)

// redirectCommand is what marketing does with addresses of before.
type redirectCommand struct {
	Import  redirectImport  `cmd:"" help:"Import old,new[,status[,market]] from a CSV file."`
	List    redirectList    `cmd:"" help:"List the redirects, the most followed first."`
	Missing redirectMissing `cmd:"" help:"List the paths that led nowhere, with the page that is most like each."`
}

type redirectOf struct {
	app.Config `embed:""`
}

func (c redirectOf) with(t *tools, do func(*app.Redirects) error) (err error) {
	r, err := app.OpenRedirects(t.context, c.Config, t.out, t.logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return do(r)
}

type redirectImport struct {
	File   string `arg:"" help:"The file, CSV in UTF-8." type:"existingfile"`
	Market string `help:"The shop of lines that name none; without, all in which the new page is."`
	By     string `help:"Who says so: it is written into the rows." env:"USER" default:"unknown"`
	DryRun bool   `help:"Say what would become of each line; write nothing."`

	redirectOf `embed:""`
}

// Run imports.
func (c *redirectImport) Run(t *tools) error {
	return c.with(t, func(r *app.Redirects) error { return r.Import(t.context, c.File, c.Market, c.By, c.DryRun) })
}

type redirectList struct {
	redirectOf `embed:""`
}

// Run lists.
func (c *redirectList) Run(t *tools) error {
	return c.with(t, func(r *app.Redirects) error { return r.List(t.context) })
}

type redirectMissing struct {
	redirectOf `embed:""`
}

// Run lists.
func (c *redirectMissing) Run(t *tools) error {
	return c.with(t, func(r *app.Redirects) error { return r.Missing(t.context) })
}
