package withdrawal

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"caveau/store/order"
)

// ErrUnknown says that no statement has this key.
var ErrUnknown = errors.New("no such statement")

// Statement is what a buyer sent.
type Statement struct {
	Key    order.Key `json:"-"` // of the form
	Secret order.Key `json:"-"` // of the order, where he came from its page; zero else
	Market string
	Locale string
	Number string // of the order, as he entered it
	Name   string
	Email  string    // where the receipt goes
	Lines  []Line    // what he chose from the order's lines
	Words  string    // what he wrote instead
	Ends   time.Time `json:"-"` // when the period is over; zero where it has not begun
}

// Line is so many units of a line of the order.
type Line struct {
	Position int // of the line, from 1
	Title    string
	Quantity int // as stated
	Counted  int // what of it was not withdrawn from before
}

// The longest parts of a statement, in characters.
const (
	MaxField = order.MaxField
	MaxEmail = order.MaxEmail
	MaxWords = 2000
)

// Order is the number of the order, as the shop writes it.
func (s Statement) Order() order.Number {
	return order.Number(strings.ToUpper(strings.Join(strings.Fields(s.Number), "")))
}

// ID names the statement: the same form with the same content has the same. Whoever knows it can see the receipt.
func (s Statement) ID() (order.Key, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return order.Key{}, fmt.Errorf("write a statement down: %w", err)
	}
	sum := sha256.Sum256(append(s.Key[:], body...))
	return order.Key(sum[:len(order.Key{})]), nil
}

// Faults names the fields that cannot be used: "name", "number", "email" missing, too long, or no text; "words" too long.
func (s Statement) Faults() []string {
	var out []string
	for _, f := range []struct {
		name, value string
		most        int
		required    bool
	}{
		{"name", s.Name, MaxField, true}, {"number", s.Number, MaxField, true}, {"email", s.Email, MaxEmail, true}, {"words", s.Words, MaxWords, false},
	} {
		if f.required && strings.TrimSpace(f.value) == "" || utf8.RuneCountInString(f.value) > f.most || !isText(f.value) {
			out = append(out, f.name)
		}
	}
	return out
}

// isText refuses control characters but the ends of lines, and those that turn the direction of what follows.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' || unicode.Is(unicode.Bidi_Control, r)
	})
}

// Record is a statement as it was taken down.
type Record struct {
	ID      uint64
	Key     order.Key    // opens the receipt; zero where it was read for the staff
	Matched order.Number // the order that it is about; "" where none fits
	Market  string
	Locale  string
	Number  string
	Name    string
	Email   string
	Lines   []Line
	Words   string
	Late    bool
	At      time.Time // when it came, by the database's clock
	Settled bool      // the staff has decided on the money
	Again   bool      // it had been taken down before
}

// Reference is what people call it: "W-12".
func (r Record) Reference() string { return fmt.Sprintf("W-%d", r.ID) }
