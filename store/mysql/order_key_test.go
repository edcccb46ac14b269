package mysql_test

import (
	"errors"
	"testing"

	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

// A checkout that is submitted five times at once, in two tabs and on two instances, is one order, and all five hear of it.
func TestACheckoutSubmittedFiveTimesIsOneOrder(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	other := mysql.NewOrders(openPrimary(t, c.PrimaryDSN), nil)
	rounds := longOr(40, 2000)
	for range rounds {
		r := checkout(want{"A", 1})
		placed := make([]order.Placed, 5)
		errs := together(5, func(i int) (err error) {
			placed[i], err = []*mysql.Orders{c.orders, other}[i%2].Place(t.Context(), r)
			return err
		})
		if count(errs, nil) != 5 {
			t.Fatal(errs)
		}
		first := 0
		for _, p := range placed {
			if p.Number != placed[0].Number || p.Total != r.Total || !p.Expires.Equal(placed[0].Expires) {
				t.Fatalf("five answers: %+v", placed)
			}
			if !p.Again {
				first++
			}
		}
		if first != 1 {
			t.Fatalf("%d of five say that they placed it", first)
		}
		c.exec(t, `UPDATE stock SET available = available + 1`)
		c.exec(t, `UPDATE supply SET units = units + 1`)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM orders`); n != rounds {
		t.Errorf("%d orders of %d checkouts", n, rounds)
	}
	c.balanced(t)
}

func TestAKeyIsForOneCheckoutOnly(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	r := checkout(want{"A", 1})
	p := c.place(t, r)
	other := checkout(want{"A", 2})
	other.Key = r.Key
	if _, err := c.orders.Place(t.Context(), other); !errors.Is(err, order.ErrKeyReused) {
		t.Errorf("another body: %v", err)
	}
	again := c.place(t, r)
	if !again.Again || again.Number != p.Number || again.Position != "" {
		t.Errorf("the same body: %+v", again)
	}
	// A price that changed since, or bottles that are gone, do not matter to an order that was placed.
	c.exec(t, `UPDATE stock SET available = 0`)
	c.exec(t, `UPDATE supply SET units = 1`)
	c.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'fr', 1, '2026-02-01' FROM sku`)
	if again := c.place(t, r); again.Number != p.Number {
		t.Errorf("after the price changed: %+v", again)
	}
	c.balanced(t)
}

// A refused checkout leaves its key free: the shopper mends the cart and submits the same page.
func TestARefusedCheckoutLeavesItsKeyFree(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1})
	r := checkout(want{"A", 2})
	if _, err := c.orders.Place(t.Context(), r); !errors.Is(err, order.ErrSoldOut) {
		t.Fatal(err)
	}
	mended := checkout(want{"A", 1})
	mended.Key = r.Key
	c.place(t, mended)
	c.balanced(t)
}

// When the answers to commits get lost, each checkout is still one order, and whoever asks by the key hears of it.
func TestALostAnswerIsNotPlacedAgain(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 100_000})
	l, dsn := newLossy(t, c.PrimaryDSN, 3)
	orders := mysql.NewOrders(openPrimary(t, dsn), nil)
	const clients = 8
	each := longOr(30, 1000)
	errs := together(clients, func(int) error {
		for range each {
			r := checkout(want{"A", 1})
			p, err := orders.Place(t.Context(), r)
			for errors.Is(err, order.ErrInDoubt) { // eight answers in a row were lost: the shopper submits again
				p, err = orders.Place(t.Context(), r)
			}
			if err != nil {
				return err
			}
			if known, err := c.orders.Outcome(t.Context(), r.Key); err != nil || known.Number != p.Number {
				return errors.Join(errors.New("the key does not lead to its order"), err)
			}
		}
		return nil
	})
	if count(errs, nil) != clients {
		t.Fatal(errs)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM orders`); n != clients*each || l.lost.Load() == 0 {
		t.Errorf("%d orders of %d checkouts, %d answers lost", n, clients*each, l.lost.Load())
	}
	if free := c.free(t, "A"); free != 100_000-clients*each {
		t.Errorf("%d of A are free after %d orders", free, clients*each)
	}
	c.balanced(t)
	t.Logf("%d checkouts, %d answers lost", clients*each, l.lost.Load())
}
