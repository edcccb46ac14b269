package demo

import (
	"math"
	"time"

	"caveau/store/catalog"
)

// critic is the house's own panel. Its marks are demonstration data; no real critic is given a mark.
const critic = "Caveau panel"

// scores are the panel's marks: once soon after the release, a second time for renowned wines that
// have come of age; from the barrel, and as a range, for primeurs.
func (m *maker) scores(v vintage) []catalog.Score {
	mark := points(v)
	if v.primeur {
		return []catalog.Score{m.barrel(v, mark)}
	}
	if chance("tasted", v.wine.Code, v.year) > 0.55+0.4*fame(v) {
		return nil
	}
	if v.year == 0 {
		return []catalog.Score{score(v, mark, m.month(v, m.year-1))}
	}
	first := max(v.year+v.delay, firstTasting)
	out := []catalog.Score{score(v, mark, m.month(v, first))}
	if again := m.year - 1 - int(chance("again", v.wine.Code, v.year)*5); v.wine.Rank >= 75 && again-first >= 6 {
		out = append(out, score(v, mark+between(-1.5, 1.5, "again mark", v.wine.Code, v.year), m.month(v, again)))
	}
	return out
}

// firstTasting is the year in which the panel began: older wines were tasted as mature ones.
const firstTasting = 2008

// points is a mark out of 100.
func points(v vintage) float64 {
	return 86 + 8*fame(v) + 1.6*float64(v.rating-3) + between(-1.6, 1.6, "points", v.wine.Code, v.year)
}

// score rounds a mark to the scale that the panel uses for the wine's kind: half points out of 20 for
// what comes in Burgundy's and Champagne's bottles, whole points out of 100 for the rest.
func score(v vintage, mark float64, tasted time.Time) catalog.Score {
	mark = min(100, max(80, mark))
	s := catalog.Score{Critic: critic, Scale: 100, Low: math.Round(mark), Tasted: tasted}
	if v.shape == catalog.Burgundy || v.shape == catalog.Champagne {
		s.Scale, s.Low = 20, math.Round((20-(100-mark)*0.3)*2)/2
	}
	s.High = s.Low
	return s
}

func (m *maker) barrel(v vintage, mark float64) catalog.Score {
	s := score(v, mark, time.Date(v.year+1, time.April, 1, 0, 0, 0, 0, time.UTC))
	s.Low, s.Barrel = min(s.Low, 98), true
	s.High = s.Low + 2
	return s
}

// month is one of a year; of the list's own year it is January, which is never ahead.
func (m *maker) month(v vintage, year int) time.Time {
	if year >= m.year {
		return time.Date(m.year, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	n := int(chance("month", v.wine.Code, v.year, year) * 12)
	return time.Date(year, time.Month(1+n), 1, 0, 0, 0, 0, time.UTC)
}

// window is the wine's usual one, shorter after a poor harvest and longer after a great one.
func window(v vintage) catalog.Window {
	d := v.wine.Demo
	if v.year == 0 || d.To == 0 {
		return catalog.Window{}
	}
	at := func(years int) int { return v.year + int(math.Round(float64(years)*endurance[v.rating])) }
	return catalog.Window{
		From: max(at(d.From), v.year+1), PeakFrom: max(at(d.PeakFrom), v.year+1), PeakTo: max(at(d.PeakTo), v.year+1),
		To: max(at(d.To), v.year+1), Source: "demo",
	}
}

// strength moves around the wine's usual one in half degrees: lower before the warm years, up or down
// with the year. What is fortified, sparkling or hardly fermented is always made to the same strength.
func strength(v vintage) int {
	usual := v.wine.Strength
	if usual < 80 || v.year == 0 || v.wine.Style == catalog.Fortified || v.wine.Style == catalog.Sparkling {
		return usual
	}
	switch {
	case v.year < 1985:
		usual -= 10
	case v.year < 2000:
		usual -= 5
	}
	return max(70, usual+5*(int(chance("strength", v.wine.Code, v.year)*3)-1))
}
