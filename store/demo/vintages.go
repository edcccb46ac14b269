package demo

import (
	"math"
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// vintage is a wine in one year with what the rule asks about it.
type vintage struct {
	wine    *gazetteer.Wine
	shape   catalog.Shape
	year    int // 0 is NV
	age     int // 0 for NV
	delay   int // years from harvest to release
	rating  int // of the harvest, 1 to 5; 3 where nobody rated it
	bottle  int // its usual bottle, in millilitres
	primeur bool
}

// stocked says that the shop has a wine at all: every renowned one, every growth of 1855, every grand
// cru that is an appellation, the best known of each country, and a part of the many others.
func (m *maker) stocked(w *gazetteer.Wine) bool {
	if w.Demo.EUR < cheapest {
		return false
	}
	if w.Rank >= renowned || strings.Contains(w.Classification, "1855") || m.flagships[w.Code] {
		return true
	}
	if a, ok := m.g.Appellation(w.Appellation); ok && a.Level == "Grand Cru" {
		return true
	}
	return chance("wine", w.Code) < others
}

const (
	cheapest = 10   // euros: below, a wine is no fine wine
	renowned = 62   // the rank from which every wine is stocked
	others   = 0.27 // the part of the rest that is
)

// flagships are the best known wine of each country, so that none is missing.
func flagships(g *gazetteer.Gazetteer) map[string]bool {
	best := map[string]*gazetteer.Wine{}
	for i := range g.Wines {
		w := &g.Wines[i]
		if w.Demo.EUR < cheapest {
			continue
		}
		line := g.Lineage(w.Region)
		country := line[len(line)-1].Code
		if best[country] == nil || w.Rank > best[country].Rank {
			best[country] = w
		}
	}
	codes := map[string]bool{}
	for _, w := range best {
		codes[w.Code] = true
	}
	return codes
}

// vintages are those of a wine that the shop lists, the oldest first: by chance, and always the newest.
func (m *maker) vintages(w *gazetteer.Wine) []vintage {
	if w.Demo.NV {
		return []vintage{m.vintage(w, 0)}
	}
	var out []vintage
	for year := m.year - delay(w); year >= w.Demo.FirstYear; year-- {
		if year > gazetteer.LastYear || year == campaignYear && m.primeurs[w.Code] {
			continue
		}
		if v := m.vintage(w, year); made(v) && (len(out) == 0 || chance("vintage", w.Code, year) < listing(v)) {
			out = append(out, v)
		}
	}
	slices.Reverse(out)
	return out
}

func (m *maker) vintage(w *gazetteer.Wine, year int) vintage {
	v := vintage{wine: w, shape: m.g.Shape(w), year: year, delay: delay(w), rating: 3, bottle: usualBottle(w)}
	if year == 0 {
		return v
	}
	v.age = m.year - year
	if rating := m.g.Harvest(w.Region, year); rating > 0 {
		v.rating = rating
	}
	return v
}

// listing is the chance that a vintage is on the list: falling from release to the end of the wine's
// life, higher for great years and renowned wines. The cellar keeps legends longer than they should live.
func listing(v vintage) float64 {
	left := 1 - float64(v.age-v.delay)/(float64(v.wine.Demo.To)*endurance[v.rating])
	slope := 1.3 - 0.7*fame(v)
	if v.wine.Demo.To <= 10 {
		slope = 4 // what is drunk young is sold young
	}
	p := presence * math.Pow(max(left, 0), slope) * appeal[v.rating] * (0.12 + 0.95*math.Pow(fame(v), 4.5))
	return max(p, legend(v))
}

// presence is the one figure that sets the length of the whole list.
const presence = 0.85

// By the harvest's rating: how much a merchant cares to list the year, and how its life compares to
// that of a good year.
var (
	appeal    = [6]float64{0, 0.12, 0.40, 0.75, 1.05, 1.4}
	endurance = [6]float64{1, 0.6, 0.75, 0.9, 1, 1.15}
)

func legend(v vintage) float64 {
	switch {
	case float64(v.age) > 2.2*float64(v.wine.Demo.To):
		return 0
	case v.rating == 5 && v.wine.Rank >= 85:
		return 0.62
	case v.rating == 5 && v.wine.Rank >= 75, v.rating == 4 && v.wine.Rank >= 90:
		return 0.35
	default:
		return 0
	}
}

// fame is a wine's popularity from 0 to 1.
func fame(v vintage) float64 { return float64(v.wine.Rank) / 100 }

// old vintages are those that the shop is known for.
func (v vintage) old() bool { return v.age > 20 }
