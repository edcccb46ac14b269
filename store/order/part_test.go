package order

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/money"
)

// However a line is divided, its shares are the line in net and in tax, none is negative, and n units cost n times what one costs.
func TestSharesAreTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Line{Quantity: rapid.IntRange(1, 24).Draw(t, "quantity")}
		small := rapid.Bool().Draw(t, "small")
		most := int64(1_000_000)
		if small {
			most = 30
		}
		l.Net, l.Tax = money.Of(rapid.Int64Range(0, most).Draw(t, "net"), "EUR"), money.Of(rapid.Int64Range(0, most).Draw(t, "tax"), "EUR")
		even := rapid.Bool().Draw(t, "even")
		if even { // a multiple of the unit price
			l.Net.Minor += (int64(l.Quantity) - l.Gross().Minor%int64(l.Quantity)) % int64(l.Quantity)
		}
		var net, tax int64
		for before := 0; before < l.Quantity; {
			n := rapid.IntRange(1, l.Quantity-before).Draw(t, "units")
			s := l.Share(before, n)
			if s.Quantity != n || s.Net.Minor < 0 || s.Tax.Minor < 0 {
				t.Fatalf("share %+v of %+v", s, l)
			}
			if even && s.Gross().Minor != l.Gross().Minor/int64(l.Quantity)*int64(n) {
				t.Fatalf("%d units of %+v cost %d", n, l, s.Gross().Minor)
			}
			net, tax, before = net+s.Net.Minor, tax+s.Tax.Minor, before+n
		}
		if net != l.Net.Minor || tax != l.Tax.Minor {
			t.Fatalf("shares of %d and %d of %+v", net, tax, l)
		}
	})
}

func TestPick(t *testing.T) {
	o := Order{Lines: []Line{{Kind: Wine, SKU: "A", Quantity: 3}, {Kind: Delivery, Quantity: 1}, {Kind: Wine, SKU: "B", Quantity: 1}, {Kind: Delivery, Quantity: 1}}}
	for name, c := range map[string]struct {
		name  string
		units int
		parts int
		err   error
	}{
		"some": {"A", 2, 1, nil}, "too many": {"A", 4, 0, ErrQuantity}, "none": {"A", 0, 0, ErrQuantity}, "less": {"A", -1, 0, ErrQuantity},
		"unknown": {"C", 1, 0, ErrNotSold}, "nothing": {"", 1, 0, ErrNotSold}, "both deliveries": {"delivery", 2, 2, nil}, "three": {"delivery", 3, 0, ErrQuantity},
	} {
		if parts, err := o.Pick(c.name, c.units); !errors.Is(err, c.err) || len(parts) != c.parts {
			t.Errorf("%s: %v, %v", name, parts, err)
		}
	}
}
