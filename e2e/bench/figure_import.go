package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"caveau/store/local"
)

// importName is the database that the list goes into, beside the demonstration catalogue.
const importName = local.DatabaseName + "_list"

// importList imports a merchant's list into an empty database of the same primary, as a person would do it.
func (b *bench) importList(ctx context.Context) ([]line, error) {
	const what, most = "import of the 6,111 rows of the BC list", 15 * time.Second
	list, err := filepath.Abs(b.list)
	if err != nil {
		return nil, fmt.Errorf("find the list: %w", err)
	}
	if _, err := os.Stat(list); errors.Is(err, os.ErrNotExist) {
		return []line{{what, "the list is not on this machine", "15 s", noted}}, nil
	}
	dsn, err := b.emptyDatabase(ctx)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	out, err := b.shop.command(ctx, dsn, "import", "csv", "--map", "builtin:bcl", list)
	took := time.Since(began)
	if err != nil {
		return nil, err
	}
	return []line{{
		what, fmt.Sprintf("%.1f s; %s", took.Seconds(), firstLine(out)), "15 s", judge(took < most),
	}}, b.dropDatabase(ctx)
}

// emptyDatabase makes it anew, with the schema, and returns its data source name.
func (b *bench) emptyDatabase(ctx context.Context) (string, error) {
	if err := b.dropDatabase(ctx); err != nil {
		return "", err
	}
	if _, err := b.shop.primary.ExecContext(ctx, `CREATE DATABASE `+importName+` CHARACTER SET utf8mb4 COLLATE `+local.Collation); err != nil {
		return "", fmt.Errorf("make a database for the list: %w", err)
	}
	config, err := mysql.ParseDSN(b.shop.services.PrimaryDSN())
	if err != nil {
		return "", fmt.Errorf("read the data source name: %w", err)
	}
	config.DBName = importName
	dsn := config.FormatDSN()
	_, err = b.shop.command(ctx, dsn, "migrate")
	return dsn, err
}

func (b *bench) dropDatabase(ctx context.Context) error {
	if _, err := b.shop.primary.ExecContext(ctx, `DROP DATABASE IF EXISTS `+importName); err != nil {
		return fmt.Errorf("drop the list's database: %w", err)
	}
	return nil
}

// command runs the binary and returns what it printed.
func (s *shop) command(ctx context.Context, dsn string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, s.binary(), args...)
	cmd.Env = s.environment(dsn)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("caveau %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// firstLine of a summary that names rows.
func firstLine(out string) string {
	for text := range strings.Lines(out) {
		if strings.Contains(text, "rows read") {
			return strings.TrimSpace(text)
		}
	}
	return "no summary"
}
