package mysql_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/invoice"
	"caveau/store/order"
	"caveau/store/storetest"
)

func part(line, quantity int) order.Part { return order.Part{Line: line, Quantity: quantity} }

func partly(reference string, restock bool, parts ...order.Part) order.Refund {
	return order.Refund{Reference: reference, Parts: parts, Restock: restock, By: order.Staff("anna"), Note: "corked"}
}

// books is the money of an order: what its papers say, and what its payments do.
type books struct{ invoiced, credited, paid, back int64 }

func (c *cellar) books(t testing.TB, number order.Number) books {
	papers, err := c.orders.Documents(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	var b books
	for _, p := range papers {
		if p.Sums.Net.Minor+p.Sums.Tax.Minor != p.Sums.Total.Minor {
			t.Errorf("%s: net %d and tax %d are not %d", p.Number, p.Sums.Net.Minor, p.Sums.Tax.Minor, p.Sums.Total.Minor)
		}
		if p.Kind == invoice.Invoice {
			b.invoiced += p.Sums.Total.Minor
		} else {
			b.credited += p.Sums.Total.Minor
		}
	}
	o, err := c.orders.Show(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range o.Payments {
		if p.Part {
			b.back += p.Amount.Minor
		} else {
			b.paid += p.Amount.Minor
		}
	}
	return b
}

// Some lines go back: a payment that is due, a credit note for exactly them, a letter with it, an event. Five at once with the same
// reference are one; what is not there any more is refused and changes nothing.
func TestAPartIsRefundedOnce(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 90, "B": 90})
	p := c.place(t, carried(want{"A", 7}, want{"B", 1}))
	c.walk(t, p, "pay")
	wanted := partly("corked-1", true, part(0, 2), part(2, 1))
	errs := together(5, func(int) error {
		done, err := c.orders.RefundPart(t.Context(), p.Number, wanted)
		if err == nil && (done.Amount.Minor != 2*unitPrice+1500 || done.State != order.Paid || done.Whole) {
			return fmt.Errorf("%+v", done)
		}
		return err
	})
	if count(errs, nil) != 5 {
		t.Fatal(errs)
	}
	for name, test := range map[string]struct {
		r    order.Refund
		want error
	}{
		"the same reference of other lines": {partly("corked-1", true, part(0, 1)), order.ErrReceipt},
		"no reference":                      {partly("", true, part(0, 1)), order.ErrReceipt},
		"nothing":                           {partly("x", true), order.ErrQuantity},
		"more than is left":                 {partly("x", true, part(0, 6)), order.ErrQuantity},
		"the delivery once more":            {partly("x", true, part(2, 1)), order.ErrQuantity},
		"less than nothing":                 {partly("x", true, part(0, -1)), order.ErrQuantity},
		"a line that is not there":          {partly("x", true, part(9, 1)), order.ErrLines},
	} {
		if _, err := c.orders.RefundPart(t.Context(), p.Number, test.r); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for query, want := range map[string]int{
		`SELECT COUNT(*) FROM refund`: 1, `SELECT COUNT(*) FROM document WHERE kind = 'credit'`: 1, `SELECT COUNT(*) FROM letter WHERE topic = 'order.part_refund'`: 1,
		`SELECT COUNT(*) FROM order_event WHERE actor = 'staff:anna' AND note LIKE 'refund corked-1: %'`:                      1,
		`SELECT COUNT(*) FROM payment WHERE state = 'due' AND part_of IS NOT NULL AND method = 'redirect' AND minor = 219500`: 1,
	} {
		if n := c.number(t, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	if n := c.free(t, "A"); n != 85 {
		t.Errorf("%d of A are free, want 85", n)
	}
	if b := c.books(t, p.Number); b.credited != 2*unitPrice+1500 || b.back != b.credited {
		t.Errorf("books %+v", b)
	}
	c.balanced(t)
	for _, query := range []string{`UPDATE refund SET minor = 1`, `DELETE FROM refund`, `UPDATE refund_line SET quantity = 1`, `DELETE FROM refund_line`} {
		if _, err := c.Primary.ExecContext(t.Context(), query); err == nil {
			t.Errorf("%s is allowed", query)
		}
	}
	unpaid := c.place(t, checkout(want{"A", 1}))
	if _, err := c.orders.RefundPart(t.Context(), unpaid.Number, partly("x", true, part(0, 1))); !errors.Is(err, order.ErrState) {
		t.Errorf("an order that is not paid: %v", err)
	}
}

// What is not for sale again stays sold, also when the rest goes back later.
func TestALostBottleIsNotSoldAgain(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9, "B": 9})
	p := c.place(t, checkout(want{"A", 3}, want{"B", 2}))
	c.walk(t, p, "pay")
	for _, r := range []order.Refund{partly("broken", false, part(0, 1), part(1, 2)), partly("spare", true, part(0, 1))} {
		if _, err := c.orders.RefundPart(t.Context(), p.Number, r); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := c.free(t, "A"), c.free(t, "B"); a != 7 || b != 7 {
		t.Errorf("%d and %d are free, want 7 and 7", a, b)
	}
	if _, err := c.orders.Refund(t.Context(), p.Number, order.Staff("anna"), ""); err != nil {
		t.Fatal(err)
	}
	if a, b := c.free(t, "A"), c.free(t, "B"); a != 8 || b != 7 {
		t.Errorf("%d and %d are free, want 8 and 7: one of A and two of B are broken", a, b)
	}
	c.balanced(t)
	if done, err := c.orders.Refunded(t.Context(), p.Number, order.Staff("anna"), ""); err != nil || done.State != order.Refunded {
		t.Fatalf("%+v, %v", done, err)
	}
	if b := c.books(t, p.Number); b.credited != b.invoiced {
		t.Errorf("books %+v", b)
	}
	c.gapless(t, "fr", invoice.Credit, 3)
}

// However an order is refunded, part by part, by whom and in which states of it: credit notes and what remains are the invoice, what
// goes back is what the notes say, and never more than was paid; bottles are where the books say.
func TestPartsAndWhatRemainsAreTheInvoice(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 100_000, "B": 100_000})
	rapid.Check(t, func(rt *rapid.T) {
		r := carried(want{"A", rapid.IntRange(1, 6).Draw(rt, "A")}, want{"B", rapid.IntRange(1, 3).Draw(rt, "B")})
		for i := range r.Lines { // taxes that do not divide
			shift := rapid.Int64Range(0, 99).Draw(rt, "shift")
			r.Lines[i].Net.Minor, r.Lines[i].Tax.Minor = r.Lines[i].Net.Minor-shift, r.Lines[i].Tax.Minor+shift
		}
		p := c.place(t, r)
		c.walk(t, p, "pay")
		left := []int{r.Lines[0].Quantity, r.Lines[1].Quantity, 1}
		whole := false
		for n := range rapid.IntRange(1, 5).Draw(rt, "decisions") {
			if n == 2 && !whole && rapid.Bool().Draw(rt, "ship") {
				c.walk(t, p, "ship")
			}
			line := rapid.IntRange(0, 2).Draw(rt, "line")
			units := rapid.IntRange(1, 6).Draw(rt, "units")
			shipped := c.number(t, `SELECT state = 'shipped' FROM orders WHERE number = ?`, p.Number) == 1
			restock := !shipped && rapid.Bool().Draw(rt, "restock")
			done, err := c.orders.RefundPart(t.Context(), p.Number, partly(fmt.Sprint("r", n), restock, part(line, units)))
			if fits := !whole && units <= left[line]; fits != (err == nil) {
				rt.Fatalf("%d of %v in line %d, whole %v: %v", units, left, line, whole, err)
			}
			if err != nil {
				continue
			}
			left[line] -= units
			whole = !slices.ContainsFunc(left, func(n int) bool { return n > 0 })
			if done.Whole != whole {
				rt.Fatalf("whole %v with %v left", done.Whole, left)
			}
		}
		b := c.books(t, p.Number)
		if b.invoiced != b.paid || b.back > b.paid || !whole && b.back != b.credited {
			rt.Fatalf("books %+v", b)
		}
		c.closes(rt, t, p.Number, whole)
	})
	c.balanced(t)
	if n := c.number(t, `SELECT COUNT(*) FROM document WHERE kind = 'credit'`); n == 0 {
		t.Error("no note was issued: the proof proves nothing")
	} else {
		c.gapless(t, "fr", invoice.Credit, n)
	}
}

// closes refunds what remains of an order: then the notes are the invoice.
func (c *cellar) closes(rt *rapid.T, t *testing.T, number order.Number, whole bool) {
	if !whole {
		if _, err := c.orders.Refund(t.Context(), number, order.Staff("anna"), ""); err != nil {
			rt.Fatal(err)
		}
	}
	if _, err := c.orders.Refunded(t.Context(), number, order.Staff("anna"), ""); err != nil {
		rt.Fatal(err)
	}
	if b := c.books(t, number); b.credited != b.invoiced {
		rt.Fatalf("books of a closed order %+v", b)
	}
}
