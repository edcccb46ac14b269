package local

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// sbin lists where packages put servers that an ordinary user's PATH leaves out:
// Debian and Ubuntu, tarballs, and Homebrew on either kind of Mac.
var sbin = []string{
	"/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/sbin", "/usr/local/bin", "/usr/local/mysql/bin",
	"/opt/homebrew/bin", "/opt/homebrew/opt/mariadb/bin", "/usr/local/opt/mariadb/bin",
}

// programs are the absolute paths of what is run.
type programs struct {
	mariadbd, installDB, redis string
	version                    string // of mariadbd: "10.11.19"
	path                       string // PATH for the install script, which calls sed, dirname and the like
}

// systemFolders are the folders of PATH, then the usual sbin places.
func systemFolders() []string {
	return append(filepath.SplitList(os.Getenv("PATH")), sbin...)
}

// findPrograms looks for the servers in folders, in that order.
func findPrograms(ctx context.Context, folders []string, redis bool) (programs, error) {
	p := programs{path: strings.Join(folders, string(filepath.ListSeparator))}
	var ok bool
	if p.mariadbd, ok = find(folders, "mariadbd", "mysqld"); !ok {
		return p, missing("mariadbd", "mariadb-server")
	}
	if p.installDB, ok = find(folders, "mariadb-install-db", "mysql_install_db"); !ok {
		return p, missing("mariadb-install-db", "mariadb-server")
	}
	if _, ok = find(folders, "my_print_defaults"); !ok { // which the former calls; Debian packs it with the client
		return p, missing("my_print_defaults", "mariadb-client-core")
	}
	if p.redis, ok = find(folders, "redis-server", "valkey-server"); redis && !ok {
		return p, missing("redis-server", "redis-server")
	}
	out, err := exec.CommandContext(ctx, p.mariadbd, "--no-defaults", "--version").CombinedOutput()
	if err != nil {
		return p, fmt.Errorf("ask %s for its version: %w: %s", p.mariadbd, err, lastLines(string(out), 3))
	}
	if p.version, ok = mariadbVersion(string(out)); !ok {
		return p, &Fault{Kind: ErrMissing, What: p.mariadbd + " is not MariaDB",
			Do: `install it with "make services" or "apt-get install mariadb-server"`}
	}
	return p, nil
}

func missing(program, pkg string) error {
	return &Fault{Kind: ErrMissing, What: program + " is not installed",
		Do: fmt.Sprintf("run %q or %q", "make services", "apt-get install "+pkg)}
}

// find returns the first executable of these names; an earlier name in any folder wins over a later one.
func find(folders []string, names ...string) (string, bool) {
	for _, name := range names {
		for _, folder := range folders {
			if !filepath.IsAbs(folder) {
				continue
			}
			path := filepath.Join(folder, name)
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
				return path, true
			}
		}
	}
	return "", false
}

var versionPattern = regexp.MustCompile(`(\d+\.\d+\.\d+)-MariaDB`)

// mariadbVersion reads "10.11.19" out of "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu …"
// and of the file that the install script leaves in a data directory.
func mariadbVersion(text string) (string, bool) {
	m := versionPattern.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// series is the part of a version that decides whether data files can be shared: "10.11" of "10.11.19".
func series(version string) string {
	return version[:strings.LastIndexByte(version, '.')]
}

// lastLines returns the last n lines of text that aren't empty, joined by " | ".
func lastLines(text string, n int) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[max(0, len(lines)-n):], " | ")
}
