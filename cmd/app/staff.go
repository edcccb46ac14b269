package app

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"caveau/store/mysql"
	"caveau/store/order"
)

// Staff does what people of the merchant's do with orders. Everything is written into the order's events, with who did it.
type Staff struct {
	primary *mysql.Primary
	orders  *mysql.Orders
	by      order.Actor
	out     io.Writer
}

// OpenStaff connects a person to the orders of a primary. Close it.
func OpenStaff(primaryDSN, by string, out io.Writer) (*Staff, error) {
	primary, err := mysql.OpenPrimary(primaryDSN, mysql.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return &Staff{primary, mysql.NewOrders(primary, nil), order.Staff(by), out}, nil
}

// Close the connection.
func (s *Staff) Close() error { return s.primary.Close() }

// Show prints an order.
func (s *Staff) Show(ctx context.Context, number order.Number) error {
	o, err := s.orders.Show(ctx, number)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "order\t%s\t%s\n", o.Number, o.State)
	fmt.Fprintf(w, "for\t%s\t%s\t%s\n", o.Contact.Name, o.Contact.Email, o.Contact.Phone)
	fmt.Fprintf(w, "to\t%s, %s, %s %s, %s %s\n", o.Delivery.Recipient, o.Delivery.Line1, o.Delivery.Postcode, o.Delivery.Locality, o.Delivery.Region, o.Delivery.Country)
	for _, l := range o.Lines {
		fmt.Fprintf(w, "%d ×\t%s\t%s\t%s\n", l.Quantity, l.Title, l.SKU, l.Gross())
	}
	fmt.Fprintf(w, "total\t%s\tof which tax %s\n", o.Sums.Total, o.Sums.Tax)
	for _, p := range o.Payments {
		what := "payment"
		if p.Part {
			what = "part of it"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", what, p.Method, p.State, p.Amount, p.Reference)
	}
	papers, err := s.orders.Documents(ctx, number)
	if err != nil {
		return err
	}
	for _, p := range papers {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.Kind, p.Number, p.Sums.Total, p.IssuedAt.UTC().Format(time.DateTime))
	}
	for _, e := range o.Events {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", e.At.UTC().Format(time.DateTime), e.State, e.Actor, e.Note)
	}
	if err := s.showWithdrawals(ctx, w, number); err != nil {
		return err
	}
	return w.Flush()
}

// Paid notes a bank transfer of the order's total. The same reference again changes nothing.
func (s *Staff) Paid(ctx context.Context, number order.Number, reference string) error {
	o, err := s.orders.Show(ctx, number)
	if err != nil {
		return err
	}
	return s.say(s.orders.Paid(ctx, order.Receipt{Number: number, Method: order.Transfer, Reference: reference, Amount: o.Sums.Total}))
}

// Cancel calls off an order that is not paid yet.
func (s *Staff) Cancel(ctx context.Context, number order.Number, note string) error {
	return s.say(s.orders.Cancel(ctx, number, s.by, note))
}

// Refund decides that the money of an order goes back; Refunded notes that it did.
func (s *Staff) Refund(ctx context.Context, number order.Number, note string) error {
	return s.say(s.orders.Refund(ctx, number, s.by, note))
}

// Refunded notes that the money went back.
func (s *Staff) Refunded(ctx context.Context, number order.Number, note string) error {
	return s.say(s.orders.Refunded(ctx, number, s.by, note))
}

// Ship notes that an order left the house.
func (s *Staff) Ship(ctx context.Context, number order.Number, note string) error {
	return s.say(s.orders.Ship(ctx, number, s.by, note))
}

// Deliver notes that it arrived.
func (s *Staff) Deliver(ctx context.Context, number order.Number, note string) error {
	return s.say(s.orders.Deliver(ctx, number, s.by, note))
}

func (s *Staff) say(c order.Change, err error) error {
	if err == nil {
		fmt.Fprintf(s.out, "%s is %s.\n", c.Number, c.State)
	}
	return err
}
