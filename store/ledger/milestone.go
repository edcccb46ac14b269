package ledger

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"caveau/store/order"
)

// Kind of a step.
type Kind string

// The steps, in their order.
const (
	Released  Kind = "released"  // offered by the château
	Paid      Kind = "paid"      // by the buyer
	Bottled   Kind = "bottled"   // at the château
	Arrived   Kind = "arrived"   // in our cellars
	TaxesDue  Kind = "taxes_due" // duty, tax and delivery are to be paid
	Delivered Kind = "delivered" // to the buyer
)

// Kinds are all of them, in their order.
var Kinds = []Kind{Released, Paid, Bottled, Arrived, TaxesDue, Delivered}

// Day is a date, "2028-04-01". Days compare as strings do; an empty one is unknown.
type Day string

// Scope is what a milestone is about: one of a campaign, a vintage, an order.
type Scope struct {
	Campaign string       // code
	Wine     string       // code, with Year
	Year     int          //
	Order    order.Number //
	SKU      string       // with Order: one of its lines; "" all
}

// narrow is how much a scope is about one line: the narrower wins.
func (s Scope) narrow() int {
	switch {
	case s.SKU != "":
		return 4
	case s.Order != "":
		return 3
	case s.Wine != "":
		return 2
	default:
		return 1
	}
}

// String is for people of the staff.
func (s Scope) String() string {
	switch {
	case s.SKU != "":
		return fmt.Sprintf("%s, %s", s.Order, s.SKU)
	case s.Order != "":
		return string(s.Order)
	case s.Wine != "":
		return fmt.Sprintf("%s %d", s.Wine, s.Year)
	default:
		return "campaign " + s.Campaign
	}
}

// Milestone is a row of the log.
type Milestone struct {
	ID      uint64 // later rows have higher ones
	Scope   Scope
	Kind    Kind
	Planned bool   // else it has happened
	Day     Day    // "": what was said before is not so
	Source  string // where it is known from
	Actor   order.Actor
	At      time.Time // when it was written down
}

// Demonstration is the source of what was made by rule.
const Demonstration = "demonstration"

// MaxSource is the longest source, in bytes.
const MaxSource = 200

// What is wrong with a milestone.
var (
	ErrKind   = errors.New("no such step, or one that the order itself says")
	ErrDay    = errors.New("no date, or a day to come for what has happened")
	ErrScope  = errors.New("about neither a campaign, a vintage nor an order, or about several")
	ErrSource = errors.New("no source, or too long a one")
)

// Check a milestone before it is written down. today is the day of whoever writes it.
func (m Milestone) Check(today Day) error {
	var wrong []error
	if m.Kind == Paid || !slices.Contains(Kinds, m.Kind) {
		wrong = append(wrong, ErrKind)
	}
	if _, err := time.Parse(time.DateOnly, string(m.Day)); m.Day != "" && (err != nil || !m.Planned && m.Day > today) {
		wrong = append(wrong, ErrDay)
	}
	about := 0
	for _, is := range []bool{m.Scope.Campaign != "", m.Scope.Wine != "", m.Scope.Order != ""} {
		if is {
			about++
		}
	}
	if about != 1 || m.Scope.SKU != "" && m.Scope.Order == "" || (m.Scope.Wine == "") != (m.Scope.Year == 0) {
		wrong = append(wrong, ErrScope)
	}
	if m.Source == "" || len(m.Source) > MaxSource {
		wrong = append(wrong, ErrSource)
	}
	return errors.Join(wrong...)
}
