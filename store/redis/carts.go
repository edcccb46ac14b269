package redis

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
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
	bounds := fmt.Sprintf("local MAX = { lines = %d, quantity = %d, version = %d, sku = %d, price = %d, left = %d, day = %d, wish = %d }\n",
		cart.MaxLines, cart.MaxQuantity, cart.MaxVersion, cart.MaxSKU, cart.MaxPrice, cart.Plenty, cart.MaxDay, len(cart.Wishes())-1)
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

// Add puts n units more of a SKU, as the visitor was shown it, into a cart, by the rules of cart.Cart.AddSeen. The mirror is the cart in
// the visitor's cookie, or one with nothing but its market if there is no cookie. It says which market's cart is
// meant, and Redis takes it over first where its own is older or gone.
func (s *Carts) Add(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int, seen cart.Seen) (cart.Cart, error) {
	// On an empty cart only what is added can be wrong.
	_, refused := cart.Cart{}.AddSeen(sku, n, seen)
	return s.edit(ctx, id, mirror, operation{"add", n, []cart.Line{{SKU: sku, Seen: seen}}}, refused)
}

// Set changes the quantity of a line, 0 removes it, by the rules of cart.Cart.Set. For the mirror see Add.
func (s *Carts) Set(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int) (cart.Cart, error) {
	_, refused := cart.Cart{}.Set(sku, n)
	if errors.Is(refused, cart.ErrUnknownLine) {
		refused = nil // of the empty cart; Redis knows about this one
	}
	return s.edit(ctx, id, mirror, operation{"set", n, []cart.Line{{SKU: sku}}}, refused)
}

// Prefer says what is wished for a line, by the rules of cart.Cart.Prefer. For the mirror see Add.
func (s *Carts) Prefer(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, wish cart.Wish) (cart.Cart, error) {
	_, refused := cart.Cart{}.Prefer(sku, wish)
	if errors.Is(refused, cart.ErrUnknownLine) {
		refused = nil
	}
	return s.edit(ctx, id, mirror, operation{"prefer", wish.Code(), []cart.Line{{SKU: sku}}}, refused)
}

// Confirm remembers what was shown of lines, by the rules of cart.Cart.Confirm. For the mirror see Add.
func (s *Carts) Confirm(ctx context.Context, id cart.ID, mirror cart.Cart, all []cart.Shown) (cart.Cart, error) {
	op := operation{name: "confirm"}
	for _, shown := range all {
		op.about = append(op.about, cart.Line{SKU: shown.SKU, Seen: shown.Seen})
	}
	return s.edit(ctx, id, mirror, op, cart.CheckShown(all))
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
	name  string
	n     int
	about []cart.Line
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
		return c, fmt.Errorf("%s in a cart (%d): %w", wanted.name, wanted.n, err)
	}
	return c, nil
}

func (s *Carts) run(ctx context.Context, id cart.ID, mirror cart.Cart, op operation) (cart.Cart, error) {
	if err := mirror.Check(); err != nil {
		return mirror, err
	}
	args := []any{op.name, op.n, s.ttl.Milliseconds(), mirror.Version, len(mirror.Lines)}
	for _, line := range slices.Concat(mirror.Lines, op.about) {
		args = append(args, line.SKU, line.Quantity, line.Seen.Price, line.Seen.Left, line.Seen.Day, line.Wish.Code())
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
