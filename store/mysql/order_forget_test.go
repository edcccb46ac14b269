package mysql_test

import (
	"slices"
	"testing"

	"caveau/store/law"
	"caveau/store/mysql"
	"caveau/store/order"
)

// personal names somebody in every field of a checkout that can.
func personal(list ...want) order.Request {
	r := checkout(list...)
	r.Contact = order.Contact{Name: "Anne Erased", Email: "erased@example.com", Phone: "0556 erased"}
	r.Delivery = order.Address{Recipient: "Anne Erased", Line1: "erased street", Locality: "Erasedville", Country: "BE"}
	r.Invoice = order.Address{Recipient: "Anne Billed", Line1: "billed street", Locality: "Bordeaux", Country: "FR"}
	return r
}

// everywhere are the tables that may say whose an order is.
var everywhere = []string{"orders", "order_event", "refund", "withdrawal", "withdrawal_step", "allocation_taken", "buyer_turn", "letter"}

// back lets so many years pass for everything.
func (c *cellar) back(t *testing.T, years int) {
	t.Helper()
	triggers := []string{"order_event_updated", "document_updated", "withdrawal_updated"}
	var again []string
	for _, name := range triggers {
		var trigger, mode, statement string
		var rest [4]any
		if err := c.Primary.QueryRowContext(t.Context(), `SHOW CREATE TRIGGER `+name).Scan(&trigger, &mode, &statement, &rest[0], &rest[1], &rest[2], &rest[3]); err != nil {
			t.Fatal(err)
		}
		again = append(again, statement)
		c.exec(t, `DROP TRIGGER `+name)
	}
	for _, query := range []string{
		`UPDATE orders SET placed_at = placed_at - INTERVAL ? YEAR`, `UPDATE order_event SET at = at - INTERVAL ? YEAR`, `UPDATE document SET issued_at = issued_at - INTERVAL ? YEAR`,
		`UPDATE withdrawal SET at = at - INTERVAL ? YEAR`,
	} {
		c.exec(t, query, years)
	}
	for _, statement := range again {
		c.exec(t, statement)
	}
}

func (c *cellar) forgets(t *testing.T, wanted mysql.Forgotten) {
	t.Helper()
	done, err := c.orders.Forget(t.Context(), map[string]law.Keeping{"fr": {Invoice: 10, Contact: 2}})
	if err != nil || done != wanted {
		t.Errorf("forgot %+v, want %+v (%v)", done, wanted, err)
	}
}

