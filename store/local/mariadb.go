package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// mariadb is what a MariaDB server needs beyond what every Server has.
type mariadb struct {
	programs programs
	socket   string
	serverID int
	replica  bool
	semiSync bool   // somebody replicates: commit when a replica has the transaction
	initFile string // SQL for the first start, or ""
}

// setUpMariaDB turns s into a MariaDB server on the data directory s.dir/data.
func setUpMariaDB(s *Server, m mariadb) error {
	connector, err := mysql.NewConnector(adminConfig(m.socket))
	if err != nil {
		return fmt.Errorf("connect to %s: %w", s.name, err)
	}
	s.admin = sql.OpenDB(connector)
	// Parallel tests wait in Sync at the same time, each on a connection of its own.
	s.admin.SetMaxOpenConns(32)
	s.command = func() *exec.Cmd { return exec.Command(m.programs.mariadbd, m.arguments(s.dir, s.port)...) }
	s.probe = s.admin.PingContext
	s.explain = s.explainMariaDB
	return nil
}

// arguments are the whole configuration: no file of the system is read. Options with loose- are wishes that a version
// without them ignores.
func (m mariadb) arguments(dir string, port int) []string {
	list := []string{"--no-defaults"}
	if os.Getuid() == 0 {
		// Otherwise it refuses to run as root; and changing to another user would clear the parent-death signal.
		list = append(list, "--user=root")
	}
	list = append(list,
		"--datadir="+filepath.Join(dir, "data"), "--tmpdir="+filepath.Join(dir, "tmp"),
		"--socket="+m.socket, "--pid-file="+filepath.Join(dir, "mysql.pid"),
		"--bind-address=127.0.0.1", "--port="+strconv.Itoa(port), "--skip-name-resolve", "--max-connections=300",
		"--character-set-server=utf8mb4", "--collation-server="+Collation, "--default-time-zone=+00:00",
	)
	list = append(list, durability...)
	list = append(list, smallMemory...)
	list = append(list, m.replication()...)
	if m.initFile != "" {
		list = append(list, "--init-file="+m.initFile)
	}
	return list
}

// durability is what production has too: the tests on lost orders mean nothing without it.
var durability = []string{
	"--sync-binlog=1", "--innodb-flush-log-at-trx-commit=1",
	"--log-bin=binlog", "--binlog-format=ROW", "--gtid-strict-mode=1", "--log-slave-updates=1",
	// The migrations make triggers as an ordinary user.
	"--log-bin-trust-function-creators=1",
}

// smallMemory keeps four servers within a laptop and a CI machine. Native AIO is off because its slots
// are counted per machine and run out when several packages are tested at once.
var smallMemory = []string{
	"--innodb-buffer-pool-size=96M", "--innodb-log-file-size=48M", "--loose-innodb-log-buffer-size=4M",
	"--loose-innodb-flush-method=fsync", "--loose-innodb-use-native-aio=0",
	"--loose-innodb-buffer-pool-dump-at-shutdown=0", "--loose-innodb-buffer-pool-load-at-startup=0",
	"--performance-schema=0", "--key-buffer-size=1M", "--aria-pagecache-buffer-size=8M",
}

func (m mariadb) replication() []string {
	list := []string{
		"--server-id=" + strconv.Itoa(m.serverID),
		"--relay-log=relay", "--skip-slave-start=1", "--slave-net-timeout=4",
	}
	if m.replica {
		list = append(list, "--read-only=1")
	}
	if m.semiSync {
		list = append(list,
			// 500 ms, not the default of 10 s, is what a commit waits when every replica is away.
			"--loose-rpl-semi-sync-master-timeout=500", "--loose-rpl-semi-sync-master-wait-point=AFTER_SYNC",
			"--loose-rpl-semi-sync-slave-kill-conn-timeout=1",
			"--loose-rpl-semi-sync-master-enabled="+onOff(!m.replica), "--loose-rpl-semi-sync-slave-enabled="+onOff(m.replica))
	}
	return list
}

func onOff(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// symptoms translate what MariaDB writes before it gives up, most telling first.
var symptoms = []struct {
	text string
	kind error
}{
	{"Address already in use", ErrPortTaken},
	{"Bind on TCP/IP port", ErrPortTaken},
	{"Unable to lock", ErrInUse},
	{"Can't lock aria control file", ErrInUse},
	{"No space left on device", ErrUnwritable},
	{"Permission denied", ErrUnwritable},
	{"Errcode: 13", ErrUnwritable},
	{"Read-only file system", ErrUnwritable},
}

// explainMariaDB says why the server ended while starting. What is none of the known symptoms is about its files:
// the arguments are ours and the same everywhere.
func (s *Server) explainMariaDB(log string, cause error) error {
	quoted := fmt.Errorf("%w; %s", cause, firstErrors(log))
	for _, symptom := range symptoms {
		if strings.Contains(log, symptom.text) {
			return s.fault(symptom.kind, quoted)
		}
	}
	return s.fault(ErrDataDir, quoted)
}

func (s *Server) fault(kind, cause error) error {
	switch {
	case errors.Is(kind, ErrPortTaken):
		return portTaken(s.port, cause)
	case errors.Is(kind, ErrInUse):
		pid, _ := os.ReadFile(filepath.Join(s.dir, "mysql.pid"))
		return &Fault{Kind: ErrInUse, What: fmt.Sprintf("another mariadbd still runs on %s", s.dir),
			Do: fmt.Sprintf("stop it (process %s)", strings.TrimSpace(string(pid))), Cause: cause}
	case errors.Is(kind, ErrUnwritable):
		return unwritable(s.dir, cause)
	}
	return s.broken(cause)
}

// broken tells how to get rid of damaged files: a replica's are a copy and cost nothing.
func (s *Server) broken(cause error) error {
	f := &Fault{Kind: ErrDataDir, What: fmt.Sprintf("%s cannot use its files", s.name), Cause: cause}
	if s.link != nil {
		f.Do = fmt.Sprintf("remove %s and start again: it is made anew from the primary", s.dir)
		return f
	}
	f.Do = fmt.Sprintf("see %s; to begin with an empty database remove %s", s.LogFile(), filepath.Dir(s.dir))
	return f
}

// errorMarks are how MariaDB, its SQL bootstrap and its install script begin what went wrong.
var errorMarks = regexp.MustCompile(`(?:\[ERROR\]|FATAL ERROR:|ERROR:)(.*)`)

// firstErrors picks the lines that are marked as errors. The first ones tell most: the rest follows from them.
func firstErrors(log string) string {
	const enough = 2
	var list []string
	for _, found := range errorMarks.FindAllStringSubmatch(log, enough) {
		list = append(list, strings.TrimSpace(found[1]))
	}
	if len(list) == 0 {
		return lastLines(log, 3)
	}
	return strings.Join(list, " | ")
}

// SetReadOnly makes the server refuse the application's writes, as a demoted primary does, or take them again.
func (s *Server) SetReadOnly(ctx context.Context, on bool) error {
	return s.Exec(ctx, "SET GLOBAL read_only = "+onOff(on))
}

// Exec runs statements as root on a MariaDB server, one by one, for faults that have no method of their own.
func (s *Server) Exec(ctx context.Context, statements ...string) error {
	if s.admin == nil {
		return fmt.Errorf("%s is no MariaDB server", s.name)
	}
	for _, statement := range statements {
		if _, err := s.admin.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("on %s, %s: %w", s.name, statement, err)
		}
	}
	return nil
}
