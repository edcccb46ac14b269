package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/mysql"
	"caveau/store/route"
	"caveau/templates/live"
	"caveau/web/view"
)

// naive makes a page the usual way, anew for every request: one SELECT on a replica for the SKUs of the page, render, gzip. It has
// the catalogue in memory like the shop, and reuses its buffers and compressors.
type naive struct {
	hosts    map[string][]*market.Edition // by host without port
	site     *view.Site
	snap     *catalog.Snapshot
	rules    *law.Rules
	codes    []string // by slot
	replicas []*sql.DB
	next     atomic.Uint32
	workers  sync.Pool // *naiveWorker
}

// naiveWorker is what one request needs and the next one may reuse.
type naiveWorker struct {
	page, filled, zipped bytes.Buffer
	holes                live.Recorder
	zip                  *gzip.Writer
}

// usualLevel is the usual level of gzip.
const usualLevel = 5

func newNaive(config floorConfig) (fiber.Handler, error) {
	markets, err := market.Load()
	if err != nil {
		return nil, err
	}
	n := &naive{hosts: map[string][]*market.Edition{}}
	for _, m := range markets.Markets {
		n.hosts[m.Code+".localhost"] = markets.Of(m)
	}
	n.workers.New = func() any {
		w := &naiveWorker{}
		w.zip, _ = gzip.NewWriterLevel(&w.zipped, usualLevel) // the level is ours: no error
		return w
	}
	if err := n.load(markets, config.Replicas); err != nil {
		return nil, err
	}
	if n.site, err = newSite(markets, n.rules, config.Base); err != nil {
		return nil, err
	}
	for _, dsn := range config.Replicas {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return nil, fmt.Errorf("open a replica: %w", err)
		}
		db.SetMaxOpenConns(mysql.DefaultLimits.Connections)
		db.SetMaxIdleConns(mysql.DefaultLimits.Connections)
		n.replicas = append(n.replicas, db)
	}
	return n.answer, nil
}

func newSite(markets *market.Table, rules *law.Rules, base string) (*view.Site, error) {
	messages, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	of := func(code string) string { return strings.ReplaceAll(base, "{market}", code) }
	return view.New(view.Config{Markets: markets, Messages: messages, Assets: assets, Base: of, Now: time.Now, Rules: func() *law.Rules { return rules }})
}

// load reads the catalogue and the rules of law as the shop does.
func (n *naive) load(markets *market.Table, dsns []string) (err error) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	logger := slog.New(slog.DiscardHandler)
	replicas, err := mysql.OpenReplicas(dsns, mysql.DefaultLimits, logger)
	if err != nil {
		return err
	}
	defer replicas.Close() //nolint:errcheck // it only read
	replicas.Watch(ctx)
	if n.rules, err = replicas.LoadRules(ctx, markets); err != nil {
		return err
	}
	slots := map[string]uint32{}
	slot := func(sku string) uint32 {
		if _, ok := slots[sku]; !ok {
			slots[sku] = uint32(len(n.codes))
			n.codes = append(n.codes, sku)
		}
		return slots[sku]
	}
	c := mysql.NewCatalogue(replicas, markets, slot, logger, nil)
	if err := c.Load(ctx); err != nil {
		return err
	}
	n.snap = c.Snapshot()
	return nil
}

var errNoVintage = errors.New("no vintage page")

// answer is one request. Which SKUs a page shows (its own, and those of the wines beside it) is known once it is rendered, so the SELECT
// comes then, and its numbers are put into the places that wait for them: a few copies, small beside the rest.
func (n *naive) answer(c *fiber.Ctx) error {
	edition, node, err := n.find(c.Hostname(), c.Path())
	if err != nil {
		return err
	}
	w := n.workers.Get().(*naiveWorker)
	defer n.workers.Put(w)
	if err := n.render(w, edition, node); err != nil {
		return err
	}
	asOf := time.Now()
	left, err := n.read(c.Context(), w.holes.Holes, edition.Market.Warehouse)
	if err != nil {
		return err
	}
	if err := w.compress(reading(left, asOf)); err != nil {
		return err
	}
	h := &c.Response().Header
	h.SetContentType(fiber.MIMETextHTMLCharsetUTF8)
	h.Set(fiber.HeaderContentEncoding, "gzip")
	h.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Response().SetBody(w.zipped.Bytes())
	return nil
}

