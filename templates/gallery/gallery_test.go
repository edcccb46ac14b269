package gallery

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caveau/i18n"
	"caveau/static"
)

var out = flag.String("out", "", "folder to write all states and their assets to, to look at them")

// TestOut writes the gallery to a folder that a browser can open.
func TestOut(t *testing.T) {
	if *out == "" {
		t.SkipNow()
	}
	cat, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := Assets{assets.URL(static.CSS), assets.URL(static.Script), assets.URL(static.Font), assets.URL(static.Icon)}
	for _, url := range []string{a.CSS, a.Script, a.Font, a.Icon} {
		asset, _ := assets.Get(url)
		write(t, filepath.Join(*out, url), asset.Body)
		t.Logf("%s: %d bytes, gzip %d, brotli %d", url, len(asset.Body), len(asset.Gzip), len(asset.Brotli))
	}
	for _, state := range With(cat, a) {
		var b bytes.Buffer
		if err := state.Component.Render(context.Background(), &b); err != nil {
			t.Fatal(state.Name, err)
		}
		write(t, filepath.Join(*out, strings.ReplaceAll(state.Name, "/", "-")+".html"), b.Bytes())
	}
	if misses := cat.Misses(); len(misses) > 0 {
		t.Errorf("unknown message keys: %v", misses)
	}
}

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, body, 0o644); err != nil {
		t.Fatal(err)
	}
}
