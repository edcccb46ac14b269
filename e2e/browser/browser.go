package browser

import (
	"errors"
	"fmt"
	"os"

	"github.com/playwright-community/playwright-go"
)

// Browser is a running Chromium.
type Browser struct {
	chromium playwright.Browser
	driver   *playwright.Playwright
	dir      string
}

// quiet keeps Chromium to what the test asks of it: no sandbox (tests run as root in containers), no traffic of its own.
var quiet = []string{
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
}

// Start starts Chromium without a window.
func Start() (*Browser, error) {
	dir, err := os.MkdirTemp("", "caveau-driver-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the driver: %w", err)
	}
	b := &Browser{dir: dir}
	if err := b.start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start a browser: %w", err), b.Stop())
	}
	return b, nil
}

func (b *Browser) start() error {
	path, err := chromium()
	if err != nil {
		return err
	}
	node, err := node()
	if err != nil {
		return err
	}
	if err := link(b.dir); err != nil {
		return err
	}
	if err := os.Setenv("PLAYWRIGHT_NODEJS_PATH", node); err != nil { // the only way to tell it
		return err
	}
	b.driver, err = playwright.Run(&playwright.RunOptions{DriverDirectory: b.dir, SkipInstallBrowsers: true})
	if err != nil {
		return fmt.Errorf("run the driver: %w", err)
	}
	b.chromium, err = b.driver.Chromium.Launch(playwright.BrowserTypeLaunchOptions{ExecutablePath: &path, Args: quiet})
	return err
}

// Stop ends Chromium and its driver.
func (b *Browser) Stop() error {
	var errs []error
	if b.chromium != nil {
		errs = append(errs, b.chromium.Close())
	}
	if b.driver != nil {
		errs = append(errs, b.driver.Stop())
	}
	return errors.Join(append(errs, os.RemoveAll(b.dir))...)
}
