package main

import (
	"context"
	"errors"

	"caveau/cmd/app"
	"caveau/store/order"
)

// orderCommand is what the staff does with orders until the ERP does.
type orderCommand struct {
	Show     orderShow   `cmd:"" help:"Print an order with all that happened to it."`
	Paid     orderPaid   `cmd:"" help:"Note a bank transfer of the order's total."`
	Cancel   orderMove   `cmd:"" help:"Call off an order that nobody has paid."`
	Refund   orderRefund `cmd:"" help:"Decide that the money of a paid order goes back, or of some of its lines."`
	Refunded orderMove   `cmd:"" help:"Note that all money that is due went back."`
	Ship     orderMove   `cmd:"" help:"Note that an order left the house; the note is the carrier's number."`
	Deliver  orderMove   `cmd:"" help:"Note that it arrived."`

	Withdrawals orderWithdrawals `cmd:"" help:"List the statements of withdrawal that wait for a decision."`
	Withdrawn   orderWithdrawn   `cmd:"" help:"Decide on the withdrawals from an order, or on a statement that fits none: W-12."`
}

// orderOf is the order, and who does something with it.
type orderOf struct {
	Number     string `arg:"" help:"The order's number: FR-100042."`
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
	By         string `help:"Who does it: it is written into the order." env:"USER" default:"unknown"`
}

func (c orderOf) with(t *tools, do func(context.Context, *app.Staff, order.Number) error) (err error) {
	staff, err := app.OpenStaff(c.PrimaryDSN, c.By, t.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, staff.Close()) }()
	return do(t.context, staff, order.Number(c.Number))
}

type orderShow struct {
	orderOf `embed:""`
}

// Run prints it.
func (c *orderShow) Run(t *tools) error {
	return c.with(t, func(ctx context.Context, s *app.Staff, n order.Number) error { return s.Show(ctx, n) })
}

type orderPaid struct {
	orderOf   `embed:""`
	Reference string `help:"The bank's reference; the same one again changes nothing." required:""`
}

// Run notes the payment.
func (c *orderPaid) Run(t *tools) error {
	return c.with(t, func(ctx context.Context, s *app.Staff, n order.Number) error { return s.Paid(ctx, n, c.Reference) })
}

type orderMove struct {
	orderOf `embed:""`
	Note    string `help:"Why, or the carrier's number."`
	move    func(*app.Staff, context.Context, order.Number, string) error
}

// Run makes the move.
func (c *orderMove) Run(t *tools) error {
	return c.with(t, func(ctx context.Context, s *app.Staff, n order.Number) error { return c.move(s, ctx, n, c.Note) })
}

// newOrderCommand tells the moves apart.
func newOrderCommand() orderCommand {
	return orderCommand{
		Cancel: orderMove{move: (*app.Staff).Cancel}, Refunded: orderMove{move: (*app.Staff).Refunded},
		Ship: orderMove{move: (*app.Staff).Ship}, Deliver: orderMove{move: (*app.Staff).Deliver},
	}
}
