package view

import (
	"time"

	"caveau/store/law"
	"caveau/store/ledger"
	"caveau/store/order"
	"caveau/templates/page"
)

// Way is the timeline of a line that was bought en primeur.
type Way struct {
	Line  order.Line
	Steps []ledger.Step
	Due   *law.Due // what it will cost beside its price; nil where that is not known
}

// ledger writes a timeline. What has happened has its day; what is planned has its month, for nobody plans closer; the rest says that it
// is not known.
// i18n:prefix ledger.step.
func (d *desk) ledger(w Way) page.Ledger {
	out := page.Ledger{Heading: d.p.T("ledger.title", "wine", w.Line.Title)}
	for _, step := range w.Steps {
		s := page.LedgerStep{Label: d.p.T("ledger.step." + string(step.Kind)), State: "unknown", When: d.p.T("ledger.unknown")}
		switch {
		case step.Done():
			s.State, s.When = "done", d.lawDay(law.Day(step.Actual))
		case step.Planned != "":
			s.State, s.When = "planned", d.p.T("ledger.planned", "date", d.month(step.Planned))
		case step.Kind == ledger.Paid: // of this one the order knows
			s.When = d.p.T("ledger.not_yet")
		}
		out.Steps = append(out.Steps, s)
	}
	if w.Due != nil && !w.Steps[len(w.Steps)-1].Done() {
		amount := d.p.Money(w.Due.Gross.Minor, string(w.Due.Gross.Currency))
		out.Notes = append(out.Notes, d.p.T("ledger.due", "amount", amount, "date", d.lawDay(w.Due.When)))
	}
	if ledger.Made(w.Steps) {
		out.Notes = append(out.Notes, d.p.T("ledger.made"))
	}
	return out
}

// month of a day, in words; empty where there is none.
func (d *desk) month(day ledger.Day) string {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return ""
	}
	return d.p.YearMonth(t)
}
