package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"caveau/store/order"
)

// dialect is what the two kinds of servers say differently.
type dialect struct {
	position string // of the last commit on this connection
	wait     string // until a replica has a position; 0: it has it
}

var (
	mariadb = dialect{`SELECT @@last_gtid`, `SELECT MASTER_GTID_WAIT(?, 0.05)`}
	// MySQL keeps no position of a connection's last commit; all that was executed by now holds it.
	oracle = dialect{`SELECT @@GLOBAL.gtid_executed`, `SELECT WAIT_FOR_EXECUTED_GTID_SET(?, 0.05)`}
)

// dialectOf asks a server what it is, once: primary and replicas are of one kind.
func (p *Primary) dialectOf(ctx context.Context, conn *sql.Conn) (dialect, error) {
	if known := p.dialect.Load(); known != nil {
		return *known, nil
	}
	var version string
	if err := conn.QueryRowContext(ctx, `SELECT VERSION()`).Scan(&version); err != nil {
		return dialect{}, fmt.Errorf("ask for the version: %w", err)
	}
	found := oracle
	if strings.Contains(version, "MariaDB") {
		found = mariadb
	}
	p.dialect.Store(&found)
	return found, nil
}

// position of what the connection committed last. Where it cannot be had it is "", and reads that should see the
// write go to the primary.
func (p *Primary) position(ctx context.Context, conn *sql.Conn) string {
	d, err := p.dialectOf(ctx, conn)
	if err != nil {
		return ""
	}
	var position string
	if err := conn.QueryRowContext(ctx, d.position).Scan(&position); err != nil {
		return ""
	}
	return position
}

// maxPosition is the longest position that is handed to a server; it comes back from visitors.
const maxPosition = 1000

// ownRead runs read where a visitor's own write of the given position is seen: on a replica that has it or gets it within 50 ms,
// else on the primary. It has a connection of its own, so that nobody else waits with it.
func (p *Primary) ownRead(ctx context.Context, replicas *Replicas, position string, read func(ctx context.Context, tx *sql.Tx) error) error {
	if conn, err := p.caughtUp(ctx, replicas, position); err == nil {
		err = consistentOn(ctx, conn, read)
		conn.Close()
		if err == nil || errors.Is(err, order.ErrUnknown) {
			return err
		} // a replica that dies meanwhile is no reason to show an error
	}
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to the primary: %w", err)
	}
	defer conn.Close()
	return consistentOn(ctx, conn, read)
}

// caughtUp is a connection to a replica that has the position.
func (p *Primary) caughtUp(ctx context.Context, replicas *Replicas, position string) (*sql.Conn, error) {
	if replicas == nil || position == "" || len(position) > maxPosition {
		return nil, errBehind
	}
	one, err := replicas.pick(0)
	if err != nil {
		return nil, err
	}
	conn, err := one.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", one.name, err)
	}
	if err := p.await(ctx, conn, position); err != nil {
		conn.Close()
		return nil, fmt.Errorf("wait for %s: %w", one.name, err)
	}
	return conn, nil
}

// await returns when the connection's server has the position, or soon with an error.
func (p *Primary) await(ctx context.Context, conn *sql.Conn, position string) error {
	d, err := p.dialectOf(ctx, conn)
	if err != nil {
		return err
	}
	var late sql.NullInt64 // NULL: the server keeps no positions
	if err := conn.QueryRowContext(ctx, d.wait, position).Scan(&late); err != nil {
		return err
	}
	if !late.Valid || late.Int64 != 0 {
		return errBehind
	}
	return nil
}

var errBehind = errors.New("no replica has the position")

// consistentOn reads in one REPEATABLE READ transaction: all of one moment.
func consistentOn(ctx context.Context, conn *sql.Conn, read func(ctx context.Context, tx *sql.Tx) error) error {
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return read(ctx, tx)
}
