package mysql_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"caveau/store/alert"
	"caveau/store/catalog"
	"caveau/store/mysql"
)

// watch is a shop with alerts. It holds no stock of M-90 and M-90-M at first.
type watch struct {
	*shop
	alerts    *mysql.Alerts
	catalogue *mysql.Catalogue
	letters   uint64 // id of the last letter that was read
}

func newWatch(t *testing.T) *watch {
	t.Helper()
	w := &watch{shop: newShop(t)}
	list := small()
	list.Stock = []catalog.StockRow{{SKU: "M-90", Warehouse: "bordeaux"}, {SKU: "M-90-M", Warehouse: "bordeaux"}}
	w.importList(t, list)
	w.alerts, w.catalogue = mysql.NewAlerts(w.primary), w.shop.catalogue(t)
	return w
}

// plain writes the words of the tests' letters.
type plain struct{}

func (plain) Words(_ *catalog.Snapshot, a alert.Alert, sku *catalog.SKU) (alert.Words, bool) {
	return alert.Words{Facts: map[string]string{"wine": sku.Code, "link": "/vin"}, Page: "/alertes"}, true
}

// teller is an instance that tells.
func (w *watch) teller(alerts *mysql.Alerts) *alert.Teller {
	return &alert.Teller{Book: alerts, Catalogue: w.catalogue, Markets: w.markets, Writer: plain{}, Now: time.Now, Logger: w.logger}
}

