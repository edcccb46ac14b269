package view

import (
	"strings"
	"unicode"

	"caveau/store/catalog"
	"caveau/templates/component"
)

// spoken is the language of names by country, where one language is safe to assume.
var spoken = map[string]string{
	"FR": "fr", "DE": "de", "AT": "de", "IT": "it", "ES": "es", "AR": "es", "CL": "es", "UY": "es", "PT": "pt", "HU": "hu", "SI": "sl",
	"US": "en", "GB": "en", "AU": "en", "NZ": "en", "ZA": "en", "IE": "en",
}

// foreign is a language tag, or nothing where it is the page's own language.
func foreign(tag string, ed *edition) string {
	if language, _, _ := strings.Cut(tag, "-"); language == ed.language {
		return ""
	}
	return tag
}

// name in the edition's language, else its own, marked with the language that it is in.
func (ed *edition) name(names catalog.Names, own, country string) component.Name {
	if in := names[ed.language]; in != "" {
		return component.Name{Text: curly(in)}
	}
	return component.Name{Text: curly(own), Lang: foreign(spoken[country], ed)}
}

// curly sets the printer's apostrophe: "Château d’Yquem".
func curly(name string) string { return strings.ReplaceAll(name, "'", "’") }

func (ed *edition) wineName(w *catalog.Wine) component.Name {
	return ed.name(w.Names, w.Name, countryOf(w.Region))
}

func (ed *edition) regionName(r *catalog.Region) component.Name {
	if r.RegionRow.Parent == "" && r.Country != "" && r.Names[ed.language] == "" {
		return component.Name{Text: ed.p.Country(r.Country)}
	}
	return ed.name(r.Names, r.Name, countryOf(r))
}

func (ed *edition) producerName(p *catalog.Producer) component.Name {
	return ed.name(p.Names, p.Name, countryOf(p.Region))
}

// appellationName as a row or a sentence about a wine says it.
func (ed *edition) appellationName(a *catalog.Appellation) component.Name {
	return ed.name(a.Names, a.Name, countryOf(a.Region))
}

// appellationTitle has the level where a region around it has the same name: "Wachau DAC" lies in Wachau,
// and both have pages.
func (ed *edition) appellationTitle(a *catalog.Appellation) component.Name {
	name := ed.appellationName(a)
	for r := a.Region; r != nil; r = r.Parent {
		if ed.regionName(r).Text == name.Text && a.Level != "" {
			name.Text += " " + a.Level
			break
		}
	}
	return name
}

// placeName is the appellation, else the region.
func (ed *edition) placeName(w *catalog.Wine) component.Name {
	if w.Appellation != nil {
		return ed.appellationName(w.Appellation)
	}
	return ed.regionName(w.Region)
}

// fullName is the wine with its producer, where the wine's own name does not tell: many houses make a
// Richebourg, one a Château Margaux.
func (d *desk) fullName(w *catalog.Wine) string {
	name := d.wineName(w).Text
	if d.plan.tells[w.Index] {
		return name
	}
	return d.producerName(w.Producer).Text + " " + name
}

// tellsProducer says that the wine's name holds the words that make up its producer's.
func tellsProducer(w *catalog.Wine) bool {
	name, known := nameWords(w.Name), false
	for word := range nameWords(w.Producer.Name) {
		if generic[word] {
			continue
		}
		if !name[word] {
			return false
		}
		known = true
	}
	return known
}

func nameWords(name string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[word] = true
	}
	return words
}

// generic are the words of producers' names that say nothing about which one it is.
var generic = map[string]bool{
	"château": true, "domaine": true, "domaines": true, "champagne": true, "maison": true, "clos": true, "weingut": true, "schloss": true,
	"bodega": true, "bodegas": true, "viña": true, "tenuta": true, "cantina": true, "azienda": true, "agricola": true, "weine": true, "haus": true, "fattoria": true,
	"quinta": true, "winery": true, "wines": true, "estate": true, "vineyards": true, "vineyard": true, "cellars": true, "de": true,
	"la": true, "le": true, "les": true, "du": true, "des": true, "di": true, "del": true, "della": true, "do": true, "da": true, "the": true,
	"et": true, "fils": true, "père": true, "d": true, "l": true,
}

func countryOf(r *catalog.Region) string {
	for ; r != nil; r = r.Parent {
		if r.Country != "" {
			return r.Country
		}
	}
	return ""
}

// lineage is a region and all above it, the smallest first.
func lineage(r *catalog.Region) []*catalog.Region {
	var out []*catalog.Region
	for ; r != nil; r = r.Parent {
		out = append(out, r)
	}
	return out
}

// origin is the place in words, from small to large: "Margaux, Médoc, Bordeaux, France".
func (ed *edition) origin(a *catalog.Appellation, r *catalog.Region) string {
	var parts []string
	if a != nil {
		parts = append(parts, ed.appellationName(a).Text)
	}
	for _, above := range lineage(r) {
		if text := ed.regionName(above).Text; len(parts) == 0 || parts[len(parts)-1] != text {
			parts = append(parts, text)
		}
	}
	if ed.language == chinese {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}

// chinese sets clauses and lists with signs of its own.
const chinese = "zh"

// comma between clauses.
func (ed *edition) comma() string {
	if ed.language == chinese {
		return "，"
	}
	return ", "
}
