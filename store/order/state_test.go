package order

import (
	"slices"
	"testing"
)

var states = []State{Awaiting, Paid, Shipped, Delivered, Cancelled, Expired, RefundDue, Refunded}

func TestEveryStateCanBeReachedAndIsKnown(t *testing.T) {
	reached := map[State]bool{"": true}
	for range states {
		for from := range moves {
			for _, to := range moves[from] {
				reached[to] = reached[to] || reached[from]
			}
		}
	}
	for _, s := range states {
		if _, known := moves[s]; !known || !reached[s] {
			t.Errorf("%s: in the table %v, reached %v", s, known, reached[s])
		}
		if s.May(s) || s.May("") {
			t.Errorf("%s leads to itself or to nothing", s)
		}
	}
	for s := range reached {
		if s != "" && !slices.Contains(states, s) {
			t.Errorf("%s is no state", s)
		}
	}
}

// What a payment does must be a move that the table allows.
func TestPaymentsMoveAsTheTableAllows(t *testing.T) {
	leads := map[Effect][]State{Sell: {Paid}, SellAgain: {Paid, RefundDue}, GiveBack: {RefundDue}, Surplus: nil}
	for _, s := range states {
		for _, next := range leads[s.Payment()] {
			if !s.May(next) {
				t.Errorf("a payment would bring %s to %s", s, next)
			}
		}
		if s.May(Paid) == (s.Payment() == Surplus || s.Payment() == GiveBack) {
			t.Errorf("%s: may be paid %v, effect %d", s, s.May(Paid), s.Payment())
		}
	}
}

func TestOnlySoldBottlesAreShipped(t *testing.T) {
	for _, s := range states {
		if s.May(Shipped) && !s.Sold() {
			t.Errorf("%s can be shipped and is not sold", s)
		}
	}
}
