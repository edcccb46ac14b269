package local

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

// TestFaults makes each fault that the package offers on one set of servers, in an order that leaves them whole.
func TestFaults(t *testing.T) {
	s := mustStart(t, Options{Dir: shortDir(t), Replicas: 2, Redis: true})
	primary := open(t, s.PrimaryDSN())
	replica := open(t, s.ReplicaDSNs()[0])
	mustExec(t, primary, "CREATE TABLE note (id INT PRIMARY KEY AUTO_INCREMENT, text VARCHAR(40))")
	mustSync(t, s)
	f := faults{s, primary, replica}
	t.Run("replica killed and restarted", f.replicaKilled)
	t.Run("sql thread stopped", f.sqlThreadStopped)
	t.Run("delay survives a restart", f.delayed)
	t.Run("primary killed and restarted", f.primaryKilled)
	t.Run("paused", f.paused)
	t.Run("read-only", f.readOnly)
	t.Run("redis killed and restarted", f.redisKilled)
}

type faults struct {
	s                *Services
	primary, replica *sql.DB
}

func (f faults) write(t *testing.T) {
	t.Helper()
	mustExec(t, f.primary, "INSERT INTO note (text) VALUES ('x')")
}

func (f faults) behind(t *testing.T) int {
	t.Helper()
	const count = "SELECT COUNT(*) FROM note"
	return number(t, f.primary, count) - number(t, f.replica, count)
}

func (f faults) replicaKilled(t *testing.T) {
	server := f.s.Replica(0)
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	if server.Running() || server.PID() != 0 {
		t.Error("the replica runs after Kill")
	}
	if err := f.replica.PingContext(testContext(t)); err == nil {
		t.Error("the replica answers after Kill")
	}
	f.write(t)
	if err := server.Restart(testContext(t)); err != nil {
		t.Fatal(err)
	}
	mustSync(t, f.s)
	if n := f.behind(t); n != 0 {
		t.Errorf("the replica lacks %d rows", n)
	}
}

func (f faults) sqlThreadStopped(t *testing.T) {
	server := f.s.Replica(0)
	if err := server.StopSQLThread(testContext(t)); err != nil {
		t.Fatal(err)
	}
	f.write(t)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := f.s.Sync(ctx); err == nil {
		t.Error("Sync returned though a replica applies nothing")
	}
	if n := f.behind(t); n != 1 {
		t.Errorf("the replica lacks %d rows while its SQL thread is stopped, want 1", n)
	}
	if err := server.StartSQLThread(testContext(t)); err != nil {
		t.Fatal(err)
	}
	mustSync(t, f.s)
	if n := f.behind(t); n != 0 {
		t.Errorf("the replica lacks %d rows", n)
	}
}

func (f faults) delayed(t *testing.T) {
	server := f.s.Replica(0)
	const hour = 3600
	if err := server.Delay(testContext(t), hour); err != nil {
		t.Fatal(err)
	}
	if err := server.Restart(testContext(t)); err != nil {
		t.Fatal(err)
	}
	status, err := server.slaveStatus(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := status["SQL_Delay"]; got != fmt.Sprint(hour) {
		t.Errorf("delay is %s s after a restart, want %d", got, hour)
	}
	f.write(t)
	if n := f.behind(t); n != 1 {
		t.Errorf("the delayed replica lacks %d rows, want 1", n)
	}
	if err := server.Delay(testContext(t), 0); err != nil {
		t.Fatal(err)
	}
	mustSync(t, f.s)
}

func (f faults) primaryKilled(t *testing.T) {
	f.write(t)
	before := number(t, f.primary, "SELECT COUNT(*) FROM note")
	if err := f.s.Primary().Kill(); err != nil {
		t.Fatal(err)
	}
	if err := f.s.Primary().Restart(testContext(t)); err != nil {
		t.Fatal(err)
	}
	if after := number(t, f.primary, "SELECT COUNT(*) FROM note"); after != before {
		t.Errorf("%d rows after the crash, %d before", after, before)
	}
	f.write(t)
	mustSync(t, f.s)
	if n := f.behind(t); n != 0 {
		t.Errorf("the replica lacks %d rows", n)
	}
}

func (f faults) paused(t *testing.T) {
	server := f.s.Replica(1)
	if err := server.Pause(); err != nil {
		t.Fatal(err)
	}
	db := open(t, f.s.ReplicaDSNs()[1])
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := db.PingContext(ctx); err == nil {
		t.Error("a paused replica answers")
	}
	if err := server.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := db.PingContext(testContext(t)); err != nil {
		t.Error("after Resume:", err)
	}
}

func (f faults) readOnly(t *testing.T) {
	if err := f.s.Primary().SetReadOnly(testContext(t), true); err != nil {
		t.Fatal(err)
	}
	if err := refused(testContext(t), f.primary); err != nil {
		t.Error("read-only primary:", err)
	}
	if err := f.s.Primary().SetReadOnly(testContext(t), false); err != nil {
		t.Fatal(err)
	}
	f.write(t)
	if err := refused(testContext(t), f.replica); err != nil {
		t.Error("replica:", err)
	}
}

// refused is nil when a write is refused because the server is read-only.
func refused(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO note (text) VALUES ('no')")
	var refusal *mysql.MySQLError
	const optionPreventsStatement = 1290
	if errors.As(err, &refusal) && refusal.Number == optionPreventsStatement {
		return nil
	}
	// With rejectReadOnly the driver turns the refusal into a bad connection.
	if errors.Is(err, driver.ErrBadConn) {
		return nil
	}
	return fmt.Errorf("a write gave %v, want a refusal", err) //nolint:errorlint // nil where the write was taken
}

func (f faults) redisKilled(t *testing.T) {
	server := f.s.Redis()
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := redisPID(testContext(t), f.s.RedisAddr()); err == nil {
		t.Error("redis answers after Kill")
	}
	if err := server.Restart(testContext(t)); err != nil {
		t.Fatal(err)
	}
	if pid, err := redisPID(testContext(t), f.s.RedisAddr()); err != nil || pid != server.PID() {
		t.Errorf("redis after a restart: process %d, %v", pid, err)
	}
	if err := server.StopSQLThread(testContext(t)); err == nil {
		t.Error("redis has no SQL thread to stop, yet there was no error")
	}
}

// TestEndsByItself: a server that nobody told to end is reported, and stopping the rest is still clean.
func TestEndsByItself(t *testing.T) {
	var log journal
	s := mustStart(t, Options{Dir: shortDir(t), Log: slog.New(slog.NewTextHandler(&log, nil))})
	process, err := os.FindProcess(s.Primary().PID())
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the primary's end is logged", func() error {
		if text := log.String(); !strings.Contains(text, "ended by itself") || !strings.Contains(text, "primary") {
			return fmt.Errorf("the log says %q", text)
		}
		return nil
	})
	if s.Primary().Running() {
		t.Error("the primary runs after its end was logged")
	}
	before := log.String()
	mustStop(t, s)
	if log.String() != before {
		t.Errorf("an ordered stop is logged as a fault: %s", log.String())
	}
	if err := s.Primary().Restart(testContext(t)); !errors.Is(err, ErrStopped) {
		t.Errorf("restart after Stop gives %v, want ErrStopped", err)
	}
}

// journal is a log that may be read while it is written.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}
