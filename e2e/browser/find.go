package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// names of Chromium in PATH, then its places on a Mac.
var names = []string{
	"chromium", "chromium-browser", "google-chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// errMissing ends every message of a tool that isn't there.
var errMissing = errors.New("run: make browser")

// chromium is the path of the browser: CAVEAU_CHROMIUM, else the first that is there.
func chromium() (string, error) {
	candidates := names
	if own := os.Getenv("CAVEAU_CHROMIUM"); own != "" {
		candidates = []string{own}
	}
	for _, name := range candidates {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium here (CAVEAU_CHROMIUM names one): %w", errMissing)
}

func node() (string, error) {
	path, err := exec.LookPath("node")
	if err != nil {
		return "", fmt.Errorf("no Node here: %w", errMissing)
	}
	return path, nil
}

// folder is e2e, wherever below the project's top the test runs.
func folder() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the project: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "e2e"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("find the project: no go.mod above the working directory")
		}
		dir = parent
	}
}

// Axe is the source of the accessibility rules.
func Axe() (string, error) {
	e2e, err := folder()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(e2e, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("read axe-core (%w): %w", errMissing, err)
	}
	return string(source), nil
}

// link makes the folder that playwright-go expects: "package" is the npm package.
func link(dir string) error {
	e2e, err := folder()
	if err != nil {
		return err
	}
	driver := filepath.Join(e2e, "node_modules", "playwright-core")
	if _, err := os.Stat(filepath.Join(driver, "cli.js")); err != nil {
		return fmt.Errorf("no browser driver here: %w", errMissing)
	}
	return os.Symlink(driver, filepath.Join(dir, "package"))
}
