package invoice_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"caveau/store/invoice"
	"caveau/store/money"
	"caveau/store/order"
)

var now = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func TestNumbers(t *testing.T) {
	for want, got := range map[invoice.Number]invoice.Number{
		"FR-I-2026-00042":  invoice.NumberOf("fr", invoice.Invoice, 2026, 42),
		"HK-C-2027-123456": invoice.NumberOf("hk", invoice.Credit, 2027, 123456),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// However an invoice is taken back, part by part: never more than it says, and all parts together are the whole.
func TestCreditNotesAddUpToTheInvoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o order.Order
		for i := range rapid.IntRange(1, 5).Draw(t, "lines") {
			l := order.Line{Kind: order.Wine, SKU: string(rune('A' + i)), Quantity: rapid.IntRange(1, 7).Draw(t, "quantity")}
			l.Net = money.Of(rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, 1_000_000)).Draw(t, "net"), "EUR")
			l.Tax = money.Of(rapid.Int64Range(0, 200_000).Draw(t, "tax"), "EUR")
			o.Lines = append(o.Lines, l)
		}
		var err error
		if o.Sums, err = order.Sum(o.Lines, "EUR"); err != nil {
			t.Fatal(err)
		}
		whole := invoice.Issue(o, "FR-I-2026-00001", now)
		var notes []invoice.Facts
		all := whole.Left(nil)
		left := append([]invoice.Part(nil), all...)
		for len(left) > 0 {
			i := rapid.IntRange(0, len(left)-1).Draw(t, "which")
			n := rapid.IntRange(1, left[i].Quantity).Draw(t, "units")
			note, err := invoice.TakeBack(whole, notes, []invoice.Part{{Line: left[i].Line, Quantity: n}}, "FR-C-2026-00001", now)
			if err != nil {
				t.Fatal(err)
			}
			notes = append(notes, note)
			if left[i].Quantity -= n; left[i].Quantity == 0 {
				left = append(left[:i:i], left[i+1:]...)
			}
			for _, l := range note.Lines {
				if l.Net.Minor < 0 || l.Tax.Minor < 0 {
					t.Fatalf("a note of %+v", l)
				}
			}
		}
		var total int64
		for _, n := range notes {
			total += n.Sums.Total.Minor
		}
		if total != whole.Sums.Total.Minor {
			t.Fatalf("notes of %d for an invoice of %d", total, whole.Sums.Total.Minor)
		}
		if _, err := invoice.TakeBack(whole, notes, all, "FR-C-2026-00002", now); err == nil {
			t.Fatal("what is taken back is taken back again")
		}
	})
}

func TestPartsThatAreNotThere(t *testing.T) {
	f := invoice.Facts{Lines: []order.Line{{Kind: order.Wine, SKU: "A", Quantity: 2, Net: money.Of(10, "EUR"), Tax: money.Of(2, "EUR")}}}
	for name, parts := range map[string][]invoice.Part{
		"before the first": {{-1, 1}}, "after the last": {{1, 1}}, "none": {{0, 0}}, "too many": {{0, 3}}, "twice": {{0, 1}, {0, 1}},
	} {
		if _, err := invoice.TakeBack(f, nil, parts, "FR-C-2026-00001", now); err == nil {
			t.Errorf("%s is taken back", name)
		}
	}
}
