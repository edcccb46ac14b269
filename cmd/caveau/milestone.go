package main

import (
	"errors"

	"caveau/cmd/app"
	"caveau/store/ledger"
	"caveau/store/order"
)

// milestoneCommand keeps the ledger of wines that were sold en primeur.
type milestoneCommand struct {
	Add  milestoneAdd  `cmd:"" help:"Write down what happened or is planned. A correction is a later row; without a date it takes back."`
	List milestoneList `cmd:"" help:"Print what was written down about a campaign, a vintage or an order."`
}

// milestoneOf is what a row is about, and who says it.
type milestoneOf struct {
	Campaign string `help:"A campaign's code."`
	Wine     string `help:"A wine's code, with --vintage."`
	Vintage  int    `help:"The harvest."`
	Order    string `help:"An order's number."`
	SKU      string `name:"sku" help:"One line of the order."`

	PrimaryDSN string `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN" required:""`
	By         string `help:"Who says it: it is written into the row." env:"USER" default:"unknown"`
}

func (c milestoneOf) scope() ledger.Scope {
	return ledger.Scope{Campaign: c.Campaign, Wine: c.Wine, Year: c.Vintage, Order: order.Number(c.Order), SKU: c.SKU}
}

func (c milestoneOf) with(t *tools, do func(*app.Staff) error) (err error) {
	staff, err := app.OpenStaff(c.PrimaryDSN, c.By, t.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, staff.Close()) }()
	return do(staff)
}

type milestoneAdd struct {
	Kind    string `arg:"" enum:"released,bottled,arrived,taxes_due,delivered" help:"released, bottled, arrived, taxes_due or delivered."`
	Day     string `arg:"" optional:"" help:"2027-06-14; none takes back what was said."`
	Planned bool   `help:"It is to happen then; without, it has happened."`
	Source  string `help:"Where it is known from." default:"house"`
	DryRun  bool   `help:"Say what would be written; write nothing."`

	milestoneOf `embed:""`
}

// Run writes it down.
func (c *milestoneAdd) Run(t *tools) error {
	m := ledger.Milestone{Scope: c.scope(), Kind: ledger.Kind(c.Kind), Planned: c.Planned, Day: ledger.Day(c.Day), Source: c.Source}
	return c.with(t, func(s *app.Staff) error { return s.LogMilestone(t.context, m, c.DryRun) })
}

type milestoneList struct {
	milestoneOf `embed:""`
}

// Run prints them.
func (c *milestoneList) Run(t *tools) error {
	return c.with(t, func(s *app.Staff) error { return s.Milestones(t.context, c.scope()) })
}
