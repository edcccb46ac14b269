package audit

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/valyala/fasthttp"

	"caveau/store/market"
)

// published is what the sitemaps and feeds of all shops say, read before the walk.
type published struct {
	listed map[uint64]uint64 // address → alternates, both by their hash
	seen   map[uint64]bool   // listed addresses that a page was found at
	google []map[string]row  // by edition and SKU
	trade  []map[string]row
}

// row of a feed: what of it is compared.
type row struct{ title, link, price, availability string }

// readPublished of all markets; what is wrong with the files themselves is noted.
func (w *walk) readPublished() {
	w.published = published{listed: map[uint64]uint64{}, seen: map[uint64]bool{}}
	v := newVisitor(w)
	v.tally = w.result
	for _, e := range w.site.Editions {
		if e.Prefix == "" {
			v.readSitemaps(e)
		}
		w.google = append(w.google, v.readFeed(e, "/feeds/google-"+e.Locale.Tag()+".tsv", '\t', "id", "title", "link", "price", "availability"))
		w.trade = append(w.trade, v.readFeed(e, "/feeds/wine-searcher-"+e.Locale.Tag()+".csv", ',', "SKU", "Name", "URL", "Price", ""))
	}
}

// fetch a file of a market's host; nil where there is none.
func (v *visitor) fetch(e *market.Edition, path string) []byte {
	var c fasthttp.RequestCtx
	c.Request.SetRequestURI(path)
	c.Request.Header.SetHost(v.site.host(e))
	v.site.Handler(&c)
	body, err := io.ReadAll(bytes.NewReader(c.Response.Body()))
	if err == nil && strings.HasSuffix(path, ".gz") {
		body, err = unzipped(body)
	}
	status := c.Response.StatusCode()
	v.tally.note(Mapped, v.site.Base(e.Market.Code)+path, onlyIf(status != fasthttp.StatusOK || err != nil, fmt.Sprintf("status %d %v", status, err)))
	if status != fasthttp.StatusOK || err != nil {
		return nil
	}
	return body
}

func unzipped(body []byte) ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(zip)
}

// The most that a sitemap may hold.
const (
	mostListed = 50_000
	mostSize   = 50 << 20
)

func (v *visitor) readSitemaps(e *market.Edition) {
	base := v.site.Base(e.Market.Code)
	index := v.fetch(e, "/sitemap.xml")
	for loc := range inside(index, "<loc>", "</loc>") {
		path, ours := strings.CutPrefix(plain(loc), base)
		if !ours {
			v.tally.note(Mapped, plain(loc), "the index lists another host's sitemap")
			continue
		}
		body, count := v.fetch(e, path), 0
		for entry := range inside(body, "<url>", "</url>") {
			count++
			v.list(entry)
		}
		v.tally.note(Mapped, plain(loc), onlyIf(count == 0 || count > mostListed || len(body) > mostSize, fmt.Sprintf("%d addresses, %d bytes", count, len(body))))
	}
}

// list one entry of a sitemap.
func (v *visitor) list(entry []byte) {
	loc := plain(between(entry, "<loc>", "</loc>"))
	var whole []byte
	for a := range inside(entry, `hreflang="`, "/>") {
		tag, rest, _ := bytes.Cut(a, []byte(`" href="`))
		whole = append(append(append(append(whole, tag...), ' '), bytes.TrimSuffix(rest, []byte(`"`))...), '\n')
	}
	key := hash(loc)
	_, twice := v.listed[key]
	v.tally.note(Mapped, loc, onlyIf(twice, "is listed twice"))
	v.listed[key] = hash(string(whole))
}

// inside are the parts between two marks, one after the other.
func inside(body []byte, from, to string) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for {
			_, rest, found := bytes.Cut(body, []byte(from))
			if !found {
				return
			}
			var part []byte
			part, body, _ = bytes.Cut(rest, []byte(to))
			if !yield(part) {
				return
			}
		}
	}
}

// readFeed by its key; the columns are those of a row's fields.
func (v *visitor) readFeed(e *market.Edition, path string, comma rune, columns ...string) map[string]row {
	rows := csv.NewReader(bytes.NewReader(v.fetch(e, path)))
	rows.Comma, rows.LazyQuotes, rows.ReuseRecord = comma, comma == '\t', true
	out := map[string]row{}
	head, err := rows.Read()
	at := make([]int, len(columns))
	for i, name := range columns {
		at[i] = slices.Index(head, name)
	}
	for err == nil {
		var fields []string
		if fields, err = rows.Read(); err != nil {
			break
		}
		value := func(i int) string {
			if at[i] < 0 {
				return ""
			}
			return strings.Clone(fields[at[i]])
		}
		out[value(0)] = row{value(1), value(2), value(3), value(4)}
	}
	if err != io.EOF {
		v.tally.note(Fed, v.site.Base(e.Market.Code)+path, fmt.Sprint(err))
	}
	return out
}

// mapped compares a page with its entry in the sitemap.
func (l *look) mapped() string {
	key := hash(l.address)
	set, listed := l.published.listed[key]
	if !listed {
		return "no sitemap lists it"
	}
	l.mu.Lock()
	l.published.seen[key] = true
	l.mu.Unlock()
	return onlyIf(set != l.set, "the sitemap names other alternates")
}

// words of Google's for what schema.org calls an availability.
var googleWords = map[string]string{"OutOfStock": "out_of_stock", "InStock": "in_stock", "LimitedAvailability": "in_stock", "PreOrder": "preorder"}

// fed compares the rows of an offer in the feeds with what the page's data says, which was compared with what it shows.
func (l *look) fed(product, sku string, d said) string {
	state := strings.TrimPrefix(d.availability, "https://schema.org/")
	r, inGoogle := l.google[l.edition.Index][sku]
	if !inGoogle && state != "PreOrder" && state != "OutOfStock" { // what is sold without tax is not for Google
		return sku + " is not in Google's feed"
	}
	if inGoogle {
		for _, c := range [][2]string{
			{r.price, d.price + " " + d.currency}, {r.link, d.url}, {r.availability, googleWords[state]},
			{r.title, short(product+", "+d.name, 150)},
		} {
			if c[0] != strings.Join(strings.Fields(c[1]), " ") {
				return fmt.Sprintf("%s is %q in Google's feed and %q on the page", sku, c[0], c[1])
			}
		}
	}
	r, inTrade := l.trade[l.edition.Index][sku]
	if sold := state == "InStock" || state == "LimitedAvailability"; sold != inTrade {
		return fmt.Sprintf("%s is %s and in Wine-Searcher's feed: %v", sku, state, inTrade)
	}
	if inTrade && (r.price != d.price || r.link != d.url) {
		return fmt.Sprintf("%s is %s at %s in Wine-Searcher's feed, %s at %s on the page", sku, r.price, r.link, d.price, d.url)
	}
	return ""
}

// short is at most so many characters, whole words.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		s = string(r[:n])
		s = strings.TrimRight(s[:max(0, strings.LastIndexByte(s, ' '))], " ,")
	}
	return s
}

// unseen notes what the sitemaps list and no page was found at; only after a walk of everything.
func (w *walk) unseen() {
	for key := range w.published.listed {
		w.result.note(Mapped, "", onlyIf(!w.published.seen[key], "a sitemap lists an address that is no page to be listed"))
	}
}