// round is one look of a new instance.
func (w *watch) round(t *testing.T) int {
	t.Helper()
	told, err := w.teller(w.alerts).Round(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// letter is a row of table letter.
type letter struct {
	Topic, To string
	Data      map[string]string
}

// token of a link of the letter.
func (l letter) token(t *testing.T, of string) alert.Token {
	t.Helper()
	u, err := url.Parse(l.Data[of])
	if err != nil {
		t.Fatal(err)
	}
	token, err := alert.ParseToken(u.Query().Get("token"))
	if err != nil {
		t.Fatalf("%s of %s: %q", of, l.Topic, l.Data[of])
	}
	return token
}

// post is the letters written since it was last read.
func (w *watch) post(t *testing.T) []letter {
	t.Helper()
	rows, err := w.Primary.QueryContext(t.Context(), `SELECT id, topic, recipient, data FROM letter WHERE id > ? ORDER BY id`, w.letters)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []letter
	for rows.Next() {
		var l letter
		var data []byte
		if err := errors.Join(rows.Scan(&w.letters, &l.Topic, &l.To, &data), json.Unmarshal(data, &l.Data)); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// only is the one letter that was written.
func (w *watch) only(t *testing.T, topic string) letter {
	t.Helper()
	got := w.post(t)
	if len(got) != 1 || got[0].Topic != topic {
		t.Fatalf("letters %+v, want one %s", got, topic)
	}
	return got[0]
}

func (w *watch) asks(t *testing.T, a alert.Alert) {
	t.Helper()
	a.Market, a.Locale = "fr", "fr-FR"
	r := alert.Request{Alert: a, Words: alert.Words{Facts: map[string]string{"wine": a.Key()}, Page: "/alertes"}}
	if err := w.alerts.Ask(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

// waits asks and confirms.
func (w *watch) waits(t *testing.T, a alert.Alert) {
	t.Helper()
	w.asks(t, a)
	if _, err := w.alerts.Confirm(t.Context(), w.only(t, "alert.confirm").token(t, "link")); err != nil {
		t.Fatal(err)
	}
}

// crowd is so many who wait for M-90, without letters: the order of asking is that of their numbers.
func (w *watch) crowd(t testing.TB, n int) { w.crowdFor(t, n, "stock", "sku:M-90") }

// crowdFor something. It comes in parts, for a statement must not take long.
func (w *watch) crowdFor(t testing.TB, n int, kind, subject string) {
	t.Helper()
	const part = 5000
	for from := 1; from <= n; from += part {
		query := fmt.Sprintf(`INSERT INTO alert (what, waiting, email, market, locale, kind, subject, below, after_year, state, asked_at, confirmed_at)
			SELECT UNHEX(SHA2(CONCAT(seq, ?), 256)), TRUE, CONCAT(seq, '@example.com'), 'fr', 'fr-FR', ?, ?, IF(? = 'price', 1, 0), 0, 'confirmed',
				UTC_TIMESTAMP(6) - INTERVAL 1 DAY, UTC_TIMESTAMP(6) - INTERVAL 1 DAY FROM seq_%d_to_%d`, from, min(n, from+part-1))
		if _, err := w.Primary.ExecContext(t.Context(), query, subject, kind, subject, kind); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *watch) stock(t testing.TB, sku string, n int) {
	t.Helper()
	if _, err := w.Primary.ExecContext(t.Context(), `UPDATE stock SET available = ? WHERE sku = ? AND warehouse = 'bordeaux'`, n, sku); err != nil {
		t.Fatal(err)
	}
}

// follow lets the snapshot catch up with what was written.
func (w *watch) follow(t *testing.T) {
	t.Helper()
	w.Sync(t)
	if err := w.catalogue.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
}

var (
	magnum    = alert.Subject{SKU: "M-90-M"}
	anyFormat = alert.Subject{Wine: "chateau-margaux", Year: 1990}
)

func TestAnAlertWaitsOnlyOnceItsOwnerHasConfirmed(t *testing.T) {
	w := newWatch(t)
	w.asks(t, alert.Alert{Email: "emilie@example.com", Kind: alert.Stock, Subject: magnum})
	asked := w.only(t, "alert.confirm")
	w.stock(t, "M-90-M", 3)
	if n := w.round(t); n != 0 || len(w.post(t)) > 0 {
		t.Errorf("%d were told without having confirmed", n)
	}
	if found, err := w.alerts.Peek(t.Context(), asked.token(t, "link"), alert.ToConfirm); err != nil || found.State != alert.Asked || found.Subject.Key() != "sku:M-90-M" {
		t.Errorf("the link opens %+v: %v", found, err)
	}
	if _, err := w.alerts.Confirm(t.Context(), asked.token(t, "unsubscribe")); !errors.Is(err, alert.ErrUnknown) {
		t.Errorf("the other link of the letter confirms: %v", err)
	}
	if _, err := w.alerts.Confirm(t.Context(), asked.token(t, "link")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.alerts.Confirm(t.Context(), asked.token(t, "link")); !errors.Is(err, alert.ErrUnknown) {
		t.Errorf("the link works twice: %v", err)
	}
	// It came between asking and confirming: that is told as well, and once.
	if n := w.round(t); n != 1 {
		t.Fatalf("%d told", n)
	}
	told := w.only(t, "alert.stock")
	if told.To != "emilie@example.com" || told.Data["wine"] != "M-90-M" || told.Data["link"] == "" {
		t.Errorf("the letter is %+v", told)
	}
	w.stock(t, "M-90-M", 0)
	w.stock(t, "M-90-M", 5)
	if n := w.round(t); n != 0 {
		t.Errorf("told again, %d times", n)
	}
	w.keepsNoToken(t, asked, told)
}

// keepsNoToken looks for the links of letters in the tables of alerts.
func (w *watch) keepsNoToken(t *testing.T, letters ...letter) {
	t.Helper()
	for _, l := range letters {
		token := l.token(t, "unsubscribe")
		var n int
		if err := w.Primary.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM alert_token WHERE LEFT(token, 16) = ? OR token = ?`, token[:], token.String()).Scan(&n); err != nil || n > 0 {
			t.Errorf("the token itself is in the table: %v", err)
		}
	}
}

func TestAskingAgainAndOverTheBounds(t *testing.T) {
	w := newWatch(t)
	a := alert.Alert{Email: "emilie@example.com", Kind: alert.Stock, Subject: anyFormat}
	w.asks(t, a)
	first := w.only(t, "alert.confirm")
	w.asks(t, a)
	if _, err := w.alerts.Confirm(t.Context(), first.token(t, "link")); !errors.Is(err, alert.ErrUnknown) {
		t.Errorf("the link of the earlier letter: %v", err)
	}
	if _, err := w.alerts.Confirm(t.Context(), w.only(t, "alert.confirm").token(t, "link")); err != nil {
		t.Fatal(err)
	}
	w.asks(t, a) // waits already: nothing
	a.Email = "EMILIE@example.com"
	w.asks(t, a) // the same address
	if got := w.post(t); len(got) > 0 {
		t.Errorf("letters about what waits already: %+v", got)
	}
	for i := range 2 * alert.AskedAnHour {
		w.asks(t, alert.Alert{Email: "victim@example.com", Kind: alert.Price, Subject: magnum, Below: int64(i + 1)})
	}
	if got := w.post(t); len(got) != alert.AskedAnHour {
		t.Errorf("a stranger has %d letters sent to somebody", len(got))
	}
	var all sync.WaitGroup
	for i := range 2 * alert.AskedAMinute {
		all.Go(func() {
			w.asks(t, alert.Alert{Email: fmt.Sprint(i, "@example.com"), Kind: alert.Stock, Subject: magnum})
		})
	}
	all.Wait()
	if got := w.post(t); len(got) > 2*alert.AskedAMinute-1 { // a minute may have turned
		t.Errorf("%d letters at once", len(got))
	}
}

func TestEndingAnAlertEmptiesItsAddress(t *testing.T) {
	w := newWatch(t)
	a := alert.Alert{Email: "emilie@example.com", Kind: alert.Stock, Subject: magnum}
	w.asks(t, a)
	one := w.only(t, "alert.confirm")
	a.Subject = anyFormat
	w.waits(t, a)
	a.Email = "other@example.com"
	w.waits(t, a)
	for range 2 { // it may be done twice
		if _, err := w.alerts.Stop(t.Context(), one.token(t, "unsubscribe"), false); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.alerts.Confirm(t.Context(), one.token(t, "link")); !errors.Is(err, alert.ErrUnknown) {
		t.Errorf("what is ended can be confirmed: %v", err)
	}
	w.stock(t, "M-90-M", 10)
	if n := w.round(t); n != 2 {
		t.Fatalf("%d told, want the two that wait for any format", n)
	}
	told := w.post(t)
	if _, err := w.alerts.Stop(t.Context(), told[0].token(t, "unsubscribe"), true); err != nil {
		t.Fatal(err)
	}
	var left string
	if err := w.Primary.QueryRowContext(t.Context(), `SELECT GROUP_CONCAT(email) FROM alert WHERE email <> ''`).Scan(&left); err != nil || left != "other@example.com" {
		t.Errorf("addresses %q are left: %v", left, err)
	}
	w.exec(t, `UPDATE alert SET over_at = over_at - INTERVAL 31 DAY`)
	if n, err := w.alerts.Purge(t.Context()); err != nil || n != 3 {
		t.Errorf("%d deleted a month later: %v", n, err)
	}
	w.asks(t, alert.Alert{Email: "late@example.com", Kind: alert.Stock, Subject: magnum})
	w.exec(t, `UPDATE alert SET asked_at = asked_at - INTERVAL 8 DAY`)
	if n, err := w.alerts.Purge(t.Context()); err != nil || n != 1 {
		t.Errorf("%d deleted that nobody confirmed: %v", n, err)
	}
	var tokens int
	if err := w.Primary.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM alert_token`).Scan(&tokens); err != nil || tokens != 0 {
		t.Errorf("%d links are left: %v", tokens, err)
	}
}

// More wait than there is: as many are told as there are bottles, in the order of asking, the next ones after a pause.
func TestWavesAreAsLargeAsTheStock(t *testing.T) {
	w := newWatch(t)
	w.crowd(t, 10)
	told := func() string {
		var to []string
		for _, l := range w.post(t) {
			to = append(to, strings.TrimSuffix(l.To, "@example.com"))
		}
		return strings.Join(to, " ")
	}
	w.stock(t, "M-90", 3)
	w.round(t)
	if got := told(); got != "1 2 3" {
		t.Errorf("told %q", got)
	}
	w.stock(t, "M-90", 2)
	w.round(t)
	if got := told(); got != "" {
		t.Errorf("told %q within the pause", got)
	}
	w.exec(t, `UPDATE stock_rise SET next_at = next_at - INTERVAL 6 HOUR, wave_at = wave_at - INTERVAL 6 HOUR`)
	w.round(t)
	if got := told(); got != "4 5" {
		t.Errorf("told %q after the pause, of two that are left", got)
	}
	w.stock(t, "M-90", 0)
	w.stock(t, "M-90", 1) // new ones are told at once
	w.round(t)
	if got := told(); got != "6" {
		t.Errorf("told %q of a new bottle", got)
	}
	w.exec(t, `UPDATE stock_rise SET next_at = next_at - INTERVAL 6 HOUR, wave_at = wave_at - INTERVAL 6 HOUR`)
	w.stock(t, "M-90", 300)
	w.round(t)
	if got := told(); got != "7 8 9 10" {
		t.Errorf("told %q where there is enough", got)
	}
}

func TestOtherWarehousesAndOtherSKUsTellNobody(t *testing.T) {
	w := newWatch(t)
	w.crowd(t, 1)
	w.stock(t, "M-90-M", 5)
	w.exec(t, `INSERT INTO stock (sku, warehouse, available) VALUES ('M-90', 'hong-kong', 5)`)
	if n := w.round(t); n != 0 {
		t.Errorf("%d told", n)
	}
	// What rose and fell before anybody looked is told to nobody either.
	w.stock(t, "M-90", 5)
	w.stock(t, "M-90", 0)
	if n := w.round(t); n != 0 {
		t.Errorf("%d told of what is gone again", n)
	}
}

// Four instances look at the same time, over connections that lose the answers of COMMITs, and one dies in the middle of telling: each is
// told exactly once.
func TestEachIsToldOnceWhoeverTells(t *testing.T) {
	w := newWatch(t)
	const people = 600
	w.crowd(t, people)
	for i := range 20 {
		w.waitsForPrice(t, i)
	}
	l, dsn := newLossy(t, w.PrimaryDSN, 3)
	w.stock(t, "M-90", people)
	var all sync.WaitGroup
	var left atomic.Int64
	left.Store(4)
	for i := range 4 {
		alerts := mysql.NewAlerts(openPrimary(t, dsn))
		teller := w.teller(alerts)
		ctx, die := context.WithCancel(t.Context())
		if i == 0 {
			teller.Writer = dying{die}
		}
		all.Go(func() {
			defer die()
			for range 60 {
				teller.Round(ctx) //nolint:errcheck // the next round mends it, and the count below tells
			}
			left.Add(-1)
		})
	}
	all.Wait()
	seen := map[string]int{}
	for _, l := range w.post(t) {
		seen[l.Topic+" "+l.To]++
	}
	for who, n := range seen {
		if n != 1 {
			t.Errorf("%s: %d letters", who, n)
		}
	}
	if len(seen) != people+20 || l.lost.Load() == 0 {
		t.Errorf("%d of %d told; %d answers lost", len(seen), people+20, l.lost.Load())
	}
}

// Of five bottles no more than five people are told, however many tell.
func TestAWaveIsOneWaveWhoeverTells(t *testing.T) {
	w := newWatch(t)
	w.crowd(t, 300)
	const bottles = 5
	var tellers []*alert.Teller
	for range 8 {
		tellers = append(tellers, w.teller(mysql.NewAlerts(openPrimary(t, w.PrimaryDSN))))
	}
	for range 8 {
		w.stock(t, "M-90", bottles)
		var all sync.WaitGroup
		for _, teller := range tellers {
			all.Go(func() {
				if _, err := teller.Round(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := w.post(t); len(got) != bottles {
			t.Errorf("%d told of %d bottles", len(got), bottles)
		}
		w.stock(t, "M-90", 0)
	}
}

func (w *watch) waitsForPrice(t *testing.T, i int) {
	t.Helper()
	w.waits(t, alert.Alert{Email: fmt.Sprint("price-", i, "@example.com"), Kind: alert.Price, Subject: magnum, Below: 109_000})
}

// dying is an instance that is killed while it finds the words of a letter.
type dying struct{ kill func() }

func (d dying) Words(snap *catalog.Snapshot, a alert.Alert, sku *catalog.SKU) (alert.Words, bool) {
	if a.ID%7 == 3 {
		d.kill()
	}
	return plain{}.Words(snap, a, sku)
}

func TestPricesAreToldWhenTheyHaveComeDown(t *testing.T) {
	w := newWatch(t)
	for below, who := range map[int64]string{100_000: "exactly@example.com", 99_999: "less@example.com"} {
		w.waits(t, alert.Alert{Email: who, Kind: alert.Price, Subject: magnum, Below: below})
	}
	teller := w.teller(w.alerts)
	look := func(want int) {
		t.Helper()
		if n, err := teller.Round(t.Context()); err != nil || n != want {
			t.Errorf("%d told, want %d: %v", n, want, err)
		}
	}
	price := func(market string, minor int) {
		w.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, ?, ?, UTC_TIMESTAMP(6) FROM sku WHERE code = 'M-90-M'`, market, minor)
		w.follow(t)
	}
	look(0)
	price("de", 50_000) // another shop's
	look(0)
	price("fr", 100_001)
	look(0)
	price("fr", 100_000)
	look(1)
	if l := w.only(t, "alert.price"); l.To != "exactly@example.com" {
		t.Errorf("told %s", l.To)
	}
	look(0)
	// All instances were down when it came down further; and an alert that is confirmed when it is true already.
	price("fr", 90_000)
	teller = w.teller(w.alerts)
	look(1)
	w.only(t, "alert.price")
	w.waits(t, alert.Alert{Email: "late@example.com", Kind: alert.Price, Subject: magnum, Below: 95_000})
	look(1)
}

func TestTheNextVintageIsToldOnceItHasAPrice(t *testing.T) {
	w := newWatch(t)
	w.waits(t, alert.Alert{Email: "emilie@example.com", Kind: alert.Vintage, Subject: alert.Subject{Wine: "chateau-margaux", Year: alert.AnyYear}, After: 2015})
	if n := w.round(t); n != 0 {
		t.Errorf("%d told of the vintage that was there", n)
	}
	list := small()
	list.Vintages = append(list.Vintages, catalog.VintageRow{Wine: "chateau-margaux", Year: 2016})
	list.SKUs = append(list.SKUs, catalog.SKURow{Code: "M-16", Wine: "chateau-margaux", Year: 2016, Volume: 750, Pack: 1, Packaging: catalog.Loose, SaleType: catalog.InStock})
	w.importList(t, list)
	w.follow(t)
	if n := w.round(t); n != 0 {
		t.Errorf("%d told of a vintage without a price", n)
	}
	list.Prices = append(list.Prices, catalog.PriceRow{SKU: "M-16", Market: "fr", Minor: 62_000, ValidFrom: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
	w.importList(t, list)
	w.follow(t)
	if n := w.round(t); n != 1 {
		t.Errorf("%d told", n)
	}
	if l := w.only(t, "alert.vintage"); l.Data["wine"] != "M-16" {
		t.Errorf("told of %s", l.Data["wine"])
	}
}
