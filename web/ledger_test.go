package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"caveau/store/invoice"
	"caveau/store/ledger"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/web"
)

// fakeLedger is a web.Ledger with what a test writes into it; the key "" is an error.
type fakeLedger map[string][]ledger.Milestone

func (l fakeLedger) Milestones(context.Context, order.Number) (map[string][]ledger.Milestone, error) {
	if _, away := l[""]; away {
		return nil, errors.New("connection refused")
	}
	return l, nil
}

// aged is a shop with an order of a case en primeur, paid on the sixth of May, and what the ledger says of it.
func aged(t *testing.T, log fakeLedger, change func(*order.Order)) (*shop, string) {
	t.Helper()
	unit := money.Of(241_200, "EUR")
	o := order.Order{
		Number: "FR-100000", Market: "fr", Contact: order.Contact{Name: "Anne", Email: "anne@example.com"}, State: order.Paid, PlacedAt: today,
		Delivery: order.Address{Recipient: "Anne", Line1: "1 rue Foy", Postcode: "33000", Locality: "Bordeaux", Country: "FR"},
		Lines: []order.Line{{Kind: order.Wine, SKU: "M25-75-6", SaleType: "primeur", Title: "Château Margaux 2025", Quantity: 1, Unit: unit, Net: unit, Tax: money.Of(0, "EUR"),
			Promise: order.Promise{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true, Told: true}}},
		Events: []order.Event{{State: order.Awaiting, At: today}, {State: order.Paid, At: time.Date(2026, 5, 6, 23, 30, 0, 0, time.UTC)}},
	}
	if change != nil {
		change(&o)
	}
	f := &fakeLeaving{orders: map[order.Number]order.Order{o.Number: o}, keys: map[order.Key]order.Number{{7}: o.Number}}
	s := newShop(t, func(c *web.Config) {
		f.fakeOrders = c.Orders.(*fakeOrders)
		c.Orders, c.Papers, c.Leaving, c.Ledger = f, noPapers{}, f, log
	})
	return s, "?number=FR-100000&key=" + order.Key{7}.String()
}

// noPapers were issued.
type noPapers struct{}

func (noPapers) Documents(context.Context, order.Number) ([]invoice.Document, error) { return nil, nil }

var bottled = fakeLedger{"M25-75-6": {
	{ID: 1, Scope: ledger.Scope{Campaign: "bordeaux-2025"}, Kind: ledger.Bottled, Planned: true, Day: "2027-06-01", Source: ledger.Demonstration},
	{ID: 2, Scope: ledger.Scope{Wine: "margaux", Year: 2025}, Kind: ledger.Arrived, Planned: true, Day: "2028-01-01", Source: "house"},
}}

// The order's page draws the way of a primeur with what is known, in words; JSON says the same, by the same right.
func TestAnOrderShowsTheWayOfItsPrimeurs(t *testing.T) {
	s, query := aged(t, bottled, nil)
	doc := s.get(t, "fr", "/panier/order"+query).want(t, http.StatusOK).page(t)
	var steps []string
	for _, li := range doc.Find(".ledger li").EachIter() {
		steps = append(steps, words(li.Text())+" ("+li.AttrOr("data-state", "")+")")
	}
	got := strings.Join(steps, "; ")
	for _, want := range []string{
		"Payé 7 mai 2026 (done)", "Mise en bouteille prévu : juin 2027 (planned)", "Arrivée dans nos chais prévu : janvier 2028 (planned)", "Livré prévu : avril 2028 (planned)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	notes := words(doc.Find(".ledger .micro").Text())
	if !strings.Contains(notes, "1 avril 2028") && !strings.Contains(notes, "1er avril 2028") || !strings.Contains(notes, "€") || !strings.Contains(notes, "démonstration") {
		t.Errorf("notes: %s", notes)
	}
	a := s.get(t, "fr", "/panier/order.json"+query).want(t, http.StatusOK)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	var data struct {
		Version  int
		Number   string
		Primeurs []struct {
			SKU   string
			Steps []struct{ Kind, Planned, Actual, Source string }
			Due   struct {
				Minor        int64
				Currency, On string
			}
		}
	}
	if err := json.Unmarshal(a.body, &data); err != nil || data.Version != 1 || data.Number != "FR-100000" || len(data.Primeurs) != 1 || len(data.Primeurs[0].Steps) != 6 {
		t.Fatalf("%v: %s", err, a.body)
	}
	p := data.Primeurs[0]
	if p.Steps[1].Actual != "2026-05-07" || p.Steps[2].Planned != "2027-06-01" || p.Steps[2].Source != "demonstration" || p.Due.Minor <= 0 || p.Due.On != "2028-04-01" {
		t.Errorf("%s", a.body)
	}
	for _, path := range []string{"/panier/order.json", "/panier/order"} {
		s.get(t, "fr", path+"?number=FR-100000&key="+order.Key{8}.String()).want(t, http.StatusNotFound)
		s.get(t, "de", strings.Replace(path, "panier", "warenkorb", 1)+query).want(t, http.StatusNotFound)
	}
	s.post(t, "fr", "/panier/order.json"+query, nil).want(t, http.StatusMethodNotAllowed)
}

// What nobody knows is said to be unknown; without a ledger the page is there all the same; bottles from stock have no timeline.
func TestATimelineSaysOnlyWhatIsKnown(t *testing.T) {
	for name, log := range map[string]fakeLedger{"nothing written": {}, "ledger away": {"": nil}} {
		s, query := aged(t, log, nil)
		doc := s.get(t, "fr", "/panier/order"+query).want(t, http.StatusOK).page(t)
		if n := doc.Find(`.ledger [data-state="unknown"]`).Length(); n != 2 { // bottled, arrived
			t.Errorf("%s: %d steps are unknown: %s", name, n, words(doc.Find(".ledger").Text()))
		}
	}
	delivered := order.Event{State: order.Delivered, At: time.Date(2028, 5, 2, 9, 0, 0, 0, time.UTC)}
	for name, c := range map[string]struct {
		change func(*order.Order)
		done   int // released, paid, and delivered where the order says so of the primeur
	}{
		"alone": {func(o *order.Order) { o.Events = append(o.Events, delivered) }, 3},
		"beside a bottle": {func(o *order.Order) {
			o.Events, o.Lines = append(o.Events, delivered), append(o.Lines, o.Lines[0])
			o.Lines[1].SKU, o.Lines[1].SaleType = "M90-75", "stock"
		}, 2},
		"nothing but stock": {func(o *order.Order) { o.Lines[0].SaleType = "stock" }, 0},
	} {
		s, query := aged(t, fakeLedger{}, c.change)
		doc := s.get(t, "fr", "/panier/order"+query).want(t, http.StatusOK).page(t)
		if n := doc.Find(`.ledger [data-state="done"]`).Length(); n != c.done {
			t.Errorf("%s: %d steps are done, want %d: %s", name, n, c.done, words(doc.Find(".ledger").Text()))
		}
	}
}
