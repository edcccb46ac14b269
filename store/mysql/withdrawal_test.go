package mysql_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"caveau/store/mail"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/storetest"
	"caveau/store/withdrawal"
)

// receiptOf writes the letter of a receipt as a shop does, in short.
func receiptOf(r withdrawal.Record) mail.Letter {
	return mail.Letter{
		Topic: "withdrawal.receipt", Market: r.Market, Locale: r.Locale, To: r.Email, Order: string(r.Matched),
		Data: map[string]string{"number": r.Number, "at": r.At.Format(time.RFC3339), "link": "/retractation/recu?key=" + r.Key.String()},
	}
}

// statement is what the buyer of an order sends.
func statement(number order.Number, lines ...withdrawal.Line) withdrawal.Statement {
	key, err := order.NewKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	return withdrawal.Statement{Key: key, Market: "fr", Locale: "fr-FR", Number: string(number), Name: "Anne Dupont", Email: "Anne@Example.com ", Lines: lines}
}

func (c *cellar) withdraw(t *testing.T, s withdrawal.Statement) withdrawal.Record {
	t.Helper()
	r, err := c.orders.Withdraw(t.Context(), s, receiptOf)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func line(position, quantity int) withdrawal.Line {
	return withdrawal.Line{Position: position, Title: "Château Test 1990", Quantity: quantity}
}

// carried is a checkout with carriage.
func carried(list ...want) order.Request {
	r := checkout(list...)
	r.Lines = append(r.Lines, order.Line{Kind: order.Delivery, Title: "Livraison", Quantity: 1, Unit: money.Of(1500, "EUR"), Net: money.Of(1250, "EUR"), Tax: money.Of(250, "EUR")})
	return total(r)
}

// The same statement, sent five times at once: one statement, one receipt, one event. Other content is another statement.
func TestAStatementSentFiveTimesIsOne(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	for name, s := range map[string]withdrawal.Statement{
		"matched": statement(c.place(t, checkout(want{"A", 3})).Number, line(1, 2)), "unmatched": statement("FR-999999"),
	} {
		records := make([]withdrawal.Record, 5)
		errs := together(5, func(i int) (err error) {
			records[i], err = c.orders.Withdraw(t.Context(), s, receiptOf)
			return err
		})
		if count(errs, nil) != 5 {
			t.Fatal(errs)
		}
		first := 0
		for _, r := range records {
			if !r.Again {
				first++
			}
			if r.ID != records[0].ID || r.Key != records[0].Key || !r.At.Equal(records[0].At) {
				t.Errorf("%s: five answers: %+v", name, records)
			}
		}
		if first != 1 {
			t.Errorf("%s: %d of five say that they were the first", name, first)
		}
	}
	c.counts(t, 2, 2, 1)
	s := statement("FR-999999")
	s.Words = "le tout"
	c.withdraw(t, s)
	s.Words = "la première ligne"
	c.withdraw(t, s)
	c.counts(t, 4, 4, 1)
	c.balanced(t)
}

// counts statements, receipts, and events of orders about them.
func (c *cellar) counts(t *testing.T, statements, receipts, events int) {
	t.Helper()
	for query, want := range map[string]int{
		`SELECT COUNT(*) FROM withdrawal`:                                                           statements,
		`SELECT COUNT(*) FROM letter WHERE topic = 'withdrawal.receipt'`:                            receipts,
		`SELECT COUNT(*) FROM order_event WHERE note LIKE 'withdrawal W-%'`:                         events,
		`SELECT COUNT(*) FROM outbox WHERE topic = 'order.withdrawal'`:                              events,
		`SELECT COUNT(*) FROM withdrawal WHERE ABS(TIMESTAMPDIFF(MINUTE, at, UTC_TIMESTAMP())) > 5`: 0,
	} {
		if n := c.number(t, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
}

// A statement that fits no order is taken down as it is; a right e-mail address, or the order's link, makes it fit.
func TestAStatementThatFitsNoOrderIsTakenDown(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	r := checkout(want{"A", 3})
	p := c.place(t, r)
	for name, test := range map[string]struct {
		change  func(*withdrawal.Statement)
		matched order.Number
	}{
		"as it was placed":     {func(*withdrawal.Statement) {}, p.Number},
		"in small letters":     {func(s *withdrawal.Statement) { s.Number = " fr-100000 " }, p.Number},
		"another address":      {func(s *withdrawal.Statement) { s.Email = "eve@example.com" }, ""},
		"another, by the link": {func(s *withdrawal.Statement) { s.Email, s.Secret = "eve@example.com", r.Key }, p.Number},
		"a wrong link":         {func(s *withdrawal.Statement) { s.Email, s.Secret = "eve@example.com", s.Key }, ""},
		"no such order":        {func(s *withdrawal.Statement) { s.Number = "FR-1" }, ""},
		"words for a number":   {func(s *withdrawal.Statement) { s.Number = "celle de mardi" }, ""},
		"another market's":     {func(s *withdrawal.Statement) { s.Market = "de" }, ""},
	} {
		s := statement(p.Number, line(1, 1))
		s.Words = "Je renonce."
		test.change(&s)
		got := c.withdraw(t, s)
		if got.Matched != test.matched || got.Words != s.Words || got.Email != s.Email || (len(got.Lines) == 1) != (test.matched != "") {
			t.Errorf("%s: %+v", name, got)
		}
		if again, err := c.orders.Receipt(t.Context(), got.Key); err != nil || again.ID != got.ID {
			t.Errorf("%s: receipt %+v, %v", name, again, err)
		}
	}
	if _, err := c.orders.Receipt(t.Context(), r.Key); !errors.Is(err, withdrawal.ErrUnknown) {
		t.Errorf("a key that opens nothing: %v", err)
	}
	for name, ask := range map[string]struct {
		number order.Number
		email  string
		err    error
	}{"right": {p.Number, " ANNE@example.com", nil}, "wrong address": {p.Number, "eve@example.com", order.ErrUnknown}, "wrong number": {"FR-1", "anne@example.com", order.ErrUnknown}} {
		if found, err := c.orders.Find(t.Context(), ask.number, ask.email); !errors.Is(err, ask.err) || err != nil && found.Number != "" {
			t.Errorf("find, %s: %+v, %v", name, found.Number, err)
		}
	}
}

// Late by the database's clock, or not.
func TestALateStatementIsMarked(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	p := c.place(t, checkout(want{"A", 3}))
	for name, test := range map[string]struct {
		ends time.Time
		late bool
	}{"not begun": {time.Time{}, false}, "over": {time.Now().Add(-time.Hour), true}, "running": {time.Now().Add(time.Hour), false}} {
		s := statement(p.Number, line(1, 1))
		s.Ends = test.ends
		if r := c.withdraw(t, s); r.Late != test.late || r.Matched != p.Number {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if n := c.number(t, `SELECT COUNT(*) FROM order_event WHERE note LIKE '%, late'`); n != 1 {
		t.Errorf("%d late events, want 1", n)
	}
}

// However many statements ask for more than there is: never more than was bought is counted, and each is taken down as it was stated.
func TestNoMoreIsWithdrawnThanWasBought(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 50})
	p := c.place(t, checkout(want{"A", 7}))
	errs := together(16, func(int) error {
		_, err := c.orders.Withdraw(t.Context(), statement(p.Number, line(1, 3)), receiptOf)
		return err
	})
	if n := count(errs, nil); n != 16 {
		t.Fatalf("%d of 16 were taken down: %v", n, errs)
	}
	if stated, counted := c.number(t, `SELECT SUM(quantity) FROM withdrawal_line`), c.number(t, `SELECT SUM(counted) FROM withdrawal_line`); stated != 48 || counted != 7 {
		t.Errorf("%d stated, %d counted, want 48 and 7", stated, counted)
	}
	for _, quantity := range []int{0, -1} {
		if _, err := c.orders.Withdraw(t.Context(), statement(p.Number, line(1, quantity)), receiptOf); err == nil {
			t.Errorf("%d units were withdrawn from", quantity)
		}
	}
	if _, err := c.orders.Withdraw(t.Context(), statement(p.Number, line(9, 1)), receiptOf); !errors.Is(err, order.ErrLines) {
		t.Errorf("a line that is not there: %v", err)
	}
	c.counts(t, 16, 16, 16)
}

// What the staff decides, state by state: a whole order follows its states, a part is noted with its amount; twice changes nothing.
func TestTheStaffSettlesAWithdrawal(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 90, "B": 90})
	ctx, o, anna := t.Context(), c.orders, order.Staff("anna")
	for _, test := range []struct {
		path   string
		lines  [][]withdrawal.Line // one statement each
		state  order.State
		amount int64
		err    error
	}{
		{"", [][]withdrawal.Line{{line(1, 2), line(2, 1)}}, order.Cancelled, 0, nil},
		{"", [][]withdrawal.Line{{line(1, 2)}}, "", 0, order.ErrState},
		{"pay", [][]withdrawal.Line{{line(1, 1)}}, order.Paid, unitPrice, nil},
		{"pay", [][]withdrawal.Line{{line(1, 2)}, {line(2, 1)}}, order.RefundDue, 3*unitPrice + 1500, nil},
		{"pay,ship", [][]withdrawal.Line{{line(1, 2)}}, order.Shipped, 2 * unitPrice, nil},
		{"pay,ship,deliver", [][]withdrawal.Line{{line(1, 2), line(2, 1)}}, order.RefundDue, 3*unitPrice + 1500, nil},
		{"pay", nil, "", 0, order.ErrState},
	} {
		name := fmt.Sprintf("after %q, %v", test.path, test.lines)
		p := c.place(t, carried(want{"A", 2}, want{"B", 1}))
		c.walk(t, p, test.path)
		for _, lines := range test.lines {
			c.withdraw(t, statement(p.Number, lines...))
		}
		done, err := o.SettleWithdrawals(ctx, p.Number, anna, "by phone", false)
		if !errors.Is(err, test.err) || err == nil && (done.State != test.state || done.Refund.Total.Minor != test.amount || len(done.Settled) != len(test.lines)) {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
		if test.err != nil {
			continue
		}
		again, err := o.SettleWithdrawals(ctx, p.Number, anna, "by phone", false)
		if err != nil || again.State != test.state || len(again.Settled) != 0 {
			t.Errorf("%s, again: %+v, %v", name, again, err)
		}
		if n := c.number(t, `SELECT COALESCE(SUM(s.minor), 0) FROM withdrawal_step s JOIN withdrawal w ON w.id = s.withdrawal_id JOIN orders o ON o.id = w.order_id WHERE o.number = ?`, p.Number); int64(n) != test.amount {
			t.Errorf("%s: %d written, want %d", name, n, test.amount)
		}
	}
	c.balanced(t)
}

func (c *cellar) walk(t *testing.T, p order.Placed, path string) {
	t.Helper()
	for step := range strings.SplitSeq(path, ",") {
		var err error
		switch step {
		case "pay":
			_, err = c.orders.Paid(t.Context(), receipt(p))
		case "ship":
			_, err = c.orders.Ship(t.Context(), p.Number, order.Staff("anna"), "")
		case "deliver":
			_, err = c.orders.Deliver(t.Context(), p.Number, order.Staff("anna"), "")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Bottles return to the stock only when the staff says that they came back, and once; those that never left come back by themselves.
func TestBottlesComeBackOnce(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 20})
	ctx, o, anna := t.Context(), c.orders, order.Staff("anna")
	settle := func(p order.Placed, returned bool, back, free int) {
		t.Helper()
		done, err := o.SettleWithdrawals(ctx, p.Number, anna, "", returned)
		if err != nil || done.Back != back || c.free(t, "A") != free {
			t.Errorf("%s: %d back, %d free, %v; want %d and %d", p.Number, done.Back, c.free(t, "A"), err, back, free)
		}
	}
	part := c.place(t, checkout(want{"A", 5}))
	c.walk(t, part, "pay")
	c.withdraw(t, statement(part.Number, line(1, 2)))
	if _, err := o.SettleWithdrawals(ctx, part.Number, anna, "", true); !errors.Is(err, order.ErrState) {
		t.Errorf("bottles came back that never left: %v", err)
	}
	c.walk(t, part, "ship,deliver")
	settle(part, false, 0, 15)
	settle(part, true, 2, 17)
	settle(part, true, 0, 17)
	c.exec(t, `UPDATE supply SET units = units + 2`)
	whole := c.place(t, checkout(want{"A", 5}))
	c.walk(t, whole, "pay")
	c.withdraw(t, statement(whole.Number, line(1, 5)))
	settle(whole, false, 0, 17)
	settle(whole, true, 0, 17)
	c.balanced(t)
}

// The tables of statements only grow; a person can be blanked out.
func TestStatementsAreAppendOnly(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	p := c.place(t, checkout(want{"A", 3}))
	c.walk(t, p, "pay")
	c.withdraw(t, statement(p.Number, line(1, 1)))
	if _, err := c.orders.SettleWithdrawals(t.Context(), p.Number, order.Staff("anna"), "", false); err != nil {
		t.Fatal(err)
	}
	c.exec(t, `INSERT INTO milestone (wine, year, kind, planned, day, source, actor) VALUES ('w', 2025, 'bottled', FALSE, '2027-06-01', 'house', 'staff:anna')`)
	for _, query := range []string{
		`UPDATE withdrawal SET at = UTC_TIMESTAMP(6)`, `UPDATE withdrawal SET late = TRUE, name = '', email = '', words = ''`, `UPDATE withdrawal SET email = 'eve@example.com'`, `DELETE FROM withdrawal`,
		`UPDATE withdrawal_line SET counted = 0`, `DELETE FROM withdrawal_line`, `UPDATE withdrawal_step SET minor = 0`, `DELETE FROM withdrawal_step`,
		`UPDATE milestone SET day = NULL`, `DELETE FROM milestone`,
	} {
		if _, err := c.Primary.ExecContext(context.WithoutCancel(t.Context()), query); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", query, err)
		}
	}
	c.exec(t, `UPDATE withdrawal SET name = '', email = '', words = ''`)
}

func TestAnUnmatchedStatementIsSettledByItsNumber(t *testing.T) {
	t.Parallel()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 9})
	p := c.place(t, checkout(want{"A", 3}))
	matched, unmatched := c.withdraw(t, statement(p.Number, line(1, 1))), c.withdraw(t, statement("FR-1"))
	open, err := c.orders.OpenWithdrawals(t.Context())
	if err != nil || len(open) != 2 || open[1].Matched != "" {
		t.Fatalf("open: %+v, %v", open, err)
	}
	for range 2 {
		if err := c.orders.SettleUnmatched(t.Context(), unmatched.ID, order.Staff("anna"), "is FR-100000"); err != nil {
			t.Error(err)
		}
	}
	if err := c.orders.SettleUnmatched(t.Context(), matched.ID, order.Staff("anna"), ""); !errors.Is(err, withdrawal.ErrUnknown) {
		t.Errorf("one that fits an order: %v", err)
	}
	if open, err := c.orders.OpenWithdrawals(t.Context()); err != nil || len(open) != 1 || open[0].ID != matched.ID {
		t.Errorf("open: %+v, %v", open, err)
	}
}
