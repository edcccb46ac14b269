package checkout

import (
	"errors"
	"flag"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
)

var today = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func rules(t testing.TB) (*law.Rules, *market.Table) {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := law.Load(markets)
	if err != nil {
		t.Fatal(err)
	}
	return r, markets
}

func item(m *market.Market, sale catalog.SaleType, minor int64, quantity, pack, strength int) Item {
	w := &catalog.Wine{WineRow: catalog.WineRow{Style: catalog.Still}}
	v := &catalog.Vintage{VintageRow: catalog.VintageRow{Year: 2015, Strength: strength}, Wine: w}
	code := "A" + string(rune('0'+quantity%10)) + string(sale)
	basis := m.Basis
	if sale == catalog.Primeur {
		basis = market.Excl
	}
	return Item{
		SKU:   &catalog.SKU{SKURow: catalog.SKURow{Code: code, Volume: 750, Pack: pack, SaleType: sale}, Vintage: v},
		Price: catalog.Price{Amount: money.Of(minor, m.Currency), Basis: basis}, Quantity: quantity, Title: "Château " + code,
	}
}

func home(m *market.Market) law.Destination {
	if m.Country == "US" {
		return law.Destination{Country: "US", State: "NY"}
	}
	return law.Destination{Country: m.Country}
}

// Whatever is in the cart and wherever it goes, in parcels or together: the order adds up, is well formed and says what the price at
// the door says. CAVEAU_SOAK=1 draws 100,000 carts.
func TestQuotesAreOrders(t *testing.T) {
	if os.Getenv("CAVEAU_SOAK") == "1" {
		old := flag.Lookup("rapid.checks").Value.String()
		if err := flag.Set("rapid.checks", "100000"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = flag.Set("rapid.checks", old) })
	}
	r, markets := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(markets.Markets).Draw(t, "market")
		q := Question{Market: m, Destination: destination(t, r, m), On: today, Delivery: "Delivery", Together: rapid.Bool().Draw(t, "together")}
		for n := range rapid.IntRange(1, 6).Draw(t, "lines") {
			q.Items = append(q.Items, randomItem(t, m, n))
		}
		got, err := q.Quote(r)
		if code, _ := law.Refused(err); code == law.TooMuch {
			t.Skip("more than the carrier takes")
		}
		if err != nil {
			t.Fatalf("%s to %s: %v", m.Code, q.Destination.Country, err)
		}
		checkOrder(t, q, got)
	})
}

// destination is at home half of the time, else anywhere that the market delivers to.
func destination(t *rapid.T, r *law.Rules, m *market.Market) law.Destination {
	if rapid.Bool().Draw(t, "at home") {
		return home(m)
	}
	to := rapid.SampledFrom(slices.Sorted(maps.Keys(r.Countries(m, law.DayOf(today, m.Zone))))).Draw(t, "country")
	out := law.Destination{Country: to}
	if r.NeedsState(to) {
		out.State = rapid.SampledFrom([]string{"NY", "CA", "OR"}).Draw(t, "state")
	}
	if to == "FR" && rapid.Bool().Draw(t, "Corsica") {
		out.Postcode = "20000"
	}
	return out
}

func randomItem(t *rapid.T, m *market.Market, n int) Item {
	sale := rapid.SampledFrom([]catalog.SaleType{catalog.InStock, catalog.InStock, catalog.Primeur}).Draw(t, "sale")
	minor := rapid.Int64Range(200, 100_000).Draw(t, "twentieths") * 5
	pack := rapid.SampledFrom([]int{1, 1, 3, 6, 12}).Draw(t, "pack")
	it := item(m, sale, minor*int64(pack), rapid.IntRange(1, 4).Draw(t, "quantity"), pack, rapid.IntRange(100, 149).Draw(t, "strength"))
	it.SKU.Code += string(rune('a' + n))
	if sale == catalog.Primeur && rapid.Bool().Draw(t, "dated") {
		it.SKU.Delivery = time.Date(2028, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 1, 0, 0, 0, 0, time.UTC)
	}
	return it
}

