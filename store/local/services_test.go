package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"golang.org/x/sync/errgroup"
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

// eventually asks again until ask has no objection.
func eventually(t *testing.T, what string, ask func() error) {
	t.Helper()
	ctx := testContext(t)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		err := ask()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("not so after %s: %s: %v", patience, what, err)
		case <-tick.C:
		}
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
	if _, err := redisPID(testContext(t), s.RedisAddr()); err != nil {
		t.Error("redis:", err)
	}
}

// TestStartAgain: data survives, a replica that is added later holds all of it, one that was left out catches up.
func TestStartAgain(t *testing.T) {
	dir := shortDir(t)
	s := mustStart(t, Options{Dir: dir, Replicas: 1})
	mustExec(t, open(t, s.PrimaryDSN()), "CREATE TABLE note (id INT PRIMARY KEY)", "INSERT INTO note VALUES (1)")
	mustStop(t, s)

	s = mustStart(t, Options{Dir: dir})
	mustExec(t, open(t, s.PrimaryDSN()), "INSERT INTO note VALUES (2)")
	mustStop(t, s)

	began := time.Now()
	s = mustStart(t, Options{Dir: dir, Replicas: 2})
	t.Logf("started again with one new replica in %s", time.Since(began).Round(time.Millisecond))
	mustExec(t, open(t, s.PrimaryDSN()), "INSERT INTO note VALUES (3)")
	mustSync(t, s)
	for i, dsn := range s.ReplicaDSNs() {
		if got := number(t, open(t, dsn), "SELECT COUNT(*) FROM note"); got != 3 {
			t.Errorf("replica %d holds %d notes, want 3", i, got)
		}
	}
}

// TestAddReplicaAfterCrash copies a primary that was killed and has yet to recover.
func TestAddReplicaAfterCrash(t *testing.T) {
	dir := shortDir(t)
	s := mustStart(t, Options{Dir: dir})
	mustExec(t, open(t, s.PrimaryDSN()), "CREATE TABLE note (id INT PRIMARY KEY)", "INSERT INTO note VALUES (1), (2)")
	if err := s.Primary().Kill(); err != nil {
		t.Fatal(err)
	}
	mustStop(t, s)

	s = mustStart(t, Options{Dir: dir, Replicas: 1})
	mustExec(t, open(t, s.PrimaryDSN()), "INSERT INTO note VALUES (3)")
	mustSync(t, s)
	if got := number(t, open(t, s.ReplicaDSNs()[0]), "SELECT COUNT(*) FROM note"); got != 3 {
		t.Errorf("the replica holds %d notes, want 3", got)
	}
}

func TestContextEndStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Start(ctx, Options{Dir: shortDir(t), Redis: true})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	// Stop waits for the one that the context began.
	mustStop(t, s)
	if s.Primary().Running() || s.Redis().Running() {
		t.Error("servers run after the context ended")
	}
}

func TestCancelledStart(t *testing.T) {
	dir := shortDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Start(ctx, Options{Dir: dir, Replicas: 1, Progress: func(step string) {
		if strings.HasPrefix(step, "starting") {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled start gives %v", err)
	}
	mustStart(t, Options{Dir: dir, Replicas: 1})
}

// TestParallelStarts: services that start at the same moment get ports of their own.
func TestParallelStarts(t *testing.T) {
	const several = 3
	dirs := make([]string, several)
	for i := range dirs {
		dirs[i] = shortDir(t)
	}
	list := make([]*Services, several)
	var group errgroup.Group
	for i := range list {
		group.Go(func() (err error) {
			list[i], err = Start(context.WithoutCancel(t.Context()), Options{Dir: dirs[i], Redis: true})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, s := range list {
		if s == nil {
			continue
		}
		for _, server := range s.all() {
			if seen[server.Addr()] {
				t.Errorf("%s is used twice", server.Addr())
			}
			seen[server.Addr()] = true
			if server.port >= 32768 {
				t.Errorf("%s is an ephemeral port", server.Addr())
			}
		}
		mustStop(t, s)
	}
}

// TestLongDir: a directory too deep for a socket's path works too.
func TestLongDir(t *testing.T) {
	dir := filepath.Join(shortDir(t), strings.Repeat("deep-", 20), "services")
	s := mustStart(t, Options{Dir: dir})
	if number(t, open(t, s.PrimaryDSN()), "SELECT 1") != 1 {
		t.Error("no answer")
	}
	mustStop(t, s)
	if _, err := os.Stat(s.short); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is left behind", s.short)
	}
}

// TestSettings holds what the store relies on, on the servers themselves.
func TestSettings(t *testing.T) {
	s := mustStart(t, Options{Dir: shortDir(t), Replicas: 1})
	want := map[string]string{
		"sync_binlog": "1", "innodb_flush_log_at_trx_commit": "1", "binlog_format": "ROW", "log_bin": "1",
		"gtid_strict_mode": "1", "log_bin_trust_function_creators": "1", "skip_name_resolve": "1", "performance_schema": "0",
		"collation_server": Collation, "collation_database": Collation, "collation_connection": Collation,
		"time_zone": "+00:00", "rpl_semi_sync_master_timeout": "500",
	}
	for i, dsn := range append([]string{s.PrimaryDSN()}, s.ReplicaDSNs()...) {
		want["read_only"] = strconv.Itoa(i)
		want["rpl_semi_sync_master_enabled"] = strconv.Itoa(1 - i)
		want["rpl_semi_sync_slave_enabled"] = strconv.Itoa(i)
		db := open(t, dsn)
		for name, value := range want {
			var got string
			if err := db.QueryRowContext(testContext(t), "SELECT @@"+name).Scan(&got); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got != value {
				t.Errorf("server %d has %s = %s, want %s", i, name, got, value)
			}
		}
	}
	primary := open(t, s.PrimaryDSN())
	eventually(t, "the primary waits for its replica", func() error {
		var name, value string
		if err := primary.QueryRow("SHOW STATUS LIKE 'Rpl_semi_sync_master_clients'").Scan(&name, &value); err != nil {
			return err
		}
		if value != "1" {
			return fmt.Errorf("%s = %s", name, value)
		}
		return nil
	})
}

// TestAccounts: the application has its databases and nothing else, and root has no way in by the network.
func TestAccounts(t *testing.T) {
	s := mustStart(t, Options{Dir: shortDir(t)})
	db := open(t, s.PrimaryDSN())
	mustExec(t, db, "CREATE DATABASE caveau_other", "CREATE TABLE caveau_other.note (id INT)",
		"CREATE TRIGGER caveau_other.t BEFORE INSERT ON caveau_other.note FOR EACH ROW SET NEW.id = 1",
		"SHOW MASTER STATUS", "SHOW SLAVE STATUS", "DROP DATABASE caveau_other")
	for _, forbidden := range []string{"CREATE DATABASE other", "SELECT * FROM mysql.global_priv", "SET GLOBAL read_only = 1"} {
		if _, err := db.ExecContext(testContext(t), forbidden); err == nil {
			t.Errorf("%s is allowed", forbidden)
		}
	}
	for _, user := range []string{"root", ""} {
		c, err := mysql.ParseDSN(s.PrimaryDSN())
		if err != nil {
			t.Fatal(err)
		}
		c.User, c.Passwd, c.DBName = user, "", ""
		if err := open(t, c.FormatDSN()).PingContext(testContext(t)); err == nil {
			t.Errorf("user %q comes in by the network", user)
		}
	}
}
