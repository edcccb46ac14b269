package storetest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"caveau/store/local"
)

// TestSweep removes only what is old and not in use.
func TestSweep(t *testing.T) {
	folder, err := os.MkdirTemp("", "caveau-sweep-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	old := time.Now().Add(-2 * time.Hour)
	folderOf := func(name string, modified time.Time) string {
		dir := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Join(dir, "primary"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, modified, modified); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	left := folderOf(prefix+"left", old)
	young := folderOf(prefix+"young", time.Now())
	foreign := folderOf("letters", old)
	used := folderOf(prefix+"used", old)
	s, err := local.Start(t.Context(), local.Options{Dir: used})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}()
	if err := os.Chtimes(used, old, old); err != nil {
		t.Fatal(err)
	}

	sweep(folder, time.Now().Add(-time.Hour))

	if _, err := os.Stat(left); err == nil {
		t.Error("what a killed run left is still there")
	}
	for _, dir := range []string{young, foreign, used} {
		if _, err := os.Stat(filepath.Join(dir, "primary")); err != nil {
			t.Error("swept away:", err)
		}
	}
}