// find is the vintage page of an address.
func (n *naive) find(host, path string) (*market.Edition, *route.Node, error) {
	host, _, _ = strings.Cut(host, ":")
	editions := n.hosts[host]
	if len(editions) == 0 {
		return nil, nil, errNoVintage
	}
	edition := editions[0]
	for _, other := range editions[1:] {
		if after, ok := strings.CutPrefix(path, other.Prefix+"/"); ok {
			edition, path = other, "/"+after
		}
	}
	node, moved, ok := n.snap.Routes.Find(edition.Locale.Language(), path)
	if !ok || moved || node.Page.Kind != route.Vintage {
		return nil, nil, errNoVintage
	}
	return edition, node, nil
}

func (n *naive) render(w *naiveWorker, e *market.Edition, node *route.Node) error {
	page, err := n.site.Page(n.snap, e, node, 1)
	if err != nil {
		return err
	}
	w.page.Reset()
	w.holes.Holes = w.holes.Holes[:0]
	if err := page.Render(live.Record(context.Background(), &w.holes), &w.page); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	return nil
}

// read asks a replica for the stock of all SKUs that a page shows. The replicas take turns.
func (n *naive) read(ctx context.Context, holes []live.Hole, warehouse string) (map[uint32]int, error) {
	slots := map[string]uint32{}
	args := []any{warehouse}
	for _, hole := range holes {
		for _, slot := range hole.Stock {
			code := n.codes[slot]
			if _, asked := slots[code]; !asked {
				slots[code] = slot
				args = append(args, code)
			}
		}
	}
	if len(slots) == 0 {
		return nil, nil
	}
	query := "SELECT sku, available FROM stock WHERE warehouse = ? AND sku IN (?" + strings.Repeat(",?", len(slots)-1) + ")"
	db := n.replicas[int(n.next.Add(1))%len(n.replicas)]
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the stock: %w", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says it
	left := make(map[uint32]int, len(slots))
	for rows.Next() {
		var code string
		var available int
		if err := rows.Scan(&code, &available); err != nil {
			return nil, fmt.Errorf("read the stock: %w", err)
		}
		left[slots[code]] = available
	}
	return left, rows.Err()
}

func reading(left map[uint32]int, asOf time.Time) live.Reading {
	return live.Reading{
		Count: func(slots live.Stock) int {
			count := 0
			for _, slot := range slots {
				count += left[slot]
			}
			return count
		},
		At: asOf,
	}
}

// compress fills the holes of the rendered page and compresses it.
func (w *naiveWorker) compress(r live.Reading) error {
	if err := w.fill(w.page.Bytes(), w.holes.Holes, r); err != nil {
		return err
	}
	w.zipped.Reset()
	w.zip.Reset(&w.zipped)
	if _, err := w.zip.Write(w.filled.Bytes()); err != nil {
		return err
	}
	return w.zip.Close()
}

var errHoles = errors.New("the page has other holes than were recorded")

// fill puts the words into the holes and takes the marks of shared parts away.
func (w *naiveWorker) fill(raw []byte, holes []live.Hole, r live.Reading) error {
	w.filled.Reset()
	for _, hole := range holes {
		at := bytes.IndexByte(raw, live.Marker)
		if at < 0 {
			return errHoles
		}
		w.own(raw[:at])
		w.filled.Write(hole.Words(r).Text)
		raw = raw[at+1:]
	}
	w.own(raw)
	return nil
}

// own adds rendered bytes without the marks.
func (w *naiveWorker) own(raw []byte) {
	for {
		at := bytes.IndexByte(raw, live.SharedStart)
		if at < 0 {
			w.filled.Write(raw)
			return
		}
		end := at + bytes.IndexByte(raw[at:], live.SharedEnd)
		w.filled.Write(raw[:at])
		w.filled.Write(raw[at+1 : end])
		raw = raw[end+1:]
	}
}
