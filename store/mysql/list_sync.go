package mysql

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// table is what sync needs to know of one.
type table struct {
	name    string
	columns []string // the unique key first
	key     int      // so many columns are the key
}

// row holds a value for each column, as the server prints it, so that what is there and what should be
// there can be compared as text.
type row []string

// null stands for NULL.
const null = "\x00"

// sync adds the rows whose key is not there and changes those that differ.
func (i *importer) sync(ctx context.Context, t table, rows []row) error {
	have := map[string]string{}
	query := "SELECT CAST(" + strings.Join(t.columns, " AS CHAR), CAST(") + " AS CHAR) FROM " + t.name
	if err := i.each(ctx, query, func(r []string) { have[keyOf(r[:t.key])] = keyOf(r) }); err != nil {
		return fmt.Errorf("read table %s: %w", t.name, err)
	}
	var write []row
	for _, r := range rows {
		key := keyOf(r[:t.key])
		old, found := have[key]
		if found && old == keyOf(r) {
			continue
		}
		if found {
			i.done.Updated++
		} else {
			i.done.Inserted++
		}
		have[key] = keyOf(r)
		write = append(write, r)
	}
	return i.insert(ctx, t, write)
}

// insertRows is how many rows one statement holds.
const insertRows = 1000

func (i *importer) insert(ctx context.Context, t table, rows []row) error {
	for len(rows) > 0 {
		n := min(insertRows, len(rows))
		if err := i.insertSome(ctx, t, rows[:n]); err != nil {
			return fmt.Errorf("write table %s: %w", t.name, err)
		}
		rows = rows[n:]
	}
	return nil
}

func (i *importer) insertSome(ctx context.Context, t table, rows []row) error {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", t.name, strings.Join(t.columns, ", "))
	marks := "(" + strings.TrimSuffix(strings.Repeat("?,", len(t.columns)), ",") + ")"
	args := make([]any, 0, len(rows)*len(t.columns))
	for n, r := range rows {
		if n > 0 {
			b.WriteByte(',')
		}
		b.WriteString(marks)
		for _, value := range r {
			if value == null {
				args = append(args, nil)
			} else {
				args = append(args, value)
			}
		}
	}
	if t.key > 0 && t.key < len(t.columns) {
		b.WriteString(" ON DUPLICATE KEY UPDATE ")
		for n, column := range t.columns[t.key:] {
			if n > 0 {
				b.WriteByte(',')
			}
			b.WriteString(column + " = VALUES(" + column + ")")
		}
	}
	_, err := i.tx.ExecContext(ctx, b.String(), args...)
	return err
}

func keyOf(values []string) string { return strings.Join(values, "\x01") }

func number(n int) string { return strconv.Itoa(n) }

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// moment prints a time as the server does.
func moment(t time.Time, layout string) string {
	if t.IsZero() {
		return null
	}
	return t.UTC().Format(layout)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
