package local

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// errLocked: another open file holds the lock.
var errLocked = errors.New("locked by another process")

// lockFile opens path, creating it, and takes its advisory lock without waiting. The kernel lets go of the lock when
// the process ends in whatever way, so a kill -9 leaves nothing to clean up.
func lockFile(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		if err := flock(f); err != nil {
			f.Close()
			return nil, err
		}
		// The holder may have removed the file between our open and our lock; a lock on a removed file locks nothing.
		if sameFile(f, path) {
			return f, nil
		}
		f.Close()
	}
}

func sameFile(f *os.File, path string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(held, named)
}

// lockDir creates dir and takes it for this process. The file holds the owner's process id for the error message.
func lockDir(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, unwritable(dir, err)
	}
	path := filepath.Join(dir, "lock")
	f, err := lockFile(path)
	if errors.Is(err, errLocked) {
		owner, _ := os.ReadFile(path)
		return nil, &Fault{Kind: ErrInUse, What: fmt.Sprintf("%s is in use by process %s", dir, strings.TrimSpace(string(owner))),
			Do: "stop that process or choose another directory"}
	}
	if err != nil {
		return nil, unwritable(dir, err)
	}
	if err := errors.Join(f.Truncate(0), writeAt0(f, fmt.Sprintf("%d\n", os.Getpid()))); err != nil {
		f.Close()
		return nil, unwritable(dir, err)
	}
	return f, nil
}

func writeAt0(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}

func unwritable(dir string, cause error) error {
	return &Fault{Kind: ErrUnwritable, What: "cannot write to " + dir,
		Do: "choose another directory, or remove this one if another user (root?) made it", Cause: cause}
}

// InUse tells whether some process runs services on dir right now. It takes the lock for a moment, which a Start
// at that very moment would see as in use: ask only about directories that nobody is about to start.
func InUse(dir string) bool {
	path := filepath.Join(dir, "lock")
	if _, err := os.Stat(path); err != nil {
		return false
	}
	f, err := lockFile(path)
	if err != nil {
		return errors.Is(err, errLocked)
	}
	f.Close()
	return false
}
