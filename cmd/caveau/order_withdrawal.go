package main

import (
	"context"
	"errors"

	"caveau/cmd/app"
	"caveau/store/order"
)

type orderWithdrawals struct {
	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
}

// Run lists them.
func (c *orderWithdrawals) Run(t *tools) (err error) {
	staff, err := app.OpenStaff(c.PrimaryDSN, "", t.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, staff.Close()) }()
	return staff.Withdrawals(t.context)
}

type orderWithdrawn struct {
	orderOf  `embed:""`
	Returned bool   `help:"The bottles came back: they are for sale again."`
	Note     string `help:"What to remember about it."`
}

// Run decides.
func (c *orderWithdrawn) Run(t *tools) error {
	return c.with(t, func(ctx context.Context, s *app.Staff, n order.Number) error {
		return s.Withdrawn(ctx, n, c.Note, c.Returned)
	})
}
