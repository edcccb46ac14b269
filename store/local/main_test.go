package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// childDir in the environment turns this test binary into a program that starts services in that directory, prints a
// report and waits for the end of its standard input.
const childDir = "CAVEAU_LOCAL_TEST_DIR"

// report is what the child prints once, as JSON.
type report struct {
	PIDs       []int
	Error      string
	Unwritable bool
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		child(dir)
		return
	}
	os.Exit(m.Run())
}

func child(dir string) {
	s, err := Start(context.Background(), Options{Dir: dir, Replicas: 1, Redis: true})
	if err != nil {
		tell(report{Error: err.Error(), Unwritable: errors.Is(err, ErrUnwritable)})
		os.Exit(1)
	}
	var r report
	for _, server := range s.all() {
		r.PIDs = append(r.PIDs, server.PID())
	}
	tell(r)
	_, _ = os.Stdin.Read(make([]byte, 1))
	if err := s.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func tell(r report) {
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// startChild runs binary as that program and returns when it has reported. It ends when stop is called.
func startChild(t *testing.T, cmd *exec.Cmd, dir string) (r report, stop func()) {
	t.Helper()
	cmd.Env = append(cmd.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() {
		in.Close()
		_ = cmd.Wait()
	}
	t.Cleanup(stop)
	if err := json.NewDecoder(out).Decode(&r); err != nil {
		t.Fatal("read the child's report:", err)
	}
	return r, stop
}

// self is this test binary; copied to where any user may run it, as the go command builds it in a directory of its own user.
func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := shortDir(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "self")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(copied, content, 0o755); err != nil {
		t.Fatal(err)
	}
	return copied
}
