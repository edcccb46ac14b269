package main

import (
	"caveau/cmd/app"
)

type workCommand struct {
	Once bool `help:"Make everything once and end."`

	app.Config `embed:""`
}

// Run works until it is told to stop.
func (c *workCommand) Run(t *tools) error {
	shop, err := app.New(c.Config, t.logger)
	if err != nil {
		return err
	}
	return shop.Work(t.context, c.Once)
}
