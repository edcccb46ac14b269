package law

import (
	"fmt"
	"time"

	"caveau/store/market"
	"caveau/store/money"
)

// Delivery is what the carrier asks and when the parcel comes.
type Delivery struct {
	Zone, Carrier    string
	Bottles          int          // of 75 cl
	Price            money.Amount // without tax; nought where it is free
	FreeFrom         money.Amount // goods at list price; zero currency where it never is
	Earliest, Latest Day
	Rules            []Row
}

// deliver prices a parcel of so many millilitres with goods of a list price, ready to leave on a day.
func (r *Rules) deliver(m *market.Market, p place, millilitres int64, goods money.Amount, on Day, ready time.Time) (Delivery, error) {
	d := Delivery{Zone: p.zone(), Bottles: equivalents(millilitres)}
	tariff, ok := r.tariff(d.Zone, d.Bottles, on)
	if !ok {
		return d, refuse(TooMuch, fmt.Sprintf("%d bottles to zone %s", d.Bottles, d.Zone))
	}
	d.Price = money.Of(minorOf(tariff.number), tariff.currency)
	if tariff.per == perBottle {
		d.Price = d.Price.Times(int64(d.Bottles))
	}
	d.Rules = append(d.Rules, tariff.Row)
	if free, ok := r.under(Free, m.Code, d.Zone, on); ok {
		d.FreeFrom = money.Of(minorOf(free.number), free.currency)
		if goods.Minor >= d.FreeFrom.Minor {
			d.Price.Minor = 0
			d.Rules = append(d.Rules, free.Row)
		}
	}
	if transit, ok := r.one(Transit, d.Zone, on); ok {
		d.Carrier = transit.Condition
		d.Earliest, d.Latest = workingDays(ready, transit.first, m.Zone), workingDays(ready, transit.last, m.Zone)
		d.Rules = append(d.Rules, transit.Row)
	}
	return d, nil
}

func (r *Rules) tariff(zone string, bottles int, on Day) (rule, bool) {
	for _, t := range r.all(Tariff, zone, on) {
		if t.first <= bottles && bottles <= t.last {
			return *t, true
		}
	}
	return rule{}, false
}

// minorOf is a figure of at most two decimals in minor units.
func minorOf(n thousandths) int64 { return int64(n) / 10 }

// workingDays counts from Monday to Friday; holidays are not known.
func workingDays(from time.Time, n int, zone *time.Location) Day {
	day := from.In(zone)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n--
		}
	}
	return DayOf(day, zone)
}
