package mysql_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"caveau/store/mysql"
	"caveau/store/order"
)

// What a visitor wrote is what the visitor reads next, however late the replicas are.
func TestAVisitorSeesTheOwnOrder(t *testing.T) {
	s := newShop(t)
	c := newCellarOn(t, s)
	orders := mysql.NewOrders(s.primary, s.replicas)
	s.Sync(t)

	// With replicas that keep up, the replica answers.
	r := checkout(want{"A", 1})
	p, err := orders.Place(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := orders.Status(t.Context(), p.Number, r.Key, p.Position); err != nil || got.State != order.Awaiting {
		t.Errorf("%+v, %v", got, err)
	}
	s.Sync(t)

	// With replicas that apply nothing, the primary does, within the 50 ms that are waited for the replica and a little.
	for i := range s.ReplicaDSNs {
		if err := s.Services.Replica(i).StopSQLThread(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Services.Replica(i).StartSQLThread(context.WithoutCancel(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	for range 5 {
		r := checkout(want{"A", 1})
		p, err := orders.Place(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if got, err := orders.Status(t.Context(), p.Number, r.Key, p.Position); err != nil || got.Number != p.Number {
			t.Fatalf("the own order is not seen: %v", err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("took %s", took)
		}
		// A change of it is seen too, and so is the fact that there is none.
		done, err := orders.Paid(t.Context(), receipt(p))
		if err != nil {
			t.Fatal(err)
		}
		for _, position := range []string{done.Position, "", "forged", "0-1-999999999"} {
			if got, err := orders.Status(t.Context(), p.Number, r.Key, position); err != nil || got.State != order.Paid {
				t.Fatalf("at %q: %s, %v", position, got.State, err)
			}
		}
	}
	if _, err := orders.Status(t.Context(), "FR-1", order.Key{1}, ""); !errors.Is(err, order.ErrUnknown) {
		t.Error(err)
	}
	c.balanced(t)
}

// While the replicas have what the visitor wrote, the primary is not asked.
func TestOwnReadsAreTheReplicas(t *testing.T) {
	s := newShop(t)
	newCellarOn(t, s)
	orders := mysql.NewOrders(s.primary, s.replicas)
	r := checkout(want{"A", 1})
	p, err := orders.Place(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	s.Sync(t)
	s.primary.Close()
	for range 10 {
		if got, err := orders.Status(t.Context(), p.Number, r.Key, p.Position); err != nil || got.Number != p.Number {
			t.Fatalf("without the primary: %v", err)
		}
	}
}
