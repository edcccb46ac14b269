package main

import (
	"errors"
	"fmt"

	"caveau/cmd/app"
	"caveau/store/local"
)

type serveCommand struct {
	app.Config `embed:""`

	Role string `help:"shop, or backoffice: previews, on a host and a replica of their own." enum:"shop,backoffice" env:"CAVEAU_ROLE" default:"shop"`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(t *tools) error {
	if c.Role == "backoffice" {
		office, err := app.NewOffice(c.Config, t.logger)
		if err != nil {
			return err
		}
		return office.Serve(t.context)
	}
	shop, err := app.New(c.Config, t.logger)
	if err != nil {
		return err
	}
	return shop.Serve(t.context)
}

type migrateCommand struct {
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
}

// Run migrates.
func (c *migrateCommand) Run(t *tools) error {
	done, err := app.Migrate(t.context, c.PrimaryDSN)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%d migrations run.\n", done)
	return nil
}

type forgetCommand struct {
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
}

// Run forgets.
func (c *forgetCommand) Run(t *tools) error { return app.Forget(t.context, c.PrimaryDSN, t.out) }

type importCommand struct {
	Demo importDemoCommand `cmd:"" help:"Import the demonstration catalogue."`
	CSV  importCSVCommand  `cmd:"" name:"csv" help:"Import a merchant's own list."`
}

type importDemoCommand struct {
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
}

// Run imports the demonstration catalogue.
func (c *importDemoCommand) Run(t *tools) error {
	return app.ImportDemo(t.context, c.PrimaryDSN, t.out)
}

type importCSVCommand struct {
	List       string `arg:"" help:"The list, CSV in UTF-8." type:"existingfile"`
	Map        string `help:"How to read the list: a TOML file, or builtin:bcl." required:""`
	INAO       string `name:"inao" help:"Folder of the INAO's tables of appellations."`
	Report     string `help:"Where to write what became of every row, as CSV."`
	DryRun     bool   `help:"Read and report; write nothing."`
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN"`
}

// Run reads the list and writes it.
func (c *importCSVCommand) Run(t *tools) error {
	if c.PrimaryDSN == "" && !c.DryRun {
		return errors.New("CAVEAU_PRIMARY_DSN is not set (or use --dry-run)")
	}
	list := app.ListImport{List: c.List, Map: c.Map, INAO: c.INAO, Report: c.Report, DryRun: c.DryRun}
	return list.Import(t.context, c.PrimaryDSN, t.out)
}

type localCommand struct {
	Dir      string `help:"Where everything lives." default:".local/services"`
	Replicas int    `help:"How many replicas." default:"2"`
}

// Run keeps the servers until it is told to stop.
func (c *localCommand) Run(t *tools) error {
	services, err := local.Start(t.context, local.Options{
		Dir: c.Dir, Replicas: c.Replicas, Redis: true, Log: t.logger, Progress: func(step string) { fmt.Fprintln(t.out, step) },
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "CAVEAU_PRIMARY_DSN='%s'\n", services.PrimaryDSN())
	for i, dsn := range services.ReplicaDSNs() {
		fmt.Fprintf(t.out, "# replica %d: %s\n", i+1, dsn)
	}
	fmt.Fprintf(t.out, "CAVEAU_REDIS_ADDR='%s'\n", services.RedisAddr())
	<-t.context.Done()
	return services.Stop()
}

type demoCommand struct {
	Dir      string `help:"Where everything lives." default:".local"`
	Port     int    `help:"Port of the shops; metrics are on the next one, then mails and payments." env:"PORT" default:"8080"`
	Replicas int    `help:"How many replicas." default:"2"`
	Catalog  string `help:"A merchant's list instead of the demonstration catalogue." env:"CATALOG"`
	Map      string `help:"How to read the list." env:"MAP"`
	Office   bool   `name:"backoffice" help:"The back office too, with a replica of its own." env:"BACKOFFICE"`
	INAO     string `name:"inao" help:"Folder of the INAO's tables of appellations." env:"INAO"`
}

// Run starts everything.
func (c *demoCommand) Run(t *tools) error {
	if c.Catalog != "" && c.Map == "" {
		return app.Problems{"MAP: not set: a list needs its mapping (builtin:bcl for the BC list)"}
	}
	return app.Demo{
		Dir: c.Dir, Port: c.Port, Replicas: c.Replicas, Catalog: c.Catalog, Map: c.Map, INAO: c.INAO, Office: c.Office, Out: t.out, Logger: t.logger,
	}.Run(t.context)
}

type galleryCommand struct {
	Addr string `help:"Address to serve on." default:"127.0.0.1:8090"`
}

// Run shows the gallery until it is told to stop.
func (c *galleryCommand) Run(t *tools) error { return app.Gallery(t.context, c.Addr, t.out) }
