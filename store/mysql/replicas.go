package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"caveau/store/stock"
)

// The router's patience.
const (
	watchEvery = 200 * time.Millisecond
	watchLimit = 300 * time.Millisecond // a replica that takes longer for one row is ill
	lagLimit   = 800 * time.Millisecond // behind the freshest replica
	returning  = 3                      // good looks in a row before an ejected replica is asked again
	tooSlow    = 2                      // looks in a row without an answer before it is ejected
)

// Replicas hands out replicas that are fit to read from. A replica is ejected when it does not answer, or
// when its heartbeat row is older than the freshest replica's by lagLimit: lag is judged between
// replicas, so that a primary that is away ejects none of them.
type Replicas struct {
	all    []*replica
	next   atomic.Uint32
	began  time.Time // when a heartbeat was seen for the first time; of the watcher alone
	logger *slog.Logger
}

type replica struct {
	name string
	db   *sql.DB
	fit  atomic.Bool
	lag  atomic.Int64 // nanoseconds behind the freshest, for the metrics
	good int          // good looks in a row, of the watcher alone
	slow int          // looks in a row without an answer in time, likewise
}

// OpenReplicas makes the pools; it does not dial. Call Watch before the first read.
func OpenReplicas(dsns []string, limits Limits, logger *slog.Logger) (*Replicas, error) {
	r := &Replicas{logger: logger}
	for i, dsn := range dsns {
		db, err := open(dsn, limits, false)
		if err != nil {
			return nil, fmt.Errorf("replica %d: %w", i+1, err)
		}
		r.all = append(r.all, &replica{name: fmt.Sprintf("replica%d", i+1), db: db, good: returning})
	}
	if len(r.all) == 0 {
		return nil, errors.New("no replica is configured")
	}
	return r, nil
}

// Close the pools.
func (r *Replicas) Close() error {
	var errs []error
	for _, one := range r.all {
		errs = append(errs, one.db.Close())
	}
	return errors.Join(errs...)
}

// Watch looks at every replica once, and then goes on until ctx ends.
func (r *Replicas) Watch(ctx context.Context) {
	r.look(ctx)
	go every(ctx, watchEvery, func() { r.look(ctx) })
}

// Fit is how many replicas can be asked.
func (r *Replicas) Fit() int {
	n := 0
	for _, one := range r.all {
		if one.fit.Load() {
			n++
		}
	}
	return n
}

// State of one replica, for the metrics and /readyz.
type State struct {
	Name string
	Fit  bool
	Lag  time.Duration
}

// States of all replicas.
func (r *Replicas) States() []State {
	var out []State
	for _, one := range r.all {
		out = append(out, State{one.name, one.fit.Load(), time.Duration(one.lag.Load())})
	}
	return out
}

// look asks all replicas for their heartbeat at once and judges them by the freshest.
func (r *Replicas) look(ctx context.Context) {
	beats := make([]time.Time, len(r.all))
	errs := make([]error, len(r.all))
	var wait sync.WaitGroup
	for i, one := range r.all {
		wait.Go(func() { beats[i], errs[i] = one.heartbeat(ctx) })
	}
	wait.Wait()
	var freshest time.Time
	for _, at := range beats {
		if at.After(freshest) {
			freshest = at
		}
	}
	for i, one := range r.all {
		one.judge(r.behind(beats[i], freshest), errs[i], r.logger)
	}
}

// behind is how late a replica is. One that has no row at all is as late as the row is old elsewhere;
// where nobody has one, the schema or the first instance is not there yet.
func (r *Replicas) behind(beat, freshest time.Time) time.Duration {
	if freshest.IsZero() {
		return 0
	}
	if r.began.IsZero() {
		r.began = time.Now()
	}
	if beat.IsZero() {
		return time.Since(r.began)
	}
	return freshest.Sub(beat)
}

// heartbeat of the replica; the zero time when the row is not there yet, or the schema.
func (one *replica) heartbeat(ctx context.Context) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, watchLimit)
	defer cancel()
	var at time.Time
	err := one.db.QueryRowContext(ctx, `SELECT at FROM heartbeat WHERE id = 1`).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return at, err
}

func (one *replica) judge(behind time.Duration, err error, logger *slog.Logger) {
	one.lag.Store(int64(behind))
	if errors.Is(err, context.DeadlineExceeded) {
		if one.slow++; one.slow < tooSlow {
			return // a busy moment is no illness
		}
	} else {
		one.slow = 0
	}
	if err != nil || behind > lagLimit {
		one.good = 0
		if one.fit.Swap(false) {
			logger.Warn("replica ejected", "replica", one.name, "behind", behind, "err", err)
		}
		return
	}
	if one.good++; one.good >= returning && !one.fit.Swap(true) {
		logger.Info("replica in use", "replica", one.name, "behind", behind)
	}
}

// pick is a fit replica: attempt 0 the next in turn, attempt 1 the one after it.
func (r *Replicas) pick(attempt int) (*replica, error) {
	start := int(r.next.Load())
	if attempt == 0 {
		start = int(r.next.Add(1))
	}
	var fit []*replica
	for i := range r.all {
		if one := r.all[(start+i)%len(r.all)]; one.fit.Load() {
			fit = append(fit, one)
		}
	}
	if attempt >= len(fit) {
		return nil, stock.ErrNoReplica
	}
	return fit[attempt], nil
}

// consistent runs read in one REPEATABLE READ transaction on a fit replica: all that it reads is of one
// moment.
func (r *Replicas) consistent(ctx context.Context, read func(tx *sql.Tx) error) error {
	one, err := r.pick(0)
	if err != nil {
		return err
	}
	tx, err := one.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: begin: %w", one.name, err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	if err := read(tx); err != nil {
		return fmt.Errorf("%s: %w", one.name, err)
	}
	return nil
}
