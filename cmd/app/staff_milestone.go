package app

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"caveau/store/ledger"
)

// LogMilestone writes a row of the ledger, or says what it would write. It can be corrected by a later row, and by nothing else.
func (s *Staff) LogMilestone(ctx context.Context, m ledger.Milestone, dry bool) error {
	m.Actor = s.by
	if err := m.Check(ledger.Day(time.Now().Format(time.DateOnly))); err != nil {
		return err
	}
	lines, err := s.orders.LogMilestone(ctx, m, dry)
	if err != nil {
		return err
	}
	verb := "is written down"
	if dry {
		verb = "would be written down"
	}
	fmt.Fprintf(s.out, "%s: %s %s. It is about %d lines of orders.\n", m.Scope, said(m), verb, lines)
	return nil
}

func said(m ledger.Milestone) string {
	what := string(m.Kind)
	if m.Planned {
		what = "planned: " + what
	}
	if m.Day == "" {
		return what + " (taken back)"
	}
	return what + " " + string(m.Day)
}

// Milestones prints the log about a scope, every row of it.
func (s *Staff) Milestones(ctx context.Context, scope ledger.Scope) error {
	if scope == (ledger.Scope{}) {
		return ledger.ErrScope
	}
	log, err := s.orders.MilestoneLog(ctx, scope)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, m := range log {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", m.At.UTC().Format(time.DateTime), m.Scope, said(m), m.Source, m.Actor)
	}
	if len(log) == 0 {
		fmt.Fprintln(w, "Nothing is written down.")
	}
	return w.Flush()
}
