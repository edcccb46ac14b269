package ledger

// Facts are what the order itself says of a line.
type Facts struct {
	Opened   Day // of the campaign
	Paid     Day // when the money came
	Promised Day // the first day on which it can be delivered
	Arrived  Day // with the buyer, by the order's own events, where it has nothing but primeurs
}

// Step of a timeline.
type Step struct {
	Kind    Kind
	Planned Day // "": unknown
	Actual  Day // "": it has not happened, or nobody knows
	Source  string
}

// Done says that it has happened.
func (s Step) Done() bool { return s.Actual != "" }

// Unknown says that neither a plan nor a day is known.
func (s Step) Unknown() bool { return s.Actual == "" && s.Planned == "" }

// Timeline of a line: all steps in their order. Milestones are those about the line, its vintage and its campaign, in any order. today
// decides whether a campaign has opened.
func Timeline(f Facts, milestones []Milestone, today Day) []Step {
	steps := make([]Step, len(Kinds))
	for i, kind := range Kinds {
		steps[i] = f.own(kind, today)
		if said, ok := latest(milestones, kind, true); ok {
			steps[i].Planned, steps[i].Source = said.Day, said.Source
		}
		if said, ok := latest(milestones, kind, false); ok {
			steps[i].Actual, steps[i].Source = said.Day, said.Source
		}
	}
	return steps
}

// own is what the order says of a step without the log.
func (f Facts) own(kind Kind, today Day) Step {
	s := Step{Kind: kind}
	switch kind {
	case Released:
		if f.Opened > today {
			s.Planned = f.Opened
		} else {
			s.Actual = f.Opened
		}
	case Paid:
		s.Actual = f.Paid
	case TaxesDue:
		s.Planned = f.Promised
	case Delivered:
		s.Planned, s.Actual = f.Promised, f.Arrived
	}
	return s
}

// latest is the row that holds for the plan or the event of a step.
func latest(milestones []Milestone, kind Kind, planned bool) (Milestone, bool) {
	newest := map[int]Milestone{} // by how narrow the scope is
	for _, m := range milestones {
		if m.Kind != kind || m.Planned != planned || m.Kind == Paid {
			continue
		}
		if known, ok := newest[m.Scope.narrow()]; !ok || m.ID > known.ID {
			newest[m.Scope.narrow()] = m
		}
	}
	for narrow := 4; narrow > 0; narrow-- {
		if m, ok := newest[narrow]; ok && m.Day != "" {
			return m, true
		}
	}
	return Milestone{}, false
}

// Made says that a day of the timeline was made by rule, for the demonstration.
func Made(steps []Step) bool {
	for _, s := range steps {
		if s.Source == Demonstration {
			return true
		}
	}
	return false
}
