package feed

import (
	"bytes"
	"context"
	"encoding/xml"
	"strconv"
	"time"

	"caveau/store/catalog"
	"caveau/store/crawl"
	"caveau/store/market"
	"caveau/store/route"
)

// IndexPath is where a shop's index of sitemaps is.
const IndexPath = "/sitemap.xml"

// The most that a sitemap holds by sitemaps.org is 50,000 addresses and 50 MB, uncompressed.
const (
	mostAddresses = 50_000
	mostBytes     = 48 << 20
)

// part is a sitemap that was made.
type part struct {
	path    string
	changed time.Time // of the newest page in it
}

// pagesKind is the file of all kinds that have one page each.
const pagesKind = "pages"

// sitemaps of an edition, one or more for each kind of page.
func (b *Builder) sitemaps(ctx context.Context, snap *catalog.Snapshot, e *market.Edition) ([]part, error) {
	alone := map[route.Kind]bool{}
	for _, p := range route.Static() {
		alone[p.Kind] = true
	}
	byKind := map[string][]*route.Node{}
	var order []string
	for _, n := range snap.Routes.Nodes() {
		if n.Gone || n.Page.Kind.PerAnswer() {
			continue
		}
		kind := string(n.Page.Kind)
		if alone[n.Page.Kind] {
			kind = pagesKind
		}
		if byKind[kind] == nil {
			order = append(order, kind)
		}
		byKind[kind] = append(byKind[kind], n)
	}
	var out []part
	for _, kind := range order {
		made, err := b.kind(ctx, e, kind, byKind[kind])
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	return out, nil
}

// kind writes the sitemaps of a kind: a new one where one is full.
func (b *Builder) kind(ctx context.Context, e *market.Edition, kind string, nodes []*route.Node) (out []part, err error) {
	var w *writer
	var buffer bytes.Buffer
	count := 0
	finish := func() error {
		if w == nil {
			return nil
		}
		w.WriteString("</urlset>\n") //nolint:errcheck // a bufio.Writer keeps its error
		err := w.finish()
		w = nil
		return err
	}
	for _, n := range nodes {
		buffer.Reset()
		changed, ok := b.entry(&buffer, e, n)
		if !ok {
			continue
		}
		if w != nil && (count == mostAddresses || int(w.file.Plain)+w.Buffered()+buffer.Len() > mostBytes) {
			if err := finish(); err != nil {
				return nil, err
			}
		}
		if w == nil {
			p := part{path: "/sitemaps/" + e.Locale.Tag() + "-" + kind + "-" + strconv.Itoa(len(out)+1) + ".xml"}
			if w, err = b.open(ctx, crawl.Name{Market: e.Market.Code, Path: p.path}); err != nil {
				return nil, err
			}
			out, count = append(out, p), 0
			w.WriteString(urlsetHead) //nolint:errcheck // likewise
		}
		if last := &out[len(out)-1]; changed.After(last.changed) {
			last.changed = changed
		}
		w.Write(buffer.Bytes()) //nolint:errcheck // likewise
		count++
	}
	return out, finish()
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	urlsetHead = xmlHead + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n"
	indexHead  = xmlHead + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n"
)

// entry of a page; false where the edition has no such page, or one that is not to be listed.
func (b *Builder) entry(w *bytes.Buffer, e *market.Edition, n *route.Node) (changed time.Time, ok bool) {
	loc, alternates := b.Site.Addresses(e, n)
	changed, hidden := b.Dates.Changed(e.Index, n.ID)
	if loc == "" || hidden {
		return changed, false
	}
	w.WriteString("<url><loc>")
	escape(w, loc)
	w.WriteString("</loc>")
	lastmod(w, changed)
	for _, a := range alternates {
		w.WriteString(`<xhtml:link rel="alternate" hreflang="`)
		w.WriteString(a.Hreflang)
		w.WriteString(`" href="`)
		escape(w, a.Href)
		w.WriteString(`"/>`)
	}
	w.WriteString("</url>\n")
	return changed, true
}

func lastmod(w *bytes.Buffer, at time.Time) {
	if !at.IsZero() {
		w.WriteString("<lastmod>" + at.UTC().Format(time.RFC3339) + "</lastmod>")
	}
}

func escape(w *bytes.Buffer, s string) { xml.EscapeText(w, []byte(s)) } //nolint:errcheck // a buffer takes everything

// index of a market's sitemaps, compressed ones.
func (b *Builder) index(ctx context.Context, m *market.Market, parts []part) error {
	w, err := b.open(ctx, crawl.Name{Market: m.Code, Path: IndexPath})
	if err != nil {
		return err
	}
	var buffer bytes.Buffer
	buffer.WriteString(indexHead)
	for _, p := range parts {
		buffer.WriteString("<sitemap><loc>")
		escape(&buffer, b.Site.Base(m)+p.path+".gz")
		buffer.WriteString("</loc>")
		lastmod(&buffer, p.changed)
		buffer.WriteString("</sitemap>\n")
	}
	buffer.WriteString("</sitemapindex>\n")
	w.Write(buffer.Bytes()) //nolint:errcheck // a bufio.Writer keeps its error
	return w.finish()
}
