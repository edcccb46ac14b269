package mysql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"

	"caveau/store/order"
)

// settleTimes is how often a transaction is begun before its caller is told to try again. Two buyers who deadlock cost
// one more round; eight in a row have not been seen.
const settleTimes = 8

// settle runs work as one transaction until its outcome is known, and returns the position of the commit. What work itself
// answers comes back as it is; order.ErrBusy says that nothing was written, order.ErrInDoubt that nobody knows.
//
// Deadlocks and lock waits are the server's way of asking to go again, and a connection that breaks before COMMIT
// was sent has written nothing. When the answer to a COMMIT is lost nobody knows, so it goes again too: hence work must
// find what an earlier run has done and not do it twice. Placing an order begins with the row of its key; every other
// change locks its order and looks at the state. If that row is still being committed, the second run waits for it.
func (p *Primary) settle(ctx context.Context, work func(ctx context.Context, tx *sql.Tx) error) (position string, err error) {
	lost := false
	for n := range settleTimes {
		if position, err = p.once(ctx, work); err == nil {
			return position, nil
		}
		lost = lost || isLost(err)
		if !goesAgain(err) || pause(ctx, n) != nil {
			break
		}
	}
	if !goesAgain(err) && !cutShort(err) {
		return "", err
	}
	if ctx.Err() != nil {
		err = fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	if lost {
		return "", fmt.Errorf("%w: %w", order.ErrInDoubt, err)
	}
	return "", fmt.Errorf("%w: %w", order.ErrBusy, err)
}

// once is one transaction on one connection. Its position is read on the same connection, or it would be another's.
func (p *Primary) once(ctx context.Context, work func(ctx context.Context, tx *sql.Tx) error) (string, error) {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return "", fmt.Errorf("connect to the primary: %w", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return "", fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	if err := work(ctx, tx); err != nil {
		return "", err
	}
	if err := tx.Commit(); err != nil {
		return "", &lostError{err}
	}
	return p.position(ctx, conn), nil
}

// lostError is an error of COMMIT: the transaction may or may not have been committed.
type lostError struct{ cause error }

func (e *lostError) Error() string { return "commit: " + e.cause.Error() }
func (e *lostError) Unwrap() error { return e.cause }

// isLost tells an answer that did not come from one that says no.
func isLost(err error) bool {
	var lost *lostError
	var answer *mysqldriver.MySQLError
	return errors.As(err, &lost) && !errors.As(err, &answer)
}

// What the server says when a row is there already, and when a transaction should be tried again.
const (
	duplicate       = 1062
	lockWaitTimeout = 1205
	deadlock        = 1213
)

func isDuplicate(err error) bool {
	var answer *mysqldriver.MySQLError
	return errors.As(err, &answer) && answer.Number == duplicate
}

// goesAgain says that work may be run once more.
func goesAgain(err error) bool {
	var answer *mysqldriver.MySQLError
	if errors.As(err, &answer) {
		return answer.Number == deadlock || answer.Number == lockWaitTimeout
	}
	var network net.Error
	return isLost(err) || errors.Is(err, errAgain) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, mysqldriver.ErrInvalidConn) || errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded)
}

// cutShort says that the caller's time ran out before work had an answer.
func cutShort(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.Is(err, sql.ErrTxDone)
}

// errAgain is for work that read something which changed while it ran.
var errAgain = errors.New("changed meanwhile")

// pause waits a little, longer each time and never as long as a neighbour: 1 to 2 ms, then 2 to 4 … 128 to 256.
func pause(ctx context.Context, n int) error {
	step := time.Millisecond << n
	timer := time.NewTimer(step + rand.N(step))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
