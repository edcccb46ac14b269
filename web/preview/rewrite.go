package preview

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"caveau/static"
	"caveau/store/market"
)

// rewrite leads the links of a page on within the preview, makes its forms inert, and puts the bar in front. Everything else stays as the
// shop sends it, byte for byte; so do the addresses in its head, which tell of the live page.
func (v *visit) rewrite(page []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(page) + 8<<10)
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if errors.Is(z.Err(), io.EOF) {
				return out.Bytes(), nil
			}
			return nil, fmt.Errorf("read the page: %w", z.Err())
		}
		raw := bytes.Clone(z.Raw()) // reading the token changes it
		if kind == html.EndTagToken && string(raw) == "</head>" {
			fmt.Fprintf(&out, `<link rel="stylesheet" href="%s">`, v.server.Assets.URL(static.Office))
		}
		if kind != html.StartTagToken {
			out.Write(raw)
			continue
		}
		t := z.Token()
		if v.change(&t) {
			raw = []byte(t.String())
		}
		out.Write(raw)
		if t.Data == "body" && !v.link.Bare {
			if err := v.bar(v.path, false).View().Render(context.Background(), &out); err != nil {
				return nil, err
			}
		}
	}
}

// led are the elements that lead somewhere, and by which attribute.
var led = map[string]string{"a": "href", "area": "href", "live-stock": "data-src"}

// change a start tag; false where it stays as it is.
func (v *visit) change(t *html.Token) bool {
	if t.Data == "form" {
		t.Attr = append(t.Attr, html.Attribute{Key: "inert"})
		return true
	}
	name, leads := led[t.Data]
	if !leads {
		return false
	}
	changed := false
	for i, a := range t.Attr {
		if a.Key != name {
			continue
		}
		if to, ok := v.inside(a.Val); ok {
			t.Attr[i].Val, changed = to, true
		}
	}
	return changed
}

// inside the preview is where a link of the page leads: to a shop's page in its edition. False for links that stay on the page or lead
// elsewhere.
func (v *visit) inside(href string) (string, bool) {
	m, path := v.edition.Market, href
	for _, other := range v.server.Markets.Markets {
		if after, found := strings.CutPrefix(href, v.server.Base(other.Code)); found && (after == "" || after[0] == '/') {
			m, path = other, after
		}
	}
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.HasPrefix(path, static.Prefix) {
		return "", false
	}
	e, rest := v.editionAt(m, path)
	link := v.link
	link.Locale = e.Locale.Tag()
	if rest == "" {
		rest = "/"
	}
	return v.server.href(link, rest), true
}

// editionAt is the edition that a path of a market's host lies in, and the path within it.
func (v *visit) editionAt(m *market.Market, path string) (*market.Edition, string) {
	editions := v.server.Markets.Of(m)
	for _, other := range editions[1:] {
		if after, found := strings.CutPrefix(path, other.Prefix); found && (after == "" || after[0] == '/') {
			return other, after
		}
	}
	return editions[0], path
}