func checkOrder(t *rapid.T, q Question, got Quote) {
	someone := order.Address{Recipient: "A", Line1: "1", Country: q.Destination.Country}
	request := order.Request{
		Key: order.Key{1}, Market: q.Market.Code, Locale: "fr-FR", Warehouse: q.Market.Warehouse, Method: order.Transfer, Lines: got.Lines, Total: got.Sums.Total,
		Contact: order.Contact{Name: "A", Email: "a@b.example"}, Delivery: someone, Invoice: someone, Parcels: got.Parcels,
	}
	if err := request.Check(); err != nil {
		t.Fatalf("%s to %s: %v: %+v", q.Market.Code, q.Destination.Country, err, got.Lines)
	}
	if got.Sums.Net != got.Door.Net || got.Sums.Tax != got.Door.Tax {
		t.Fatalf("%s: %v, at the door %s and %s", q.Market.Code, got.Sums, got.Door.Net, got.Door.Tax)
	}
	var lines, owed, later int64
	for _, l := range got.Lines {
		if l.Net.Minor+l.Tax.Minor != l.Gross().Minor {
			t.Fatalf("net %s + tax %s is not %s", l.Net, l.Tax, l.Gross())
		}
		lines, owed = lines+l.Gross().Minor, owed+l.Rest.Amount.Minor
	}
	known := true
	for _, due := range got.Door.Later {
		later, known = later+due.Gross.Minor, known && len(due.Missing) == 0
	}
	if lines != got.Sums.Total.Minor || known && owed != later {
		t.Fatalf("lines make %d of %s, and owe %d of %d", lines, got.Sums.Total, owed, later)
	}
	if got.Parcels != "" != q.Mixed() {
		t.Fatalf("%q for a cart that is mixed: %v", got.Parcels, q.Mixed())
	}
}

func TestAHomePriceWithTaxIsTheLine(t *testing.T) {
	r, markets := rules(t)
	for _, m := range markets.Markets {
		q := Question{Market: m, Destination: home(m), On: today, Items: []Item{item(m, catalog.InStock, 12_000, 2, 1, 130)}, Delivery: "Delivery"}
		got, err := q.Quote(r)
		if err != nil {
			t.Fatal(m.Code, err)
		}
		if sum := got.Lines[0]; m.Basis == market.Incl && sum.Gross().Minor != 24_000 || m.Basis == market.Excl && sum.Net.Minor != 24_000 {
			t.Errorf("%s: %+v", m.Code, sum)
		}
		if got.Lines[1].Kind != order.Delivery || got.Lines[1].Net.Minor <= 0 {
			t.Errorf("%s: no delivery: %+v", m.Code, got.Lines)
		}
		if len(got.Ask) == 0 || got.Button == "" {
			t.Errorf("%s: asks %v, button %q", m.Code, got.Ask, got.Button)
		}
	}
}

func TestPrimeursPayTaxAndDeliveryLater(t *testing.T) {
	r, markets := rules(t)
	fr, _ := markets.Market("fr")
	got, err := Question{Market: fr, Destination: home(fr), On: today, Items: []Item{item(fr, catalog.Primeur, 60_000, 1, 6, 130)}, Delivery: "Delivery"}.Quote(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Lines) != 1 || got.Lines[0].Tax.Minor != 0 || got.Sums.Total.Minor != 60_000 {
		t.Errorf("%+v", got.Lines)
	}
	if !slices.ContainsFunc(got.Ask, func(a law.Asked) bool { return a.ID == "primeur-terms" }) {
		t.Errorf("asks %v", got.Ask)
	}
}

func TestWhatHasNoAnswerSaysWhy(t *testing.T) {
	r, markets := rules(t)
	us, _ := markets.Market("us")
	uk, _ := markets.Market("uk")
	one := func(m *market.Market, strength int) []Item {
		return []Item{item(m, catalog.InStock, 12_000, 1, 1, strength)}
	}

	_, err := Question{Market: us, Destination: law.Destination{Country: "US"}, On: today, Items: one(us, 130)}.Quote(r)
	if code, _ := law.Refused(err); code != law.StateNeeded {
		t.Errorf("without a state: %v", err)
	}
	var about *ItemError
	if errors.As(err, &about) {
		t.Errorf("a state is not an item's: %v", err)
	}
	got, err := Question{Market: us, Destination: law.Destination{Country: "US", State: "UT"}, On: today, Items: one(us, 130)}.Quote(r)
	if err != nil || len(got.Block) == 0 || len(got.Lines) > 0 {
		t.Errorf("Utah: %v, %+v", err, got)
	}
	_, err = Question{Market: uk, Destination: home(uk), On: today, Items: one(uk, 0)}.Quote(r)
	if code, _ := law.Refused(err); code != law.StrengthNeeded || !errors.As(err, &about) {
		t.Errorf("without a strength: %v", err)
	}
	if _, err = (Question{Market: uk, Destination: home(uk), On: today}).Quote(r); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty cart: %v", err)
	}
}

// A primeur keeps what was agreed and said: on it hangs whether it can be withdrawn from. Where no day is named, nobody is told that it
// cannot.
func TestAPrimeurKeepsWhatWasPromised(t *testing.T) {
	r, markets := rules(t)
	fr, _ := markets.Market("fr")
	named, open, stock := item(fr, catalog.Primeur, 60_000, 1, 6, 135), item(fr, catalog.Primeur, 60_000, 2, 6, 135), item(fr, catalog.InStock, 12_000, 3, 1, 135)
	named.SKU.Delivery = time.Date(2028, 4, 1, 0, 0, 0, 0, time.UTC)
	q, err := Question{Market: fr, Destination: home(fr), On: today, Items: []Item{named, open, stock}, Delivery: "Livraison"}.Quote(r)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []order.Promise{
		{Delivery: "2028-04-01", PriceAgreed: true, MarketValue: true, Told: true},
		{PriceAgreed: true, MarketValue: true},
		{},
	} {
		if q.Lines[i].Promise != want {
			t.Errorf("line %d: %+v, want %+v", i+1, q.Lines[i].Promise, want)
		}
	}
}

