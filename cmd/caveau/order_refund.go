package main

import (
	"context"
	"errors"

	"caveau/cmd/app"
	"caveau/store/order"
)

// orderRefund decides that money goes back: all that is left of an order's, or that of some lines.
type orderRefund struct {
	orderOf   `embed:""`
	Line      map[string]int `help:"Give back the money for so many units of a SKU only, or of delivery, or of duty. May be repeated." placeholder:"SKU=UNITS" mapsep:"none"`
	Reference string         `help:"Names a decision about lines: the same one again changes nothing."`
	Restock   bool           `help:"The bottles of the lines are in the house and whole: they are for sale again."`
	Note      string         `help:"Why."`
}

// Validate tells what belongs together.
func (c *orderRefund) Validate() error {
	if len(c.Line) > 0 && c.Reference == "" {
		return errors.New("--line needs a --reference, by which the decision is known should it be noted twice")
	}
	if len(c.Line) == 0 && (c.Reference != "" || c.Restock) {
		return errors.New("--reference and --restock are for --line: without lines all that is left goes back, and what has not left the house is for sale again")
	}
	return nil
}

// Run decides.
func (c *orderRefund) Run(t *tools) error {
	return c.with(t, func(ctx context.Context, s *app.Staff, n order.Number) error {
		if len(c.Line) == 0 {
			return s.Refund(ctx, n, c.Note)
		}
		return s.RefundLines(ctx, n, c.Line, order.Refund{Reference: c.Reference, Restock: c.Restock, Note: c.Note})
	})
}
