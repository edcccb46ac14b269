package intake

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// place is a country, a region or an appellation that a name may hold.
type place struct {
	code    string
	name    string
	country string // ISO 3166
	region  string // code of the region: its own, or the one that an appellation lies in
	origin  bool   // an appellation
	level   string
	style   catalog.Style // what its wines are, where they are all alike: Sauternes is sweet
}

// atlas holds every place that can be recognised, and the rows that the catalogue needs for them.
type atlas struct {
	regions      map[string]catalog.RegionRow
	appellations map[string]catalog.AppellationRow
	roots        map[string]string            // ISO 3166 → code of the country
	phrases      map[string]map[string]*place // country → name without noise → place
	longest      int                          // words of the longest name
	orphans      []string                     // own places whose parent is unknown: they lie in the country
}

//go:embed data/places.csv
var placesCSV []byte

//go:embed data/countries.csv
var countriesCSV []byte

// newAtlas joins the gazetteer's places, the package's own ones and, where there is a folder of it,
// those of the INAO's register. Where two of them know a place, the gazetteer's is taken.
func newAtlas(g *gazetteer.Gazetteer, inao string) (*atlas, error) {
	a := &atlas{
		regions: map[string]catalog.RegionRow{}, appellations: map[string]catalog.AppellationRow{},
		roots: map[string]string{}, phrases: map[string]map[string]*place{},
	}
	a.addGazetteer(g)
	if err := a.addCountries(); err != nil {
		return nil, err
	}
	if err := a.addOwn(); err != nil {
		return nil, err
	}
	if inao == "" {
		return a, nil
	}
	return a, a.addINAO(inao)
}

func (a *atlas) addGazetteer(g *gazetteer.Gazetteer) {
	for _, r := range g.Regions {
		a.regions[r.Code] = r.RegionRow
		p := &place{code: r.Code, name: r.Name, country: r.Country, region: r.Code}
		if r.Parent == "" {
			a.roots[r.Country] = r.Code
		}
		a.say(p, r.Name)
		for _, name := range r.Names {
			a.say(p, name)
		}
	}
	for _, x := range g.Appellations {
		a.appellations[x.Code] = x.AppellationRow
		p := &place{code: x.Code, name: x.Name, country: a.regions[x.Region].Country, region: x.Region, origin: true, level: x.Level}
		a.sayFirst(p, append([]string{x.Name}, x.Aliases...))
	}
}

// sayFirst gives an appellation its names even where a region has them: Champagne is both.
func (a *atlas) sayFirst(p *place, names []string) {
	for _, name := range names {
		key := significant(wordsOf(name))
		if old := a.phrases[p.country][key]; old != nil && !old.origin {
			delete(a.phrases[p.country], key)
		}
		a.say(p, name)
	}
}

// say lets a place be found by a name, unless another one has it.
func (a *atlas) say(p *place, name string) {
	key := significant(wordsOf(name))
	if key == "" {
		return
	}
	if a.phrases[p.country] == nil {
		a.phrases[p.country] = map[string]*place{}
	}
	if a.phrases[p.country][key] == nil {
		a.phrases[p.country][key] = p
	}
	a.longest = max(a.longest, strings.Count(key, " ")+1)
}

// significant are the keys without noise.
func significant(words []word) string {
	var out []string
	for _, w := range words {
		if !noise[w.key] {
			out = append(out, w.key)
		}
	}
	return strings.Join(out, " ")
}

// addCountries gives the countries that the gazetteer does not have a row each.
func (a *atlas) addCountries() error {
	rows, err := embedded("countries.csv", countriesCSV, 10)
	if err != nil {
		return err
	}
	for _, f := range rows {
		iso, code := f[0], slug(f[3])
		if a.roots[iso] != "" {
			continue
		}
		names := catalog.Names{"fr": f[2], "en": f[3], "de": f[4], "it": f[5], "es": f[6], "pt": f[7], "nl": f[8], "zh": f[9]}
		a.roots[iso] = code
		a.regions[code] = catalog.RegionRow{Code: code, Country: iso, Name: f[1], Names: names, Shape: catalog.Bordeaux}
		p := &place{code: code, name: f[1], country: iso, region: code}
		a.say(p, f[1])
		a.say(p, f[3])
	}
	return nil
}

// addOwn reads data/places.csv: country, kind, name, parent, level, style, shape, aliases.
func (a *atlas) addOwn() error {
	rows, err := embedded("places.csv", placesCSV, 8)
	if err != nil {
		return err
	}
	for i, f := range rows {
		root, ok := a.roots[f[0]]
		if !ok {
			return fmt.Errorf("places.csv row %d: unknown country %q", i+2, f[0])
		}
		parent := root
		if f[3] != "" {
			up := a.phrases[f[0]][significant(wordsOf(f[3]))]
			if up == nil {
				a.orphans = append(a.orphans, f[2])
			} else {
				parent = up.region
			}
		}
		a.own(f, parent)
	}
	return nil
}

