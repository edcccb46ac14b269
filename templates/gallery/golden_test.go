package gallery

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the goldens anew")

// What a component writes is compared with what a person has seen and approved.
func TestGoldens(t *testing.T) {
	seen := map[string]bool{}
	for _, state := range Components(catalogue(t)) {
		name := filepath.Join("testdata", strings.ReplaceAll(state.Name, "/", "-")+".html")
		seen[name] = true
		got := lines(render(t, state))
		if *update {
			write(t, name, []byte(got))
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("%s: %v (go test -update writes it)", state.Name, err)
		} else if got != string(want) {
			t.Errorf("%s differs from %s:\n%s", state.Name, name, firstDifference(string(want), got))
		}
	}
	files, err := filepath.Glob("testdata/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !seen[file] {
			t.Errorf("%s belongs to no state", file)
		}
	}
}

// lines puts each tag on its own line, so that a difference shows where it is.
func lines(html []byte) string { return strings.ReplaceAll(string(html), "><", ">\n<") + "\n" }

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want " + w[i] + "\ngot  " + g[i]
		}
	}
	return "one is longer"
}
