package local

import (
	"context"
	"database/sql"
	"os"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"
)

// patience bounds every wait of these tests; none of them needs more than a few seconds.
const patience = 60 * time.Second

// shortDir is a directory whose path leaves room for a socket; t.TempDir holds the test's name.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "caveau-local-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func mustStart(t *testing.T, o Options) *Services {
	t.Helper()
	// Not the test's context: that ends before the clean-ups, and a clean stop is part of what is tested.
	s, err := Start(context.WithoutCancel(t.Context()), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustStop(t, s) })
	return s
}

func mustStop(t *testing.T, s *Services) {
	t.Helper()
	if err := s.Stop(); err != nil {
		t.Error("stop:", err)
	}
}

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func mustExec(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.ExecContext(testContext(t), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// number reads the one integer that query answers.
func number(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(testContext(t), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func mustSync(t *testing.T, s *Services) {
	t.Helper()
	if err := s.Sync(testContext(t)); err != nil {
		t.Fatal(err)
	}
}

func TestWriteOnPrimaryReadOnReplicas(t *testing.T) {
	s := mustStart(t, Options{Dir: shortDir(t), Replicas: 2, Redis: true, Progress: func(step string) { t.Log(step) }})
	primary := open(t, s.PrimaryDSN())
	mustExec(t, primary, "CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(40))", "INSERT INTO note VALUES (1, 'Château')")
	mustSync(t, s)
	for _, dsn := range s.ReplicaDSNs() {
		if got := number(t, open(t, dsn), "SELECT COUNT(*) FROM note WHERE text = 'Château'"); got != 1 {
			t.Errorf("replica holds %d notes, want 1", got)
		}
	}
	if err := pingRedis(testContext(t), s.RedisAddr()); err != nil {
		t.Error("redis:", err)
	}
}
