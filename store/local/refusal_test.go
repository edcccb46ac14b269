package local

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mustRefuse wants the start to fail with this kind of fault, some advice, and these words in it.
func mustRefuse(t *testing.T, o Options, kind error, words ...string) {
	t.Helper()
	s, err := Start(testContext(t), o)
	if err == nil {
		mustStop(t, s)
		t.Fatalf("started, want %v", kind)
	}
	mustBe(t, err, kind, words...)
}

func mustBe(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %q", kind)
	}
	if !errors.Is(err, kind) {
		t.Errorf("%v: is no %q", err, kind)
	}
	var fault *Fault
	if !errors.As(err, &fault) || fault.Do == "" {
		t.Errorf("%v: says nothing about what to do", err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%v: says nothing of %q", err, word)
		}
	}
	t.Log(err)
}

func TestMissingPrograms(t *testing.T) {
	empty := shortDir(t)
	_, err := start(testContext(t), Options{Dir: shortDir(t)}, []string{empty})
	mustBe(t, err, ErrMissing, "mariadbd", "make services", "apt-get install mariadb-server")

	// Everything but Redis.
	for _, name := range []string{"mariadbd", "mariadb-install-db", "my_print_defaults"} {
		path, ok := find(systemFolders(), name)
		if !ok {
			t.Fatalf("%s isn't installed", name)
		}
		if err := os.Symlink(path, filepath.Join(empty, name)); err != nil {
			t.Fatal(err)
		}
	}
	_, err = start(testContext(t), Options{Dir: shortDir(t), Redis: true}, []string{empty})
	mustBe(t, err, ErrMissing, "redis-server")
	if _, err := findPrograms(testContext(t), []string{empty}, false); err != nil {
		t.Error("without Redis asked for:", err)
	}
}

// TestEmptyPath: the servers are found where packages put them, without a PATH.
func TestEmptyPath(t *testing.T) {
	t.Setenv("PATH", "")
	mustStart(t, Options{Dir: shortDir(t), Redis: true})
}

func TestNotMariaDB(t *testing.T) {
	folder := shortDir(t)
	script := "#!/bin/sh\necho 'mysqld  Ver 9.4.0 for Linux on x86_64 (MySQL Community Server - GPL)'\n"
	for _, name := range []string{"mysqld", "mariadb-install-db", "my_print_defaults"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	_, err := findPrograms(testContext(t), []string{folder}, false)
	mustBe(t, err, ErrMissing, "is not MariaDB")
}

func TestTakenPort(t *testing.T) {
	other, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	port := other.Addr().(*net.TCPAddr).Port
	mustRefuse(t, Options{Dir: shortDir(t), BasePort: port}, ErrPortTaken, strconv.Itoa(port))
	mustRefuse(t, Options{Dir: shortDir(t), BasePort: port - 1}, ErrPortTaken, strconv.Itoa(port))
}

// TestPortTakenLate: somebody binds the port after the trial, so the servers themselves find it taken.
func TestPortTakenLate(t *testing.T) {
	for _, name := range []string{"primary", "redis"} {
		t.Run(name, func(t *testing.T) {
			s := mustStart(t, Options{Dir: shortDir(t), Redis: true})
			server := map[string]*Server{"primary": s.Primary(), "redis": s.Redis()}[name]
			if err := server.Kill(); err != nil {
				t.Fatal(err)
			}
			other, err := net.Listen("tcp4", server.Addr())
			if err != nil {
				t.Fatal(err)
			}
			go pretend(other)
			defer other.Close()
			mustBe(t, server.Restart(testContext(t)), ErrPortTaken, strconv.Itoa(server.port))
		})
	}
}

// pretend answers like another Redis, which must not pass for ours.
func pretend(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		fmt.Fprint(conn, "process_id:1\r\n")
		conn.Close()
	}
}

func TestInUse(t *testing.T) {
	dir := shortDir(t)
	if InUse(dir) {
		t.Error("an empty directory is in use")
	}
	s := mustStart(t, Options{Dir: dir})
	mustRefuse(t, Options{Dir: dir}, ErrInUse, strconv.Itoa(os.Getpid()))
	if !InUse(dir) {
		t.Error("the directory isn't in use while services run")
	}
	mustStop(t, s)
	if InUse(dir) {
		t.Error("the directory is in use after Stop")
	}
}

