package law

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"caveau/store/money"
)

// rule is a row that was read: what its condition, value and unit mean.
type rule struct {
	Row
	number      thousandths // value, where it is a figure
	band        band        // condition of a tax
	first, last int         // bottles of a tariff, days of a transit
	currency    money.Currency
	per         unit
	step        int // tenths of % vol that a strength is taken up to; 1 where it is taken as it is
}

// unit is what a rate counts.
type unit string

const (
	perHectolitre unit = "hl"
	perAlcohol    unit = "lpa" // litre of pure alcohol
	perBottle     unit = "bottle"
)

// kinds says how the rows of each kind are written. A step reads its part of the row into the rule.
var kinds = map[Kind][]func(*rule) error{
	Age:             {subject(country, "*"), figure},
	HouseAge:        {figure},
	Union:           {subject(country)},
	Warehouse:       {},
	Served:          {subject(country)},
	Closed:          {subject(country)},
	State:           {subject(state), oneOf(stateAllowed, stateForbidden)},
	Territory:       {subject(country)},
	VAT:             {subject(country), taxed, figure},
	Excise:          {subject(country), taxed, figure, dutyUnit},
	Customs:         {subject(country), taxed, figure},
	SalesTax:        {subject(state), figure},
	Notice:          {oneOf(always, string(Stock), string(Primeur))},
	Declaration:     {oneOf(always, string(Stock), string(Primeur), string(OnArrival))},
	RightToWithdraw: {figure, withdrawalDays},
	Function:        {},
	Exemption:       {exemption},
	ELabel:          {sinceDay},
	Button:          {},
	Tariff:          {figure, bottles, priceUnit},
	Transit:         {days},
	Free:            {figure, priceUnit},
	Bond:            {soldAs},
	Exchange:        {figure, positive},
	Rounding:        {figure, positive},
	Retention:       {under(keepInvoice, keepContact), figure, positive},
}

const (
	always          = "always"
	stateAllowed    = "allowed"
	stateForbidden  = "forbidden"
	taxGoods        = "goods"
	taxWithDelivery = "goods+delivery"
)

var (
	country = regexp.MustCompile(`^[A-Z]{2}$`)
	state   = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)
)

func subject(form *regexp.Regexp, others ...string) func(*rule) error {
	return func(r *rule) error {
		if form.MatchString(r.Subject) || slices.Contains(others, r.Subject) {
			return nil
		}
		return fmt.Errorf("subject %q has not the form of its kind", r.Subject)
	}
}

func oneOf(values ...string) func(*rule) error {
	return func(r *rule) error {
		if slices.Contains(values, r.Value) {
			return nil
		}
		return fmt.Errorf("value %q is none of %s", r.Value, strings.Join(values, ", "))
	}
}

func under(conditions ...string) func(*rule) error {
	return func(r *rule) error {
		if slices.Contains(conditions, r.Condition) {
			return nil
		}
		return fmt.Errorf("condition %q is none of %s", r.Condition, strings.Join(conditions, ", "))
	}
}

func figure(r *rule) (err error) {
	r.number, err = parseNumber(r.Value)
	return err
}

func positive(r *rule) error {
	if r.number <= 0 {
		return fmt.Errorf("value %q is not above nought", r.Value)
	}
	return nil
}

func taxed(r *rule) (err error) {
	r.band, err = parseBand(r.Condition)
	return err
}

// dutyUnit reads "EUR/hl" and "GBP/lpa 0.5": by pure alcohol, strength taken up to the next half per cent.
func dutyUnit(r *rule) error {
	unitText, step, stepped := strings.Cut(r.Unit, " ")
	r.step = 1
	if stepped {
		var err error
		if r.step, err = tenths(step); err != nil || r.step < 1 {
			return fmt.Errorf("unit %q: its step is no strength", r.Unit)
		}
	}
	currency, per, _ := strings.Cut(unitText, "/")
	r.currency, r.per = money.Currency(currency), unit(per)
	if len(currency) != 3 || r.per != perHectolitre && r.per != perAlcohol {
		return fmt.Errorf("unit %q is neither by hl nor by lpa", r.Unit)
	}
	return nil
}

// priceUnit reads "EUR" and "EUR/bottle".
func priceUnit(r *rule) error {
	currency, per, _ := strings.Cut(r.Unit, "/")
	r.currency, r.per = money.Currency(currency), unit(per)
	if len(currency) != 3 || r.per != "" && r.per != perBottle {
		return fmt.Errorf("unit %q is no currency", r.Unit)
	}
	if r.number%10 != 0 {
		return fmt.Errorf("value %q has more than two decimals", r.Value)
	}
	return nil
}

func bottles(r *rule) (err error) {
	r.first, r.last, err = wholeRange(r.Condition)
	return err
}

// The units of a right of withdrawal.
const (
	daysPlain   = "days"
	daysWorking = "days, to a working day"
)

func withdrawalDays(r *rule) error {
	if r.Unit != daysPlain && r.Unit != daysWorking {
		return fmt.Errorf("unit %q is neither %q nor %q", r.Unit, daysPlain, daysWorking)
	}
	return nil
}

// exemption is a condition of it: a number of days, or "required".
func exemption(r *rule) error {
	switch r.Condition {
	case deliveryAfter:
		return figure(r)
	case priceAgreed, marketValue, buyerTold:
		return oneOf("required")(r)
	default:
		return fmt.Errorf("condition %q is not known", r.Condition)
	}
}

func days(r *rule) (err error) {
	r.first, r.last, err = wholeRange(r.Value)
	return err
}

// soldAs reads the sale type that a bond is about.
func soldAs(r *rule) error {
	if sale := Sale(r.Condition); sale != Stock && sale != Primeur {
		return fmt.Errorf("condition %q is no sale type", r.Condition)
	}
	return nil
}

func sinceDay(r *rule) error { return Day(r.Value).check() }

// compile reads a row.
func compile(row Row) (rule, error) {
	r := rule{Row: row}
	steps, known := kinds[row.Kind]
	if !known {
		return r, fmt.Errorf("unknown kind %q", row.Kind)
	}
	if row.Subject == "" || row.Value == "" {
		return r, fmt.Errorf("it has no subject or no value")
	}
	if err := row.check(); err != nil {
		return r, err
	}
	for _, step := range steps {
		if err := step(&r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// clashes says that two rules of one kind and subject would answer the same question on the same day.
func (r rule) clashes(o rule) bool {
	if r.To != "" && r.To < o.From || o.To != "" && o.To < r.From {
		return false
	}
	switch r.Kind {
	case VAT, Excise, Customs:
		return r.band.meets(o.band)
	case Tariff:
		return r.first <= o.last && o.first <= r.last
	case Exchange, RightToWithdraw, Transit, Rounding, HouseAge, Age, Button, SalesTax:
		return true
	default:
		return r.Condition == o.Condition
	}
}
