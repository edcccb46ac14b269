package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// schema is what migrations made of an empty database, once for a process: running them for each test is most of what a test costs.
var schema struct {
	sync.Mutex
	script string // one text of many statements
}

// Migrated brings the database's schema up to date: by migrate the first time in this process, and then by a copy of what that made,
// rows included. Tests about migrations run them themselves.
func (d *DB) Migrated(t testing.TB, migrate func(context.Context) error) {
	t.Helper()
	schema.Lock()
	defer schema.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	if schema.script != "" {
		if err := d.run(ctx, schema.script); err != nil {
			t.Fatalf("copy the schema: %v", err)
		}
		return
	}
	if err := migrate(ctx); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	script, err := d.script(ctx)
	if err != nil {
		t.Fatalf("read the schema: %v", err)
	}
	schema.script = script
}

// run many statements at once.
func (d *DB) run(ctx context.Context, script string) error {
	config, err := mysql.ParseDSN(d.PrimaryDSN)
	if err != nil {
		return err
	}
	config.MultiStatements = true
	db, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, script)
	return err
}

// script makes this database's tables with their rows, and its triggers last, so that the rows fire none.
func (d *DB) script(ctx context.Context) (string, error) {
	var all []string
	tables, err := d.list(ctx, `SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()`)
	if err != nil {
		return "", err
	}
	for _, name := range tables {
		made, err1 := d.list(ctx, "SHOW CREATE TABLE `"+name+"`")
		rows, err2 := d.rows(ctx, name)
		if err := errors.Join(err1, err2); err != nil {
			return "", err
		}
		all = append(append(all, made[1]), rows...)
	}
	triggers, err := d.list(ctx, `SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY event_object_table, action_timing, event_manipulation, action_order`)
	if err != nil {
		return "", err
	}
	for _, name := range triggers {
		made, err := d.list(ctx, "SHOW CREATE TRIGGER `"+name+"`")
		if err != nil {
			return "", err
		}
		all = append(all, made[2])
	}
	return strings.Join(all, ";\n"), nil
}

// list is all values of a query, row by row. NULL is "NULL", which no name is.
func (d *DB) list(ctx context.Context, query string) ([]string, error) {
	rows, err := d.Primary.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all []string
	for rows.Next() {
		row, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		for _, value := range row {
			if !value.Valid {
				value.String = "NULL"
			}
			all = append(all, value.String)
		}
	}
	return all, rows.Err()
}

// rows of a table as statements. The server writes the values, as it would read them.
func (d *DB) rows(ctx context.Context, table string) ([]string, error) {
	columns, err := d.list(ctx, `SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '`+table+`' AND generation_expression IS NULL
		ORDER BY ordinal_position`)
	if err != nil {
		return nil, err
	}
	var quoted []string
	for _, name := range columns {
		quoted = append(quoted, "QUOTE(`"+name+"`)")
	}
	values, err := d.list(ctx, "SELECT CONCAT_WS(', ', "+strings.Join(quoted, ", ")+") FROM `"+table+"`")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, row := range values {
		all = append(all, fmt.Sprintf("INSERT INTO `%s` (`%s`) VALUES (%s)", table, strings.Join(columns, "`, `"), row))
	}
	return all, nil
}
