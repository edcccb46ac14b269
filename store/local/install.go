package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// install makes the data directory of an empty MariaDB in dir/data; dir/tmp must exist. It takes well under a second, so no
// template is kept between runs: there is none that could be stale or damaged.
func install(ctx context.Context, p programs, dir string) error {
	return whole(filepath.Join(dir, "data"), func(data string) error {
		cmd := exec.Command(p.installDB, installArguments(data, filepath.Join(dir, "tmp"))...)
		cmd.Env = append(os.Environ(), "PATH="+p.path)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := run(ctx, cmd); err != nil {
			return fmt.Errorf("%s: %w: %s", p.installDB, err, firstErrors(out.String()))
		}
		return nil
	})
}

// installArguments name a folder for temporary tables too: every mariadbd removes the files of those from its folder when it starts,
// so of several installations that share the system's about one in ten loses a table under its hands.
func installArguments(data, tmp string) []string {
	list := []string{
		"--no-defaults", "--datadir=" + data, "--tmpdir=" + tmp, "--auth-root-authentication-method=normal", "--skip-test-db",
		"--skip-name-resolve", "--innodb-log-file-size=48M", "--innodb-buffer-pool-size=16M",
	}
	if os.Getuid() == 0 {
		list = append(list, "--user=root")
	}
	return list
}

// copyData makes the data directory of a new replica from the primary's, which must not run. Its binary log comes along:
// it says up to which transaction the copy goes, also when the primary was killed and has still to recover.
func copyData(from, to string) error {
	return whole(filepath.Join(to, "data"), func(data string) error {
		return os.CopyFS(data, os.DirFS(filepath.Join(from, "data")))
	})
}

// whole lets fill make a directory under another name and renames it when complete, so that a start that was interrupted
// leaves no half of one behind.
func whole(path string, fill func(path string) error) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	unfinished := path + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return unwritable(path, err)
	}
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		return unwritable(path, err)
	}
	if err := fill(unfinished); err != nil {
		return errors.Join(err, os.RemoveAll(unfinished))
	}
	return os.Rename(unfinished, path)
}

// checkData refuses a data directory that is not MariaDB's or that another series made, before a server touches it.
func checkData(s *Server, version string) error {
	data := filepath.Join(s.dir, "data")
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, name := range []string{"ibdata1", "mysql"} {
		if _, err := os.Stat(filepath.Join(data, name)); err != nil {
			return s.broken(err)
		}
	}
	made, ok := madeBy(data)
	if !ok || series(made) == series(version) {
		return nil
	}
	return &Fault{Kind: ErrVersion,
		What: fmt.Sprintf("%s was made by MariaDB %s, but %s is installed", s.dir, made, version),
		Do:   fmt.Sprintf("remove %s to begin with an empty database, or install MariaDB %s", filepath.Dir(s.dir), series(made))}
}

// madeBy reads the version that the install script noted; the file's name changed with MariaDB 11.
func madeBy(data string) (string, bool) {
	for _, name := range []string{"mariadb_upgrade_info", "mysql_upgrade_info"} {
		if text, err := os.ReadFile(filepath.Join(data, name)); err == nil {
			return mariadbVersion(string(text))
		}
	}
	return "", false
}

// accounts is run by each server at its first start, outside the binary log: every server has it of its own.
// The database comes last, because its presence tells that all of this was done.
const accounts = `SET SESSION sql_log_bin = 0;
DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';
DELETE FROM mysql.global_priv WHERE User = '';
FLUSH LOCAL PRIVILEGES;
CREATE USER IF NOT EXISTS '` + User + `'@'127.0.0.1' IDENTIFIED BY '` + Password + `';
GRANT BINLOG MONITOR, REPLICA MONITOR ON *.* TO '` + User + `'@'127.0.0.1';
GRANT ALL ON ` + "`" + DatabaseName + "`" + `.* TO '` + User + `'@'127.0.0.1';
GRANT ALL ON ` + "`" + DatabaseName + `\_%` + "`" + `.* TO '` + User + `'@'127.0.0.1';
CREATE USER IF NOT EXISTS 'replication'@'127.0.0.1' IDENTIFIED BY 'replication';
GRANT REPLICATION SLAVE ON *.* TO 'replication'@'127.0.0.1';
CREATE DATABASE IF NOT EXISTS ` + "`" + DatabaseName + "`" + ` CHARACTER SET utf8mb4 COLLATE ` + Collation + `;
`

// initFile writes the accounts to dir and returns the path, or "" where the server already has them.
func initFile(dir string) (string, error) {
	if _, err := os.Stat(filepath.Join(dir, "data", DatabaseName)); err == nil {
		return "", nil
	}
	path := filepath.Join(dir, "accounts.sql")
	if err := os.WriteFile(path, []byte(accounts), 0o600); err != nil {
		return "", unwritable(dir, err)
	}
	return path, nil
}
