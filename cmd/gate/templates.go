package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// templates checks the format of the .templ files. The formatter can only rewrite, so it gets copies: a check changes nothing.
func templates(ctx context.Context, out io.Writer, _ bool) result {
	folder, err := os.MkdirTemp("", "caveau-templ-")
	if err != nil {
		fmt.Fprintln(out, err)
		return result{failed: true}
	}
	defer os.RemoveAll(folder) //nolint:errcheck // the system sweeps its temporary folder
	changed, err := formatCopies(ctx, out, "templates", folder)
	if err != nil {
		fmt.Fprintln(out, err)
	}
	for _, path := range changed {
		fmt.Fprintf(out, "%s is not formatted: go tool templ fmt %s\n", path, path)
	}
	return result{failed: err != nil || len(changed) > 0}
}

// formatCopies names the templates that the formatter would change.
func formatCopies(ctx context.Context, out io.Writer, from, to string) (changed []string, err error) {
	before := map[string][]byte{}
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".templ") {
			return err
		}
		if before[path], err = os.ReadFile(path); err != nil {
			return err
		}
		copied := filepath.Join(to, path)
		if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
			return err
		}
		return os.WriteFile(copied, before[path], 0o600)
	})
	if err != nil {
		return nil, fmt.Errorf("copy the templates: %w", err)
	}
	if err := start(ctx, out, "go", "tool", "templ", "fmt", "-log-level", "error", to); err != nil {
		return nil, err
	}
	for path, old := range before {
		now, err := os.ReadFile(filepath.Join(to, path))
		if err != nil {
			return nil, fmt.Errorf("read what the formatter wrote: %w", err)
		}
		if !bytes.Equal(old, now) {
			changed = append(changed, path)
		}
	}
	return changed, nil
}
