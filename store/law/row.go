package law

import (
	"errors"
	"fmt"
	"time"
)

// Kind is what a rule is about; it is the name of its file, and the column kind of table law_rule.
type Kind string

// The kinds. Their subjects, conditions, values and units are in kinds.go.
const (
	Age             Kind = "age"                 // legal age to buy wine, by country
	HouseAge        Kind = "house_age"           // the shop's own
	Union           Kind = "union"               // which union a country belongs to
	Warehouse       Kind = "warehouse"           // the country that a warehouse stands in
	Served          Kind = "destination"         // a country that a shop delivers to, with the carrier's zone
	Closed          Kind = "blocked"             // a country that no shop delivers to, with the reason
	State           Kind = "state"               // what a state of the US allows
	Territory       Kind = "territory"           // parts of a country that have other taxes, by postcode
	VAT             Kind = "vat"                 // on wine
	Excise          Kind = "excise"              // on wine, by volume or by pure alcohol
	Customs         Kind = "customs"             // on wine that comes from elsewhere
	SalesTax        Kind = "sales_tax"           // of a state of the US
	Notice          Kind = "notice"              // what a shop's pages show
	Declaration     Kind = "ask"                 // what a buyer is asked
	RightToWithdraw Kind = "withdrawal"          // days to change one's mind
	Function        Kind = "withdrawal_function" // how one withdraws
	Exemption       Kind = "primeur_exempt"      // when a primeur has no withdrawal
	ELabel          Kind = "e_label"             // ingredients and nutrition
	Button          Kind = "button"              // the prescribed words of the order button
	Tariff          Kind = "tariff"              // the carrier's price, by zone and bottles
	Transit         Kind = "transit"             // the carrier's days, by zone
	Free            Kind = "free_delivery"       // from what amount on delivery costs nothing
	Bond            Kind = "bond"                // what a shop sells in bond, and from which warehouse
	Exchange        Kind = "exchange"            // units of a currency for one euro
	Rounding        Kind = "rounding"            // the smallest coin
	Retention       Kind = "retention"           // how long a shop keeps what names people
)

// Status says how far a row can be trusted.
type Status string

// The statuses, the strongest first.
const (
	Official      Status = "official"      // read in its official source
	Verify        Status = "verify"        // believed right; a person checks it before trade
	Demonstration Status = "demonstration" // invented, so that there is something to show
)

var strength = map[Status]int{Official: 0, Verify: 1, Demonstration: 2}

// weaker is the less trustworthy of two: a sum is no better than its worst part.
func weaker(a, b Status) Status {
	if strength[b] > strength[a] {
		return b
	}
	return a
}

// Day is a date, "2026-02-01", in the shop's own time zone. Days compare as strings do; an empty one has no end.
type Day string

// DayOf is the date of a moment on the clocks of a zone.
func DayOf(t time.Time, zone *time.Location) Day { return Day(t.In(zone).Format(time.DateOnly)) }

func (d Day) check() error {
	if _, err := time.Parse(time.DateOnly, string(d)); err != nil {
		return fmt.Errorf("%q is no date", string(d))
	}
	return nil
}

// Row is one dated rule as a person writes it: "excise / GB / 8.5-22 = 30.62 GBP/lpa 0.5 from 2026-02-01".
type Row struct {
	Kind      Kind
	Subject   string // a country, market, state, zone …; "*" is everyone
	Condition string // what narrows it down; may be empty
	Value     string
	Unit      string
	From, To  Day // the first and the last day on which it holds; To may be empty
	Status    Status
	Source    string
	Note      string
}

// ID names the row: no two rows have the same.
func (r Row) ID() string {
	id := string(r.Kind) + "/" + r.Subject
	if r.Condition != "" {
		id += "/" + r.Condition
	}
	return id + "@" + string(r.From)
}

// holds says that the row is in force on a day.
func (r Row) holds(on Day) bool { return r.From <= on && (r.To == "" || on <= r.To) }

func (r Row) check() error {
	if err := r.From.check(); err != nil {
		return err
	}
	if r.To != "" {
		if err := r.To.check(); err != nil {
			return err
		}
		if r.To < r.From {
			return fmt.Errorf("it ends on %s, before it begins", r.To)
		}
	}
	if _, known := strength[r.Status]; !known {
		return fmt.Errorf("unknown status %q", r.Status)
	}
	if r.Source == "" {
		return errors.New("it has no source")
	}
	return nil
}
