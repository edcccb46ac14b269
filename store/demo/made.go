package demo

import (
	"slices"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// delay is how many years after its harvest a wine comes into the shop.
func delay(w *gazetteer.Wine) int {
	if years, ok := delays[w.Code]; ok {
		return years
	}
	if years, ok := delays[w.Appellation]; ok {
		return years
	}
	switch {
	case w.Style == catalog.Sparkling && w.Demo.EUR >= 100:
		return 8
	case w.Style == catalog.Sparkling:
		return 5
	case w.Style == catalog.Fortified, w.Style == catalog.Sweet, w.Colour == catalog.Red && w.Demo.EUR >= 25:
		return 3
	case w.Colour == catalog.Rose, w.Colour == catalog.White && w.Demo.EUR < 25:
		return 1
	default:
		return 2
	}
}

// delays are those that differ, by wine or appellation.
var delays = map[string]int{
	"barolo": 4, "barbaresco": 3, "brunello-di-montalcino": 5, "chateau-chalon": 7,
}

// made says that such a wine was made in the year, as far as is publicly known.
func made(v vintage) bool {
	switch {
	case v.wine.Style == catalog.Sparkling && v.rating <= 2:
		return false // a house declares a vintage in good years only
	case slices.Contains(unmade[v.wine.Code], v.year):
		return false
	default:
		return true
	}
}

// unmade are years of which a wine does not exist.
var unmade = map[string][]int{
	"chateau-d-yquem": {1951, 1952, 1964, 1972, 1974, 1992, 2012},
}
