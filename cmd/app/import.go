package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/gazetteer"
	"caveau/store/intake"
	"caveau/store/law"
	"caveau/store/ledger"
	"caveau/store/market"
	"caveau/store/mysql"
)

// importLimits give the statements of an import the time that those of a page never get.
var importLimits = mysql.Limits{Connections: 2, Read: 5 * time.Minute, Write: time.Minute}

// Migrate brings the schema of the primary up to date and says how many migrations ran.
func Migrate(ctx context.Context, primaryDSN string) (int, error) {
	primary, err := mysql.OpenPrimary(primaryDSN, importLimits)
	if err != nil {
		return 0, err
	}
	defer primary.Close()
	return primary.Migrate(ctx)
}

// ImportDemo imports the demonstration catalogue.
func ImportDemo(ctx context.Context, primaryDSN string, out io.Writer) error {
	markets, err := market.Load()
	if err != nil {
		return err
	}
	list, err := demo.Catalogue(markets, time.Now())
	if err != nil {
		return err
	}
	if err := write(ctx, primaryDSN, list, markets, out); err != nil {
		return err
	}
	return writeMilestones(ctx, primaryDSN, demo.Milestones(list, time.Now()), out)
}

// writeMilestones puts those of the demonstration into the ledger, once.
func writeMilestones(ctx context.Context, primaryDSN string, list []ledger.Milestone, out io.Writer) error {
	primary, err := mysql.OpenPrimary(primaryDSN, importLimits)
	if err != nil {
		return err
	}
	defer primary.Close()
	written, err := primary.ImportMilestones(ctx, list)
	if err == nil && written > 0 {
		fmt.Fprintf(out, "%d milestones of wines en primeur added.\n", written)
	}
	return err
}

// ListImport is a merchant's own list and how to read it.
type ListImport struct {
	List   string // path of the CSV file
	Map    string // path of the mapping
	INAO   string // folder of the INAO's tables; may be empty
	Report string // where the report of all rows goes; empty writes none
	DryRun bool
}

// ErrRefused says that the list as a whole cannot be taken; nothing was changed.
var ErrRefused = errors.New("the list is refused")

// Import reads a merchant's list and writes it, unless it is a dry run, and prints what came of it.
func (i ListImport) Import(ctx context.Context, primaryDSN string, out io.Writer) error {
	markets, err := market.Load()
	if err != nil {
		return err
	}
	result, err := i.read(ctx, markets, out)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	fmt.Fprintln(out, result.Summary())
	if err := i.report(result); err != nil {
		return err
	}
	if i.DryRun {
		fmt.Fprintln(out, "Dry run: nothing was written.")
		return nil
	}
	return write(ctx, primaryDSN, result.List, markets, out)
}

func (i ListImport) read(ctx context.Context, markets *market.Table, out io.Writer) (*intake.Result, error) {
	mapping, err := intake.ReadMap(i.Map)
	if err != nil {
		return nil, err
	}
	names, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	file, err := os.Open(i.List)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	bar := newBar(out, "Reading the list")
	defer bar.end()
	return intake.Read(ctx, file, mapping, intake.Options{
		Gazetteer: names, Markets: markets, INAO: i.INAO, Now: time.Now(), Progress: bar.show,
	})
}

// report writes the fate of every row.
func (i ListImport) report(result *intake.Result) error {
	if i.Report == "" {
		return nil
	}
	file, err := os.Create(i.Report)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := errors.Join(result.WriteReport(file), file.Close()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// write puts a list into the database, with a bar.
func write(ctx context.Context, primaryDSN string, list *catalog.List, markets *market.Table, out io.Writer) error {
	primary, err := mysql.OpenPrimary(primaryDSN, importLimits)
	if err != nil {
		return err
	}
	defer primary.Close()
	bar := newBar(out, "Importing")
	start := time.Now()
	done, err := primary.Import(ctx, list, markets, start, func(n, of int) { bar.show(int64(n), int64(of)) })
	bar.end()
	if err != nil {
		return err
	}
	if err := writeRules(ctx, primary, markets, out); err != nil {
		return err
	}
	if done.Nothing() {
		fmt.Fprintln(out, "The catalogue was already there; nothing changed.")
		return nil
	}
	fmt.Fprintf(out, "%d wines, %d vintages, %d SKUs: %d rows added, %d changed, %d SKUs withdrawn in %.1f s.\n",
		len(list.Wines), len(list.Vintages), len(list.SKUs), done.Inserted, done.Updated, done.Withdrawn, time.Since(start).Seconds())
	return nil
}

// writeRules puts the rules of this release into the database, but for those that were edited by hand.
func writeRules(ctx context.Context, primary *mysql.Primary, markets *market.Table, out io.Writer) error {
	rows, err := law.Embedded()
	if err != nil {
		return err
	}
	done, err := primary.ImportRules(ctx, rows, markets)
	if err != nil {
		return err
	}
	if !done.Nothing() || done.Kept > 0 {
		fmt.Fprintf(out, "Rules: %d added, %d changed, %d dropped, %d kept as edited by hand.\n", done.Inserted, done.Updated, done.Deleted, done.Kept)
	}
	return nil
}
