package invoice

import (
	"fmt"
	"strings"
	"time"

	"caveau/store/money"
	"caveau/store/order"
)

// Kind of a document.
type Kind string

// The kinds of documents.
const (
	Invoice Kind = "invoice"
	Credit  Kind = "credit" // takes an invoice back, or a part of it; its amounts are positive
)

// Number of a document: "FR-I-2026-00042". Each market counts each kind anew every year.
type Number string

// NumberOf is the nth document of a kind in a year of a market.
func NumberOf(market string, kind Kind, year int, n uint64) Number {
	return Number(fmt.Sprintf("%s-%s-%d-%05d", strings.ToUpper(market), strings.ToUpper(string(kind[:1])), year, n))
}

// Document that was issued.
type Document struct {
	Facts
	Sheet []byte // its final words as JSON; nil until they were written
}

// Facts of a document. They never change, so a field that is added later is empty in older ones.
type Facts struct {
	Number   Number
	Kind     Kind
	Of       Number `json:",omitzero"` // a credit note: the invoice that it takes back
	Order    order.Number
	Market   string
	Locale   string
	IssuedAt time.Time
	PlacedAt time.Time
	Buyer    order.Address
	Delivery order.Address
	Lines    []order.Line
	Sums     order.Sums
	Method   order.Method
	Paid     string `json:",omitzero"` // reference of the payment, as the bank or the provider calls it
}

// Issue the invoice of an order that is paid.
func Issue(o order.Order, number Number, at time.Time) Facts {
	f := Facts{
		Number: number, Kind: Invoice, Order: o.Number, Market: o.Market, Locale: o.Locale, IssuedAt: at, PlacedAt: o.PlacedAt,
		Buyer: o.Invoice, Delivery: o.Delivery, Lines: o.Lines, Sums: o.Sums, Method: o.Method,
	}
	for _, p := range o.Payments {
		if p.State == order.Received {
			f.Method, f.Paid = p.Method, p.Reference
		}
	}
	return f
}

// Part is so many units of a line.
type Part struct {
	Line     int // position in the invoice, from 0
	Quantity int
}

// Left is what credit notes have not taken back of an invoice.
func (f Facts) Left(earlier []Facts) []Part {
	var parts []Part
	for i, l := range f.Lines {
		if n := l.Quantity - taken(l, earlier).Quantity; n > 0 {
			parts = append(parts, Part{i, n})
		}
	}
	return parts
}

// TakeBack is the credit note for parts of an invoice, of which earlier ones took parts already. A part that is not there any
// more is an error. The last unit of a line takes what is left of its amounts, so that all notes together are the line.
func TakeBack(f Facts, earlier []Facts, parts []Part, number Number, at time.Time) (Facts, error) {
	out := f
	out.Number, out.Kind, out.Of, out.IssuedAt, out.Lines = number, Credit, f.Number, at, nil
	seen := map[int]bool{}
	for _, p := range parts {
		if p.Line < 0 || p.Line >= len(f.Lines) || seen[p.Line] {
			return Facts{}, fmt.Errorf("take back line %d of invoice %s: no such line, or twice", p.Line, f.Number)
		}
		seen[p.Line] = true
		line, err := takeBack(f.Lines[p.Line], taken(f.Lines[p.Line], earlier), p.Quantity)
		if err != nil {
			return Facts{}, fmt.Errorf("take back line %d of invoice %s: %w", p.Line, f.Number, err)
		}
		out.Lines = append(out.Lines, line)
	}
	var err error
	out.Sums, err = order.Sum(out.Lines, f.Sums.Total.Currency)
	return out, err
}

// taken is what earlier notes took of a line: kind, SKU and title tell which line is meant.
func taken(l order.Line, earlier []Facts) order.Line {
	sum := order.Line{Net: money.Of(0, l.Net.Currency), Tax: money.Of(0, l.Tax.Currency)}
	for _, f := range earlier {
		for _, other := range f.Lines {
			if other.Kind == l.Kind && other.SKU == l.SKU && other.Title == l.Title {
				sum.Quantity += other.Quantity
				sum.Net.Minor += other.Net.Minor
				sum.Tax.Minor += other.Tax.Minor
			}
		}
	}
	return sum
}

func takeBack(l, taken order.Line, quantity int) (order.Line, error) {
	left := l.Quantity - taken.Quantity
	if quantity < 1 || quantity > left {
		return order.Line{}, fmt.Errorf("%d of %d that are left", quantity, left)
	}
	out := l
	out.Quantity = quantity
	if quantity == left {
		out.Net.Minor, out.Tax.Minor = l.Net.Minor-taken.Net.Minor, l.Tax.Minor-taken.Tax.Minor
		return out, nil
	}
	// Rounded down, or the last unit's could be less than nothing.
	out.Net.Minor = l.Net.Minor * int64(quantity) / int64(l.Quantity)
	out.Tax.Minor = l.Tax.Minor * int64(quantity) / int64(l.Quantity)
	return out, nil
}
