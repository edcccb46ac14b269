package main

import (
	"time"

	"caveau/cmd/app"
)

// searchCommand is for whoever keeps the words that searches understand.
type searchCommand struct {
	Failed searchFailed `cmd:"" help:"List what was searched and not found. store/search says how to add a word."`
}

type searchFailed struct {
	Lang  string `help:"Language of the pages." enum:"fr,en,de,it,es,pt,nl,zh" required:""`
	Days  int    `help:"Of how many days." default:"7"`
	Least int    `help:"Asked at least so often. What one person typed once may be a name." default:"2"`
	Most  int    `help:"How many." default:"100"`

	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
}

// Run prints the list.
func (c *searchFailed) Run(t *tools) error {
	return app.FailedSearches{Language: c.Lang, Days: c.Days, Least: c.Least, Most: c.Most}.Print(t.context, c.PrimaryDSN, time.Now(), t.out)
}
