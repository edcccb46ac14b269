package web_test

import (
	"context"
	"errors"

	"caveau/store/cart"
)

// fakeCarts is a web.Carts in memory, by the rules of store/cart: the newer of its own copy and the mirror
// is edited. With away set it is a store that cannot be reached.
type fakeCarts struct {
	held map[string]cart.Cart // by id and market
	away error
}

func (k *fakeCarts) Add(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int, seen cart.Seen) (cart.Cart, error) {
	return k.edit(ctx, id, mirror, func(c cart.Cart) (cart.Cart, error) { return c.AddSeen(sku, n, seen) })
}

func (k *fakeCarts) Prefer(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, wish cart.Wish) (cart.Cart, error) {
	return k.edit(ctx, id, mirror, func(c cart.Cart) (cart.Cart, error) { return c.Prefer(sku, wish) })
}

func (k *fakeCarts) Confirm(ctx context.Context, id cart.ID, mirror cart.Cart, all []cart.Shown) (cart.Cart, error) {
	return k.edit(ctx, id, mirror, func(c cart.Cart) (cart.Cart, error) { return c.Confirm(all) })
}

func (k *fakeCarts) Set(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int) (cart.Cart, error) {
	return k.edit(ctx, id, mirror, func(c cart.Cart) (cart.Cart, error) { return c.Set(sku, n) })
}

func (k *fakeCarts) Restore(ctx context.Context, id cart.ID, mirror cart.Cart) (cart.Cart, error) {
	return k.edit(ctx, id, mirror, func(c cart.Cart) (cart.Cart, error) { return c, nil })
}

var errNoDeadline = errors.New("a cart was asked for without a deadline: a hung store would hang the visitor")

func (k *fakeCarts) edit(ctx context.Context, id cart.ID, mirror cart.Cart, edit func(cart.Cart) (cart.Cart, error)) (cart.Cart, error) {
	if _, ok := ctx.Deadline(); !ok {
		panic(errNoDeadline)
	}
	if k.away != nil {
		return mirror, k.away
	}
	key := id.String() + mirror.Market
	c, ok := k.held[key]
	if !ok || mirror.Version > c.Version {
		c = mirror
	}
	c, err := edit(c)
	if err == nil {
		k.held[key] = c
	}
	return c, err
}

// lines is how many lines all carts hold.
func (k *fakeCarts) lines() int {
	n := 0
	for _, c := range k.held {
		n += len(c.Lines)
	}
	return n
}
