package main

import (
	"caveau/cmd/app"
)

type auditCommand struct {
	Catalog string `help:"A merchant's list, walked in memory." env:"CATALOG"`
	Map     string `help:"How to read the list." env:"MAP"`
	INAO    string `name:"inao" help:"Folder of the INAO's tables of appellations." env:"INAO"`
	Every   int    `help:"Look at one page of so many, and at some of every kind." default:"1"`
	Report  string `help:"Where the faults go, as lines of JSON: url, check, what." default:"audit.jsonl"`

	app.Config `embed:""`
}

// Run walks the shops of the database that the environment names; without one a list or the demonstration catalogue, in memory.
func (c *auditCommand) Run(t *tools) error {
	if c.Catalog != "" && c.Map == "" {
		return app.Problems{"MAP: not set: a list needs its mapping (builtin:bcl for the BC list)"}
	}
	a := app.Audit{Catalog: c.Catalog, Map: c.Map, INAO: c.INAO, Every: c.Every, Report: c.Report, Out: t.out, Logger: t.logger}
	if c.Catalog == "" && c.PrimaryDSN != "" {
		a.Config = &c.Config
	}
	_, err := a.Run(t.context)
	return err
}
