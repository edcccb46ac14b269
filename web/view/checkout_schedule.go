package view

import (
	"cmp"
	"slices"
	"time"

	"caveau/store/checkout"
	"caveau/store/law"
	"caveau/store/money"
	"caveau/store/order"
	"caveau/templates/page"
)

// schedule says when what of an order is paid and delivered; empty where all of it is now. now is how today's parcel comes, if
// that is known.
func (d *desk) schedule(lines []order.Line, total money.Amount, arrives string) page.Schedule {
	today, later := whenDue(lines)
	if len(later) == 0 {
		return page.Schedule{}
	}
	out := page.Schedule{Heading: d.p.T("schedule.title"), Note: d.p.T("schedule.estimate")}
	first := page.Step{When: d.p.T("schedule.now"), Pays: d.p.T("schedule.pay", "amount", d.amount(total))}
	if len(today) > 0 {
		first.Brings = d.p.T("schedule.brings", "list", d.p.List(today))
	}
	out.Steps = append(out.Steps, first)
	if arrives != "" && len(today) > 0 {
		out.Steps[0].Brings += " · " + arrives
	}
	for _, rest := range later {
		step := page.Step{When: d.fromDay(rest.on), Pays: d.p.T("schedule.pay_unknown"), Brings: d.p.T("schedule.brings", "list", d.p.List(rest.goods))}
		if rest.known {
			step.Pays = d.p.T("schedule.pay_later", "amount", d.amount(rest.sum))
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// later is what falls due and is delivered on one day.
type later struct {
	on    string
	sum   money.Amount
	known bool
	goods []string
}

// whenDue sorts the wine of an order into what is delivered now and what later.
func whenDue(lines []order.Line) (now []string, out []later) {
	for _, l := range lines {
		if l.Kind != order.Wine {
			continue
		}
		if l.Rest.On == "" {
			now = append(now, counted(l.Quantity, l.Title))
			continue
		}
		i := slices.IndexFunc(out, func(r later) bool { return r.on == l.Rest.On })
		if i < 0 {
			i, out = len(out), append(out, later{on: l.Rest.On, known: true, sum: money.Of(0, l.Net.Currency)})
		}
		out[i].known = out[i].known && l.Rest.Amount.Currency != ""
		out[i].sum.Minor += l.Rest.Amount.Minor
		out[i].goods = append(out[i].goods, counted(l.Quantity, l.Title))
	}
	slices.SortFunc(out, func(a, b later) int { return cmp.Compare(a.on, b.on) })
	return now, out
}

// fromDay is a day of delivery as far off as that of a primeur: a month. A day that is not in the future is none that is known.
func (d *desk) fromDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || law.Day(day) <= law.DayOf(d.now, d.Market.Zone) {
		return d.p.T("schedule.when_ready")
	}
	return d.p.T("schedule.from", "month", d.p.YearMonth(t))
}

// parcels are the two ways to deliver a mixed cart, with what each costs now and later.
func (d *desk) parcels(q checkout.Quote) []page.Parcels {
	if q.Parcels == "" {
		return nil
	}
	split, together := q.Door, q.Other
	if q.Parcels == order.Together {
		split, together = together, split
	}
	return []page.Parcels{
		{Value: string(order.Split), Text: d.p.N("schedule.split", len(split.Parcels)), Costs: d.costs(split), Checked: q.Parcels == order.Split},
		{Value: string(order.Together), Text: d.p.T("schedule.together"), Costs: d.costs(together), Checked: q.Parcels == order.Together},
	}
}

// costs of a choice: now, and later as far as it can be told.
func (d *desk) costs(door law.Door) []string {
	out := []string{d.p.T("schedule.costs_now", "amount", d.amount(door.Gross))}
	sum, known := money.Of(0, door.Gross.Currency), true
	for _, due := range door.Later {
		sum.Minor += due.Gross.Minor
		known = known && len(due.Missing) == 0
	}
	if !known {
		return append(out, d.p.T("schedule.costs_unknown"))
	}
	return append(out, d.p.T("schedule.costs_later", "amount", d.amount(sum)))
}
