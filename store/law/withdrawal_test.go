package law

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A primeur is exempt only while every condition is met; each one that is missing gives the right back, by name. Golden rows of all
// markets: what a line of stock has, what a primeur has, and which conditions each lack.
func TestWithdrawalOfALineThatWasSold(t *testing.T) {
	r := rules(t)
	for market, regime := range map[string]string{
		"fr": "eu 14 to a working day", "be": "eu 14 to a working day", "lu": "eu 14 to a working day", "de": "eu 14 to a working day", "at": "eu 14 to a working day",
		"ie": "eu 14 to a working day", "it": "eu 14 to a working day", "es": "eu 14 to a working day", "pt": "eu 14 to a working day", "nl": "eu 14 to a working day",
		"uk": "uk 14", "ch": "ch 0", "us": "us 0", "hk": "hk 0",
	} {
		m := shop(t, r, market)
		exempts := strings.HasPrefix(regime, "eu") || strings.HasPrefix(regime, "uk")
		whole := Contract{Market: m, Sale: Primeur, Made: summer, Delivery: at("2028-04-01"), PriceAgreed: true, MarketValue: true, Told: true}
		for lacking, change := range map[string]func(*Contract){
			"":             func(*Contract) {},
			"price_agreed": func(c *Contract) { c.PriceAgreed = false },
			"market_value": func(c *Contract) { c.MarketValue = false },
			"told":         func(c *Contract) { c.Told = false },
			"delivery_after": func(c *Contract) {
				c.Delivery = c.Made.AddDate(0, 0, 30)
			},
			"delivery_after told": func(c *Contract) { c.Delivery, c.Told = time.Time{}, false },
		} {
			c := whole
			change(&c)
			w := r.Withdrawal(c)
			got := fmt.Sprintf("%s %d", w.Regime, w.Days)
			if w.Working {
				got += " to a working day"
			}
			if got != regime || w.Exempt != (exempts && lacking == "") || exempts && strings.Join(w.Lacking, " ") != lacking {
				t.Errorf("%s lacking %q: %s, exempt %v, lacks %v", market, lacking, got, w.Exempt, w.Lacking)
			}
			c.Sale = Stock
			if w := r.Withdrawal(c); w.Exempt || w.Lacking != nil {
				t.Errorf("%s: a line of stock: %+v", market, w)
			}
		}
	}
}

// A condition that was not in force on the day of the contract is not asked for.
func TestWithdrawalIsThatOfTheDayOfTheContract(t *testing.T) {
	r := rules(t)
	c := Contract{Market: shop(t, r, "de"), Sale: Stock, Made: at("2014-06-12")}
	if w := r.Withdrawal(c); w.Days != 0 {
		t.Errorf("before the directive: %+v", w)
	}
	if c.Made = at("2026-06-18"); r.Withdrawal(c).Button {
		t.Error("the function stands before its day")
	}
}

func TestTheEndOfAWithdrawal(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ market, received, last string }{
		{"de", "2026-07-06T10:00:00Z", "2026-07-20"}, // Monday to Monday
		{"de", "2026-07-04T10:00:00Z", "2026-07-20"}, // would end on a Saturday
		{"uk", "2026-07-04T10:00:00Z", "2026-07-18"}, // and does in the United Kingdom
		{"fr", "2026-07-06T22:30:00Z", "2026-07-21"}, // Tuesday in Paris already
		{"pt", "2026-07-06T22:30:00Z", "2026-07-20"}, // Monday in Lisbon still
		{"fr", "2026-10-19T10:00:00Z", "2026-11-02"}, // over the end of summer time
	} {
		m := shop(t, r, c.market)
		received, err := time.Parse(time.RFC3339, c.received)
		if err != nil {
			t.Fatal(err)
		}
		end := r.Withdrawal(Contract{Market: m, Sale: Stock, Made: summer}).End(received, m.Zone)
		if got := DayOf(end.Add(-time.Second), m.Zone); string(got) != c.last || end.In(m.Zone).Format("15:04:05") != "00:00:00" {
			t.Errorf("%s, received %s: ends before %s, want after %s", c.market, c.received, end.In(m.Zone), c.last)
		}
	}
	if end := (Withdrawal{Days: 14}).End(time.Time{}, time.UTC); !end.IsZero() {
		t.Errorf("what was not received ends %s", end)
	}
}

// Whatever the day: at least as many whole days as the law says, at most two more, and never over on a weekend.
func TestTheEndIsNeverEarly(t *testing.T) {
	zone := shop(t, rules(t), "fr").Zone
	rapid.Check(t, func(t *rapid.T) {
		w := Withdrawal{Days: rapid.IntRange(1, 30).Draw(t, "days"), Working: rapid.Bool().Draw(t, "working")}
		received := time.Unix(rapid.Int64Range(1_700_000_000, 2_000_000_000).Draw(t, "received"), 0)
		end := w.End(received, zone)
		whole := received.In(zone).AddDate(0, 0, w.Days)
		last := end.Add(-time.Second).In(zone).Weekday()
		if end.Before(whole) || end.After(whole.AddDate(0, 0, 3)) || w.Working && (last == time.Saturday || last == time.Sunday) {
			t.Fatalf("received %s, %d days, ends %s (%s)", received.In(zone), w.Days, end.In(zone), last)
		}
	})
}
