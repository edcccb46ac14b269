package invoice_test

import (
	"slices"
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
			l := order.Line{Kind: order.Wine, SKU: string(rune('A' + i/2)), Quantity: rapid.IntRange(1, 7).Draw(t, "quantity")}
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
		left := append([]order.Part(nil), all...)
		for len(left) > 0 {
			i := rapid.IntRange(0, len(left)-1).Draw(t, "which")
			n := rapid.IntRange(1, left[i].Quantity).Draw(t, "units")
			note, err := invoice.TakeBack(whole, notes, []order.Part{{Line: left[i].Line, Quantity: n}}, "FR-C-2026-00001", now)
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
			addUp(t, whole, notes)
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

// addUp says that the notes, and what they leave, are the invoice: in net, in tax and in all.
func addUp(t *rapid.T, whole invoice.Facts, notes []invoice.Facts) {
	all := notes
	if left := whole.Left(notes); len(left) > 0 {
		rest, err := invoice.TakeBack(whole, notes, left, "FR-C-2026-00009", now)
		if err != nil {
			t.Fatal(err)
		}
		all = append(slices.Clone(notes), rest)
	}
	var net, tax, total int64
	for _, n := range all {
		if n.Sums.Net.Minor+n.Sums.Tax.Minor != n.Sums.Total.Minor {
			t.Fatalf("a note whose net and tax are not its total: %+v", n.Sums)
		}
		net, tax, total = net+n.Sums.Net.Minor, tax+n.Sums.Tax.Minor, total+n.Sums.Total.Minor
	}
	if net != whole.Sums.Net.Minor || tax != whole.Sums.Tax.Minor || total != whole.Sums.Total.Minor {
		t.Fatalf("notes and rest of %d + %d = %d for an invoice of %+v", net, tax, total, whole.Sums)
	}
}

func TestPartsThatAreNotThere(t *testing.T) {
	f := invoice.Facts{Lines: []order.Line{{Kind: order.Wine, SKU: "A", Quantity: 2, Net: money.Of(10, "EUR"), Tax: money.Of(2, "EUR")}}}
	for name, parts := range map[string][]order.Part{
		"before the first": {{Line: -1, Quantity: 1}}, "after the last": {{Line: 1, Quantity: 1}}, "none": {{Line: 0, Quantity: 0}}, "too many": {{Line: 0, Quantity: 3}}, "twice": {{Line: 0, Quantity: 1}, {Line: 0, Quantity: 1}},
	} {
		if _, err := invoice.TakeBack(f, nil, parts, "FR-C-2026-00001", now); err == nil {
			t.Errorf("%s is taken back", name)
		}
	}
}
