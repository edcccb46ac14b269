package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"caveau/cmd/sink"
	"caveau/store/catalog"
	"caveau/store/mail"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/smtp"
	"caveau/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m, 1) }

// postOffice is a shop that sends its letters to a sink, and an order in it.
type postOffice struct {
	*Shop
	db   *storetest.DB
	sink *sink.Sink
	log  *bytes.Buffer
	seen int // mails that earlier tests caused
}

// TestPost is one office for all tests about it: what takes time is to open it.
func TestPost(t *testing.T) {
	p := newPostOffice(t)
	for name, test := range map[string]func(*testing.T, *postOffice){
		"every step of an order is a letter": everyStepOfAnOrderIsALetter, "a double has the same Message-ID": aDoubleHasTheSameMessageID,
		"a part is refunded by the staff": aPartIsRefundedByTheStaff,
		"letters wait for the server":     lettersWaitForTheServer, "a bad letter holds nobody up": aBadLetterHoldsNobodyUp,
	} {
		t.Run(name, func(t *testing.T) {
			p.exec(t, `DELETE FROM letter`)
			p.seen = len(p.sink.Mails())
			test(t, p)
		})
	}
}

// mails that came in this test, the newest first.
func (p *postOffice) mails() []sink.Mail {
	all := p.sink.Mails()
	return all[:len(all)-p.seen]
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	p := &postOffice{db: storetest.Database(t), log: &bytes.Buffer{}}
	if _, err := Migrate(t.Context(), p.db.PrimaryDSN); err != nil {
		t.Fatal(err)
	}
	p.stock(t)
	var err error
	if p.sink, err = sink.Start(t.Context(), "127.0.0.1:0", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	p.Shop = p.instance(t, p.sink.SMTP)
	return p
}

// stock a catalogue of one wine.
func (p *postOffice) stock(t *testing.T) {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	primary, err := mysql.OpenPrimary(p.db.PrimaryDSN, importLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer primary.Close()
	list := &catalog.List{
		About:     catalog.About{Code: "post"},
		Producers: []catalog.ProducerRow{{Code: "p", Name: "Château Test", Region: "france"}},
		Regions:   []catalog.RegionRow{{Code: "france", Name: "France", Country: "FR", Shape: catalog.Bordeaux}},
		Wines:     []catalog.WineRow{{Code: "w", Name: "Château Test", Producer: "p", Region: "france", Colour: catalog.Red, Style: catalog.Still}},
		Vintages:  []catalog.VintageRow{{Wine: "w", Year: 1990}},
		SKUs:      []catalog.SKURow{{Code: "A", Wine: "w", Year: 1990, Volume: 750, Pack: 1, Packaging: catalog.Loose, SaleType: catalog.InStock}},
		Stock:     []catalog.StockRow{{SKU: "A", Warehouse: "bordeaux", Available: 1000}},
	}
	for _, m := range markets.Markets {
		list.Prices = append(list.Prices, catalog.PriceRow{SKU: "A", Market: m.Code, Minor: 9000, ValidFrom: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	if _, err := primary.Import(t.Context(), list, markets, time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	p.db.Sync(t)
}

// instance is one more shop on the same database, which sends to addr.
func (p *postOffice) instance(t *testing.T, addr string) *Shop {
	t.Helper()
	config := Config{
		Addr: "127.0.0.1:1", AdminAddr: "127.0.0.1:1", Base: "https://{market}.example.com", PrimaryDSN: p.db.PrimaryDSN, ReplicaDSNs: p.db.ReplicaDSNs,
		RedisAddrs: []string{"127.0.0.1:1"}, Keys: []string{base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("k"), 32))}, CacheMB: 1, Leniency: 100,
		SMTP: SMTP{Addr: addr, TLS: string(smtp.None)},
	}
	s, err := New(config, slog.New(slog.NewTextHandler(p.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	go s.replicas.Watch(ctx)
	deadline := time.Now().Add(30 * time.Second)
	for err = s.catalogue.Load(ctx); err != nil; err = s.catalogue.Load(ctx) {
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	return s
}

func (p *postOffice) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := p.db.Primary.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (p *postOffice) place(t *testing.T, code, locale, name string) order.Placed {
	t.Helper()
	return p.placeSome(t, code, locale, name, 1)
}

func (p *postOffice) placeSome(t *testing.T, code, locale, name string, units int) order.Placed {
	t.Helper()
	m, _ := p.markets.Market(code)
	key, err := order.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	home := order.Address{Recipient: name, Line1: "1 rue Foy", Locality: "Bordeaux", Postcode: "33000", Country: m.Country}
	unit := money.Of(9000, m.Currency)
	total := unit.Times(int64(units))
	net, tax := order.Rate(m.VAT * 100).Included(total)
	placed, err := p.orders.Place(t.Context(), order.Request{
		Key: key, Market: code, Locale: locale, Warehouse: "bordeaux", Contact: order.Contact{Name: name, Email: "emilie@example.com"}, Delivery: home, Invoice: home,
		Method: order.Transfer, Total: total,
		Lines: []order.Line{{Kind: order.Wine, SKU: "A", SaleType: "stock", Title: "Château Test 1990", Quantity: units, Unit: unit, Net: net, Tax: tax}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

// due makes all letters due now.
func (p *postOffice) due(t *testing.T) {
	t.Helper()
	p.exec(t, `UPDATE letter SET next_at = UTC_TIMESTAMP(6) WHERE sent_at IS NULL`)
}

func (p *postOffice) unsent(t *testing.T) (n int) {
	t.Helper()
	if err := p.db.Primary.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM letter WHERE sent_at IS NULL`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Everything that can happen to an order, in an edition of each script: each becomes one mail in the order's language.
func everyStepOfAnOrderIsALetter(t *testing.T, p *postOffice) {
	ctx, by, before := t.Context(), order.Staff("anna"), p.worded(t)
	for _, e := range []struct{ code, locale, want string }{{"fr", "fr-FR", "commande"}, {"de", "de-DE", "Bestellung"}, {"hk", "zh-Hant-HK", "訂單"}} {
		paid := func(placed order.Placed, reference string) func() (order.Change, error) {
			return func() (order.Change, error) {
				return p.orders.Paid(ctx, order.Receipt{Number: placed.Number, Method: order.Transfer, Reference: reference, Amount: placed.Total})
			}
		}
		sold, cancelled, late := p.place(t, e.code, e.locale, "Émilie"), p.place(t, e.code, e.locale, "陳大文"), p.place(t, e.code, e.locale, "Émilie")
		for _, do := range []func() (order.Change, error){
			paid(sold, "1"+e.code), paid(sold, "2"+e.code),
			func() (order.Change, error) { return p.orders.Refunded(ctx, sold.Number, by, "") },
			func() (order.Change, error) { return p.orders.Ship(ctx, sold.Number, by, "1Z 999") },
			func() (order.Change, error) { return p.orders.Deliver(ctx, sold.Number, by, "") },
			func() (order.Change, error) { return p.orders.Refund(ctx, sold.Number, by, "corked") },
			func() (order.Change, error) { return p.orders.Refunded(ctx, sold.Number, by, "") },
			func() (order.Change, error) { return p.orders.Cancel(ctx, cancelled.Number, by, "") },
			func() (order.Change, error) { return p.orders.GiveUp(ctx, late.Number) },
		} {
			if _, err := do(); err != nil {
				t.Fatal(err)
			}
		}
		p.seen = len(p.sink.Mails())
		if err := p.post(ctx); err != nil {
			t.Fatal(err)
		}
		mails := p.mails()
		if len(mails) != len(mail.OrderTopics())+2 { // three confirmations
			t.Errorf("%s: %d mails", e.locale, len(mails))
		}
		files := map[string]int{}
		for _, m := range mails {
			if !strings.Contains(m.Subject+m.Text, e.want) || strings.Contains(m.Text, "⟦") || m.HTML == "" {
				t.Errorf("%s: mail %q: %.200s", e.locale, m.Subject, m.Text)
			}
			for _, f := range m.Files {
				files[f.Type]++
			}
		}
		if files["application/pdf"] != 2 || files["text/plain"] != 3 {
			t.Errorf("%s: files %v", e.locale, files)
		}
	}
	if n := p.unsent(t); n != 0 || len(p.log.String()) > 0 && strings.Contains(p.log.String(), "emilie") {
		t.Errorf("%d letters are left; log %s", n, p.log)
	}
	if n := p.worded(t) - before; n != 6 {
		t.Errorf("%d documents have their final words, want 6", n)
	}
}

// worded is how many documents have their final words.
func (p *postOffice) worded(t *testing.T) (n int) {
	t.Helper()
	if err := p.db.Primary.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM document WHERE sheet IS NOT NULL`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// The staff gives back the money for one bottle of three, twice with one reference; then notes that it went back. One letter says how
// much goes back and has the credit note with it, another that it went.
func aPartIsRefundedByTheStaff(t *testing.T, p *postOffice) {
	ctx := t.Context()
	placed := p.placeSome(t, "de", "de-DE", "Émilie", 3)
	if _, err := p.orders.Paid(ctx, order.Receipt{Number: placed.Number, Method: order.Transfer, Reference: "part", Amount: placed.Total}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	staff, err := OpenStaff(p.db.PrimaryDSN, "anna", &out)
	if err != nil {
		t.Fatal(err)
	}
	defer staff.Close()
	for range 2 {
		if err := staff.RefundLines(ctx, placed.Number, map[string]int{"A": 1}, order.Refund{Reference: "corked", Restock: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(staff.Refunded(ctx, placed.Number, ""), staff.Show(ctx, placed.Number), p.post(ctx)); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Count(got, "90.00 EUR goes back.\n") != 2 || strings.Count(got, "Decided before") != 1 || !strings.Contains(got, "credit") || !strings.Contains(got, "part of it") {
		t.Errorf("the staff reads %s", got)
	}
	said := map[string]int{}
	for _, m := range p.mails() {
		if strings.Contains(m.Text, "90,00") && strings.Contains(m.Subject, string(placed.Number)) {
			said[m.Subject] = len(m.Files)
		}
	}
	if len(said) != 2 || said["Teilrückzahlung für die Bestellung "+string(placed.Number)] != 1 || said["Teilbetrag für die Bestellung "+string(placed.Number)+" zurückgezahlt"] != 0 {
		t.Errorf("letters about the part: %v", said)
	}
}

// An instance dies after the server took a letter and before that was written down: it is sent again, with the same Message-ID, and
// says the same.
func aDoubleHasTheSameMessageID(t *testing.T, p *postOffice) {
	p.place(t, "fr", "fr-FR", "Émilie")
	if _, err := p.letters.Turn(t.Context()); err != nil {
		t.Fatal(err)
	}
	taken, err := p.letters.Take(t.Context(), 10) // by the instance that dies
	if err != nil || len(taken) != 1 {
		t.Fatal(taken, err)
	}
	m, err := p.message(t.Context(), p.catalogue.Snapshot(), taken[0])
	if err != nil {
		t.Fatal(err)
	}
	p.mailer.Send(t.Context(), []mail.Message{m}, func(_ int, err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	other := p.instance(t, p.sink.SMTP)
	if err := other.post(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(p.mails()); n != 1 {
		t.Fatalf("%d mails while the letter is in a hand, want 1", n)
	}
	p.due(t)
	if err := other.post(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := p.mails()
	if len(all) != 2 || all[0].Get("Message-Id") == "" || all[0].Get("Message-Id") != all[1].Get("Message-Id") || all[0].Text != all[1].Text {
		t.Errorf("mails %+v", all)
	}
	if id := all[0].Get("Message-Id"); !regexp.MustCompile(`^<letter\.\d+\.[0-9a-f]+@fr\.example\.com>$`).MatchString(id) {
		t.Errorf("Message-ID %s", id)
	}
	if err := other.post(t.Context()); err != nil || len(p.mails()) != 2 {
		t.Errorf("a letter that was sent is sent again (%v)", err)
	}
}

// With the mail server away letters wait, and none of them is given up; when it is back they are delivered.
func lettersWaitForTheServer(t *testing.T, p *postOffice) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close() //nolint:errcheck // nobody listens there now
	cut := p.instance(t, addr)
	for range 3 {
		p.place(t, "uk", "en-GB", "Ann")
	}
	for range 2 * mail.MaxTries {
		if err := cut.post(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.due(t)
	}
	if n := p.unsent(t); n != 3 {
		t.Errorf("%d letters wait, want 3", n)
	}
	if err := cut.countLetters(t.Context()); err != nil || cut.posted.waiting.Load() != 3 || cut.posted.givenUp.Load() != 0 {
		t.Errorf("%d wait, %d are given up (%v)", cut.posted.waiting.Load(), cut.posted.givenUp.Load(), err)
	}
	if err := p.post(t.Context()); err != nil || len(p.mails()) != 3 || p.unsent(t) != 0 {
		t.Errorf("%d mails came, %d letters are left (%v)", len(p.mails()), p.unsent(t), err)
	}
}

// A letter that cannot be written holds up no other, and is given up in the end.
func aBadLetterHoldsNobodyUp(t *testing.T, p *postOffice) {
	for n, l := range []mail.Letter{
		{Topic: "no.such", Market: "fr", Locale: "fr-FR", To: "emilie@example.com"},
		{Topic: mail.Paid, Market: "fr", Locale: "fr-FR", To: "emilie@example.com", Order: "FR-1"},
		{Topic: mail.Paid, Market: "xx", Locale: "fr-FR", To: "emilie@example.com"},
	} {
		p.exec(t, `INSERT INTO letter (topic, market, locale, recipient, number, data, tries) VALUES (?, ?, ?, ?, ?, '{}', ?)`,
			l.Topic, l.Market, l.Locale, l.To, l.Order, map[bool]int{true: mail.MaxTries - 1}[n == 0])
	}
	p.place(t, "fr", "fr-FR", "Émilie")
	if err := p.post(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(p.mails()); n != 1 {
		t.Errorf("%d mails came, want the good one", n)
	}
	if err := p.countLetters(t.Context()); err != nil || p.posted.waiting.Load() != 2 || p.posted.givenUp.Load() != 1 || p.posted.parked.Load() != 1 {
		t.Errorf("%d wait, %d given up, %d parked (%v)", p.posted.waiting.Load(), p.posted.givenUp.Load(), p.posted.parked.Load(), err)
	}
	for _, secret := range []string{"emilie@example.com", "pass="} {
		if strings.Contains(fmt.Sprint(p.log), secret) {
			t.Errorf("the log holds %s: %s", secret, p.log)
		}
	}
}
