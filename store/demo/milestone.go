package demo

import (
	"time"

	"caveau/store/catalog"
	"caveau/store/ledger"
)

// Milestones of the wines that are sold en primeur: what is planned for the campaign, and what became of the three harvests before it. All
// of it is made by rule, and says so: a château bottles in the second summer after the harvest, and ships in the winter after that.
func Milestones(list *catalog.List, now time.Time) []ledger.Milestone {
	sold := map[string]bool{}
	for _, s := range list.SKUs {
		if s.Campaign == campaignCode {
			sold[s.Wine] = true
		}
	}
	today := ledger.Day(now.UTC().Format(time.DateOnly))
	var out []ledger.Milestone
	for _, v := range list.Vintages {
		if !sold[v.Wine] || v.Year < campaignYear-3 || v.Year > campaignYear {
			continue
		}
		at := ledger.Scope{Wine: v.Wine, Year: v.Year}
		out = append(out, planned(at, ledger.Bottled, madeOn(v, 2, time.May, 75), today)...)
		out = append(out, planned(at, ledger.Arrived, madeOn(v, 3, time.January, 60), today)...)
	}
	return out
}

// madeOn is a day so many years after the harvest, within some days from the first of a month.
func madeOn(v catalog.VintageRow, years int, month time.Month, days float64) time.Time {
	return time.Date(v.Year+years, month, 1+int(between(0, days, "milestone", v.Wine, v.Year, years)), 0, 0, 0, 0, time.UTC)
}

// planned is what was to be, in a month, and what has happened by now.
func planned(at ledger.Scope, kind ledger.Kind, on time.Time, today ledger.Day) []ledger.Milestone {
	month := time.Date(on.Year(), on.Month(), 1, 0, 0, 0, 0, time.UTC)
	out := []ledger.Milestone{{Scope: at, Kind: kind, Planned: true, Day: day(month), Source: ledger.Demonstration, Actor: madeBy}}
	if day(on) <= today {
		out = append(out, ledger.Milestone{Scope: at, Kind: kind, Day: day(on), Source: ledger.Demonstration, Actor: madeBy})
	}
	return out
}

// madeBy is who wrote the rows.
const madeBy = "demonstration"

func day(t time.Time) ledger.Day { return ledger.Day(t.Format(time.DateOnly)) }
