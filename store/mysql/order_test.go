package mysql_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"caveau/store/cart"
	"caveau/store/money"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

func TestAnOrderIsWrittenWhole(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 5, "B": 3})
	r := checkout(want{"B", 2}, want{"A", 1})
	r.Lines = append(r.Lines, order.Line{Kind: order.Delivery, Title: "Livraison", Quantity: 1, Unit: money.Of(1500, "EUR"), Net: money.Of(1250, "EUR"), Tax: money.Of(250, "EUR")})
	r.Lines[0].Terms, r.Lines[0].Rest, r.Lines[0].Wish = order.Abroad, order.Rest{On: "2028-04-01", Amount: money.Of(3022, "EUR")}, cart.NextVintage
	r.Lines[0].Tax.Minor -= 100
	r.Lines[1].Rest, r.Lines[1].Wish, r.Parcels = order.Rest{On: "2028-04-01"}, cart.AskMe, order.Together
	r = total(r)
	p := c.place(t, r)
	if p.Number != "FR-100000" || p.State != order.Awaiting || p.Total != money.Of(3*unitPrice+1400, "EUR") || p.Again || p.Position == "" {
		t.Errorf("placed %+v", p)
	}
	got, err := c.orders.Status(t.Context(), p.Number, r.Key, p.Position)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Lines, r.Lines) || got.Contact != r.Contact || got.Delivery != r.Delivery || got.Sums.Total != r.Total || got.Parcels != r.Parcels {
		t.Errorf("read %+v", got)
	}
	if held := got.Expires.Sub(got.PlacedAt); held != 35*time.Minute || !got.Expires.Equal(p.Expires) {
		t.Errorf("held for %s until %s, want 35 minutes until %s", held, got.Expires, p.Expires)
	}
	if len(got.Payments) != 1 || got.Payments[0].State != order.Asked || got.Payments[0].Amount != r.Total {
		t.Errorf("payments %+v", got.Payments)
	}
	if c.free(t, "A") != 4 || c.free(t, "B") != 1 {
		t.Errorf("%d of A and %d of B are free", c.free(t, "A"), c.free(t, "B"))
	}
	if n := c.number(t, `SELECT COUNT(*) FROM stock_event WHERE sku = 'B' AND available = 1 AND previous = 3`); n != 1 {
		t.Errorf("%d stock events, want 1", n)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM outbox WHERE topic = 'order.awaiting' AND sent_at IS NULL`); n != 1 {
		t.Errorf("%d rows in the outbox, want 1", n)
	}
	c.balanced(t)
}

func TestRefusalsChangeNothing(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 5, "B": 3, "C": 0, "OTHER": 9, "GONE": 9, "FEW": 9})
	c.exec(t, `DELETE p FROM price p JOIN sku s ON s.id = p.sku_id WHERE s.code = 'OTHER'`)
	c.exec(t, `UPDATE sku SET withdrawn = TRUE WHERE code = 'GONE'`)
	c.exec(t, `INSERT INTO allocation (sku, market, per_customer) VALUES ('FEW', 'fr', 3)`)
	dearer := checkout(want{"A", 1})
	dearer.Lines[0].Unit.Minor, dearer.Lines[0].Net.Minor, dearer.Lines[0].Tax.Minor = 100_000, 100_000, 0
	wrong := checkout(want{"A", 1})
	wrong.Total.Minor--
	for name, test := range map[string]struct {
		request order.Request
		err     error
		problem order.Problem
	}{
		"sold out":             {checkout(want{"A", 1}, want{"B", 4}), order.ErrSoldOut, order.Problem{SKU: "B", Asked: 4, Left: 3}},
		"none left":            {checkout(want{"C", 1}), order.ErrSoldOut, order.Problem{SKU: "C", Asked: 1}},
		"another price":        {total(dearer), order.ErrPrice, order.Problem{SKU: "A", Asked: 1, Now: money.Of(unitPrice, "EUR")}},
		"another market's":     {checkout(want{"OTHER", 1}), order.ErrNotSold, order.Problem{SKU: "OTHER", Asked: 1}},
		"withdrawn":            {checkout(want{"GONE", 1}), order.ErrNotSold, order.Problem{SKU: "GONE", Asked: 1}},
		"unknown":              {checkout(want{"NONE", 1}), order.ErrNotSold, order.Problem{SKU: "NONE", Asked: 1}},
		"over the allocation":  {checkout(want{"FEW", 4}), order.ErrAllocation, order.Problem{SKU: "FEW", Asked: 4, Left: 3}},
		"a total that is off":  {wrong, order.ErrLines, order.Problem{}},
		"nothing of something": {checkout(want{"A", 0}), order.ErrQuantity, order.Problem{SKU: "A"}},
	} {
		_, err := c.orders.Place(t.Context(), test.request)
		test.problem.Err = test.err
		var refused *order.Refusal
		if !errors.Is(err, test.err) || !errors.As(err, &refused) || refused.Problems[0] != test.problem {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := c.number(t, `SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM idempotency) + (SELECT COUNT(*) FROM allocation_taken)`); n != 0 {
		t.Errorf("refusals left %d rows", n)
	}
	c.balanced(t)
}

func TestAnAllocationIsOneForAllOrdersOfACustomer(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"FEW": 100})
	c.exec(t, `INSERT INTO allocation (sku, market, per_customer) VALUES ('FEW', 'fr', 3)`)
	shout := checkout(want{"FEW", 1})
	shout.Contact.Email = " ANNE@example.com"
	first := c.place(t, checkout(want{"FEW", 2}))
	c.place(t, shout)
	_, err := c.orders.Place(t.Context(), checkout(want{"FEW", 1}))
	if !errors.Is(err, order.ErrAllocation) {
		t.Errorf("the fourth of three: %v", err)
	}
	other := checkout(want{"FEW", 3})
	other.Customer = "42"
	c.place(t, other)
	if _, err := c.orders.Cancel(t.Context(), first.Number, order.Shopper, ""); err != nil {
		t.Fatal(err)
	}
	c.place(t, checkout(want{"FEW", 2}))
	c.balanced(t)

	// Many at once: no more than the allocation.
	placed := together(64, func(int) error {
		r := checkout(want{"FEW", 1})
		r.Customer = "43"
		_, err := c.orders.Place(t.Context(), r)
		return err
	})
	if n := count(placed, nil); n != 3 {
		t.Errorf("%d of 64 orders were placed at once, want 3", n)
	}
	if n := count(placed, order.ErrAllocation); n != 61 {
		t.Errorf("%d refused for the allocation, want 61: %v", n, placed)
	}
}

func TestStatusWantsNumberAndKey(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	one, two := checkout(want{"A", 1}), checkout(want{"A", 1})
	p := c.place(t, one)
	c.place(t, two)
	for name, ask := range map[string]struct {
		number order.Number
		key    order.Key
	}{"another's key": {p.Number, two.Key}, "no key": {p.Number, order.Key{}}, "no number": {"", one.Key}} {
		if _, err := c.orders.Status(t.Context(), ask.number, ask.key, ""); !errors.Is(err, order.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := c.orders.Outcome(t.Context(), one.Key); err != nil || got.Number != p.Number || got.Total != p.Total {
		t.Errorf("outcome %+v, %v", got, err)
	}
	if _, err := c.orders.Outcome(t.Context(), checkout(want{"A", 1}).Key); !errors.Is(err, order.ErrUnknown) {
		t.Errorf("a key that placed nothing: %v", err)
	}
}

func TestNumbersOfAMarketAreItsOwn(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	c.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'be', ?, '2026-01-01' FROM sku`, unitPrice)
	second := mysql.NewOrders(c.primary, nil) // another instance
	seen := map[order.Number]bool{}
	for n := range 50 {
		r := checkout(want{"A", 1})
		r.Market = []string{"fr", "be"}[n%2]
		p, err := []*mysql.Orders{c.orders, second}[n/2%2].Place(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if seen[p.Number] || !strings.HasPrefix(string(p.Number), strings.ToUpper(r.Market)+"-1000") {
			t.Errorf("number %s", p.Number)
		}
		seen[p.Number] = true
	}
}
