package app

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"
)

func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The mark says whether an import can be left out: it must change with all that an import reads.
func TestFingerprintChangesWithWhatIsImported(t *testing.T) {
	dir := t.TempDir()
	list := put(t, filepath.Join(dir, "list.csv"), "a,b\n1,2\n")
	mapping := put(t, filepath.Join(dir, "map.toml"), "[columns]\n")
	mark := func(d Demo) string {
		t.Helper()
		m, err := d.fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	own := Demo{Catalog: list, Map: mapping}
	first := mark(own)
	if again := mark(own); again != first {
		t.Fatal("the mark changes by itself, and every start would import")
	}
	seen := map[string]string{first: "the first import"}
	differs := func(what string, d Demo) {
		t.Helper()
		m := mark(d)
		if other, known := seen[m]; known {
			t.Errorf("%s has the mark of %s", what, other)
		}
		seen[m] = what
	}
	differs("the demonstration", Demo{})
	differs("the map of the program", Demo{Catalog: list, Map: "builtin:bcl"})
	differs("another map of the program", Demo{Catalog: list, Map: "builtin:other"})
	differs("a folder of the INAO", Demo{Catalog: list, Map: mapping, INAO: dir})
	put(t, list, "a,b\n1,3\n")
	differs("a changed list", own)
	put(t, mapping, "[columns]\nx = 1\n")
	differs("a changed map", own)
	put(t, list, "a,b\n1,2\n")
	put(t, mapping, "[columns]\n")
	if back := mark(own); back != first {
		t.Error("the same files have another mark")
	}
	if m, err := (Demo{Catalog: filepath.Join(dir, "none.csv"), Map: mapping}).fingerprint(); err == nil {
		t.Errorf("a list that is not there has the mark %s", m)
	}
}

// Each list has servers of its own: one list's orders are not another's.
func TestHomeOfACatalogue(t *testing.T) {
	for catalog, want := range map[string]string{
		"": "d/demo", "lists/wines_2026-01.csv": "d/list-wines_2026-01", "wines": "d/list-wines", "demo.csv": "d/list-demo",
	} {
		if got := (Demo{Dir: "d", Catalog: catalog}).home(); filepath.ToSlash(got) != want {
			t.Errorf("%q lives in %s, want %s", catalog, got, want)
		}
	}
}

// Carts are signed across restarts.
func TestKeyOfTheCartsIsKept(t *testing.T) {
	d := Demo{Dir: t.TempDir()}
	if _, err := d.key(); err == nil {
		t.Error("a key that could not be kept is used")
	}
	if err := os.Mkdir(d.home(), 0o700); err != nil {
		t.Fatal(err)
	}
	first, err := d.key()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := d.key(); err != nil || again != first {
		t.Errorf("another start has another key (%v)", err)
	}
	if raw, err := base64.StdEncoding.DecodeString(first); err != nil || len(raw) != 32 {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	info, err := os.Stat(filepath.Join(d.home(), "key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	other := Demo{Dir: t.TempDir()}
	if err := os.Mkdir(other.home(), 0o700); err != nil {
		t.Fatal(err)
	}
	if k, err := other.key(); err != nil || k == first {
		t.Errorf("another folder has the same key (%v)", err)
	}
}
