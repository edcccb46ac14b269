package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

//go:embed css js office/office.css font/eb-garamond.woff2 icon/caveau.svg
var files embed.FS

// The names that URL knows.
const (
	CSS    = "caveau.css"
	Script = "caveau.js"
	Font   = "eb-garamond.woff2"
	Icon   = "caveau.svg"
	Office = "office.css" // of previews: no shopper loads it
)

// Prefix is where all assets live.
const Prefix = "/assets/"

// Asset is one file, ready to send. Gzip and Brotli are nil where compression gains nothing.
type Asset struct {
	ContentType  string
	Body         []byte
	Gzip, Brotli []byte
	ETag         string // strong, quotes included
}

// Assets are all files by the path that they are served under. They never change after Load and are safe
// for concurrent use.
type Assets struct {
	byPath map[string]Asset
	urls   map[string]string
}

// Load bundles, hashes and compresses the embedded files. An error is a fault of the build.
func Load() (*Assets, error) {
	a := &Assets{byPath: map[string]Asset{}, urls: map[string]string{}}
	for _, step := range []struct {
		name, contentType string
		body              func(*Assets) ([]byte, error)
	}{
		{Font, "font/woff2", embedded("font/" + Font)},
		{Icon, "image/svg+xml", embedded("icon/" + Icon)},
		{CSS, "text/css; charset=utf-8", styles},
		{Script, "text/javascript; charset=utf-8", scripts},
		{Office, "text/css; charset=utf-8", embedded("office/" + Office)},
	} {
		body, err := step.body(a)
		if err != nil {
			return nil, fmt.Errorf("bundle %s: %w", step.name, err)
		}
		if err := a.add(step.name, step.contentType, body); err != nil {
			return nil, fmt.Errorf("compress %s: %w", step.name, err)
		}
	}
	return a, nil
}

// URL is the path of one of the five names, "/assets/caveau.3f2a1b0c.css"; empty for any other.
func (a *Assets) URL(name string) string { return a.urls[name] }

// Get finds the asset that is served under a path.
func (a *Assets) Get(path string) (Asset, bool) {
	asset, ok := a.byPath[path]
	return asset, ok
}

func (a *Assets) add(name, contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	ext := path.Ext(name)
	url := Prefix + strings.TrimSuffix(name, ext) + "." + hash + ext
	asset := Asset{ContentType: contentType, Body: body, ETag: `"` + hash + `"`}
	if err := asset.compress(); err != nil {
		return err
	}
	a.byPath[url], a.urls[name] = asset, url
	return nil
}

func embedded(file string) func(*Assets) ([]byte, error) {
	return func(*Assets) ([]byte, error) { return files.ReadFile(file) }
}
