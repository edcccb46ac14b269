package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// primary is whom a replica follows.
type primary struct{ port int }

// StopSQLThread lets a replica go on receiving transactions without applying them, so that it falls behind.
func (s *Server) StopSQLThread(ctx context.Context) error {
	return s.onReplica(ctx, "STOP SLAVE SQL_THREAD")
}

// StartSQLThread ends a StopSQLThread.
func (s *Server) StartSQLThread(ctx context.Context) error {
	return s.onReplica(ctx, "START SLAVE SQL_THREAD")
}

// Delay makes a replica apply each transaction the given number of seconds after it was committed; 0 ends it.
// It survives a Restart, and starts a stopped SQL thread.
func (s *Server) Delay(ctx context.Context, seconds int) error {
	if err := s.onReplica(ctx, "STOP SLAVE",
		fmt.Sprintf("CHANGE MASTER TO master_delay = %d", seconds), "START SLAVE"); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delay = seconds
	return nil
}

func (s *Server) onReplica(ctx context.Context, statements ...string) error {
	if s.link == nil {
		return fmt.Errorf("%s is no replica", s.name)
	}
	return s.Exec(ctx, statements...)
}

// forget removes what a replica noted about its primary: the port may be another now, a kill may have cut the files short,
// and the relay log is fetched again. Where it stands is kept in a table, by GTID, in the transactions themselves.
func (s *Server) forget() error {
	data := filepath.Join(s.dir, "data")
	var stale []string
	for _, pattern := range []string{"master.info", "relay-log.info", "relay.*"} {
		found, err := filepath.Glob(filepath.Join(data, pattern))
		if err != nil {
			return fmt.Errorf("look for %s: %w", pattern, err)
		}
		stale = append(stale, found...)
	}
	for _, path := range stale {
		if err := os.Remove(path); err != nil {
			return unwritable(data, err)
		}
	}
	return nil
}

// follow points a replica that was just started at its primary.
func (s *Server) follow(ctx context.Context) error {
	if err := s.adoptPosition(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	delay := s.delay
	s.mu.Unlock()
	return s.Exec(ctx, fmt.Sprintf("CHANGE MASTER TO master_host = '127.0.0.1', master_port = %d, master_user = 'replication', "+
		"master_password = 'replication', master_use_gtid = slave_pos, master_connect_retry = 1, master_delay = %d",
		s.link.port, delay), "START SLAVE")
}

// adoptPosition is for a fresh copy of the primary: it has never replicated, and stands where the copied binary log ends.
func (s *Server) adoptPosition(ctx context.Context) error {
	var replicated, logged string
	err := s.admin.QueryRowContext(ctx, "SELECT @@global.gtid_slave_pos, @@global.gtid_binlog_pos").Scan(&replicated, &logged)
	if err != nil {
		return fmt.Errorf("read the position of %s: %w", s.name, err)
	}
	if replicated != "" || logged == "" {
		return nil
	}
	return s.Exec(ctx, "SET GLOBAL gtid_slave_pos = '"+logged+"'")
}

// awaitLink returns when both replication threads run.
func (s *Server) awaitLink(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	return s.awaitReplica(ctx, func(state linkState) (bool, error) {
		return state.receiving && state.applying, nil
	})
}

// awaitTransaction returns when the replica has applied the primary's transactions up to the position. Only that
// proves that it follows: a replica that has diverged connects, and is turned away a moment later.
func (s *Server) awaitTransaction(ctx context.Context, position string) error {
	ctx, cancel := context.WithTimeout(ctx, catchUpLimit)
	defer cancel()
	return s.awaitReplica(ctx, func(linkState) (bool, error) { return s.reached(ctx, position, 0) })
}

// awaitReplica asks until done says so. An error that time can't mend ends the wait.
func (s *Server) awaitReplica(ctx context.Context, done func(linkState) (bool, error)) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		state, err := s.linkState(ctx)
		if err != nil {
			return err
		}
		if state.broken != "" {
			return s.notFollowing(errors.New(state.broken))
		}
		if ok, err := done(state); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return s.notFollowing(ctx.Err())
		case <-tick.C:
		}
	}
}

func (s *Server) notFollowing(cause error) error {
	return &Fault{Kind: ErrReplication, What: s.name + " does not follow the primary",
		Do: fmt.Sprintf("remove %s and start again: it is made anew from the primary", s.dir), Cause: cause}
}

// linkState is what a replica says of its two threads.
type linkState struct {
	receiving, applying bool
	broken              string // the error that stopped a thread for good, or ""
}

func (s *Server) linkState(ctx context.Context) (linkState, error) {
	row, err := s.slaveStatus(ctx)
	if err != nil {
		return linkState{}, err
	}
	state := linkState{receiving: row["Slave_IO_Running"] == "Yes", applying: row["Slave_SQL_Running"] == "Yes"}
	// "Connecting" tries again; "No" with an error has given up.
	if row["Slave_IO_Running"] == "No" && row["Last_IO_Error"] != "" {
		state.broken = row["Last_IO_Error"]
	}
	if !state.applying && row["Last_SQL_Error"] != "" {
		state.broken = row["Last_SQL_Error"]
	}
	return state, nil
}

// slaveStatus reads the one row of SHOW SLAVE STATUS by column name, as versions add columns in the middle.
func (s *Server) slaveStatus(ctx context.Context) (map[string]string, error) {
	rows, err := s.admin.QueryContext(ctx, "SHOW SLAVE STATUS")
	if err != nil {
		return nil, fmt.Errorf("ask %s how it follows: %w", s.name, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("ask %s how it follows: %w", s.name, err)
	}
	status := make(map[string]string, len(columns))
	if !rows.Next() {
		return status, rows.Err()
	}
	values := make([]sql.NullString, len(columns))
	targets := make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		return nil, fmt.Errorf("ask %s how it follows: %w", s.name, err)
	}
	for i, column := range columns {
		status[column] = values[i].String
	}
	return status, rows.Err()
}

// awaitPosition returns when the replica has applied everything up to the GTID position.
func (s *Server) awaitPosition(ctx context.Context, position string) error {
	for {
		// A second at a time, so that the server isn't left waiting long after ctx has ended.
		if ok, err := s.reached(ctx, position, time.Second); ok || err != nil {
			return err
		}
	}
}

// reached waits up to the given time for the replica to apply everything up to the GTID position.
func (s *Server) reached(ctx context.Context, position string, wait time.Duration) (bool, error) {
	var late int // 0, or -1 after the time
	err := s.admin.QueryRowContext(ctx, "SELECT MASTER_GTID_WAIT(?, ?)", position, wait.Seconds()).Scan(&late)
	if err != nil {
		return false, fmt.Errorf("wait for %s to reach %s: %w", s.name, position, err)
	}
	return late == 0, nil
}

// position is up to where the server's binary log goes.
func (s *Server) position(ctx context.Context) (string, error) {
	var position string
	if err := s.admin.QueryRowContext(ctx, "SELECT @@global.gtid_binlog_pos").Scan(&position); err != nil {
		return "", fmt.Errorf("read the position of %s: %w", s.name, err)
	}
	return position, nil
}
