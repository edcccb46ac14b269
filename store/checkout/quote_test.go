package checkout

import (
	"errors"
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

// Whatever is in the cart, the order adds up, is well formed and says what the price at the door says.
func TestQuotesAreOrders(t *testing.T) {
	r, markets := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(markets.Markets).Draw(t, "market")
		q := Question{Market: m, Destination: home(m), On: today, Delivery: "Delivery"}
		for n := range rapid.IntRange(1, 6).Draw(t, "lines") {
			sale := rapid.SampledFrom([]catalog.SaleType{catalog.InStock, catalog.InStock, catalog.Primeur}).Draw(t, "sale")
			minor := rapid.Int64Range(200, 100_000).Draw(t, "twentieths") * 5
			pack := rapid.SampledFrom([]int{1, 1, 3, 6, 12}).Draw(t, "pack")
			it := item(m, sale, minor*int64(pack), rapid.IntRange(1, 4).Draw(t, "quantity"), pack, rapid.IntRange(100, 149).Draw(t, "strength"))
			it.SKU.Code += string(rune('a' + n))
			q.Items = append(q.Items, it)
		}
		got, err := q.Quote(r)
		if err != nil {
			t.Fatalf("%s: %v", m.Code, err)
		}
		request := order.Request{
			Key: order.Key{1}, Market: m.Code, Locale: "fr-FR", Warehouse: m.Warehouse, Method: order.Transfer, Lines: got.Lines, Total: got.Sums.Total,
			Contact: order.Contact{Name: "A", Email: "a@b.example"}, Delivery: order.Address{Recipient: "A", Line1: "1", Country: m.Country},
			Invoice: order.Address{Recipient: "A", Line1: "1", Country: m.Country},
		}
		if err := request.Check(); err != nil {
			t.Fatalf("%s: %v: %+v", m.Code, err, got.Lines)
		}
		if got.Sums.Net != got.Door.Net || got.Sums.Tax != got.Door.Tax {
			t.Fatalf("%s: %v, at the door %s and %s", m.Code, got.Sums, got.Door.Net, got.Door.Tax)
		}
	})
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