// From France to Germany: without French tax, with German; to Japan without any, and the buyer is asked to know it.
func TestAbroadTheTaxesAreThoseOfTheDestination(t *testing.T) {
	r, markets := rules(t)
	fr, _ := markets.Market("fr")
	q := Question{Market: fr, Destination: law.Destination{Country: "DE"}, On: today, Items: []Item{item(fr, catalog.InStock, 12_000, 1, 1, 130)}, Delivery: "Delivery"}
	got, err := q.Quote(r)
	if err != nil {
		t.Fatal(err)
	}
	// 99.97 without French VAT and excise, 19 % of it; 9.90 and 1.88
	wine, parcel := got.Lines[0], got.Lines[1]
	if wine.Terms != order.Abroad || wine.Net.Minor != 9997 || wine.Tax.Minor != 1899 || parcel.Net.Minor != 990 || parcel.Tax.Minor != 188 {
		t.Errorf("%+v", got.Lines)
	}
	q.Destination.Country = "JP"
	if got, err = q.Quote(r); err != nil {
		t.Fatal(err)
	}
	if wine := got.Lines[0]; wine.Terms != order.OnArrival || wine.Net.Minor != 9997 || got.Sums.Tax.Minor != 0 {
		t.Errorf("%+v", got.Lines)
	}
	if !slices.ContainsFunc(got.Ask, func(a law.Asked) bool { return a.ID == "taxes-on-arrival" }) {
		t.Errorf("asks %v", got.Ask)
	}
}

// What is in stock pays its carriage now, or later where it waits; both are priced.
func TestAMixedCartHasAChoice(t *testing.T) {
	r, markets := rules(t)
	fr, _ := markets.Market("fr")
	young := item(fr, catalog.Primeur, 12_000, 1, 6, 130)
	young.SKU.Delivery = time.Date(2028, 4, 3, 0, 0, 0, 0, time.UTC)
	q := Question{Market: fr, Destination: home(fr), On: today, Items: []Item{item(fr, catalog.InStock, 12_000, 1, 1, 130), young}, Delivery: "Delivery"}
	split, err := q.Quote(r)
	if err != nil {
		t.Fatal(err)
	}
	q.Together = true
	together, err := q.Quote(r)
	if err != nil {
		t.Fatal(err)
	}
	if split.Parcels != order.Split || together.Parcels != order.Together || split.Sums.Total.Minor != 24_000+1188 || together.Sums.Total.Minor != 24_000 {
		t.Errorf("split %s, together %s", split.Sums.Total, together.Sums.Total)
	}
	if split.Other.Gross != together.Sums.Total || together.Other.Gross != split.Sums.Total {
		t.Errorf("the other choice is %s and %s", split.Other.Gross, together.Other.Gross)
	}
	for _, l := range together.Lines {
		if l.Kind == order.Wine && (l.Rest.On != "2028-04-03" || l.Rest.Amount.Minor == 0) {
			t.Errorf("%+v", l)
		}
	}
}

// Every wine that has no answer is named.
func TestAllItemsWithoutAnAnswerAreNamed(t *testing.T) {
	r, markets := rules(t)
	uk, _ := markets.Market("uk")
	q := Question{Market: uk, Destination: home(uk), On: today, Delivery: "Delivery",
		Items: []Item{item(uk, catalog.InStock, 12_000, 1, 1, 0), item(uk, catalog.InStock, 12_000, 2, 1, 130), item(uk, catalog.InStock, 12_000, 3, 1, 0)}}
	_, err := q.Quote(r)
	var items ItemErrors
	if !errors.As(err, &items) || len(items) != 2 || items[1].Item.Quantity != 3 {
		t.Errorf("%v", err)
	}
}

// In bond the goods alone are sold; what leaving the warehouse costs is said, not charged.
func TestAnOrderInBond(t *testing.T) {
	r, markets := rules(t)
	uk, _ := markets.Market("uk")
	q := Question{Market: uk, Destination: home(uk), On: today, Delivery: "Delivery", InBond: true, Items: []Item{item(uk, catalog.InStock, 120_00, 3, 1, 135)}}
	got, err := q.Quote(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Lines) != 1 || got.Sums.Tax.Minor != 0 || got.Sums.Total != got.Door.Gross || got.Sums.Total.Minor >= 360_00 {
		t.Errorf("%+v, %+v", got.Lines, got.Sums)
	}
	due := got.Door.Lines[0].Due
	if due == nil || due.Gross.Minor+got.Sums.Total.Minor != 360_00 {
		t.Errorf("%s in bond and %+v due are not the duty paid price", got.Sums.Total, due)
	}
}
