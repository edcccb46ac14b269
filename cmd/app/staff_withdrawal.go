package app

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"caveau/store/order"
	"caveau/store/withdrawal"
)

// showWithdrawals prints the statements about an order, line by line.
func (s *Staff) showWithdrawals(ctx context.Context, w io.Writer, number order.Number) error {
	records, err := s.orders.Withdrawals(ctx, number)
	if err != nil {
		return err
	}
	for _, r := range records {
		printStatement(w, r)
	}
	return nil
}

// Withdrawals prints the statements that wait for a decision.
func (s *Staff) Withdrawals(ctx context.Context) error {
	records, err := s.orders.OpenWithdrawals(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, r := range records {
		printStatement(w, r)
	}
	if len(records) == 0 {
		fmt.Fprintln(w, "No statement waits.")
	}
	return w.Flush()
}

func printStatement(w io.Writer, r withdrawal.Record) {
	marks := []string{"open"}
	if r.Settled {
		marks[0] = "settled"
	}
	if r.Late {
		marks = append(marks, "late")
	}
	about := string(r.Matched)
	if about == "" {
		marks = append(marks, "unmatched")
		about = strconv.Quote(r.Number)
	}
	fmt.Fprintf(w, "withdrawal %s\t%s\t%s\t%s\t%s\t%s\n", r.Reference(), r.At.UTC().Format(time.DateTime), about, strings.Join(marks, ", "), r.Name, r.Email)
	for _, l := range r.Lines {
		fmt.Fprintf(w, "\t%d ×\t%s\tcounted %d\n", l.Quantity, l.Title, l.Counted)
	}
	if r.Words != "" {
		fmt.Fprintf(w, "\t%q\n", r.Words)
	}
}

// Withdrawn decides on the statements about an order, and takes bottles back where returned says that they came; or it closes one
// that fits no order, named W-12.
func (s *Staff) Withdrawn(ctx context.Context, number order.Number, note string, returned bool) error {
	if reference, named := strings.CutPrefix(string(number), "W-"); named {
		id, err := strconv.ParseUint(reference, 10, 64)
		if err != nil {
			return fmt.Errorf("statement %q: %w", number, withdrawal.ErrUnknown)
		}
		if err := s.orders.SettleUnmatched(ctx, id, s.by, note); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s is settled.\n", number)
		return nil
	}
	done, err := s.orders.SettleWithdrawals(ctx, number, s.by, note, returned)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, l := range done.Refund.Lines {
		fmt.Fprintf(w, "line %d\t%d ×\t%s\n", l.Position, l.Quantity, l.Amount)
	}
	for _, l := range done.Refund.Carriage {
		fmt.Fprintf(w, "line %d\tdelivery\t%s\n", l.Position, l.Amount)
	}
	if len(done.Settled) > 0 {
		fmt.Fprintf(w, "goes back\t\t%s\n", done.Refund.Total)
	} else {
		fmt.Fprintln(w, "Everything was settled before.")
	}
	if returned {
		fmt.Fprintf(w, "%d units are back in the stock.\n", done.Back)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return s.say(done.Change, nil)
}
