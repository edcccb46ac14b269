package guard

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine is a folder of programs that stands for what a machine has.
type machine struct {
	has     []string // programs that exist
	uid     string
	manager string // apt-get, brew or none
	sudo    string // what sudo -n answers: "0" or "1"; empty: there is no sudo
}

// install runs .ci/install on that machine and returns what it says, what it had installed, and whether it succeeded.
func (m machine) install(t *testing.T, what string) (says, installed string, ok bool) {
	t.Helper()
	bin, done := t.TempDir(), filepath.Join(t.TempDir(), "installed")
	for _, tool := range []string{"sh", "dirname", "tr", "cksum", "cat", "env"} {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(bin, tool)); err != nil {
			t.Fatal(err)
		}
	}
	script := func(name, body string) {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	script("id", "echo "+m.uid)
	if m.manager != "" {
		script(m.manager, `echo "`+m.manager+` $*" >>`+done)
	}
	if m.sudo != "" {
		script("sudo", `[ "$1" != -n ] || exit `+m.sudo+`; exec "$@"`)
	}
	for _, program := range m.has {
		script(program, "exit 0")
	}
	cmd := exec.Command(filepath.Join(bin, "sh"), filepath.Join(root, ".ci", "install"), what)
	cmd.Env = []string{"PATH=" + bin}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	log, _ := os.ReadFile(done)
	return out.String(), string(log), err == nil
}

// servers are what "services" looks for.
var servers = []string{"mariadbd", "mariadb-install-db", "my_print_defaults", "redis-server"}

func TestInstallIsSilentWhereAllIsThere(t *testing.T) {
	says, installed, ok := machine{has: servers, uid: "0", manager: "apt-get"}.install(t, "services")
	if !ok || says != "" || installed != "" {
		t.Errorf("ok %v, says %q, installed %q", ok, says, installed)
	}
}

func TestInstallSaysWhatItInstallsAndHow(t *testing.T) {
	three := servers[:3]
	for _, c := range []struct {
		name      string
		machine   machine
		says      string
		installed string // part of it; empty: it must fail, and install nothing
	}{
		{"root", machine{has: three, uid: "0", manager: "apt-get"}, "Installing with apt-get: redis-server", "install -y -qq --no-install-recommends redis-server"},
		{"sudo", machine{has: three, uid: "1000", manager: "apt-get", sudo: "0"}, "Installing with apt-get through sudo: redis-server", "install -y -qq --no-install-recommends redis-server"},
		{"no client", machine{has: []string{"mariadbd", "mariadb-install-db", "redis-server"}, uid: "0", manager: "apt-get"}, "Installing with apt-get: mariadb-client-core", "mariadb-client-core"},
		{"brew", machine{has: three, uid: "501", manager: "brew"}, "Installing with Homebrew: redis", "brew install -q redis"},
		{"sudo asks and nobody answers", machine{has: three, uid: "1000", manager: "apt-get", sudo: "1"}, "apt-get install redis-server", ""},
		{"neither root nor sudo", machine{has: three, uid: "1000", manager: "apt-get"}, "Ask an administrator", ""},
		{"no package manager", machine{has: three, uid: "0"}, "Install them by hand", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			says, installed, ok := c.machine.install(t, "services")
			if !strings.Contains(says, c.says) {
				t.Errorf("says %q", says)
			}
			if ok != (c.installed != "") || !strings.Contains(installed, c.installed) || !ok && installed != "" {
				t.Errorf("ok %v, installed %q", ok, installed)
			}
		})
	}
}
