package redis

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"caveau/store/cart"
)

//go:embed cart.lua
var cartLua string

// Carts keeps carts in Redis. Every method is one atomic operation, and safe to call from several goroutines
// and instances at once.
//
// What an edit is refused for are package cart's errors, and the cart comes back as it is in Redis. Whatever
// else goes wrong is cart.ErrUnavailable, and the mirror comes back: edit that instead.
type Carts struct {
	client *Client
	script script
	ttl    time.Duration
}

// NewCarts keeps each cart for ttl after it was last edited or restored.
func NewCarts(c *Client, ttl time.Duration) *Carts {
	bounds := fmt.Sprintf("local MAX = { lines = %d, quantity = %d, version = %d, sku = %d }\n",
		cart.MaxLines, cart.MaxQuantity, cart.MaxVersion, cart.MaxSKU)
	return &Carts{client: c, script: newScript(bounds + cartLua), ttl: max(ttl, time.Millisecond)}
}

// Get is a market's cart of this ID. False where there is none: never begun, run out, flushed or damaged.
// Get writes nothing.
func (s *Carts) Get(ctx context.Context, id cart.ID, market string) (cart.Cart, bool, error) {
	c, err := s.run(ctx, id, cart.Cart{Market: market}, operation{name: "get"})
	if errors.Is(err, errAbsent) {
		return c, false, nil
	}
	if err != nil {
		return c, false, fmt.Errorf("get a cart: %w", err)
	}
	return c, true, nil
}

// Add puts n units more of a SKU into a cart, by the rules of cart.Cart.Add. The mirror is the cart in the
// visitor's cookie, or one with nothing but its market if there is no cookie. It says which market's cart is
// meant, and Redis takes it over first where its own is older or gone.
func (s *Carts) Add(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int) (cart.Cart, error) {
	// On an empty cart only the SKU and the quantity themselves can be wrong.
	_, refused := cart.Cart{}.Add(sku, n)
	return s.edit(ctx, id, mirror, operation{"add", sku, n}, refused)
}

// Set changes the quantity of a line, 0 removes it, by the rules of cart.Cart.Set. For the mirror see Add.
func (s *Carts) Set(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int) (cart.Cart, error) {
	_, refused := cart.Cart{}.Set(sku, n)
	if errors.Is(refused, cart.ErrUnknownLine) {
		refused = nil // of the empty cart; Redis knows about this one
	}
	return s.edit(ctx, id, mirror, operation{"set", sku, n}, refused)
}

// Restore takes the mirror over if it has the higher version, and returns the cart that won; at the same
// version that of Redis. It serves a visitor who comes with a cookie and only looks.
func (s *Carts) Restore(ctx context.Context, id cart.ID, mirror cart.Cart) (cart.Cart, error) {
	c, err := s.run(ctx, id, mirror, operation{name: "restore"})
	if err != nil {
		return c, fmt.Errorf("restore a cart: %w", err)
	}
	return c, nil
}

// operation is what the script is asked to do.
type operation struct {
	name, sku string
	n         int
}

// edit runs an operation, or only reads the cart where it is refused without asking.
func (s *Carts) edit(ctx context.Context, id cart.ID, mirror cart.Cart, op operation, refused error) (cart.Cart, error) {
	wanted := op
	if refused != nil {
		op = operation{name: "restore"}
	}
	c, err := s.run(ctx, id, mirror, op)
	if err == nil {
		err = refused
	}
	if err != nil {
		return c, fmt.Errorf("%s %d of %.50q in a cart: %w", wanted.name, wanted.n, wanted.sku, err)
	}
	return c, nil
}

func (s *Carts) run(ctx context.Context, id cart.ID, mirror cart.Cart, op operation) (cart.Cart, error) {
	if err := mirror.Check(); err != nil {
		return mirror, err
	}
	args := []any{op.name, op.sku, op.n, s.ttl.Milliseconds(), mirror.Version}
	for _, line := range mirror.Lines {
		args = append(args, line.SKU, line.Quantity)
	}
	var reply []any
	err := s.client.do(ctx, func(ctx context.Context) (err error) {
		reply, err = s.script.run(ctx, s.client.redis, key(id, mirror.Market), args...)
		return err
	})
	if err != nil {
		return mirror, fmt.Errorf("%w: %w", cart.ErrUnavailable, err)
	}
	c, outcome, err := readCart(mirror.Market, reply)
	if err != nil {
		return mirror, fmt.Errorf("%w: %w", cart.ErrUnavailable, err)
	}
	return c, outcome
}

func key(id cart.ID, market string) string { return "cart:{" + id.String() + "}:" + market }