func TestDirBelowFile(t *testing.T) {
	file := filepath.Join(shortDir(t), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	mustRefuse(t, Options{Dir: filepath.Join(file, "services")}, ErrUnwritable, file)
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{{}, {Dir: shortDir(t), Replicas: -1}, {Dir: shortDir(t), BasePort: 65535}, {Dir: shortDir(t), BasePort: -5}} {
		s, err := Start(testContext(t), o)
		if err == nil {
			mustStop(t, s)
			t.Errorf("%+v: started", o)
		}
	}
}

// TestBrokenData damages a good directory in several ways; each is refused with advice, and none is damaged further:
// the last start, on the files as they were, works.
func TestBrokenData(t *testing.T) {
	dir := shortDir(t)
	mustStop(t, mustStart(t, Options{Dir: dir, Replicas: 1}))
	for _, c := range []struct {
		name, file, content string
		kind                error
		words               []string
	}{
		{"system tablespace", "primary/data/ibdata1", strings.Repeat("\xA5", 12<<20), ErrDataDir, []string{"primary", dir}},
		{"no tablespace", "primary/data/ibdata1", "", ErrDataDir, []string{"primary", dir}},
		{"control file", "primary/data/aria_log_control", "nonsense", ErrDataDir, []string{"primary", dir}},
		{"a replica's tablespace", "replica-1/data/ibdata1", strings.Repeat("\xA5", 12<<20), ErrDataDir,
			[]string{"remove " + filepath.Join(dir, "replica-1") + " and", "made anew"}},
		{"newer version", "primary/data/mysql_upgrade_info", "99.8.1-MariaDB", ErrVersion, []string{"99.8", "remove " + dir}},
		{"older version", "primary/data/mysql_upgrade_info", "10.3.39-MariaDB", ErrVersion, []string{"10.3.39"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(dir, c.file)
			mend := damage(t, path, c.content)
			defer mend()
			mustRefuse(t, Options{Dir: dir, Replicas: 1}, c.kind, c.words...)
		})
	}
	mustStart(t, Options{Dir: dir, Replicas: 1})
}

// damage overwrites the file and returns what puts it back.
func damage(t *testing.T, path, content string) (mend func()) {
	t.Helper()
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte(content))
	return func() { write(good) }
}

// TestForeignData: a directory that is no data directory isn't touched.
func TestForeignData(t *testing.T) {
	dir := shortDir(t)
	data := filepath.Join(dir, "primary", "data")
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	letter := filepath.Join(data, "letter.txt")
	if err := os.WriteFile(letter, []byte("dear"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRefuse(t, Options{Dir: dir}, ErrDataDir)
	if _, err := os.Stat(letter); err != nil {
		t.Error("the letter is gone:", err)
	}
}

// TestInterruptedInstall: half a data directory is made again.
func TestInterruptedInstall(t *testing.T) {
	dir := shortDir(t)
	half := filepath.Join(dir, "primary", "data.new", "mysql")
	if err := os.MkdirAll(half, 0o755); err != nil {
		t.Fatal(err)
	}
	mustStart(t, Options{Dir: dir})
}

// TestReplicaThatCannotFollow: a replica with writes of its own is refused with the way to mend it, and that way works.
func TestReplicaThatCannotFollow(t *testing.T) {
	dir := shortDir(t)
	s := mustStart(t, Options{Dir: dir, Replicas: 1})
	if err := s.Replica(0).Exec(testContext(t), "CREATE TABLE caveau.note (id INT)"); err != nil {
		t.Fatal(err)
	}
	if err := s.Replica(0).StopSQLThread(testContext(t)); err != nil {
		t.Fatal(err)
	}
	mustExec(t, open(t, s.PrimaryDSN()), "CREATE TABLE note (id INT)")
	mustStop(t, s)
	mustRefuse(t, Options{Dir: dir, Replicas: 1}, ErrReplication, filepath.Join(dir, "replica-1"))

	if err := os.RemoveAll(filepath.Join(dir, "replica-1")); err != nil {
		t.Fatal(err)
	}
	s = mustStart(t, Options{Dir: dir, Replicas: 1})
	if err := s.Sync(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
}
