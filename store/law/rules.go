package law

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"caveau/store/market"
)

// Rules is a checked set of rows, ready to be asked. It never changes: new rows make new Rules.
type Rules struct {
	markets *market.Table
	rules   map[about][]rule // in the order of their conditions, then of their days
	states  map[string]bool  // countries whose states have rules of their own
}

// about is what the rules of one kind are found by.
type about struct {
	kind    Kind
	subject string
}

// Load makes the Rules of the rows that come with the program.
func Load(markets *market.Table) (*Rules, error) {
	rows, err := Embedded()
	if err != nil {
		return nil, err
	}
	return New(rows, markets)
}

// New checks rows and makes them answerable. Every fault is reported, each with the row's name: a row that does not
// read, two that contradict each other, a shop without what every shop needs.
func New(rows []Row, markets *market.Table) (*Rules, error) {
	r := &Rules{markets: markets, rules: map[about][]rule{}, states: map[string]bool{}}
	var faults []error
	for _, row := range rows {
		compiled, err := compile(row)
		if err != nil {
			faults = append(faults, fmt.Errorf("rule %s: %w", row.ID(), err))
			continue
		}
		key := about{row.Kind, row.Subject}
		for _, other := range r.rules[key] {
			if compiled.clashes(other) {
				faults = append(faults, fmt.Errorf("rule %s contradicts %s", row.ID(), other.ID()))
			}
		}
		r.rules[key] = append(r.rules[key], compiled)
		if row.Kind == State {
			r.states[row.Subject[:2]] = true
		}
	}
	for _, list := range r.rules {
		slices.SortStableFunc(list, func(a, b rule) int {
			return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.Condition, b.Condition), cmp.Compare(a.From, b.From))
		})
	}
	faults = append(faults, r.complete()...)
	if len(faults) > 0 {
		return nil, fmt.Errorf("read the rules: %w", errors.Join(faults...))
	}
	return r, nil
}

// complete reports what a shop cannot do without, and zones that nobody drives to.
func (r *Rules) complete() (faults []error) {
	for _, m := range r.markets.Markets {
		for _, kind := range []Kind{HouseAge, RightToWithdraw, Button} {
			if len(r.rules[about{kind, m.Code}]) == 0 {
				faults = append(faults, fmt.Errorf("market %s has no rule %s", m.Code, kind))
			}
		}
		if len(r.rules[about{Warehouse, m.Warehouse}]) == 0 {
			faults = append(faults, fmt.Errorf("nobody says where warehouse %s is", m.Warehouse))
		}
	}
	for key, list := range r.rules {
		if key.kind != Served {
			continue
		}
		for _, served := range list {
			if err := r.checkZone(served); err != nil {
				faults = append(faults, fmt.Errorf("rule %s: %w", served.ID(), err))
			}
		}
	}
	return faults
}

func (r *Rules) checkZone(served rule) error {
	m, known := r.markets.Market(served.Condition)
	if !known {
		return fmt.Errorf("no market %q", served.Condition)
	}
	tariffs := r.rules[about{Tariff, served.Value}]
	if len(tariffs) == 0 || len(r.rules[about{Transit, served.Value}]) == 0 {
		return fmt.Errorf("zone %q has no tariff or no transit", served.Value)
	}
	for _, t := range tariffs {
		if t.currency != m.Currency {
			return fmt.Errorf("zone %q is priced in %s, market %s sells in %s", served.Value, t.currency, m.Code, m.Currency)
		}
	}
	return nil
}

// all are the rules of a kind and a subject that hold on a day.
func (r *Rules) all(kind Kind, subject string, on Day) []*rule {
	list := r.rules[about{kind, subject}]
	out := make([]*rule, 0, len(list))
	for i := range list {
		if list[i].holds(on) {
			out = append(out, &list[i])
		}
	}
	return out
}

// one is the first of all.
func (r *Rules) one(kind Kind, subject string, on Day) (rule, bool) {
	list := r.rules[about{kind, subject}]
	for i := range list {
		if list[i].holds(on) {
			return list[i], true
		}
	}
	return rule{}, false
}

// under is the rule with a condition.
func (r *Rules) under(kind Kind, subject, condition string, on Day) (rule, bool) {
	list := r.rules[about{kind, subject}]
	for i := range list {
		if list[i].Condition == condition && list[i].holds(on) {
			return list[i], true
		}
	}
	return rule{}, false
}
