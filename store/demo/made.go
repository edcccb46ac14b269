package demo

import (
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// delay is how many years after its harvest a wine comes into the shop: by the wine, by what its
// label promises, by its appellation, else by its kind.
func delay(w *gazetteer.Wine) int {
	if years, ok := delays[w.Code]; ok {
		return years
	}
	years := delays[w.Appellation]
	label := gazetteer.Fold(w.Classification + " " + w.Name)
	for _, l := range labels {
		if strings.Contains(label, l.words) {
			years = max(years, l.years)
		}
	}
	if years > 0 {
		return years
	}
	return kindDelay(w)
}

func kindDelay(w *gazetteer.Wine) int {
	switch {
	case w.Style == catalog.Sparkling && w.Demo.EUR >= 100:
		return 9
	case w.Style == catalog.Sparkling:
		return 6
	case w.Style == catalog.Fortified, w.Colour == catalog.Red && w.Demo.EUR >= 25:
		return 3
	case w.Style == catalog.Sweet, w.Colour == catalog.White && w.Demo.EUR >= 25:
		return 2
	case w.Colour == catalog.Rose, w.Colour == catalog.White:
		return 1
	default:
		return 2
	}
}

// labels are words that promise years of ageing.
var labels = []struct {
	words string
	years int
}{
	{"gran reserva", 7}, {"riserva", 5}, {"reserva", 4}, {"garrafeira", 5}, {"vin jaune", 7}, {"colheita", 10}, {"frasqueira", 22},
	{"trockenbeerenauslese", 3},
}

// made says that such a wine was made in the year, as far as is publicly known. In doubt a year is
// left out: the shop would rather not list a wine than list one that never was.
func made(v vintage) bool {
	if years, declared := only[v.wine.Code]; declared {
		return slices.Contains(years, v.year)
	}
	switch {
	case v.wine.Style == catalog.Sparkling && v.rating <= 3:
		return false // a house declares a vintage in good years only
	case slices.Contains(never[v.wine.Code], v.year), slices.Contains(never[v.wine.Producer], v.year), slices.Contains(never[v.wine.Region], v.year):
		return false
	default:
		return true
	}
}

// usualBottle is that of a wine, in millilitres: 75 cl, but half litres of Tokaj's sweet wines and
// halves of those that are pressed berry by berry.
func usualBottle(w *gazetteer.Wine) int {
	switch {
	case halfLitres[w.Code], w.Appellation == "tokaj-oem" && w.Style == catalog.Sweet:
		return 500
	case strings.Contains(w.Classification, "Trockenbeerenauslese"), strings.Contains(w.Name, "Icewine"):
		return 375
	default:
		return min(750, w.Demo.MaxVolume)
	}
}

var halfLitres = map[string]bool{"vin-de-constance": true, "argyros-vinsanto-first-release": true}
