package storetest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"caveau/store/local"
)

// shared are the services of this test binary. There is one TestMain and one process per package, so this is the
// one place where a package variable is right; Main sets it before any test runs.
var shared *lazy

// lazy starts the services when they are first asked for.
type lazy struct {
	start func() (*local.Services, error)
	stop  func() error // nil until started
}

func newLazy(replicas int) *lazy {
	l := &lazy{}
	l.start = sync.OnceValues(func() (*local.Services, error) {
		services, stop, err := start(context.Background(), replicas)
		l.stop = stop
		return services, err
	})
	return l
}

// Main is for TestMain: it runs the tests with shared services, stops those and exits.
func Main(m *testing.M, replicas int) {
	shared = newLazy(replicas)
	code := m.Run()
	if shared.stop != nil {
		if err := shared.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop the shared services:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// Services are the ones that all tests of the package share; TestMain must have called Main. A test must not make them fail.
func Services(t testing.TB) *local.Services {
	t.Helper()
	if shared == nil {
		t.Fatal("storetest: TestMain doesn't call storetest.Main")
	}
	services, err := shared.start()
	if err != nil {
		t.Fatal(err)
	}
	return services
}
