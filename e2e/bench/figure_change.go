package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"caveau/store/route"
)

// changeLimit is the patience for a change to show.
const changeLimit = 10 * time.Second

// goods is a SKU whose page is watched.
type goods struct {
	id        int
	code      string
	warehouse string
	at        place // its vintage page in the French shop
}

// watched picks the SKU of the most popular wine that is in stock for the French shop.
func (b *bench) watched(ctx context.Context) (goods, error) {
	m, _ := b.markets.Market("fr")
	g := goods{warehouse: m.Warehouse}
	page := route.Page{Kind: route.Vintage}
	err := row(ctx, b.shop.primary, "a SKU in stock", `SELECT k.id, k.code, w.code, v.year
		FROM sku k JOIN vintage v ON v.id = k.vintage_id JOIN wine w ON w.id = v.wine_id
		JOIN stock t ON t.sku = k.code AND t.warehouse = ?
		WHERE t.available > 0 AND k.campaign = '' AND NOT k.withdrawn AND EXISTS (SELECT 1 FROM price p WHERE p.sku_id = k.id AND p.market = ?)
		ORDER BY w.popularity DESC, k.id LIMIT 1`, []any{m.Warehouse, m.Code}, &g.id, &g.code, &page.Code, &page.Year)
	if err != nil {
		return g, err
	}
	g.at, err = b.shop.find(ctx, b.markets.Of(m)[0], page)
	return g, err
}

// seen is how one change came to light, counted from the moment at which the statement was sent.
type seen struct {
	replicas time.Duration // all of them have it
	page     time.Duration // an answer shows it
	late     int           // answers to requests that were sent after all replicas had it, and that do not show it
}

// stockChange updates stock by hand and watches the replicas and the page at the same time.
func (b *bench) stockChange(ctx context.Context) ([]line, error) {
	g, err := b.watched(ctx)
	if err != nil {
		return nil, err
	}
	var replicas, pages, between []time.Duration
	late, times := 0, pick(b, 50, 15)
	for i := range times {
		s, err := b.oneStockChange(ctx, g, 100+i)
		if err != nil {
			return nil, err
		}
		replicas, pages, between = append(replicas, s.replicas), append(pages, s.page), append(between, s.page-s.replicas)
		late += s.late
	}
	return []line{{
		"`UPDATE stock` on the primary → next page load shows it",
		fmt.Sprintf("%d loads that began after all replicas had it did not show it (%d times); replicas p50 %s, p99 %s; page p50 %s, p99 %s; page after replicas p50 %s, p99 %s",
			late, times, millis(quantile(replicas, 0.5)), millis(quantile(replicas, 0.99)), millis(quantile(pages, 0.5)), millis(quantile(pages, 0.99)),
			millis(quantile(between, 0.5)), millis(quantile(between, 0.99))),
		"replica lag + 1 batch", judge(late == 0),
	}}, nil
}

func (b *bench) oneStockChange(ctx context.Context, g goods, available int) (seen, error) {
	shows := func(body []byte) bool { return offerSays(body, g.code, available) }
	watch, err := b.watch(g.at, shows)
	if err != nil {
		return seen{}, err
	}
	defer watch.close()
	began := time.Now()
	if _, err := b.shop.primary.ExecContext(ctx, `UPDATE stock SET available = ? WHERE sku = ? AND warehouse = ?`, available, g.code, g.warehouse); err != nil {
		return seen{}, fmt.Errorf("change the stock: %w", err)
	}
	var have time.Time
	var failed error
	var asking sync.WaitGroup
	asking.Go(func() { have, failed = b.replicated(ctx, g, available) })
	loads, err := watch.until(ctx)
	asking.Wait()
	if err := errors.Join(err, failed); err != nil {
		return seen{}, err
	}
	s := seen{replicas: have.Sub(began), page: loads[len(loads)-1].end.Sub(began)}
	for _, l := range loads[:len(loads)-1] {
		if l.start.After(have) {
			s.late++
		}
	}
	if shown, err := watch.look(); err != nil || !shown { // it began after all replicas had it, whoever was first
		s.late++
		return s, err
	}
	return s, nil
}

// replicated is when every replica has a level.
func (b *bench) replicated(ctx context.Context, g goods, available int) (time.Time, error) {
	for _, db := range b.shop.replicas {
		for end := time.Now().Add(changeLimit); ; {
			var have int
			if err := row(ctx, db, "the stock on a replica", `SELECT available FROM stock WHERE sku = ? AND warehouse = ?`, []any{g.code, g.warehouse}, &have); err != nil {
				return time.Time{}, err
			}
			if have == available {
				break
			}
			if time.Now().After(end) {
				return time.Time{}, errors.New("a replica does not get a change of stock")
			}
		}
	}
	return time.Now(), nil
}

// offerSays whether the offer of a SKU names a number.
func offerSays(page []byte, sku string, n int) bool {
	_, offer, found := bytes.Cut(page, []byte(`data-sku="`+sku+`"`))
	if !found {
		return false
	}
	offer, _, _ = bytes.Cut(offer, []byte("</label>"))
	_, words, _ := bytes.Cut(offer, []byte(`class="stock"`))
	return regexp.MustCompile(`\b` + strconv.Itoa(n) + `\b`).Match(words)
}

