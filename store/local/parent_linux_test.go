package local

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestKilledParent kills the parent with SIGKILL and sees every child vanish, then starts again on what it left behind.
func TestKilledParent(t *testing.T) {
	dir := shortDir(t)
	cmd := exec.Command(self(t))
	r, stop := startChild(t, cmd, dir)
	if r.Error != "" || len(r.PIDs) != 3 {
		t.Fatalf("the child reports %+v, want three processes", r)
	}
	for _, pid := range r.PIDs {
		if !alive(pid) {
			t.Fatalf("process %d isn't there before the kill", pid)
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	stop()
	eventually(t, "all children are gone", func() error {
		for _, pid := range r.PIDs {
			if alive(pid) {
				return fmt.Errorf("process %d lives", pid)
			}
		}
		return nil
	})
	s := mustStart(t, Options{Dir: dir, Replicas: 1, Redis: true})
	mustExec(t, open(t, s.PrimaryDSN()), "CREATE TABLE after_kill (id INT PRIMARY KEY)")
	mustSync(t, s)
}

// TestUnprivileged runs the services as an account without rights; when the tests themselves run as root, as nobody.
func TestUnprivileged(t *testing.T) {
	dir := filepath.Join(shortDir(t), "services")
	if err := os.Chmod(filepath.Dir(dir), 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := unprivileged(t)
	// Its port locks go to a place of its own as well.
	cmd.Env = append(os.Environ(), "TMPDIR="+filepath.Dir(dir))
	r, _ := startChild(t, cmd, dir)
	if r.Error != "" || len(r.PIDs) != 3 {
		t.Fatalf("the child reports %+v, want three processes", r)
	}
}

func TestUnwritableDir(t *testing.T) {
	dir := shortDir(t)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	r, _ := startChild(t, unprivileged(t), filepath.Join(dir, "services"))
	if !r.Unwritable {
		t.Errorf("the child reports %+v, want ErrUnwritable", r)
	}
}

// unprivileged is this test binary, run by an ordinary user.
func unprivileged(t *testing.T) *exec.Cmd {
	cmd := exec.Command(self(t))
	cmd.Dir = "/"
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

// alive is false for a zombie too: a container's first process may never reap it.
func alive(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := bytes.Cut(stat, []byte(") "))
	return !bytes.HasPrefix(state, []byte("Z"))
}
