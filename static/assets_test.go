package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"

	"caveau/static"

	"github.com/andybalholm/brotli"
)

func load(t *testing.T) *static.Assets {
	t.Helper()
	a, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func get(t *testing.T, name string) static.Asset {
	t.Helper()
	a := load(t)
	asset, ok := a.Get(a.URL(name))
	if !ok {
		t.Fatalf("%s is not served under %q", name, a.URL(name))
	}
	return asset
}

// A page must stay light on a phone: these are the product's promises.
func TestBudgets(t *testing.T) {
	for _, tc := range []struct {
		name string
		most int
	}{{static.CSS, 15_000}, {static.Script, 8_000}, {static.Font, 60_000}} {
		asset := get(t, tc.name)
		size := len(asset.Gzip)
		if asset.Gzip == nil {
			size = len(asset.Body)
		}
		if size == 0 || size > tc.most {
			t.Errorf("%s: %d bytes sent, budget %d", tc.name, size, tc.most)
		}
	}
}

func TestCompressedFormsUnpackToTheBody(t *testing.T) {
	for _, name := range []string{static.CSS, static.Script, static.Icon} {
		asset := get(t, name)
		packed, err := gzip.NewReader(bytes.NewReader(asset.Gzip))
		if err != nil {
			t.Fatal(name, err)
		}
		for encoding, r := range map[string]io.Reader{"gzip": packed, "brotli": brotli.NewReader(bytes.NewReader(asset.Brotli))} {
			if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, asset.Body) {
				t.Errorf("%s, %s: not the body (%v)", name, encoding, err)
			}
		}
	}
}

func TestURLCarriesTheContentsHash(t *testing.T) {
	a := load(t)
	shape := regexp.MustCompile(`^/assets/[a-z-]+\.[0-9a-f]{12}\.(css|js|woff2|svg)$`)
	for _, name := range []string{static.CSS, static.Script, static.Font, static.Icon} {
		if url := a.URL(name); !shape.MatchString(url) || url != load(t).URL(name) {
			t.Errorf("%s: %q", name, url)
		}
	}
	if a.URL("other.css") != "" {
		t.Error("an unknown name has an address")
	}
	if _, ok := a.Get("/assets/caveau.css"); ok {
		t.Error("an asset is served without its hash")
	}
}

func TestStyleSheetAsksForTheHashedFont(t *testing.T) {
	css := string(get(t, static.CSS).Body)
	if !strings.Contains(css, `url("`+load(t).URL(static.Font)+`")`) {
		t.Error("the font's address is not the hashed one")
	}
	if !strings.HasPrefix(css, "@layer reset,tokens,base,layout,component,page,utility;") {
		t.Errorf("the layers are not declared first: %.80s", css)
	}
	if open, shut := strings.Count(css, "{"), strings.Count(css, "}"); open != shut || open < 100 {
		t.Errorf("%d braces open, %d shut", open, shut)
	}
}

// Colours are named once, in the tokens; what else names one would miss the dark theme.
func TestOnlyTokensNameColours(t *testing.T) {
	css := string(get(t, static.CSS).Body)
	literal := regexp.MustCompile(`oklch\([0-9]|#[0-9a-f]{3,8}[;} ]|rgb|hsl\(`)
	rest := css[strings.Index(css, "@layer reset{"):]
	if found := literal.FindAllString(rest, -1); found != nil {
		t.Errorf("colours outside the tokens: %v", found)
	}
	if strings.Contains(css, "!important") {
		t.Error("a rule is !important")
	}
}

func TestScriptHasNoImports(t *testing.T) {
	js := string(get(t, static.Script).Body)
	if found := regexp.MustCompile(`(?m)^(import|export)\b.*`).FindAllString(js, -1); found != nil {
		t.Errorf("left in the bundle: %v", found)
	}
	if at := strings.Index(js, "class Connected"); at < 0 || at > strings.Index(js, "class LiveStock") {
		t.Error("the base class does not come first")
	}
	if strings.Count(js, "customElements.define(") != 7 {
		t.Error("not all elements are defined")
	}
}

func BenchmarkLoad(b *testing.B) {
	for range b.N {
		if _, err := static.Load(); err != nil {
			b.Fatal(err)
		}
	}
}