// priceChange writes new prices into the log, each a cent higher.
func (b *bench) priceChange(ctx context.Context) ([]line, error) {
	g, err := b.watched(ctx)
	if err != nil {
		return nil, err
	}
	var took []time.Duration
	for i := range pick(b, 50, 15) {
		minor := 7_654_300 + i
		d, err := b.change(ctx, g.at, fmt.Sprintf(`"price":"%d.%02d"`, minor/100, minor%100), func() error {
			_, err := b.shop.primary.ExecContext(ctx, `INSERT INTO price (sku_id, market, minor, valid_from) VALUES (?, 'fr', ?, UTC_TIMESTAMP(6))`, g.id, minor)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("change a price: %w", err)
		}
		took = append(took, d)
	}
	return []line{second("a price inserted → a page shows it", took)}, nil
}

// textChange gives a region another name; the whole catalogue is read anew for that.
func (b *bench) textChange(ctx context.Context) ([]line, error) {
	at, id, old, err := b.text(ctx)
	if err != nil {
		return nil, err
	}
	var took []time.Duration
	rename := func(name string) error {
		_, err := b.shop.primary.ExecContext(ctx, `UPDATE text SET value = ? WHERE id = ?`, name, id)
		return err
	}
	for i := range pick(b, 10, 5) {
		name := fmt.Sprintf("%s %d", old, 1000+i)
		d, err := b.change(ctx, at, name, func() error { return rename(name) })
		if err != nil {
			return nil, fmt.Errorf("change a text: %w", err)
		}
		took = append(took, d)
	}
	return []line{second("a text updated → a page shows it", took)}, rename(old)
}

// text is the name of a region in some language, and the region's page in a shop of that language.
func (b *bench) text(ctx context.Context) (at place, id int, name string, err error) {
	for _, e := range b.markets.Editions {
		var code string
		err = b.shop.primary.QueryRowContext(ctx, `SELECT t.id, t.code, t.value FROM text t JOIN region r ON r.code = t.code
			WHERE t.kind = 'region' AND t.field = 'name' AND t.language = ? AND r.parent <> '' ORDER BY t.id LIMIT 1`, e.Locale.Language()).Scan(&id, &code, &name)
		if err == nil {
			at, err = b.shop.find(ctx, e, route.Page{Kind: route.Region, Code: code})
			return at, id, name, err
		}
		if !errors.Is(err, sql.ErrNoRows) {
			break
		}
	}
	return at, 0, "", fmt.Errorf("find a localized name of a region: %w", err)
}

// second is the line of something that must show within one.
func second(what string, took []time.Duration) line {
	p99 := quantile(took, 0.99)
	return line{what, fmt.Sprintf("p50 %s, p99 %s (%d times)", millis(quantile(took, 0.5)), millis(p99), len(took)), "p99 1 s", judge(p99 <= time.Second)}
}

// change is how long it takes from sending a statement until a page holds some text, which it must not hold before.
func (b *bench) change(ctx context.Context, at place, text string, do func() error) (time.Duration, error) {
	watch, err := b.watch(at, func(body []byte) bool { return strings.Contains(string(body), text) })
	if err != nil {
		return 0, err
	}
	defer watch.close()
	began := time.Now()
	if err := do(); err != nil {
		return 0, err
	}
	loads, err := watch.until(ctx)
	if err != nil {
		return 0, err
	}
	return loads[len(loads)-1].end.Sub(began), nil
}

// watch loads one page again and again until it shows something.
type watch struct {
	*conn
	request []byte
	shows   func(body []byte) bool
	at      place
}

// load is one of the page.
type load struct{ start, end time.Time }

func (b *bench) watch(at place, shows func(body []byte) bool) (*watch, error) {
	c, err := dial(b.shop.port, time.Now().Add(2*changeLimit))
	if err != nil {
		return nil, err
	}
	w := &watch{c, at.request(), shows, at}
	if already, err := w.look(); already || err != nil {
		w.close()
		return nil, errors.Join(err, fmt.Errorf("%s shows the change beforehand, or cannot be read", at.url()))
	}
	return w, nil
}

func (w *watch) close() { w.Close() } //nolint:errcheck // it only read

func (w *watch) look() (bool, error) {
	got, err := w.do(w.request)
	if err != nil {
		return false, err
	}
	if got.status != 200 {
		return false, fmt.Errorf("%s: status %d", w.at.url(), got.status)
	}
	body, err := unzip(got.body)
	return err == nil && w.shows(body), err
}

// until loads until the page shows it, and returns all loads; the last one shows it.
func (w *watch) until(ctx context.Context) ([]load, error) {
	var loads []load
	for end := time.Now().Add(changeLimit); time.Now().Before(end) && ctx.Err() == nil; {
		l := load{start: time.Now()}
		shown, err := w.look()
		if err != nil {
			return nil, err
		}
		l.end = time.Now()
		loads = append(loads, l)
		if shown {
			return loads, nil
		}
	}
	return nil, errors.Join(ctx.Err(), fmt.Errorf("%s did not show the change within %s", w.at.url(), changeLimit))
}
