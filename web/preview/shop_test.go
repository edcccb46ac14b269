package preview_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/law"
	"caveau/store/market"
	seal "caveau/store/preview"
	"caveau/store/route"
	"caveau/store/stock"
	"caveau/web"
	"caveau/web/piece"
	"caveau/web/preview"
	"caveau/web/view"
)

// today is the day of all tests; later is a moment at which prices, campaigns and the year have turned.
var (
	today = time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	later = time.Date(2027, time.February, 3, 8, 0, 0, 0, time.UTC)
)

const base = "http://{market}.localhost:8080"

func baseOf(code string) string { return strings.ReplaceAll(base, "{market}", code) }

// house is the shops and their preview over the demonstration catalogue, with prices that change on the way to later.
type house struct {
	live    *web.Server
	preview *preview.Server
	seals   *seal.Seals
	markets *market.Table
	list    *catalog.List
	snap    *catalog.Snapshot
	loads   int // of moments
}

// books are what all houses have in common.
type books struct {
	markets  *market.Table
	messages *i18n.Catalogue
	assets   *static.Assets
	rules    *law.Rules
	list     *catalog.List
}

var theBooks = sync.OnceValues(func() (b books, err error) {
	if b.markets, err = market.Load(); err != nil {
		return b, err
	}
	if b.messages, err = i18n.Load(); err != nil {
		return b, err
	}
	if b.assets, err = static.Load(); err != nil {
		return b, err
	}
	if b.rules, err = law.Load(b.markets); err != nil {
		return b, err
	}
	if b.list, err = demo.Catalogue(b.markets, today); err != nil {
		return b, err
	}
	changePrices(b.list)
	return b, nil
})

// changePrices writes new prices between today and later into the log, for one price in seven, by a seeded rule.
func changePrices(l *catalog.List) {
	r := rand.New(rand.NewPCG(3, 5))
	for _, p := range l.Prices[:len(l.Prices):len(l.Prices)] {
		if r.IntN(7) == 0 {
			p.Minor += 500 * (1 + r.Int64N(9))
			p.ValidFrom = today.Add(time.Duration(1+r.IntN(70*24)) * time.Hour)
			l.Prices = append(l.Prices, p)
		}
	}
}

// newHouse opens shops whose clock says now.
func newHouse(t testing.TB, now time.Time) *house {
	t.Helper()
	b, err := theBooks()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{markets: b.markets, list: b.list}
	board := stock.NewBoard(b.markets.Warehouses)
	for i, sku := range b.list.SKUs {
		board.Apply([]stock.Event{{Level: stock.Level{SKU: sku.Code, Warehouse: "bordeaux", Available: i % 4}}, {Level: stock.Level{SKU: sku.Code, Warehouse: "hong-kong", Available: i % 3}}})
	}
	h.snap = h.snapshot(t, board.Slot, now)
	rules := func() *law.Rules { return b.rules }
	site, err := view.New(view.Config{Markets: b.markets, Messages: b.messages, Assets: b.assets, Rules: rules, Now: func() time.Time { return now }, Base: baseOf})
	if err != nil {
		t.Fatal(err)
	}
	if h.seals, err = seal.NewSeals([]byte("a key of this test and of nothing else")); err != nil {
		t.Fatal(err)
	}
	hosts := map[string]string{}
	for _, m := range b.markets.Markets {
		hosts[m.Code+".localhost"] = m.Code
	}
	levels, logger := stockOf(now), slog.New(slog.NewTextHandler(t.Output(), nil))
	moments := &moments{h: h, at: func(at time.Time) *catalog.Snapshot { return h.snapshot(t, board.Slot, at) }}
	h.preview = preview.New(preview.Config{
		Markets: b.markets, Messages: b.messages, Site: site, Assets: b.assets, Catalogue: moments, Stock: levels, Board: board, Rules: rules,
		Seals: h.seals, Base: baseOf, Now: func() time.Time { return now }, Logger: logger,
	})
	h.live = web.New(web.Config{
		Markets: b.markets, Hosts: hosts, Site: site, Assets: b.assets, Catalogue: moments, Stock: levels, Board: board, Press: piece.NewPress(), Cache: piece.NewCache(32 << 20),
		Rules: ruled{b.rules}, Logger: logger, Elsewhere: map[string]fasthttp.RequestHandler{"backoffice.localhost": h.preview.Handler()},
	})
	return h
}

