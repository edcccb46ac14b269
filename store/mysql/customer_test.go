package mysql_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"caveau/store/cart"
	"caveau/store/customer"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

// house is a shop with accounts.
type house struct {
	*cellar
	customers *mysql.Customers
}

func newHouse(t *testing.T) house {
	t.Helper()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 100})
	return house{c, mysql.NewCustomers(c.primary)}
}

func drawToken(t *testing.T) customer.Token {
	t.Helper()
	token, err := customer.NewToken(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func drawID(t *testing.T) customer.ID {
	t.Helper()
	id, err := customer.NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h house) apply(t *testing.T, email customer.Email) customer.Token {
	t.Helper()
	token := drawToken(t)
	err := h.customers.Apply(t.Context(), customer.Applicant{
		Email: email, Name: "Émilie", Hash: "hash of " + string(email), Market: "fr", Locale: "fr-FR", Link: "/compte/confirm?token=", Known: "/compte/login",
	}, token)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// member has an account.
func (h house) member(t *testing.T, email customer.Email) customer.Credentials {
	t.Helper()
	done, err := h.customers.Confirm(t.Context(), h.apply(t, email), drawID(t))
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// letters to an address by their topics.
func (h house) letters(t *testing.T, email customer.Email) string {
	t.Helper()
	var topics sql.NullString
	if err := h.Primary.QueryRowContext(t.Context(), `SELECT GROUP_CONCAT(topic ORDER BY id SEPARATOR ' ') FROM letter WHERE recipient = ?`, email).Scan(&topics); err != nil {
		t.Fatal(err)
	}
	return topics.String
}

// atOnce does the same 64 times at once and counts what came of it.
func atOnce(t *testing.T, do func() error) (done int) {
	t.Helper()
	var n atomic.Int64
	var all sync.WaitGroup
	gate := make(chan struct{})
	for range 64 {
		all.Go(func() {
			<-gate
			err := do()
			if err == nil {
				n.Add(1)
			} else if !errors.Is(err, customer.ErrToken) {
				t.Error(err)
			}
		})
	}
	close(gate)
	all.Wait()
	return int(n.Load())
}

func TestATokenOpensOneThingOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	token := h.apply(t, "anne@example.com")
	ctx := context.WithoutCancel(t.Context())
	if n := atOnce(t, func() error {
		_, err := h.customers.Confirm(ctx, token, drawID(t))
		return err
	}); n != 1 {
		t.Errorf("confirmed %d times", n)
	}
	if n := h.number(t, `SELECT COUNT(*) FROM customer`); n != 1 {
		t.Errorf("%d accounts", n)
	}
	reset := drawToken(t)
	if err := h.customers.AskReset(t.Context(), "anne@example.com", "fr", "fr-FR", "/compte/new?token=", reset); err != nil {
		t.Fatal(err)
	}
	var new atomic.Int64
	if n := atOnce(t, func() error {
		_, err := h.customers.Reset(ctx, reset, fmt.Sprintf("new hash %d", new.Add(1)))
		return err
	}); n != 1 {
		t.Errorf("set a new password %d times", n)
	}
	if found, err := h.customers.Credentials(t.Context(), "anne@example.com"); err != nil || found.Epoch != 2 || !strings.HasPrefix(found.Hash, "new hash") {
		t.Errorf("%+v, %v", found, err)
	}
	if got := h.letters(t, "anne@example.com"); got != "account.confirm account.reset account.password" {
		t.Errorf("letters: %s", got)
	}
	for what, err := range map[string]error{
		"a reset's token as a confirmation": second(h.customers.Confirm(ctx, reset, drawID(t))), "of another purpose": h.customers.MoveEmail(ctx, token),
		"never given out": second(h.customers.Reset(ctx, drawToken(t), "x")), "of nobody": second(h.customers.Pending(ctx, customer.Token{})),
	} {
		if !errors.Is(err, customer.ErrToken) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// The same request again finds what it did, as when the answer to its commit was lost.
func TestAConfirmationThatRunsTwiceIsOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	token, id := h.apply(t, "anne@example.com"), drawID(t)
	for range 2 {
		if got, err := h.customers.Confirm(t.Context(), token, id); err != nil || got.ID != id {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if n := h.number(t, `SELECT COUNT(*) FROM customer_event WHERE what = 'opened'`); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

func TestTokensRunOutByTheDatabasesClock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	token := h.apply(t, "anne@example.com")
	if n := h.number(t, `SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(6), expires_at) FROM token`); n < 48*60-2 || n > 48*60 {
		t.Errorf("it lives for %d minutes", n)
	}
	h.exec(t, `UPDATE token SET expires_at = UTC_TIMESTAMP(6)`)
	if _, err := h.customers.Pending(t.Context(), token); !errors.Is(err, customer.ErrToken) {
		t.Error(err)
	}
	if _, err := h.customers.Confirm(t.Context(), token, drawID(t)); !errors.Is(err, customer.ErrToken) {
		t.Error(err)
	}
	h.exec(t, `UPDATE token SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 2 DAY`)
	if err := h.customers.Sweep(t.Context()); err != nil || h.number(t, `SELECT COUNT(*) FROM token`) != 0 {
		t.Errorf("it is kept: %v", err)
	}
}

// To ask about an address that has an account runs as many statements as to ask about one that has none. It counts them on the server, so
// it runs alone.
func TestAskingCostsTheSameForEverybody(t *testing.T) {
	h := newHouse(t)
	h.member(t, "anne@example.com")
	count := func(do func() error) (n [3]int) {
		t.Helper()
		read := func() (n [3]int) {
			for i, what := range []string{"Com_select", "Com_insert", "Com_commit"} {
				if err := h.Primary.QueryRowContext(t.Context(), `SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = ?`, what).Scan(&n[i]); err != nil {
					t.Fatal(err)
				}
			}
			return n
		}
		before := read()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		after := read()
		for i := range n {
			n[i] = after[i] - before[i]
		}
		return n
	}
	apply := func(email customer.Email) func() error {
		return func() error {
			return h.customers.Apply(t.Context(), customer.Applicant{Email: email, Hash: "h", Market: "fr", Locale: "fr-FR", Link: "/c?token="}, drawToken(t))
		}
	}
	reset := func(email customer.Email) func() error {
		return func() error {
			return h.customers.AskReset(t.Context(), email, "fr", "fr-FR", "/c?token=", drawToken(t))
		}
	}
	if known, unknown := count(apply("anne@example.com")), count(apply("berthe@example.com")); known != unknown || known[1] != 3 {
		t.Errorf("to register: %v, and %v where there is no account", known, unknown)
	}
	if known, unknown := count(reset("anne@example.com")), count(reset("carl@example.com")); known != unknown || known[1] != 3 {
		t.Errorf("to reset: %v, and %v where there is no account", known, unknown)
	}
	if got := h.letters(t, "anne@example.com"); got != "account.confirm account.exists account.reset" {
		t.Errorf("letters to who has an account: %s", got)
	}
	if got := h.letters(t, "carl@example.com"); got != "" {
		t.Errorf("letters to who has none: %s", got)
	}
	if n := h.number(t, `SELECT COUNT(*) FROM token WHERE purpose = 'none' AND (email <> '' OR customer <> 0 OR password <> '')`); n != 0 {
		t.Errorf("%d tokens of nobody hold something", n)
	}
}

func TestAPasswordIsChangedByWhoKnowsTheOldOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	old := h.member(t, "anne@example.com")
	reset := drawToken(t)
	if err := h.customers.AskReset(t.Context(), "anne@example.com", "fr", "fr-FR", "/n?token=", reset); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second finds the first's
		if now, err := h.customers.ChangePassword(t.Context(), old, "second"); err != nil || now.Epoch != 2 {
			t.Errorf("%+v, %v", now, err)
		}
	}
	if _, err := h.customers.ChangePassword(t.Context(), old, "third"); !errors.Is(err, customer.ErrLogin) {
		t.Errorf("by the old one: %v", err)
	}
	if _, err := h.customers.Reset(t.Context(), reset, "fourth"); !errors.Is(err, customer.ErrToken) {
		t.Errorf("by a token from before: %v", err)
	}
	if err := h.customers.Upgrade(t.Context(), old, "fifth"); err != nil {
		t.Error(err)
	}
	if now, err := h.customers.CredentialsOf(t.Context(), old.ID); err != nil || now.Hash != "second" || now.Epoch != 2 {
		t.Errorf("%+v, %v", now, err)
	}
}

func TestAnAddressMovesWhenTheNewOneConfirms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anne := h.member(t, "anne@example.com")
	h.member(t, "berthe@example.com")
	first, taken := drawToken(t), drawToken(t)
	for email, token := range map[customer.Email]customer.Token{"anna@example.com": first, "berthe@example.com": taken} {
		if err := h.customers.AskEmail(t.Context(), anne.ID, email, "/c?token=", "/l", token); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.customers.MoveEmail(t.Context(), taken); !errors.Is(err, customer.ErrToken) {
		t.Errorf("to another's address: %v", err)
	}
	if err := h.customers.MoveEmail(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if now, err := h.customers.Credentials(t.Context(), "anna@example.com"); err != nil || now.ID != anne.ID {
		t.Errorf("%+v, %v", now, err)
	}
	for email, want := range map[customer.Email]string{
		"anne@example.com": "account.confirm account.moved", "anna@example.com": "account.email", "berthe@example.com": "account.confirm account.exists",
	} {
		if got := h.letters(t, email); got != want {
			t.Errorf("letters to %s: %s, want %s", email, got, want)
		}
	}
}

func TestAnAddressBookIsItsOwners(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anne, berthe := h.member(t, "anne@example.com"), h.member(t, "berthe@example.com")
	home := customer.Address{Address: order.Address{Recipient: "Anne", Line1: "1 rue Foy", Locality: "Bordeaux", Postcode: "33000", Country: "FR"}}
	for range 2 { // the same again is no other
		if err := h.customers.KeepAddress(t.Context(), anne.ID, home); err != nil {
			t.Fatal(err)
		}
	}
	book, err := h.customers.Addresses(t.Context(), anne.ID)
	if err != nil || len(book) != 1 || book[0].Address != home.Address {
		t.Fatalf("%+v, %v", book, err)
	}
	book[0].Line1 = "2 rue Foy"
	if err := h.customers.KeepAddress(t.Context(), berthe.ID, book[0]); !errors.Is(err, customer.ErrUnknown) {
		t.Errorf("another writes it: %v", err)
	}
	if err := h.customers.DropAddress(t.Context(), berthe.ID, book[0].ID); err != nil {
		t.Error(err)
	}
	if err := h.customers.KeepAddress(t.Context(), anne.ID, book[0]); err != nil {
		t.Error(err)
	}
	if now, err := h.customers.Addresses(t.Context(), anne.ID); err != nil || len(now) != 1 || now[0] != book[0] {
		t.Errorf("%+v, %v", now, err)
	}
	for n := range customer.MaxAddresses {
		home.Line2 = fmt.Sprint("floor ", n)
		err = h.customers.KeepAddress(t.Context(), anne.ID, home)
	}
	if !errors.Is(err, customer.ErrFull) {
		t.Errorf("one too many: %v", err)
	}
}

func TestTheNewestCopyOfACartIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anne := h.member(t, "anne@example.com")
	held := func(version uint64, n int) cart.Cart {
		return cart.Cart{Market: "fr", Version: version, Lines: []cart.Line{{SKU: "A", Quantity: n}}}
	}
	for _, step := range []struct {
		id   byte
		c    cart.Cart
		want int
	}{
		{1, held(3, 3), 3}, {1, held(2, 2), 3}, {1, held(4, 4), 4}, {2, held(9, 9), 4},
	} {
		if err := h.customers.KeepCart(t.Context(), anne.ID, cart.ID{step.id}, step.c); err != nil {
			t.Fatal(err)
		}
		id, got, ok, err := h.customers.Cart(t.Context(), anne.ID, "fr")
		if err != nil || !ok || got.Quantity("A") != step.want || id[0] != 1 {
			t.Errorf("after %+v: %v %+v, %v", step, id[0], got, err)
		}
	}
	if _, _, ok, err := h.customers.Cart(t.Context(), anne.ID, "de"); ok || err != nil {
		t.Errorf("of another market: %v, %v", ok, err)
	}
}

func TestOrdersAreShownToTheirAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anne, berthe := h.member(t, "anne@example.com"), h.member(t, "berthe@example.com")
	r := checkout(want{"A", 2})
	r.Customer = anne.ID.String()
	number := h.place(t, r).Number
	h.place(t, checkout(want{"A", 1})) // a guest's
	if list, err := h.customers.OwnOrders(t.Context(), anne.ID); err != nil || len(list) != 1 || list[0].Number != number || list[0].Sums.Total != r.Total {
		t.Errorf("%+v, %v", list, err)
	}
	if got, err := h.customers.OwnOrder(t.Context(), anne.ID, number); err != nil || len(got.Lines) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := h.customers.OwnOrder(t.Context(), berthe.ID, number); !errors.Is(err, order.ErrUnknown) {
		t.Errorf("another reads it: %v", err)
	}
}

// However many orders come at once, a buyer has three that wait for money, and no more units than may wait.
func TestNobodyHoards(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.orders.Bound(order.Bounds{Orders: 3, Units: 20})
	var placed, unpaid atomic.Int64
	var all sync.WaitGroup
	ctx := context.WithoutCancel(t.Context())
	for range 16 {
		r := checkout(want{"A", 2})
		r.Method = order.Transfer
		all.Go(func() {
			_, err := h.orders.Place(ctx, r)
			switch {
			case err == nil:
				placed.Add(1)
			case errors.Is(err, order.ErrUnpaid):
				unpaid.Add(1)
			case !errors.Is(err, order.ErrBusy):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if placed.Load() != 3 || unpaid.Load() == 0 {
		t.Errorf("%d placed, %d refused", placed.Load(), unpaid.Load())
	}
	other := checkout(want{"A", 21})
	other.Method, other.Contact.Email = order.Transfer, "berthe@example.com"
	var refused *order.Refusal
	if _, err := h.orders.Place(ctx, other); !errors.As(err, &refused) || !errors.Is(err, order.ErrHoard) || refused.Problems[0].Left != 20 {
		t.Errorf("21 at once: %v", err)
	}
	var one order.Number
	if err := h.Primary.QueryRowContext(ctx, `SELECT number FROM orders WHERE method = 'transfer' LIMIT 1`).Scan(&one); err != nil {
		t.Fatal(err)
	}
	if _, err := h.orders.ByCard(ctx, one); err != nil { // held as long as before
		t.Fatal(err)
	}
	fourth := checkout(want{"A", 2})
	fourth.Method = order.Transfer
	if _, err := h.orders.Place(ctx, fourth); !errors.Is(err, order.ErrUnpaid) {
		t.Errorf("a fourth while one of the three is to be paid by card: %v", err)
	}
	if _, err := h.orders.ByTransfer(ctx, one); err != nil {
		t.Fatal(err)
	}
	redirect := checkout(want{"A", 1})
	h.place(t, redirect) // who pays at once is not bounded
	number := h.number(t, `SELECT id FROM orders WHERE method = 'transfer' LIMIT 1`)
	h.exec(t, `UPDATE orders SET state = 'paid' WHERE id = ?`, number)
	next := checkout(want{"A", 2})
	next.Method = order.Transfer
	h.place(t, next)
}

func TestEventsOfAccountsAreAppendOnly(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.member(t, "anne@example.com")
	for _, statement := range []string{`UPDATE customer_event SET what = 'x'`, `DELETE FROM customer_event`} {
		if _, err := h.Primary.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s is done", statement)
		}
	}
}
