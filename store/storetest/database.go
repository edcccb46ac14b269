package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"caveau/store/local"
)

// patience bounds what this package waits for.
const patience = 30 * time.Second

// DB is an empty database of one test on the shared services.
type DB struct {
	Name        string // caveau_ and a part that is unique in the process; also good as a prefix of Redis keys
	PrimaryDSN  string
	ReplicaDSNs []string
	Primary     *sql.DB   // closed when the test ends, like Replicas
	Replicas    []*sql.DB // in the order of ReplicaDSNs
	RedisAddr   string    // one Redis for all tests of the package
	Services    *local.Services
}

// Database makes a database for this test on the shared services and drops it when the test ends. It exists on the
// replicas when Database returns.
func Database(t testing.TB) *DB {
	t.Helper()
	return DatabaseOn(t, Services(t))
}

// DatabaseOn is Database on given services, such as those of Start.
func DatabaseOn(t testing.TB, s *local.Services) *DB {
	t.Helper()
	d := &DB{Name: name(t), RedisAddr: s.RedisAddr(), Services: s}
	d.create(t)
	d.PrimaryDSN = on(t, s.PrimaryDSN(), d.Name)
	d.Primary = open(t, d.PrimaryDSN)
	for _, dsn := range s.ReplicaDSNs() {
		dsn = on(t, dsn, d.Name)
		d.ReplicaDSNs = append(d.ReplicaDSNs, dsn)
		d.Replicas = append(d.Replicas, open(t, dsn))
	}
	d.Sync(t)
	return d
}

// Sync waits until the replicas have what was committed on the primary so far.
func (d *DB) Sync(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := d.Services.Sync(ctx); err != nil {
		t.Fatal(err)
	}
}

// Levels are what a query on the primary says of SKUs: their codes and how many there are, as History.Cut wants them.
func (d *DB) Levels(t testing.TB, query string, args ...any) map[string]int {
	t.Helper()
	rows, err := d.Primary.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	levels := map[string]int{}
	for rows.Next() {
		var sku string
		var available int
		if err := rows.Scan(&sku, &available); err != nil {
			t.Fatal(err)
		}
		levels[sku] = available
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return levels
}

// create makes the database and has it dropped, if the primary still lives then.
func (d *DB) create(t testing.TB) {
	t.Helper()
	admin := open(t, d.Services.PrimaryDSN())
	run := func(statement string) error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
		defer cancel()
		_, err := admin.ExecContext(ctx, statement)
		return err
	}
	if err := run("CREATE DATABASE " + d.Name + " CHARACTER SET utf8mb4 COLLATE " + local.Collation); err != nil {
		t.Fatalf("create %s: %v", d.Name, err)
	}
	t.Cleanup(func() {
		if !d.Services.Primary().Running() {
			return
		}
		if err := run("DROP DATABASE IF EXISTS " + d.Name); err != nil { // a busy machine's: the servers go as a whole anyhow
			t.Logf("drop %s: %v", d.Name, err)
		}
	})
}

// name makes a database name from the test's, so that a server's log tells whose statement it was, and the time, so that a test
// that is run again (-count) gets another.
func name(t testing.TB) string {
	var b strings.Builder
	for _, r := range strings.ToLower(t.Name()) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	const most = 30 // of the 64 that a name may have
	short := b.String()[:min(b.Len(), most)]
	return fmt.Sprintf("%s_%s_%x", local.DatabaseName, short, time.Now().UnixNano())
}

// on is the DSN with another database.
func on(t testing.TB, dsn, database string) string {
	t.Helper()
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	c.DBName = database
	return c.FormatDSN()
}

func open(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