// snapshot of the list at a moment, with the paths that its pages get when they are first made.
func (h *house) snapshot(t testing.TB, slot func(string) uint32, at time.Time) *catalog.Snapshot {
	t.Helper()
	ids := map[string]uint32{}
	for i, w := range h.list.Wines {
		ids[w.Code] = uint32(i + 1)
	}
	snap, err := catalog.NewSnapshot(catalog.Source{List: h.list, WineIDs: ids, Routes: route.FirstTable(catalog.Pages(h.list)), Markets: h.markets, Slot: slot, Now: at, Rev: 7})
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

type ruled struct{ rules *law.Rules }

func (r ruled) Rules() *law.Rules { return r.rules }

// stockOf is a web.Stock that was read at a moment.
type stockOf time.Time

func (s stockOf) Read() (time.Time, bool) { return time.Time(s), false }

// moments is a preview.Catalogue.
type moments struct {
	h  *house
	at func(time.Time) *catalog.Snapshot
}

func (m *moments) Snapshot() *catalog.Snapshot { return m.h.snap }

func (m *moments) At(_ context.Context, at time.Time) (*catalog.Snapshot, time.Time, error) {
	m.h.loads++
	return m.at(at), today.AddDate(-1, 0, 0), nil
}

func (m *moments) Changes(_ context.Context, from, to time.Time) (out []seal.Change, _ error) {
	for _, p := range m.h.list.Prices {
		if p.ValidFrom.After(from) && !p.ValidFrom.After(to) {
			out = append(out, seal.Change{At: p.ValidFrom, What: seal.Price, Market: p.Market, Code: "chateau-margaux", Year: 1990, SKU: p.SKU})
		}
	}
	slices.SortStableFunc(out, func(a, b seal.Change) int { return a.At.Compare(b.At) })
	return append(out, seal.Change{At: to, What: seal.Banner, Locale: "fr-FR", Code: "back"}, seal.Change{At: to, What: seal.Banner, Locale: "nl-BE", Code: "back"}, seal.Change{At: to, What: seal.Release, Code: "bordeaux-2025"}), nil
}

// answer is one answer, in process.
type answer struct {
	status int
	body   string
	header http.Header
}

// get asks the server of all hosts, with the headers given as pairs.
func (h *house) get(host, path string, headers ...string) answer {
	var c fasthttp.RequestCtx
	c.Request.SetRequestURI(path)
	c.Request.Header.SetHost(host)
	for i := 0; i+1 < len(headers); i += 2 {
		c.Request.Header.Set(headers[i], headers[i+1])
	}
	h.live.Handler()(&c)
	out := answer{c.Response.StatusCode(), string(c.Response.Body()), http.Header{}}
	for name, value := range c.Response.Header.All() {
		out.header.Add(string(name), string(value))
	}
	return out
}

// link for an edition, good for an hour.
func (h *house) link(e *market.Edition, at time.Time) seal.Link {
	return seal.Link{Locale: e.Locale.Tag(), At: at, Expires: today.AddDate(1, 0, 0)}
}

func (h *house) href(l seal.Link, path string) string { return preview.Prefix + h.seals.Seal(l) + path }

// someone is an address of a page.
type someone struct {
	edition *market.Edition
	node    *route.Node
}

// some pages that anybody may see, spread over all kinds and editions, the same each time.
func (h *house) some(n int) []someone {
	r := rand.New(rand.NewPCG(1, 2))
	nodes := h.snap.Routes.Nodes()
	var out []someone
	for _, page := range route.Static() {
		if node, ok := h.snap.Routes.Node(page); ok && !page.Kind.OfVisitor() && !page.Kind.PerAnswer() {
			out = append(out, someone{h.markets.Editions[len(out)%len(h.markets.Editions)], node})
		}
	}
	for len(out) < n {
		node, e := nodes[r.IntN(len(nodes))], h.markets.Editions[r.IntN(len(h.markets.Editions))]
		if k := node.Page.Kind; !k.OfVisitor() && !k.PerAnswer() {
			out = append(out, someone{e, node})
		}
	}
	return out
}
