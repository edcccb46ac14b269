package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/templates/component"
)

// best is the highest mark of a vintage, whatever its scale; nil where there is none.
func best(v *catalog.Vintage) *catalog.Score {
	var out *catalog.Score
	for i := range v.Scores {
		if s := &v.Scores[i]; s.Scale > 0 && (out == nil || share(s) > share(out)) {
			out = s
		}
	}
	return out
}

// share of the scale that a mark reaches; a range counts as its middle.
func share(s *catalog.Score) float64 { return (s.Low + s.High) / 2 / float64(s.Scale) }

// bestScore in short: "98", "96–98", or "18,5/20" where it is out of 20.
func (ed *edition) bestScore(v *catalog.Vintage) string {
	s := best(v)
	if s == nil {
		return ""
	}
	return ed.mark(s)
}

func (ed *edition) mark(s *catalog.Score) string {
	if s.Scale == 100 {
		return ed.scoreValue(s)
	}
	return ed.scoreValue(s) + "/" + strconv.Itoa(s.Scale)
}

func (ed *edition) scoreValue(s *catalog.Score) string {
	low := ed.p.Decimal(s.Low, 1)
	if s.High <= s.Low {
		return low
	}
	return low + "–" + ed.p.Decimal(s.High, 1)
}

func (ed *edition) score(s *catalog.Score) component.Score {
	out := component.Score{Critic: s.Critic, Value: ed.scoreValue(s), Scale: "/ " + strconv.Itoa(s.Scale)}
	if !s.Tasted.IsZero() {
		out.When = ed.p.YearMonth(s.Tasted)
	}
	if s.Barrel {
		out.When = ed.p.T("score.barrel", "when", out.When)
	}
	return out
}

func (ed *edition) scores(v *catalog.Vintage) []component.Score {
	out := make([]component.Score, len(v.Scores))
	for i := range v.Scores {
		out[i] = ed.score(&v.Scores[i])
	}
	return out
}

// scoresNote marks scores that are demonstration data.
func (d *desk) scoresNote(v *catalog.Vintage) string {
	if len(v.Scores) == 0 || !d.snap.About.DemoScores {
		return ""
	}
	return d.p.T("notice.demo_scores")
}
