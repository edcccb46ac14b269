package storetest

import (
	"context"
	"testing"
)

func TestMain(m *testing.M) { Main(m, 1) }

// TestDatabases shows that two tests at once write to the same table name and see only their own rows.
func TestDatabases(t *testing.T) {
	for _, want := range []int{1, 2, 3} {
		t.Run("parallel", func(t *testing.T) {
			t.Parallel()
			db := Database(t)
			mustExec(t, db, "CREATE TABLE bottle (id INT PRIMARY KEY)")
			for id := range want {
				mustExec(t, db, "INSERT INTO bottle VALUES (?)", id)
			}
			db.Sync(t)
			if got := count(t, db); got != want {
				t.Errorf("the replica holds %d bottles, want %d", got, want)
			}
		})
	}
}

func TestDatabaseIsDropped(t *testing.T) {
	var name string
	t.Run("inner", func(t *testing.T) { name = Database(t).Name })
	outer := Database(t)
	var left int
	query := "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?"
	if err := outer.Primary.QueryRow(query, name).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if left != 0 {
		t.Errorf("%s is still there after its test", name)
	}
}

func TestServicesAreShared(t *testing.T) {
	if a, b := Services(t), Services(t); a != b {
		t.Error("two calls gave two sets of services")
	}
}

func TestStartIsSeparate(t *testing.T) {
	t.Parallel()
	own := Start(t, 0)
	if own.PrimaryDSN() == Services(t).PrimaryDSN() {
		t.Error("Start gave the shared services")
	}
	db := DatabaseOn(t, own)
	mustExec(t, db, "CREATE TABLE bottle (id INT PRIMARY KEY)")
	if err := own.Primary().Kill(); err != nil {
		t.Error("kill:", err)
	}
}

func mustExec(t *testing.T, db *DB, statement string, values ...any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := db.Primary.ExecContext(ctx, statement, values...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func count(t *testing.T, db *DB) int {
	t.Helper()
	var n int
	if err := db.Replicas[0].QueryRow("SELECT COUNT(*) FROM bottle").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
