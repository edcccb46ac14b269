package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"caveau/store/local"
)

// prefix begins the name of every directory of this package. It is short: a socket's path must be.
const prefix = "caveau-test-"

// Start starts a primary, replicas and Redis for this test alone and stops them when it ends.
func Start(t testing.TB, replicas int) *local.Services {
	t.Helper()
	// Not the test's context: that ends before the clean-ups run, and they may still need the database.
	services, stop, err := start(context.WithoutCancel(t.Context()), replicas)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error("stop the services:", err)
		}
	})
	return services
}

// start starts services in a new directory; stop ends them and removes it.
func start(ctx context.Context, replicas int) (services *local.Services, stop func() error, err error) {
	sweep(os.TempDir(), time.Now().Add(-time.Hour))
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return nil, nil, fmt.Errorf("make a directory for the services: %w", err)
	}
	services, err = local.Start(ctx, local.Options{Dir: dir, Replicas: replicas, Redis: true})
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("start the services: %w", err), os.RemoveAll(dir))
	}
	return services, func() error { return errors.Join(services.Stop(), os.RemoveAll(dir)) }, nil
}

// sweep removes what test runs that were killed before the given time left behind. A directory in use isn't touched, nor
// another user's: it is best effort, and the next run tries again.
func sweep(folder string, before time.Time) {
	found, err := filepath.Glob(filepath.Join(folder, prefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range found {
		info, err := os.Stat(dir)
		if err != nil || info.ModTime().After(before) || local.InUse(dir) {
			continue
		}
		_ = os.RemoveAll(dir)
	}
}
