package gazetteer

import (
	"embed"
	"fmt"
	"io/fs"

	"caveau/store/catalog"
)

// Gazetteer is the whole of the data, in the order of the files: countries by code, rows as written.
type Gazetteer struct {
	Regions      []Region
	Appellations []Appellation
	Producers    []Producer
	Wines        []Wine
	Harvests     []catalog.HarvestRow

	regions      map[string]int
	appellations map[string]int
	producers    map[string]int
	wines        map[string]int
	harvests     map[harvestKey]int
}

type harvestKey struct {
	region string
	year   int
}

// Region is a country, a region or a part of one.
type Region struct{ catalog.RegionRow }

// Appellation is a name of origin with its other spellings.
type Appellation struct {
	catalog.AppellationRow
	Aliases []string
}

// Producer is a house with its other spellings and nicknames.
type Producer struct {
	catalog.ProducerRow
	Aliases []string
}

// Wine is a label with its other spellings and nicknames.
type Wine struct {
	catalog.WineRow
	Aliases  []string
	Strength int // typical, in tenths of % vol; 0 unknown
	Demo     Demo
}

// Demo is what the demonstration catalogue is made from. None of it is a fact.
type Demo struct {
	EUR       int  // one 75 cl bottle of a good recent vintage, in euros with French VAT
	From      int  // drinking window of a good year, in years after the harvest; all zero where not known
	PeakFrom  int  //
	PeakTo    int  //
	To        int  //
	FirstYear int  // oldest vintage that the demonstration stock may hold; 0 for NV
	NV        bool // sold without a year
	MaxVolume int  // largest bottle, in millilitres
	OWC       bool // leaves the producer in original wooden cases
}

//go:embed data
var data embed.FS

// Load reads and checks the embedded files. The error, where there is one, is of type Faults and lists
// every fault by file and line.
func Load() (*Gazetteer, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, fmt.Errorf("open the embedded gazetteer: %w", err)
	}
	return Read(sub)
}

// Region finds a region by its code.
func (g *Gazetteer) Region(code string) (*Region, bool) {
	i, ok := g.regions[code]
	if !ok {
		return nil, false
	}
	return &g.Regions[i], true
}

// Appellation finds an appellation by its code.
func (g *Gazetteer) Appellation(code string) (*Appellation, bool) {
	i, ok := g.appellations[code]
	if !ok {
		return nil, false
	}
	return &g.Appellations[i], true
}

// Producer finds a producer by its code.
func (g *Gazetteer) Producer(code string) (*Producer, bool) {
	i, ok := g.producers[code]
	if !ok {
		return nil, false
	}
	return &g.Producers[i], true
}

// Wine finds a wine by its code.
func (g *Gazetteer) Wine(code string) (*Wine, bool) {
	i, ok := g.wines[code]
	if !ok {
		return nil, false
	}
	return &g.Wines[i], true
}

// Lineage is a region and everything above it, the country last; empty for an unknown code.
func (g *Gazetteer) Lineage(region string) []*Region {
	var line []*Region
	for region != "" && len(line) < maxDepth {
		r, ok := g.Region(region)
		if !ok {
			break
		}
		line, region = append(line, r), r.Parent
	}
	return line
}

// maxDepth ends a walk upwards where the data has a circle; the check reports such a circle.
const maxDepth = 8

// Harvest rates a year in a region from 1 to 5, by the nearest region above that is rated; 0 where
// none is.
func (g *Gazetteer) Harvest(region string, year int) int {
	for _, r := range g.Lineage(region) {
		if rating, ok := g.harvests[harvestKey{r.Code, year}]; ok {
			return rating
		}
	}
	return 0
}

// Shape is the bottle of a wine: its own, else its region's.
func (g *Gazetteer) Shape(w *Wine) catalog.Shape {
	if w.Shape != "" {
		return w.Shape
	}
	if r, ok := g.Region(w.Region); ok {
		return r.Shape
	}
	return catalog.Bordeaux
}