// After two years nobody's address, telephone, way to their door or words are left; after ten the invoice goes too. Amounts stay.
func TestOrdersAreForgottenWhenTheirTermIsOver(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.cellar
	r := personal(want{"A", 3})
	r.Method = order.Transfer
	p := c.place(t, r)
	if _, err := c.orders.Paid(t.Context(), order.Receipt{Number: p.Number, Method: order.Transfer, Reference: "SEPA", Amount: p.Total}); err != nil {
		t.Fatal(err)
	}
	s := statement(p.Number, line(1, 1))
	s.Name, s.Email, s.Words = "Anne Erased", r.Contact.Email, "erased words"
	c.withdraw(t, s)
	stray := statement("FR-1")
	stray.Name, stray.Email, stray.Words = "Anne Erased", "erased@example.com", "erased words"
	c.withdraw(t, stray)
	if _, err := c.orders.SettleWithdrawals(t.Context(), p.Number, order.Staff("x"), "erased remark", false); err != nil {
		t.Fatal(err)
	}
	c.back(t, 1)
	c.forgets(t, mysql.Forgotten{})
	c.back(t, 2)
	c.forgets(t, mysql.Forgotten{Statements: 1}) // money is due, and bottles are under way
	c.walk(t, p, "ship,deliver")
	if _, err := c.orders.Refunded(t.Context(), p.Number, order.Staff("x"), ""); err != nil {
		t.Fatal(err)
	}
	c.forgets(t, mysql.Forgotten{}) // it arrived today
	c.back(t, 2)
	c.exec(t, `UPDATE letter SET recipient = '', data = '{}' WHERE topic LIKE 'withdrawal.%'`) // as when they were sent
	c.forgets(t, mysql.Forgotten{Contacts: 1})
	c.forgets(t, mysql.Forgotten{})
	for _, table := range everywhere {
		h.hasNo(t, table, "rased")
	}
	o, err := c.orders.Show(t.Context(), p.Number)
	if err != nil || o.Delivery.Country != "BE" || o.Invoice.Recipient != "Anne Billed" || o.Sums.Total != p.Total || len(o.Payments) != 2 {
		t.Errorf("what is left: %+v, %v", o, err)
	}
	c.back(t, 7) // ten years for the invoice, nine for the credit note of a later day
	papers := func() int {
		found, err := c.orders.Documents(t.Context(), p.Number)
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if papers() != 2 {
		t.Errorf("%d papers, want 2", papers())
	}
	c.back(t, 1)
	c.forgets(t, mysql.Forgotten{Invoices: 1})
	for _, table := range slices.Concat(everywhere, []string{"document"}) {
		h.hasNo(t, table, "Anne")
	}
	if papers() != 0 || c.number(t, `SELECT total FROM orders`) != int(p.Total.Minor) || c.number(t, `SELECT COUNT(*) FROM document`) != 2 {
		t.Error("the invoice is not gone, or more than it is")
	}
}

// Nobody, not even by hand, empties a document before the shortest term of any market.
func TestADocumentIsNotForgottenEarly(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.cellar
	c.walk(t, c.place(t, personal(want{"A", 1})), "pay")
	c.back(t, 5)
	if _, err := c.Primary.ExecContext(t.Context(), `UPDATE document SET facts = '', sheet = NULL`); err == nil {
		t.Error("a document of five years was emptied")
	}
}

// Who erases the account takes all of a settled order along, and the rest when it is settled.
func TestAnErasedAccountsOrdersNameNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.cellar
	anne := h.member(t, "erased@example.com")
	buy := func() order.Placed {
		r := personal(want{"A", 1})
		r.Customer = anne.ID.String()
		return c.place(t, r)
	}
	over, open := buy(), buy()
	c.walk(t, over, "pay,ship,deliver")
	c.walk(t, open, "pay")
	stray := statement("FR-1")
	stray.Name, stray.Email = "Anne Erased", "erased@example.com"
	c.withdraw(t, stray)
	if err := h.customers.Erase(t.Context(), anne.ID); err != nil {
		t.Fatal(err)
	}
	first, err1 := c.orders.Show(t.Context(), over.Number)
	second, err2 := c.orders.Show(t.Context(), open.Number)
	if err1 != nil || err2 != nil || first.Contact != (order.Contact{}) || first.Delivery.Line1 != "" || first.Invoice.Recipient != "Anne Billed" || second.Contact.Email == "" {
		t.Errorf("%+v, %+v, %v, %v", first.Contact, second.Contact, err1, err2)
	}
	h.hasNo(t, "withdrawal", "rased")
	c.forgets(t, mysql.Forgotten{})
	c.walk(t, open, "ship,deliver")
	c.forgets(t, mysql.Forgotten{Contacts: 1})
	for _, table := range []string{"orders", "order_event", "withdrawal", "letter"} {
		h.hasNo(t, table, "rased")
	}
}

// A primeur that has not come needs to know where to.
func TestAPrimeurThatHasNotComeIsUnderWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.cellar
	anne := h.member(t, "erased@example.com")
	r := personal(want{"A", 1})
	r.Customer, r.Lines[0].SaleType = anne.ID.String(), "primeur"
	p := c.place(t, r)
	c.walk(t, p, "pay,ship,deliver")
	if err := h.customers.Erase(t.Context(), anne.ID); err != nil {
		t.Fatal(err)
	}
	c.forgets(t, mysql.Forgotten{})
	c.exec(t, `INSERT INTO milestone (number, sku, kind, planned, day, source, actor) VALUES (?, 'A', 'delivered', FALSE, '2028-05-02', 'house', 'staff:anna')`, p.Number)
	c.forgets(t, mysql.Forgotten{Contacts: 1})
}
