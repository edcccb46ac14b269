package mysql_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"caveau/store/mail"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/storetest"
)

func newLetters(t *testing.T) (*cellar, *mysql.Letters) {
	t.Helper()
	c := newCellar(t, storetest.Database(t), map[string]int{"A": 1000})
	return c, mysql.NewLetters(c.primary)
}

// posted turns the outbox into letters, by eight at once, and says how many that were.
func posted(t *testing.T, l *mysql.Letters) int {
	t.Helper()
	sums := make([]int, 8)
	for _, err := range together(len(sums), func(i int) error {
		for {
			n, err := l.Turn(t.Context())
			sums[i] += n
			if n == 0 || err != nil {
				return err
			}
		}
	}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	total := 0
	for _, n := range sums {
		total += n
	}
	return total
}

// Whatever happens to an order becomes one letter, however many instances look.
func TestTheOutboxBecomesLettersOnce(t *testing.T) {
	t.Parallel()
	c, l := newLetters(t)
	const orders = 120
	for range orders {
		c.place(t, checkout(want{"A", 1}))
	}
	c.exec(t, `INSERT INTO outbox (topic, order_id) VALUES ('erp.export', 1)`)
	if n := posted(t, l); n != orders {
		t.Errorf("%d rows were turned, want %d", n, orders)
	}
	if n := c.number(t, `SELECT COUNT(DISTINCT number) FROM letter WHERE topic = 'order.awaiting' AND recipient = 'anne@example.com' AND locale = 'fr-FR'`); n != orders {
		t.Errorf("letters about %d orders, want %d", n, orders)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM letter`); n != orders {
		t.Errorf("%d letters, want %d", n, orders)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL`); n != 1 {
		t.Errorf("%d rows are left, want that of another reader", n)
	}
}

// Instances that take letters at the same time take different ones; one that dies gives its own back when its time is up.
func TestALetterIsInOneHandAtATime(t *testing.T) {
	t.Parallel()
	c, l := newLetters(t)
	for range 40 {
		c.place(t, checkout(want{"A", 1}))
	}
	posted(t, l)
	taken := make([][]mail.Due, 8)
	for _, err := range together(len(taken), func(i int) (err error) { taken[i], err = l.Take(t.Context(), 10); return err }) {
		if err != nil {
			t.Fatal(err)
		}
	}
	rest, err := l.Take(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	seen, one := map[uint64]bool{}, uint64(0)
	for _, hand := range slices.Concat(taken, [][]mail.Due{rest}) {
		for _, d := range hand {
			if seen[d.ID] || d.Try != 1 || d.To != "anne@example.com" {
				t.Errorf("letter %+v, taken before: %v", d, seen[d.ID])
			}
			seen[d.ID], one = true, d.ID
		}
	}
	if len(seen) != 40 {
		t.Errorf("%d letters were taken, want 40", len(seen))
	}
	c.exec(t, `UPDATE letter SET next_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = ?`, one)
	again, err := l.Take(t.Context(), 10)
	if err != nil || len(again) != 1 || again[0].ID != one || again[0].Try != 2 {
		t.Errorf("after the lease: %+v, %v", again, err)
	}
}

func TestWhatBecomesOfALetter(t *testing.T) {
	t.Parallel()
	c, l := newLetters(t)
	c.place(t, checkout(want{"A", 1}))
	posted(t, l)
	take := func(try int) mail.Due {
		t.Helper()
		c.exec(t, `UPDATE letter SET next_at = UTC_TIMESTAMP(6)`)
		due, err := l.Take(t.Context(), 10)
		if err != nil || len(due) != 1 || due[0].Try != try {
			t.Fatalf("try %d: took %+v, %v", try, due, err)
		}
		return due[0]
	}
	// Away: no try is lost.
	for range 3 {
		if parked, err := l.Failed(t.Context(), take(1), mail.ErrAway); parked || err != nil {
			t.Fatal(parked, err)
		}
	}
	// Refused: later each time, by the database's clock.
	for try := 1; try < mail.MaxTries; try++ {
		if parked, err := l.Failed(t.Context(), take(try), errors.New("451 come back")); parked || err != nil {
			t.Fatalf("try %d: parked %v, %v", try, parked, err)
		}
		pause := int(mail.Pause(try).Seconds())
		if n := c.number(t, `SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), next_at) FROM letter`); n < pause/2-2 || n > pause*3/2+1 {
			t.Errorf("after try %d it waits %d s, want %d by half", try, n, pause)
		}
	}
	last := take(mail.MaxTries)
	if parked, err := l.Failed(t.Context(), last, errors.New(strings.Repeat("é", 300))); !parked || err != nil {
		t.Errorf("the last try: parked %v, %v", parked, err)
	}
	if due, err := l.Take(t.Context(), 10); err != nil || len(due) != 0 {
		t.Errorf("a parked letter is due: %+v, %v", due, err)
	}
	if q, err := l.Queue(t.Context()); err != nil || q != (mail.Queue{Parked: 1}) {
		t.Errorf("queue %+v, %v", q, err)
	}
	// A person lets it go.
	c.exec(t, `UPDATE letter SET parked_at = NULL, tries = 0`)
	if err := l.Sent(t.Context(), take(1).ID); err != nil {
		t.Fatal(err)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM letter WHERE sent_at IS NOT NULL AND recipient = '' AND data = '{}'`); n != 1 {
		t.Error("a letter that was sent keeps whom it went to")
	}
	if q, err := l.Queue(t.Context()); err != nil || q != (mail.Queue{}) {
		t.Errorf("queue %+v, %v", q, err)
	}
}

func TestLettersAreTidied(t *testing.T) {
	t.Parallel()
	c, l := newLetters(t)
	for range 4 {
		c.place(t, checkout(want{"A", 1}))
	}
	posted(t, l)
	c.exec(t, `UPDATE letter SET sent_at = UTC_TIMESTAMP(6) - INTERVAL 91 DAY ORDER BY id LIMIT 1`)
	c.exec(t, `UPDATE letter SET parked_at = UTC_TIMESTAMP(6) - INTERVAL 31 DAY WHERE sent_at IS NULL ORDER BY id LIMIT 1`)
	if err := l.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM letter`); n != 3 {
		t.Errorf("%d letters are left, want 3", n)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM letter WHERE recipient = ''`); n != 1 {
		t.Errorf("%d letters are emptied, want the parked one", n)
	}
}

// An order whose person was erased is nobody's to write to, and holds nobody up.
func TestAnErasedOrderGetsNoLetter(t *testing.T) {
	t.Parallel()
	c, l := newLetters(t)
	p := c.place(t, checkout(want{"A", 1}))
	if _, err := c.orders.Cancel(t.Context(), p.Number, order.Shopper, ""); err != nil {
		t.Fatal(err)
	}
	c.exec(t, `UPDATE orders SET email = ''`)
	if n := posted(t, l); n != 2 {
		t.Errorf("%d rows were turned, want 2", n)
	}
	if n := c.number(t, `SELECT COUNT(*) FROM letter`); n != 0 {
		t.Errorf("%d letters to nobody", n)
	}
}
