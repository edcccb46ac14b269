package cart

import (
	"fmt"
	"time"
)

// Seen is what a visitor was shown of a line when it was added or last confirmed, so that a cart can say what has changed since.
// The zero Seen is not known: of a line from before there was one, say.
type Seen struct {
	Price int64 // of one unit in the market's price list, in minor units; more than nought
	Left  int   // units that could be had, as far as Plenty
	Day   int   // when, see Day
}

// The bounds of what is remembered; they are what lets a full cart fit into one cookie.
const (
	// Plenty is as many as are counted: nobody is told that 312 have become 290.
	Plenty = 12
	// MaxPrice bounds a price (a hundred million).
	MaxPrice = 10_000_000_000
	// MaxDay is in the year 2064.
	MaxDay = 1<<14 - 1
)

var firstDay = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

// Day numbers the date of a moment, on the clocks of its zone, from 2020-01-01 on.
func Day(t time.Time) int {
	date := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return min(max(int(date.Sub(firstDay).Hours())/24, 0), MaxDay)
}

// DateOf a day's number, at midnight of UTC.
func DateOf(day int) time.Time { return firstDay.AddDate(0, 0, day) }

// SeenAs is what is shown of a SKU at a moment.
func SeenAs(price int64, left int, at time.Time) Seen {
	return Seen{Price: price, Left: min(max(left, 0), Plenty), Day: Day(at)}
}

// Known says that something was shown.
func (s Seen) Known() bool { return s.Price > 0 }

func (s Seen) valid() bool {
	return s == Seen{} || s.Price > 0 && s.Price <= MaxPrice && s.Left >= 0 && s.Left <= Plenty && s.Day >= 0 && s.Day <= MaxDay
}

// Shown is what a visitor is shown of a line now.
type Shown struct {
	SKU  string
	Seen Seen
}

// CheckShown says with ErrFormat what of a list cannot be remembered.
func CheckShown(all []Shown) error {
	if len(all) > MaxLines {
		return fmt.Errorf("%w: %d lines were shown", ErrFormat, len(all))
	}
	for _, s := range all {
		if !validSKU(s.SKU) || !s.Seen.valid() {
			return fmt.Errorf("%w: %.50q was shown as %v", ErrFormat, s.SKU, s.Seen)
		}
	}
	return nil
}

// Confirm remembers what was shown of lines. What is not in the cart is left out; where nothing is new the version stays.
func (c Cart) Confirm(all []Shown) (Cart, error) {
	if err := CheckShown(all); err != nil {
		return c, err
	}
	next, changed := c.next(), false
	for _, s := range all {
		if i := c.index(s.SKU); i >= 0 && next.Lines[i].Seen != s.Seen {
			next.Lines[i].Seen, changed = s.Seen, true
		}
	}
	if !changed {
		return c, nil
	}
	return next, nil
}

// Prefer says what is wished for a line. With ErrFormat or ErrUnknownLine the cart comes back as it was.
func (c Cart) Prefer(sku string, wish Wish) (Cart, error) {
	if !wish.Valid() {
		return c, fmt.Errorf("%w: wish %.20q", ErrFormat, wish)
	}
	i := c.index(sku)
	if i < 0 {
		return c, fmt.Errorf("prefer %s for %.50q: %w", wish, sku, ErrUnknownLine)
	}
	if c.Lines[i].Wish == wish {
		return c, nil
	}
	next := c.next()
	next.Lines[i].Wish = wish
	return next, nil
}
