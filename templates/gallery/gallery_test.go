package gallery

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caveau/i18n"
	"caveau/static"

	"github.com/PuerkitoBio/goquery"
)

var out = flag.String("out", "", "folder to write all states and their assets to, to look at them")

func catalogue(t *testing.T) *i18n.Catalogue {
	t.Helper()
	cat, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func render(t *testing.T, s State) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Component.Render(context.Background(), &b); err != nil {
		t.Fatal(s.Name, err)
	}
	return b.Bytes()
}

func TestEveryPageIsSound(t *testing.T) {
	cat := catalogue(t)
	for _, state := range Pages(cat) {
		t.Run(state.Name, func(t *testing.T) {
			body := render(t, state)
			if bytes.IndexByte(body, 0) >= 0 {
				t.Error("a hole is left open")
			}
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range faults(doc) {
				t.Error(fault)
			}
		})
	}
	if misses := cat.Misses(); len(misses) > 0 {
		t.Errorf("words that no catalogue has: %v", misses)
	}
}

// faults are what the policy of the shops and a screen reader would trip over.
func faults(doc *goquery.Document) []string {
	var all []string
	say := func(format string, found *goquery.Selection) {
		if found.Length() > 0 {
			html, _ := goquery.OuterHtml(found.First())
			all = append(all, format+": "+html)
		}
	}
	if n := doc.Find("h1").Length(); n != 1 {
		all = append(all, "not one h1")
	}
	if n := doc.Find("main").Length(); n != 1 {
		all = append(all, "not one main")
	}
	say("an inline style", doc.Find("[style], style"))
	say("an inline script", doc.Find("script:not([src]):not([type='application/ld+json'])"))
	say("an inline handler", doc.Find("[onclick], [onload], [onerror]"))
	say("an empty link", doc.Find(`a[href=""], a:not([href])`))
	say("an empty heading", doc.Find("h1, h2, h3").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.TrimSpace(s.Text()) == "" }))
	say("a nav without a name", doc.Find("nav:not([aria-label])"))
	say("an empty lang", doc.Find(`[lang=""]`))
	say("a field without a label", doc.Find("input:not([type=hidden])").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Closest("label").Length() == 0 }))
	say("a drawing without a name", doc.Find("svg:not([aria-hidden]):not([aria-label])"))
	say("a table without a caption or head", doc.Find("table").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("thead th").Length() == 0 }))
	return append(append(all, twice(doc)...), badJSON(doc)...)
}

func twice(doc *goquery.Document) []string {
	var all []string
	seen := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if seen[id] {
			all = append(all, "the id "+id+" twice")
		}
		seen[id] = true
	})
	doc.Find("use").Each(func(_ int, s *goquery.Selection) {
		if href, _ := s.Attr("href"); !seen[strings.TrimPrefix(href, "#")] {
			all = append(all, "a use of "+href+", which is not there")
		}
	})
	return all
}

func badJSON(doc *goquery.Document) []string {
	var all []string
	doc.Find("script[type='application/ld+json']").Each(func(_ int, s *goquery.Selection) {
		var v struct {
			Variants []struct {
				Offers struct{ Availability string }
			} `json:"hasVariant"`
		}
		if err := json.Unmarshal([]byte(s.Text()), &v); err != nil {
			all = append(all, "JSON-LD: "+err.Error())
		}
		for _, p := range v.Variants {
			if !strings.HasPrefix(p.Offers.Availability, "https://schema.org/") {
				all = append(all, "availability "+p.Offers.Availability)
			}
		}
	})
	return all
}

// What hangs on stock says so everywhere at once.
func TestSoldOutShowsEverywhere(t *testing.T) {
	doc := document(t, "vintage/sold-out")
	offers := doc.Find(".offer")
	if offers.Length() != len(packs) {
		t.Fatalf("%d offers", offers.Length())
	}
	offers.Each(func(_ int, o *goquery.Selection) {
		if level, _ := o.Find(".stock").Attr("data-level"); level != "none" {
			t.Errorf("level %q", level)
		}
		if o.Find("input[disabled]").Length() != 1 {
			t.Error("a sold-out offer can be chosen")
		}
	})
	if doc.Find("button.btn[disabled]").Length() != 1 {
		t.Error("the button can be pressed")
	}
	if n := strings.Count(doc.Find("script[type='application/ld+json']").Text(), "https://schema.org/OutOfStock"); n != len(packs) {
		t.Errorf("%d of %d offers out of stock for crawlers", n, len(packs))
	}
}

func TestNothingIsChosenBeforehand(t *testing.T) {
	doc := document(t, "vintage/fr-FR")
	if n := doc.Find("input[type=radio][checked]").Length(); n != 0 {
		t.Errorf("%d offers chosen", n)
	}
	if n := doc.Find("input[type=radio][required]").Length(); n != len(packs) {
		t.Errorf("%d of %d radios ask for a choice", n, len(packs))
	}
	form := doc.Find("form.buy")
	var names []string
	form.Find("[name]").Each(func(_ int, s *goquery.Selection) { names = append(names, s.AttrOr("name", "")) })
	if got := strings.Join(names[len(names)-2:], " "); got != "sku quantity" || form.AttrOr("method", "") != "post" {
		t.Errorf("the form sends %q by %q", got, form.AttrOr("method", ""))
	}
}

func TestMatrixIsOneTable(t *testing.T) {
	doc := document(t, "wine/forty-by-six")
	if n := doc.Find("table").Length(); n != 1 {
		t.Fatalf("%d tables", n)
	}
	if n := doc.Find("tbody tr").Length(); n != 40 {
		t.Errorf("%d rows", n)
	}
	doc.Find("tr").Each(func(i int, row *goquery.Selection) {
		if n := row.Children().Length(); n != 8 {
			t.Errorf("row %d has %d cells", i, n)
		}
	})
}

func document(t *testing.T, name string) *goquery.Document {
	t.Helper()
	for _, state := range Pages(catalogue(t)) {
		if state.Name != name {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(render(t, state)))
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	t.Fatal("no state", name)
	return nil
}

// The page that is called most is light.
func TestVintagePageFitsItsBudget(t *testing.T) {
	const most = 10_000
	for _, state := range Pages(catalogue(t)) {
		if !strings.HasPrefix(state.Name, "vintage/") {
			continue
		}
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if _, err := w.Write(render(t, state)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes gzip", state.Name, b.Len())
		if b.Len() > most {
			t.Errorf("%s: %d bytes, budget %d", state.Name, b.Len(), most)
		}
	}
}

// TestOut writes the gallery to a folder that a browser can open: go test -run TestOut -out DIR.
func TestOut(t *testing.T) {
	folder := *out
	if folder == "" {
		folder = t.TempDir()
	}
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := Assets{assets.URL(static.CSS), assets.URL(static.Script), assets.URL(static.Font), assets.URL(static.Icon)}
	for _, url := range []string{a.CSS, a.Script, a.Font, a.Icon} {
		asset, _ := assets.Get(url)
		write(t, filepath.Join(folder, url), asset.Body)
		t.Logf("%s: %d bytes, gzip %d, brotli %d", url, len(asset.Body), len(asset.Gzip), len(asset.Brotli))
	}
	for _, state := range With(catalogue(t), a) {
		body := render(t, state)
		if !bytes.Contains(body, []byte(`href="`+a.CSS+`"`)) {
			t.Errorf("%s does not ask for its style sheet", state.Name)
		}
		write(t, filepath.Join(folder, strings.ReplaceAll(state.Name, "/", "-")+".html"), body)
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
