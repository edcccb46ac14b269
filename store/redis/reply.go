package redis

import (
	"errors"
	"fmt"

	"caveau/store/cart"
)

// errAbsent is the script's answer that there is no cart to get.
var errAbsent = errors.New("no such cart")

// outcome of an operation, by the first word of the script's answer.
func outcome(word any) (known bool, outcome error) {
	switch word {
	case "ok":
		return true, nil
	case "absent":
		return true, errAbsent
	case "full":
		return true, cart.ErrFull
	case "quantity":
		return true, cart.ErrQuantity
	case "unknown":
		return true, cart.ErrUnknownLine
	default:
		return false, nil
	}
}

// width is how many parts of an answer are one line.
const width = 6

// readCart reads the script's answer: outcome, version, then each line as carts.go writes it. The last error
// says that it is no such answer; something that is not our Redis may be listening there.
func readCart(market string, reply []any) (c cart.Cart, result, err error) {
	if len(reply) < 2 || (len(reply)-2)%width != 0 {
		return cart.Cart{}, nil, fmt.Errorf("answer of %d parts", len(reply))
	}
	known, result := outcome(reply[0])
	version, whole := reply[1].(int64)
	if !known || !whole || version < 0 {
		return cart.Cart{}, nil, fmt.Errorf("answer that begins with %.20v, %.20v", reply[0], reply[1])
	}
	c = cart.Cart{Market: market, Version: uint64(version)}
	for i := 2; i < len(reply); i += width {
		c.Lines = append(c.Lines, readLine(reply[i:i+width]))
	}
	if err := c.Check(); err != nil {
		return cart.Cart{}, nil, fmt.Errorf("answer with a damaged cart: %w", err)
	}
	return c, result, nil
}

// readLine reads one line. What is no number becomes nought, which the check of the cart finds where it matters.
func readLine(parts []any) cart.Line {
	sku, _ := parts[0].(string)
	number := func(i int) int64 {
		n, _ := parts[i].(int64)
		return n
	}
	wish, _ := cart.WishOf(int(number(5)))
	return cart.Line{SKU: sku, Quantity: int(number(1)), Seen: cart.Seen{Price: number(2), Left: int(number(3)), Day: int(number(4))}, Wish: wish}
}