// own adds one row of places.csv, or only its other names where the place is known.
func (a *atlas) own(f []string, parent string) {
	names := append([]string{f[2]}, strings.Split(f[7], "|")...)
	known := a.phrases[f[0]][significant(wordsOf(f[2]))]
	if known == nil || f[1] == "a" && !known.origin {
		known = a.create(f, parent)
		a.sayFirst(known, names)
	}
	if f[5] != "" {
		known.style = catalog.Style(f[5])
	}
	for _, n := range names {
		a.say(known, n)
	}
}

func (a *atlas) create(f []string, parent string) *place {
	code := slug(f[2])
	p := &place{name: f[2], country: f[0], region: parent, origin: f[1] == "a", level: f[4]}
	if p.origin {
		if _, taken := a.appellations[code]; taken {
			code += "-" + strings.ToLower(f[0])
		}
		a.appellations[code] = catalog.AppellationRow{Code: code, Region: parent, Name: f[2], Level: f[4]}
		p.code = code
		return p
	}
	if _, taken := a.regions[code]; taken {
		code += "-" + strings.ToLower(f[0])
	}
	shape := catalog.Shape(f[6])
	if shape == "" {
		shape = a.regions[parent].Shape
	}
	a.regions[code] = catalog.RegionRow{Code: code, Parent: parent, Country: f[0], Name: f[2], Shape: shape}
	p.code, p.region = code, code
	return p
}

// addINAO reads appellations_fr.csv of the register of the Institut national de l'origine et de la
// qualité (Licence Ouverte). It knows no regions: an appellation is placed by the village or region
// that its name begins with, and left out where there is none.
func (a *atlas) addINAO(folder string) error {
	raw, err := os.ReadFile(filepath.Join(folder, "appellations_fr.csv"))
	if err != nil {
		return fmt.Errorf("read the INAO's register: %w", err)
	}
	rows, err := embedded("appellations_fr.csv", raw, 7)
	if err != nil {
		return err
	}
	for _, f := range rows {
		words := wordsOf(f[1])
		if a.phrases["FR"][significant(words)] != nil {
			continue
		}
		base, n := a.find("FR", words, 0)
		if base == nil || n == len(words) {
			continue
		}
		level := f[2]
		if f[3] != "" {
			level = strings.ToUpper(f[3][:1]) + f[3][1:]
		}
		code := slug(f[1])
		if _, taken := a.appellations[code]; taken {
			continue
		}
		a.appellations[code] = catalog.AppellationRow{Code: code, Region: base.region, Name: f[1], Level: level}
		p := &place{code: code, name: f[1], country: "FR", region: base.region, origin: true, level: level}
		a.say(p, f[1])
	}
	return nil
}

// houses are words that begin the name of a producer, even where a place follows: CHATEAU FAUGERES.
var houses = set("chateau domaine maison famille weingut bodega bodegas")

// find looks for the longest name of a place that begins at a word, and says how many words it takes.
// Noise is passed over on both sides: CLOS VOUGEOT is Clos de Vougeot.
func (a *atlas) find(country string, words []word, at int) (*place, int) {
	var best *place
	length, key, count := 0, "", 0
	if at < len(words) && houses[words[at].key] {
		return nil, 0
	}
	for i := at; i < len(words) && count < a.longest; i++ {
		if noise[words[i].key] {
			continue
		}
		if key != "" {
			key += " "
		}
		key += words[i].key
		count++
		if p := a.phrases[country][key]; p != nil {
			best, length = p, i-at+1
		}
	}
	return best, length
}

// above says that the upper place is the lower one or holds it: as a region, or as the village of which the
// lower one is the grand or premier cru.
func (a *atlas) above(upper, lower *place) bool {
	if upper == nil || lower == nil || upper == lower {
		return upper == lower
	}
	if upper.origin {
		return lower.origin && (lower.name == upper.name+" Grand Cru" || lower.name == upper.name+" Premier Cru")
	}
	for code, n := lower.region, 0; code != "" && n < 8; code, n = a.regions[code].Parent, n+1 {
		if code == upper.code {
			return true
		}
	}
	return false
}

// lineage are a region and those above it.
func (a *atlas) lineage(code string) []string {
	var out []string
	for n := 0; code != "" && n < 8; n++ {
		out = append(out, code)
		code = a.regions[code].Parent
	}
	return out
}

// embedded reads a CSV table of known width and leaves its header out.
func embedded(name string, raw []byte, width int) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord, r.Comment = width, '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("read %s: it is empty", name)
	}
	return rows[1:], nil
}
