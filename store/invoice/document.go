package invoice

import (
	"fmt"
	"strings"
	"time"

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
	Taken    []int `json:",omitzero"` // a credit note: which line of the invoice each of Lines is of, from 0
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

// Left is what credit notes have not taken back of an invoice.
func (f Facts) Left(earlier []Facts) []order.Part {
	var parts []order.Part
	for i, l := range f.Lines {
		if n := l.Quantity - f.taken(i, earlier); n > 0 {
			parts = append(parts, order.Part{Line: i, Quantity: n})
		}
	}
	return parts
}

// TakeBack is the credit note for parts of an invoice, of which earlier ones took parts already. A part that is not there any
// more is an error. Line by line all notes together are the invoice, see order.Line.Share.
func TakeBack(f Facts, earlier []Facts, parts []order.Part, number Number, at time.Time) (Facts, error) {
	out := f
	out.Number, out.Kind, out.Of, out.IssuedAt, out.Lines, out.Taken = number, Credit, f.Number, at, nil, nil
	seen := map[int]bool{}
	for _, p := range parts {
		if p.Line < 0 || p.Line >= len(f.Lines) || seen[p.Line] {
			return Facts{}, fmt.Errorf("take back line %d of invoice %s: no such line, or twice: %w", p.Line, f.Number, order.ErrLines)
		}
		seen[p.Line] = true
		line, err := takeBack(f.Lines[p.Line], f.taken(p.Line, earlier), p.Quantity)
		if err != nil {
			return Facts{}, fmt.Errorf("take back line %d of invoice %s: %w", p.Line, f.Number, err)
		}
		out.Lines, out.Taken = append(out.Lines, line), append(out.Taken, p.Line)
	}
	var err error
	out.Sums, err = order.Sum(out.Lines, f.Sums.Total.Currency)
	return out, err
}

// taken is how many units earlier notes took of a line. Old notes do not say which line it was; there kind, SKU and title tell.
func (f Facts) taken(line int, earlier []Facts) int {
	units, l := 0, f.Lines[line]
	for _, note := range earlier {
		for i, other := range note.Lines {
			if i < len(note.Taken) && note.Taken[i] == line || note.Taken == nil && other.Kind == l.Kind && other.SKU == l.SKU && other.Title == l.Title {
				units += other.Quantity
			}
		}
	}
	return units
}

func takeBack(l order.Line, taken, quantity int) (order.Line, error) {
	if left := l.Quantity - taken; quantity < 1 || quantity > left {
		return order.Line{}, fmt.Errorf("%d of %d that are left: %w", quantity, left, order.ErrQuantity)
	}
	return l.Share(taken, quantity), nil
}
