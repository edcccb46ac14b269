package local

import (
	"errors"
	"strings"
)

// The kinds of failure that a person can mend. Ask with errors.Is.
var (
	// ErrMissing: a program (MariaDB or Redis) is not installed.
	ErrMissing = errors.New("program not installed")
	// ErrPortTaken: somebody else listens on a port that was asked for.
	ErrPortTaken = errors.New("port taken")
	// ErrInUse: another process runs its services on the same Dir.
	ErrInUse = errors.New("directory in use")
	// ErrUnwritable: the directory cannot be created or written.
	ErrUnwritable = errors.New("directory not writable")
	// ErrDataDir: the files of a server are damaged or not its own.
	ErrDataDir = errors.New("data directory broken")
	// ErrVersion: the files were made by another version of MariaDB.
	ErrVersion = errors.New("data directory of another version")
	// ErrReplication: a replica runs but does not follow the primary.
	ErrReplication = errors.New("replica does not follow")
	// ErrStopped: the services were stopped; start new ones.
	ErrStopped = errors.New("services are stopped")
	// ErrNotRunning: the operation needs a running server.
	ErrNotRunning = errors.New("server is not running")
)

// Fault says what is wrong and what to do about it.
type Fault struct {
	Kind  error  // one of the Err values of this package
	What  string // "mariadbd is not installed"
	Do    string // `run "make services" or "apt-get install mariadb-server"`
	Cause error  // nil where What says it all
}

// Error is one sentence for a terminal: what is wrong, what to do, and the cause in parentheses.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.What)
	if f.Do != "" {
		b.WriteString(": " + f.Do)
	}
	if f.Cause != nil {
		b.WriteString(" (" + f.Cause.Error() + ")")
	}
	return b.String()
}

// Unwrap lets errors.Is see the kind as well as the cause.
func (f *Fault) Unwrap() []error {
	if f.Cause == nil {
		return []error{f.Kind}
	}
	return []error{f.Kind, f.Cause}
}
