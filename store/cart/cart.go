package cart

import (
	"errors"
	"fmt"
	"slices"
)

// The bounds of a cart. MaxLines × MaxSKU is what lets a full cart fit into one cookie; MaxVersion is well
// inside the integers that Redis's Lua counts exactly (2^53).
const (
	MaxLines    = 60
	MaxQuantity = 999
	MaxSKU      = 40 // bytes
	MaxMarket   = 8  // bytes
	MaxVersion  = 1 << 40
)

// What an edit or a cart can be refused for. Test with errors.Is.
var (
	// ErrFull: the cart has MaxLines lines and the SKU is none of them.
	ErrFull = errors.New("cart is full")
	// ErrQuantity: the line would hold less than one or more than MaxQuantity units.
	ErrQuantity = errors.New("quantity out of range")
	// ErrUnknownLine: the line to change is not in the cart (removed in another tab, say).
	ErrUnknownLine = errors.New("no such line in the cart")
	// ErrSKU: not 1 to MaxSKU visible ASCII characters, so no SKU of any catalogue.
	ErrSKU = errors.New("not a SKU")
	// ErrFormat: a cart, an ID or a mirror that breaks the rules of this package.
	ErrFormat = errors.New("malformed cart")
	// ErrUnavailable: the place where carts are kept did not answer, or not in time. Whether an edit was
	// made there is unknown; to make it on the mirror's cart is right either way.
	ErrUnavailable = errors.New("cart store unavailable")
)

// Line is one SKU, how many units of it (a unit may be a case), what its visitor was shown of it, and what to do without it.
type Line struct {
	SKU      string
	Quantity int // 1 to MaxQuantity
	Seen     Seen
	Wish     Wish
}

// Cart is a value: edits return another one and leave their receiver as it was. The zero Cart with a
// market is an empty cart that was never edited.
type Cart struct {
	Market  string // code, "fr"
	Version uint64 // number of edits since the cart was begun
	Lines   []Line // as they were added, at most MaxLines
}

// Count is the number of units over all lines: what the badge shows.
func (c Cart) Count() int {
	n := 0
	for _, line := range c.Lines {
		n += line.Quantity
	}
	return n
}

// Quantity of a SKU, 0 where it is not in the cart.
func (c Cart) Quantity(sku string) int {
	if i := c.index(sku); i >= 0 {
		return c.Lines[i].Quantity
	}
	return 0
}

// Add puts n units more of a SKU in: on its line, or on a new one at the end. With ErrSKU, ErrQuantity or
// ErrFull the cart comes back as it was.
func (c Cart) Add(sku string, n int) (Cart, error) { return c.AddSeen(sku, n, Seen{}) }

// AddSeen is Add by a visitor who was shown the SKU. A line that was shown before keeps what it was then: what has changed since is
// told until it is confirmed.
func (c Cart) AddSeen(sku string, n int, seen Seen) (Cart, error) {
	if !validSKU(sku) {
		return c, fmt.Errorf("add %.50q: %w", sku, ErrSKU)
	}
	if !seen.valid() {
		return c, fmt.Errorf("add %s: %w: shown as %v", sku, ErrFormat, seen)
	}
	i := c.index(sku)
	if n < 1 || n > MaxQuantity || i >= 0 && c.Lines[i].Quantity+n > MaxQuantity {
		return c, fmt.Errorf("add %d of %s: %w", n, sku, ErrQuantity)
	}
	if i < 0 && len(c.Lines) >= MaxLines {
		return c, fmt.Errorf("add %s: %w", sku, ErrFull)
	}
	next := c.next()
	if i < 0 {
		next.Lines = append(next.Lines, Line{SKU: sku, Quantity: n, Seen: seen})
		return next, nil
	}
	next.Lines[i].Quantity += n
	if !next.Lines[i].Seen.Known() {
		next.Lines[i].Seen = seen
	}
	return next, nil
}

// Set changes the quantity of a line; 0 removes it. To remove what is not there, or to set what is so
// already, changes nothing and is no error. With ErrSKU, ErrQuantity or ErrUnknownLine the cart comes back
// as it was.
func (c Cart) Set(sku string, n int) (Cart, error) {
	if !validSKU(sku) {
		return c, fmt.Errorf("set %.50q: %w", sku, ErrSKU)
	}
	if n < 0 || n > MaxQuantity {
		return c, fmt.Errorf("set %s to %d: %w", sku, n, ErrQuantity)
	}
	i := c.index(sku)
	switch {
	case i < 0 && n == 0, i >= 0 && c.Lines[i].Quantity == n:
		return c, nil
	case i < 0:
		return c, fmt.Errorf("set %s to %d: %w", sku, n, ErrUnknownLine)
	}
	next := c.next()
	if n == 0 {
		next.Lines = slices.Delete(next.Lines, i, i+1)
		return next, nil
	}
	next.Lines[i].Quantity = n
	return next, nil
}

// Check says with ErrFormat what rule a cart breaks. Carts that were made by this package's edits or
// opened from a mirror break none.
func (c Cart) Check() error {
	if !validMarket(c.Market) {
		return fmt.Errorf("%w: market %.20q", ErrFormat, c.Market)
	}
	if c.Version > MaxVersion {
		return fmt.Errorf("%w: version %d", ErrFormat, c.Version)
	}
	if len(c.Lines) > MaxLines {
		return fmt.Errorf("%w: %d lines", ErrFormat, len(c.Lines))
	}
	for i, line := range c.Lines {
		if !validSKU(line.SKU) || c.index(line.SKU) != i {
			return fmt.Errorf("%w: SKU %.50q in line %d", ErrFormat, line.SKU, i+1)
		}
		if line.Quantity < 1 || line.Quantity > MaxQuantity {
			return fmt.Errorf("%w: quantity %d in line %d", ErrFormat, line.Quantity, i+1)
		}
		if !line.Seen.valid() || !line.Wish.Valid() {
			return fmt.Errorf("%w: shown as %v, wish %.20q in line %d", ErrFormat, line.Seen, line.Wish, i+1)
		}
	}
	return nil
}

// index of the line of a SKU, or -1. Sixty lines are faster walked than hashed.
func (c Cart) index(sku string) int {
	return slices.IndexFunc(c.Lines, func(line Line) bool { return line.SKU == sku })
}

// next is a copy to edit, one version on. It stops at MaxVersion, so that no edit makes a cart that its
// mirror cannot carry.
func (c Cart) next() Cart {
	c.Lines = slices.Clone(c.Lines)
	c.Version = min(c.Version+1, MaxVersion)
	return c
}

// validSKU wants visible ASCII: a SKU goes into forms, links, field names and cookies as it is.
func validSKU(sku string) bool {
	if len(sku) < 1 || len(sku) > MaxSKU {
		return false
	}
	for i := range len(sku) {
		if sku[i] <= ' ' || sku[i] > '~' {
			return false
		}
	}
	return true
}

// validMarket wants a market's code: lower-case letters.
func validMarket(code string) bool {
	if len(code) < 1 || len(code) > MaxMarket {
		return false
	}
	for i := range len(code) {
		if code[i] < 'a' || code[i] > 'z' {
			return false
		}
	}
	return true
}
