package order

import (
	"fmt"
	"strings"
)

// Number names an order to people: "FR-100042". Each market counts for itself. Numbers may have gaps, as when an
// order was refused after its number was drawn; invoices, which may not, are numbered elsewhere.
type Number string

// FirstNumber is where a market begins to count: six digits from the first order on.
const FirstNumber = 100_000

// NumberOf is the nth order of a market.
func NumberOf(market string, n uint64) Number {
	return Number(fmt.Sprintf("%s-%d", strings.ToUpper(market), n))
}
