package ledger

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const today = Day("2026-11-27")

// The scopes that can be about one line, from wide to narrow.
var scopes = []Scope{{Campaign: "bordeaux-2025"}, {Wine: "chateau-margaux", Year: 2025}, {Order: "FR-100000"}, {Order: "FR-100000", SKU: "M25"}}

func anyDay() *rapid.Generator[Day] {
	return rapid.Custom(func(t *rapid.T) Day {
		return rapid.SampledFrom([]Day{"", "2026-01-05", "2026-05-04", "2027-06-01", "2028-01-15", "2028-04-01"}).Draw(t, "day")
	})
}

func anyLog(t *rapid.T) []Milestone {
	var log []Milestone
	for n := range rapid.IntRange(0, 12).Draw(t, "rows") {
		log = append(log, Milestone{
			ID: uint64(n + 1), Scope: rapid.SampledFrom(scopes).Draw(t, "scope"), Kind: rapid.SampledFrom(Kinds).Draw(t, "kind"),
			Planned: rapid.Bool().Draw(t, "planned"), Day: anyDay().Draw(t, "day"), Source: "house",
		})
	}
	return log
}

func anyFacts(t *rapid.T) Facts {
	return Facts{anyDay().Draw(t, "opened"), anyDay().Draw(t, "paid"), anyDay().Draw(t, "promised"), anyDay().Draw(t, "arrived")}
}

// Whatever was written down, in whatever order it is read: all steps, in their order, each once; the answer hangs on the rows alone.
func TestATimelineIsAFunctionOfItsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, facts := anyLog(t), anyFacts(t)
		got := Timeline(facts, log, today)
		var kinds []Kind
		for _, s := range got {
			kinds = append(kinds, s.Kind)
		}
		if !slices.Equal(kinds, Kinds) {
			t.Fatalf("steps %v", kinds)
		}
		if again := Timeline(facts, rapid.Permutation(log).Draw(t, "shuffled"), today); !reflect.DeepEqual(got, again) {
			t.Fatalf("read in another order: %v, was %v", again, got)
		}
	})
}

// What nobody said is unknown, whatever else is said.
func TestUnknownStaysUnknown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		silent := rapid.SampledFrom([]Kind{Bottled, Arrived}).Draw(t, "silent")
		log := slices.DeleteFunc(anyLog(t), func(m Milestone) bool { return m.Kind == silent })
		step := Timeline(anyFacts(t), log, today)[slices.Index(Kinds, silent)]
		if !step.Unknown() || step.Source != "" {
			t.Fatalf("%+v", step)
		}
	})
}

// A later row of the same scope wins; one without a day takes back what its scope said, and no more.
func TestCorrectionsWin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, facts := anyLog(t), anyFacts(t)
		kind := rapid.SampledFrom([]Kind{Released, Bottled, Arrived, TaxesDue, Delivered}).Draw(t, "kind")
		planned, scope := rapid.Bool().Draw(t, "which"), rapid.SampledFrom(scopes).Draw(t, "where")
		at := slices.Index(Kinds, kind)
		of := func(s Step) Day {
			if planned {
				return s.Planned
			}
			return s.Actual
		}
		last := uint64(len(log) + 1)
		corrected := append(slices.Clone(log), Milestone{ID: last, Scope: scope, Kind: kind, Planned: planned, Day: "2029-09-09", Source: "letter"})
		narrower := slices.ContainsFunc(log, func(m Milestone) bool {
			return m.Kind == kind && m.Planned == planned && m.Scope.narrow() > scope.narrow()
		})
		if got := of(Timeline(facts, corrected, today)[at]); !narrower && got != "2029-09-09" {
			t.Fatalf("corrected to %q", got)
		}
		without := slices.DeleteFunc(slices.Clone(log), func(m Milestone) bool {
			return m.Kind == kind && m.Planned == planned && m.Scope == scope
		})
		taken := append(corrected, Milestone{ID: last + 1, Scope: scope, Kind: kind, Planned: planned, Source: "letter"})
		if got, want := of(Timeline(facts, taken, today)[at]), of(Timeline(facts, without, today)[at]); got != want {
			t.Fatalf("taken back: %q, without: %q", got, want)
		}
	})
}

// Plan and event are two things: neither changes the other.
func TestPlanAndEventAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, facts := anyLog(t), anyFacts(t)
		plans := slices.DeleteFunc(slices.Clone(log), func(m Milestone) bool { return !m.Planned })
		whole, planned := Timeline(facts, log, today), Timeline(facts, plans, today)
		for i := range whole {
			if whole[i].Planned != planned[i].Planned {
				t.Fatalf("%s: planned %q, without events %q", whole[i].Kind, whole[i].Planned, planned[i].Planned)
			}
		}
	})
}

func TestTheOrderSaysTheRest(t *testing.T) {
	got := Timeline(Facts{Opened: "2026-05-04", Paid: "2026-05-06", Promised: "2028-04-01"}, []Milestone{
		{ID: 1, Scope: scopes[0], Kind: Bottled, Planned: true, Day: "2027-06-01", Source: Demonstration},
		{ID: 2, Scope: scopes[1], Kind: Bottled, Day: "2027-06-14", Source: "the château"},
	}, today)
	want := []Step{
		{Released, "", "2026-05-04", ""}, {Paid, "", "2026-05-06", ""}, {Bottled, "2027-06-01", "2027-06-14", "the château"},
		{Arrived, "", "", ""}, {TaxesDue, "2028-04-01", "", ""}, {Delivered, "2028-04-01", "", ""},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if opens := Timeline(Facts{Opened: "2027-05-03"}, nil, today)[0]; opens.Done() || opens.Planned != "2027-05-03" {
		t.Errorf("a campaign to come: %+v", opens)
	}
}

func TestCheck(t *testing.T) {
	good := Milestone{Scope: scopes[1], Kind: Bottled, Day: today, Source: "the château"}
	for name, c := range map[string]struct {
		change func(*Milestone)
		err    error
	}{
		"good":                     {func(*Milestone) {}, nil},
		"taken back":               {func(m *Milestone) { m.Day = "" }, nil},
		"planned":                  {func(m *Milestone) { m.Day, m.Planned = "2028-04-01", true }, nil},
		"happened tomorrow":        {func(m *Milestone) { m.Day = "2026-11-28" }, ErrDay},
		"no date":                  {func(m *Milestone) { m.Day = "spring" }, ErrDay},
		"paid":                     {func(m *Milestone) { m.Kind = Paid }, ErrKind},
		"no step":                  {func(m *Milestone) { m.Kind = "corked" }, ErrKind},
		"about nothing":            {func(m *Milestone) { m.Scope = Scope{} }, ErrScope},
		"about two":                {func(m *Milestone) { m.Scope.Campaign = "x" }, ErrScope},
		"a wine without a vintage": {func(m *Milestone) { m.Scope.Year = 0 }, ErrScope},
		"a SKU without an order":   {func(m *Milestone) { m.Scope.SKU = "A" }, ErrScope},
		"no source":                {func(m *Milestone) { m.Source = "" }, ErrSource},
	} {
		m := good
		c.change(&m)
		if err := m.Check(today); !errors.Is(err, c.err) || c.err == nil && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
