package demo

import (
	"time"

	"caveau/store/market"
)

// step is a line of a SKU's price log: from a moment on, its price times a factor.
type step struct {
	from   time.Time
	factor float64
}

// steps are the price log of a vintage in a market, in the order of time. The list of the year counts
// from 1 October of the year before. One vintage in twelve also has the price of its release, and a few
// change on one of the year's dates, of which some are always ahead. All times are midnight of the shop.
func (m *maker) steps(v vintage, shop *market.Market) []step {
	if v.primeur {
		return []step{{campaignOpens, 1}}
	}
	current := step{midnight(m.year-1, time.October, 1, shop), 1}
	var out []step
	if released := v.year + v.delay; v.year > 0 && released >= firstLog && released < m.year-1 && chance("log", v.wine.Code, v.year) < logged {
		out = append(out, step{midnight(released, time.September, 1, shop), between(0.62, 0.92, "release", v.wine.Code, v.year)})
	}
	out = append(out, current)
	if change, ok := m.change(v, shop); ok {
		out = append(out, change)
	}
	return out
}

const (
	firstLog = 2012 // the log reaches back to here
	logged   = 1.0 / 6
	changed  = 1.0 / 60
)

// changeDates are the days on which prices change; never more than 62 days apart, so that on any day
// a change lies ahead within 90 days.
var changeDates = []struct {
	years int // after the list's
	month time.Month
	day   int
}{
	{0, time.January, 15}, {0, time.March, 15}, {0, time.May, 15}, {0, time.July, 15}, {0, time.September, 15}, {0, time.November, 15},
	{1, time.January, 15},
}

// change is a vintage's new price of this year: up by some per cent, or down more often for what sells
// slowly.
func (m *maker) change(v vintage, shop *market.Market) (step, bool) {
	if chance("change", v.wine.Code, v.year, m.year) >= changed {
		return step{}, false
	}
	d := changeDates[int(chance("change date", v.wine.Code, v.year, m.year)*float64(len(changeDates)))]
	factor := between(0.88, 1.10, "change factor", v.wine.Code, v.year, m.year)
	return step{midnight(m.year+d.years, d.month, d.day, shop), factor}, true
}

// midnight is in the shop's own time zone, written in UTC.
func midnight(year int, month time.Month, day int, shop *market.Market) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, shop.Zone).UTC()
}
