package local

import (
	"os"
	"path/filepath"
	"testing"
)

// TestInstallLeavesTheSystemsTmpAlone: temporary tables lie in the server's own folder, where no other server that starts at the
// moment removes them.
func TestInstallLeavesTheSystemsTmpAlone(t *testing.T) {
	dir := shortDir(t)
	if err := os.Mkdir(filepath.Join(dir, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	found, err := findPrograms(testContext(t), systemFolders(), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "missing"))
	if err := install(testContext(t), found, dir); err != nil {
		t.Error(err)
	}
}

func TestFirstErrors(t *testing.T) {
	for _, c := range []struct{ log, want string }{
		{"Installing …\nERROR: 1051  Unknown table 'mysql.x'\n2026-01-01 1 [ERROR] Aborting\nPlease check\n", "1051  Unknown table 'mysql.x' | Aborting"},
		{"0 [Note] a\n0 [ERROR] one\n0 [ERROR] two\n0 [ERROR] three\n", "one | two"},
		{"FATAL ERROR: Could not find my_print_defaults\n", "Could not find my_print_defaults"},
		{"a\nb\n\nc\nd\n", "b | c | d"},
		{"", ""},
	} {
		if got := firstErrors(c.log); got != c.want {
			t.Errorf("%q gives %q, want %q", c.log, got, c.want)
		}
	}
}
