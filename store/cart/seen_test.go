package cart_test

import (
	"errors"
	"testing"
	"time"

	"caveau/store/cart"
)

var (
	monday  = cart.Seen{Price: 1000, Left: 5, Day: 2500}
	tuesday = cart.Seen{Price: 1100, Left: 4, Day: 2501}
)

func TestALineRemembersWhatWasShownFirst(t *testing.T) {
	c := must(t)(cart.Cart{Market: "fr"}.AddSeen("A", 1, monday))
	c = must(t)(c.AddSeen("A", 1, tuesday))
	if c.Lines[0].Seen != monday || c.Lines[0].Quantity != 2 {
		t.Errorf("added again: %+v", c.Lines[0])
	}
	c = must(t)(c.Add("B", 1))
	c = must(t)(c.AddSeen("B", 1, tuesday))
	if c.Lines[1].Seen != tuesday {
		t.Errorf("of a line that knew nothing: %+v", c.Lines[1])
	}
	for _, bad := range []cart.Seen{{Price: -1}, {Left: 1}, {Price: 1, Left: cart.Plenty + 1}, {Price: cart.MaxPrice + 1}, {Price: 1, Day: cart.MaxDay + 1}} {
		if got, err := c.AddSeen("A", 1, bad); !errors.Is(err, cart.ErrFormat) || got.Version != c.Version {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestConfirm(t *testing.T) {
	c := must(t)(cart.Cart{Market: "fr"}.AddSeen("A", 1, monday))
	next := must(t)(c.Confirm([]cart.Shown{{SKU: "A", Seen: tuesday}, {SKU: "GONE", Seen: tuesday}}))
	if next.Lines[0].Seen != tuesday || next.Version != c.Version+1 || len(next.Lines) != 1 || c.Lines[0].Seen != monday {
		t.Errorf("%+v, before %+v", next, c)
	}
	if again := must(t)(next.Confirm([]cart.Shown{{SKU: "A", Seen: tuesday}})); again.Version != next.Version {
		t.Error("what is so already is a new version")
	}
	if _, err := c.Confirm([]cart.Shown{{SKU: "A", Seen: cart.Seen{Left: 1}}}); !errors.Is(err, cart.ErrFormat) {
		t.Errorf("%v", err)
	}
}

func TestPrefer(t *testing.T) {
	c := must(t)(cart.Cart{Market: "fr"}.Add("A", 1))
	next := must(t)(c.Prefer("A", cart.NextVintage))
	if next.Lines[0].Wish != cart.NextVintage || next.Version != 2 || c.Lines[0].Wish != cart.ThisVintage {
		t.Errorf("%+v, before %+v", next, c)
	}
	if again := must(t)(next.Prefer("A", cart.NextVintage)); again.Version != 2 {
		t.Error("what is so already is a new version")
	}
	if _, err := c.Prefer("B", cart.AskMe); !errors.Is(err, cart.ErrUnknownLine) {
		t.Errorf("of a line that is not there: %v", err)
	}
	if _, err := c.Prefer("A", "never"); !errors.Is(err, cart.ErrFormat) {
		t.Errorf("a wish that is none: %v", err)
	}
}

func TestDaysAreThoseOfTheZone(t *testing.T) {
	paris := time.FixedZone("", 3600)
	late := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)
	if cart.Day(late)+1 != cart.Day(late.In(paris)) || cart.DateOf(cart.Day(late)).Format(time.DateOnly) != "2026-11-22" {
		t.Errorf("%d and %d", cart.Day(late), cart.Day(late.In(paris)))
	}
	if cart.Day(time.Time{}) != 0 || cart.Day(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)) != cart.MaxDay {
		t.Error("days out of bounds")
	}
}
