package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/cart"
)

// The script and package cart's own edits must agree on every sequence: a page falls back from one to the
// other in the middle of a visit.
func TestTheScriptAgreesWithTheCart(t *testing.T) {
	carts, raw := flushed(t)
	ctx := t.Context()
	visits := 0
	rapid.Check(t, func(t *rapid.T) {
		visits++
		v := visit{id: cart.ID{byte(visits >> 8), byte(visits)}, kept: french, cookie: french}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0: // Redis is flushed
				if err := raw.Del(ctx, key(v.id, "fr")).Err(); err != nil {
					t.Fatal(err)
				}
				v.kept = french
			case 1: // Redis is away: the cookie alone
				v.cookie, _ = v.draw(t).pure(v.cookie)
			case 2: // the answer to one edit is lost
				edit := v.draw(t)
				want, _ := edit.pure(newer(v.kept, v.cookie))
				if _, err := edit.redis(ctx, carts, v); errors.Is(err, cart.ErrUnavailable) {
					t.Fatal(err)
				}
				v.kept = want
			default:
				v.step(ctx, t, carts)
			}
		}
	})
}

// newer is the copy that counts: the cookie's where it has the higher version. At the same one Redis has seen the edits of every tab, a
// cookie those of one.
func newer(kept, cookie cart.Cart) cart.Cart {
	if cookie.Version > kept.Version {
		return cookie
	}
	return kept
}

// visit is what the model knows: the cart in Redis, and the one in the cookie.
type visit struct {
	id           cart.ID
	kept, cookie cart.Cart
}

func (v *visit) step(ctx context.Context, t *rapid.T, carts *Carts) {
	edit := v.draw(t)
	want, wantErr := edit.pure(newer(v.kept, v.cookie))
	got, err := edit.redis(ctx, carts, *v)
	if got.Market != want.Market || got.Version != want.Version || !slices.Equal(got.Lines, want.Lines) {
		t.Fatalf("%v on %v with cookie %v: %v, want %v", edit, v.kept, v.cookie, got, want)
	}
	for _, rule := range []error{cart.ErrFull, cart.ErrQuantity, cart.ErrUnknownLine, cart.ErrSKU, cart.ErrFormat} {
		if errors.Is(err, rule) != errors.Is(wantErr, rule) {
			t.Fatalf("%v: error %v, want %v", edit, err, wantErr)
		}
	}
	if errors.Is(err, cart.ErrUnavailable) {
		t.Fatal(err)
	}
	v.kept, v.cookie = want, want
}

// edit is one that a visitor asks for.
type edit struct {
	op   string
	sku  string
	n    int
	seen cart.Seen
	wish cart.Wish
}

// shown are the lines that the edit confirms: one of the cart's or none, and one that is not in it.
func (e edit) shown() []cart.Shown {
	return []cart.Shown{{SKU: e.sku, Seen: e.seen}, {SKU: "S1", Seen: e.seen}, {SKU: "NONE", Seen: e.seen}}
}

func (v *visit) draw(t *rapid.T) edit {
	e := edit{
		op:  rapid.SampledFrom([]string{"add", "add", "add", "set", "look", "fill", "prefer", "confirm"}).Draw(t, "op"),
		sku: fmt.Sprint("S", rapid.IntRange(0, 8).Draw(t, "sku")),
		n:   rapid.SampledFrom([]int{-1, 0, 1, 2, 400, 999, 1000}).Draw(t, "n"),
	}
	e.wish = rapid.SampledFrom([]cart.Wish{cart.ThisVintage, cart.NextVintage, cart.AskMe, "never"}).Draw(t, "wish")
	if rapid.Bool().Draw(t, "seen") {
		e.seen = cart.Seen{
			Price: rapid.SampledFrom([]int64{1, 109_000, cart.MaxPrice, cart.MaxPrice + 1}).Draw(t, "price"),
			Left:  rapid.IntRange(0, cart.Plenty).Draw(t, "left"), Day: rapid.SampledFrom([]int{0, 2517, cart.MaxDay}).Draw(t, "day"),
		}
	}
	if rapid.IntRange(0, 30).Draw(t, "odd") == 0 {
		e.sku = rapid.SampledFrom([]string{"", "a b", "é"}).Draw(t, "no SKU")
	}
	return e
}

func (e edit) pure(c cart.Cart) (cart.Cart, error) {
	switch e.op {
	case "add":
		return c.AddSeen(e.sku, e.n, e.seen)
	case "set":
		return c.Set(e.sku, e.n)
	case "prefer":
		return c.Prefer(e.sku, e.wish)
	case "confirm":
		return c.Confirm(e.shown())
	case "fill": // reaches the bound of lines within few steps
		var err error
		for i := range 25 {
			c, err = c.Add(fmt.Sprint(e.sku, "-", i), 1)
		}
		return c, err
	default:
		return c, nil
	}
}

func (e edit) redis(ctx context.Context, carts *Carts, v visit) (cart.Cart, error) {
	switch e.op {
	case "add":
		return carts.Add(ctx, v.id, v.cookie, e.sku, e.n, e.seen)
	case "set":
		return carts.Set(ctx, v.id, v.cookie, e.sku, e.n)
	case "prefer":
		return carts.Prefer(ctx, v.id, v.cookie, e.sku, e.wish)
	case "confirm":
		return carts.Confirm(ctx, v.id, v.cookie, e.shown())
	case "fill":
		var c cart.Cart
		var err error
		for i := range 25 {
			c, err = carts.Add(ctx, v.id, v.cookie, fmt.Sprint(e.sku, "-", i), 1, cart.Seen{})
		}
		return c, err
	default:
		return carts.Restore(ctx, v.id, v.cookie)
	}
}
