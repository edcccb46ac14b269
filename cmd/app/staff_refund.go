package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"caveau/store/order"
)

// RefundLines decides that the money for some lines goes back: units by SKU, or of "delivery" and "duty". The rest of the decision is r.
func (s *Staff) RefundLines(ctx context.Context, number order.Number, units map[string]int, r order.Refund) error {
	o, err := s.orders.Show(ctx, number)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(units)) {
		parts, err := o.Pick(name, units[name])
		if err != nil {
			return err
		}
		r.Parts = append(r.Parts, parts...)
	}
	r.By = s.by
	done, err := s.orders.RefundPart(ctx, number, r)
	if err != nil {
		return err
	}
	if done.Again {
		fmt.Fprintf(s.out, "Decided before: ")
	}
	fmt.Fprintf(s.out, "%s goes back.\n", done.Amount)
	return s.say(done.Change, nil)
}
