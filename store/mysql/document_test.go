package mysql_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"caveau/store/invoice"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

// Sixty-four payments at once, by two instances, in two markets: each market's invoices are numbered 1, 2, 3 … without a gap, and
// their times rise with their numbers. A payment that is noted twice has one invoice.
func TestInvoicesAreNumberedWithoutGaps(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	c.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'hk', ?, '2026-01-01' FROM sku`, unitPrice)
	instances := []*mysql.Orders{c.orders, mysql.NewOrders(openPrimary(t, c.PrimaryDSN), nil)}
	const payments = 64
	var placed []order.Placed
	for n := range payments {
		r := checkout(want{"A", 1})
		r.Market = []string{"fr", "hk"}[n%2]
		placed = append(placed, c.place(t, r))
	}
	errs := together(2*payments, func(i int) error {
		_, err := instances[i%2].Paid(t.Context(), receipt(placed[i%payments]))
		return err
	})
	if n := count(errs, nil); n != 2*payments {
		t.Fatalf("%d of %d were noted: %v", n, 2*payments, errs)
	}
	for _, market := range []string{"fr", "hk"} {
		c.gapless(t, market, invoice.Invoice, payments/2)
	}
	if n := c.number(t, `SELECT COUNT(DISTINCT order_id) FROM document`); n != payments {
		t.Errorf("invoices of %d orders, want %d", n, payments)
	}
}

// gapless says that the series of this year has so many numbers, from 1 on, whose times rise.
func (c *cellar) gapless(t *testing.T, market string, kind invoice.Kind, want int) {
	t.Helper()
	rows, err := c.Primary.QueryContext(t.Context(), `SELECT number, YEAR(issued_at) FROM document WHERE market = ? AND kind = ? ORDER BY issued_at, id`, market, kind)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
		var number invoice.Number
		var year int
		if err := rows.Scan(&number, &year); err != nil {
			t.Fatal(err)
		}
		if next := invoice.NumberOf(market, kind, year, uint64(n)); number != next {
			t.Errorf("%s stands where %s should", number, next)
		}
	}
	if err := rows.Err(); err != nil || n != want {
		t.Errorf("%d documents in %s, want %d (%v)", n, market, want, err)
	}
}

func TestAnOrdersPapers(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 10})
	p := c.place(t, checkout(want{"A", 2}))
	papers := func(want int) []invoice.Document {
		t.Helper()
		found, err := c.orders.Documents(t.Context(), p.Number)
		if err != nil || len(found) != want {
			t.Fatalf("%d papers, want %d (%v)", len(found), want, err)
		}
		return found
	}
	papers(0)
	for range 2 {
		if _, err := c.orders.Paid(t.Context(), receipt(p)); err != nil {
			t.Fatal(err)
		}
	}
	d := papers(1)[0]
	if d.Kind != invoice.Invoice || d.Order != p.Number || d.Sums.Total != p.Total || d.Paid != "pay-"+string(p.Number) || len(d.Lines) != 1 || d.Sheet != nil {
		t.Errorf("invoice %+v", d)
	}
	for _, do := range []func() (order.Change, error){
		func() (order.Change, error) {
			return c.orders.Refund(t.Context(), p.Number, order.Staff("anna"), "corked")
		},
		func() (order.Change, error) { return c.orders.Refunded(t.Context(), p.Number, order.Staff("anna"), "") },
		func() (order.Change, error) { return c.orders.Refunded(t.Context(), p.Number, order.Staff("anna"), "") },
	} {
		if _, err := do(); err != nil {
			t.Fatal(err)
		}
	}
	note := papers(2)[1]
	if note.Kind != invoice.Credit || note.Of != d.Number || note.Sums.Total != p.Total {
		t.Errorf("credit note %+v", note)
	}
	late := c.place(t, checkout(want{"A", 1}))
	if _, err := c.orders.Cancel(t.Context(), late.Number, order.Shopper, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.orders.Paid(t.Context(), receipt(late)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.orders.Refunded(t.Context(), late.Number, order.Staff("anna"), ""); err != nil {
		t.Fatal(err)
	}
	if found, err := c.orders.Documents(t.Context(), late.Number); err != nil || len(found) != 0 {
		t.Errorf("money that went back without a sale has papers: %+v, %v", found, err)
	}
}

// The words are written once; nothing else of a document ever changes.
func TestADocumentDoesNotChange(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 10})
	p := c.place(t, checkout(want{"A", 1}))
	if _, err := c.orders.Paid(t.Context(), receipt(p)); err != nil {
		t.Fatal(err)
	}
	papers, err := c.orders.Documents(t.Context(), p.Number)
	if err != nil || len(papers) != 1 {
		t.Fatal(papers, err)
	}
	number := papers[0].Number
	words := make([][]byte, 8)
	for i, err := range together(len(words), func(i int) (err error) {
		words[i], err = c.orders.Word(t.Context(), number, fmt.Appendf(nil, `{"n": %d}`, i))
		return err
	}) {
		if err != nil {
			t.Fatal(i, err)
		}
	}
	if slices.ContainsFunc(words, func(w []byte) bool { return !bytes.Equal(w, words[0]) }) {
		t.Errorf("words differ: %s", words)
	}
	for _, query := range []string{`UPDATE document SET sheet = NULL`, `UPDATE document SET facts = '{}'`, `DELETE FROM document`} {
		if _, err := c.Primary.ExecContext(t.Context(), query); err == nil {
			t.Errorf("%s is allowed", query)
		}
	}
}
