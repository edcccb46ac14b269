package mysql

import (
	"context"
	"database/sql"
	"fmt"

	"caveau/store/law"
	"caveau/store/market"
)

// lawTable is what insert needs to know of table law_rule; the first four columns are its key.
var lawTable = table{name: "law_rule", key: 4, columns: []string{
	"kind", "subject", "narrowed", "valid_from", "value", "unit", "valid_to", "status", "source", "note", "origin",
}}

const (
	readLaw = `SELECT kind, subject, narrowed, CAST(valid_from AS CHAR), value, unit, CAST(valid_to AS CHAR), status, source, note, origin
		FROM law_rule ORDER BY id`
	shipped = "shipped"
)

// LawImported counts what ImportRules did.
type LawImported struct{ Inserted, Updated, Deleted, Kept int } // Kept: rows edited by hand that differ from the shipped ones

// Nothing says that the table already held the rows.
func (i LawImported) Nothing() bool { return i.Inserted+i.Updated+i.Deleted == 0 }

// ImportRules makes table law_rule hold the rows that a release ships: missing ones are added, changed ones changed,
// and shipped ones that are no longer there deleted. A row with origin 'hand' is never touched. It is one transaction,
// and rolled back where the rows, together with those of hand, contradict each other. A second run writes nothing.
func (p *Primary) ImportRules(ctx context.Context, rows []law.Row, markets *market.Table) (LawImported, error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return LawImported{}, fmt.Errorf("import rules: begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	i := &importer{tx: tx, markets: markets}
	done, err := i.law(ctx, rows)
	if err != nil {
		return LawImported{}, fmt.Errorf("import rules: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return LawImported{}, fmt.Errorf("import rules: commit: %w", err)
	}
	return done, nil
}

// law writes with the triggers silenced, whose variable outlives the transaction: it is unset whatever happens.
func (i *importer) law(ctx context.Context, rows []law.Row) (done LawImported, err error) {
	if err := i.silence(ctx); err != nil {
		return done, err
	}
	defer func() {
		_, unset := i.tx.ExecContext(context.WithoutCancel(ctx), `SET @caveau_import = NULL`)
		if err == nil {
			err = unset
		}
	}()
	if done, err = i.writeLaw(ctx, rows); err != nil || done.Nothing() {
		return done, err
	}
	merged, err := readRules(ctx, i.tx)
	if err != nil {
		return done, err
	}
	if _, err := law.New(merged, i.markets); err != nil {
		return done, err
	}
	_, err = i.tx.ExecContext(ctx, `INSERT INTO change_log (entity, entity_id) VALUES ('law', 0)`)
	return done, err
}

func (i *importer) writeLaw(ctx context.Context, rows []law.Row) (LawImported, error) {
	var done LawImported
	have := map[string]row{}
	if err := i.each(ctx, readLaw, func(r []string) { have[keyOf(r[:lawTable.key])] = r }); err != nil {
		return done, fmt.Errorf("read table law_rule: %w", err)
	}
	var write []row
	for _, r := range rows {
		fresh := lawRow(r)
		key := keyOf(fresh[:lawTable.key])
		old, found := have[key]
		delete(have, key)
		switch {
		case !found:
			done.Inserted++
			write = append(write, fresh)
		case keyOf(old) == keyOf(fresh):
		case old[len(old)-1] != shipped:
			done.Kept++
		default:
			done.Updated++
			write = append(write, fresh)
		}
	}
	for _, old := range have {
		if old[len(old)-1] != shipped {
			continue
		}
		done.Deleted++
		if _, err := i.tx.ExecContext(ctx, `DELETE FROM law_rule WHERE kind = ? AND subject = ? AND narrowed = ? AND valid_from = ? AND origin = 'shipped'`,
			old[0], old[1], old[2], old[3]); err != nil {
			return done, fmt.Errorf("delete from law_rule: %w", err)
		}
	}
	return done, i.insert(ctx, lawTable, write)
}

func lawRow(r law.Row) row {
	to := string(r.To)
	if to == "" {
		to = null
	}
	return row{string(r.Kind), r.Subject, r.Condition, string(r.From), r.Value, r.Unit, to, string(r.Status), r.Source, r.Note, shipped}
}

// LoadRules reads the rules from a replica. Rows that do not read or that contradict each other are an error, which
// names them: whoever holds Rules keeps them until the rows are mended.
func (r *Replicas) LoadRules(ctx context.Context, markets *market.Table) (*law.Rules, error) {
	var rows []law.Row
	err := r.consistent(ctx, func(tx *sql.Tx) (err error) {
		rows, err = readRules(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load the rules: %w", err)
	}
	return law.New(rows, markets)
}

// LoadRules reads the rules from the primary, for who has no replica.
func (p *Primary) LoadRules(ctx context.Context, markets *market.Table) (*law.Rules, error) {
	var rows []law.Row
	err := p.ownRead(ctx, nil, "", func(ctx context.Context, tx *sql.Tx) (err error) {
		rows, err = readRules(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load the rules: %w", err)
	}
	return law.New(rows, markets)
}

func readRules(ctx context.Context, tx *sql.Tx) ([]law.Row, error) {
	found, err := tx.QueryContext(ctx, readLaw)
	if err != nil {
		return nil, fmt.Errorf("read table law_rule: %w", err)
	}
	defer found.Close()
	var rows []law.Row
	err = eachRow(found, func(c []string) {
		to := c[6]
		if to == null {
			to = ""
		}
		rows = append(rows, law.Row{Kind: law.Kind(c[0]), Subject: c[1], Condition: c[2], From: law.Day(c[3]), Value: c[4], Unit: c[5],
			To: law.Day(to), Status: law.Status(c[7]), Source: c[8], Note: c[9]})
	})
	return rows, err
}
