package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"caveau/e2e/browser"
	"caveau/e2e/shop"
)

// stage is what the stories share.
type stage struct {
	dir     string
	binary  string
	shop    *shop.Shop
	browser *browser.Browser
}

var (
	mu  sync.Mutex
	set stage
)

func TestMain(m *testing.M) {
	status := m.Run()
	if err := set.strike(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the shop:", err)
		status = 1
	}
	os.Exit(status)
}

// strike takes down what was put up.
func (s *stage) strike() error {
	var errs []error
	if s.browser != nil {
		errs = append(errs, s.browser.Stop())
	}
	if s.shop != nil {
		errs = append(errs, s.shop.Stop())
	}
	if s.dir != "" {
		errs = append(errs, os.RemoveAll(s.dir))
	}
	return errors.Join(errs...)
}

// theBinary is caveau, built once.
func theBinary(t *testing.T) string {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	return built(t)
}

func built(t *testing.T) string {
	t.Helper()
	if set.binary != "" {
		return set.binary
	}
	var err error
	if set.dir == "" {
		if set.dir, err = os.MkdirTemp("", "caveau-e2e-"); err != nil {
			t.Fatal(err)
		}
	}
	if set.binary, err = shop.Build(set.dir); err != nil {
		t.Fatal(err)
	}
	return set.binary
}

// theShop is open; the first story that asks waits for its start.
func theShop(t *testing.T) *shop.Shop {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if set.shop == nil {
		binary := built(t)
		opened, err := shop.Start(context.Background(), binary, filepath.Join(set.dir, "shop")) // outlives the test
		if err != nil {
			t.Fatal(err)
		}
		set.shop = opened
	}
	return set.shop
}

func theBrowser(t *testing.T) *browser.Browser {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if set.browser == nil {
		started, err := browser.Start()
		if err != nil {
			t.Fatal(err)
		}
		set.browser = started
	}
	return set.browser
}
