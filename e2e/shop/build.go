package shop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Build builds the binary into a folder, as the Makefile does, and returns its path. The templates' code must have been
// generated: make does that first.
func Build(dir string) (string, error) {
	binary := filepath.Join(dir, "caveau")
	cmd := exec.Command("go", "build", "-trimpath", "-o", binary, "caveau/cmd/caveau")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build caveau: %w\n%s", err, out)
	}
	return binary, nil
}
