package mysql_test

import (
	"slices"
	"testing"

	"caveau/store/storetest"
)

// Tests stand on a copy of what the migrations made: it is that, and nothing is left to migrate.
func TestACopiedSchemaIsTheMigratedOne(t *testing.T) {
	t.Parallel()
	first := storetest.Database(t)
	var second *storetest.DB
	for range 2 { // whichever test was the first of all, one of the two is a copy
		second = storetest.Database(t)
		second.Migrated(t, migration(openPrimary(t, second.PrimaryDSN)))
	}
	if _, err := openPrimary(t, first.PrimaryDSN).Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := openPrimary(t, second.PrimaryDSN).Migrate(t.Context()); err != nil || n != 0 {
		t.Errorf("%d migrations are left, %v", n, err)
	}
	for what, query := range map[string]string{
		"columns":  `SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, column_default, extra, collation_name) FROM information_schema.columns WHERE table_schema = DATABASE()`,
		"keys":     `SELECT CONCAT_WS(' ', table_name, index_name, non_unique, seq_in_index, column_name) FROM information_schema.statistics WHERE table_schema = DATABASE()`,
		"checks":   `SELECT CONCAT_WS(' ', table_name, constraint_name, check_clause) FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()`,
		"triggers": `SELECT CONCAT_WS(' ', trigger_name, event_object_table, action_timing, event_manipulation, action_statement) FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
		"rows":     `SELECT CONCAT_WS(' ', version_id, is_applied) FROM goose_db_version`,
	} {
		if migrated, copied := all(t, first, query), all(t, second, query); len(migrated) == 0 || !slices.Equal(migrated, copied) {
			t.Errorf("%s: %d migrated, %d copied, and they differ", what, len(migrated), len(copied))
		}
	}
}

func all(t *testing.T, db *storetest.DB, query string) (list []string) {
	t.Helper()
	rows, err := db.Primary.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}
