package main

import "caveau/cmd/app"

// contentCommand keeps what the fronts of the shops say for a time.
type contentCommand struct {
	Check  contentCheck  `cmd:"" help:"Say what is wrong with a folder of banners, and which words are missing."`
	Import contentImport `cmd:"" help:"Make the shops' banners those of a folder."`
}

type contentCheck struct {
	Dir string `arg:"" help:"Folder of TOML files, one for each banner."`
}

// Run checks.
func (c *contentCheck) Run(t *tools) error {
	_, err := app.CheckContent(c.Dir, t.out)
	return err
}

type contentImport struct {
	Dir        string `arg:"" help:"Folder of TOML files, one for each banner."`
	DryRun     bool   `help:"Only say what would change."`
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
}

// Run imports.
func (c *contentImport) Run(t *tools) error {
	return app.ImportContent(t.context, c.PrimaryDSN, c.Dir, c.DryRun, t.out)
}
