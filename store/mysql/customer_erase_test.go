package mysql_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"caveau/store/cart"
	"caveau/store/customer"
	"caveau/store/order"
)

// Erased is erased: neither name nor address is anywhere but in the orders.
func TestWhatIsErasedIsNowhereElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const email, name = "anne.erased@example.com", "Anne Erased"
	anne := h.member(t, email)
	other := h.member(t, "berthe@example.com")
	if err := h.customers.SetPerson(t.Context(), anne.ID, name, "0556 erased"); err != nil {
		t.Fatal(err)
	}
	if err := h.customers.KeepAddress(t.Context(), anne.ID, customer.Address{Address: order.Address{Recipient: name, Line1: "erased street", Country: "FR"}}); err != nil {
		t.Fatal(err)
	}
	if err := h.customers.KeepCart(t.Context(), anne.ID, cart.ID{1}, cart.Cart{Market: "fr", Version: 1}); err != nil {
		t.Fatal(err)
	}
	h.exec(t, `UPDATE letter SET sent_at = UTC_TIMESTAMP(6) WHERE recipient = ?`, email)
	if err := h.customers.AskReset(t.Context(), email, "fr", "fr-FR", "/n?token=", drawToken(t)); err != nil {
		t.Fatal(err)
	}
	r := checkout(want{"A", 1})
	r.Customer = anne.ID.String()
	number := h.place(t, r).Number
	record, err := h.customers.Record(t.Context(), anne.ID)
	if err != nil || len(record.Addresses) != 1 || len(record.Carts) != 1 || len(record.Letters) != 2 || len(record.Events) != 2 || record.Account.Name != name {
		t.Errorf("record %+v, %v", record, err)
	}
	for range 2 {
		if err := h.customers.Erase(t.Context(), anne.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"customer", "customer_address", "customer_cart", "customer_event", "token", "letter"} {
		h.hasNo(t, table, "rased")
	}
	if n := h.number(t, `SELECT COUNT(*) FROM letter WHERE sent_at IS NULL AND recipient = ''`); n != 0 {
		t.Errorf("%d letters would be sent to nobody", n)
	}
	if _, err := h.customers.OwnOrder(t.Context(), anne.ID, number); err != nil {
		t.Errorf("the order is gone: %v", err)
	}
	if found, err := h.customers.Credentials(t.Context(), email); err != nil || found != (customer.Credentials{}) {
		t.Errorf("still there: %+v, %v", found, err)
	}
	if _, err := h.customers.Account(t.Context(), anne.ID); !errors.Is(err, customer.ErrUnknown) {
		t.Error(err)
	}
	if _, err := h.customers.Account(t.Context(), other.ID); err != nil {
		t.Errorf("another is gone too: %v", err)
	}
	h.member(t, email) // who comes back begins anew
}

// hasNo row in a table that holds a word.
func (h house) hasNo(t *testing.T, table, word string) {
	t.Helper()
	rows, err := h.Primary.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, value := range row {
			if strings.Contains(value.String, word) && value.String != "erased" {
				t.Errorf("%s.%s still says %q", table, columns[i], value.String)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
