package intake

import (
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// label is one way in which a wine of the gazetteer may be written: the words that must be there and
// those that may be.
type label struct {
	wine *gazetteer.Wine
	must []string // sorted keys without noise
	may  map[string]bool
	with string // a word that must stand beside them, where they are only a place's: the CHATEAU of Château Margaux
}

// register finds the gazetteer's wines in the names of a list. A line is a wine when each of its words
// is explained (by the wine's name, its producer, its place, grape or colour) and none of the name's
// words is missing. So CHATEAU LATOUR is not LES FORTS DE LATOUR, and neither is a case in which a
// bottle of it lies.
type register struct {
	labels map[string][]*label // by the rarest word that must be there
	a      *atlas
}

func newRegister(g *gazetteer.Gazetteer, a *atlas) *register {
	count := map[string]int{}
	var all []*label
	for i := range g.Wines {
		for _, l := range labelsOf(g, a, &g.Wines[i]) {
			all = append(all, l)
			for _, k := range l.must {
				count[k]++
			}
		}
	}
	reg := &register{labels: map[string][]*label{}, a: a}
	for _, l := range all {
		for _, k := range l.must {
			reg.labels[k] = append(reg.labels[k], l)
		}
	}
	return reg
}

// labelsOf are the ways of writing one wine.
func labelsOf(g *gazetteer.Gazetteer, a *atlas, w *gazetteer.Wine) []*label {
	p, _ := g.Producer(w.Producer)
	places := map[string]bool{}
	if x, ok := g.Appellation(w.Appellation); ok {
		allow(places, append([]string{x.Name}, x.Aliases...)...)
	}
	for _, code := range a.lineage(w.Region) {
		allow(places, a.regions[code].Name)
		for _, n := range a.regions[code].Names {
			allow(places, n)
		}
	}
	vines := map[string]bool{}
	allow(vines, w.Grapes...)
	may := map[string]bool{}
	if len(w.Grapes) > 0 {
		allow(may, w.Grapes[0])
	}
	var houses []string
	if p != nil {
		houses = append([]string{p.Name}, p.Aliases...)
		allow(may, houses...)
	}
	for k := range places {
		may[k] = true
	}
	var out []*label
	for _, name := range append([]string{w.Name}, w.Aliases...) {
		must := core(name, w.Colour)
		if len(must) == 0 || len(houses) == 0 {
			continue
		}
		first := strings.Fields(significant(wordsOf(name)) + " -")[0]
		if distinctive(must, places) && !places[first] && !vines[first] && !shared(a, w.Region) {
			out = append(out, &label{wine: w, must: must, may: may})
			continue
		}
		for _, house := range houses {
			l := &label{wine: w, must: union(must, core(house, "")), may: may}
			if !distinctive(core(house, ""), places) {
				l.with = keyOf(strings.Fields(house)[0])
			}
			out = append(out, l)
		}
	}
	return out
}

// shared says that many producers make a wine of the same name there, so that a vineyard alone says nothing of
// whose it is.
func shared(a *atlas, region string) bool {
	return slices.ContainsFunc(a.lineage(region), func(code string) bool {
		return code == "burgundy" || code == "alsace" || code == "germany" || code == "piedmont"
	})
}

func allow(words map[string]bool, names ...string) {
	for _, name := range names {
		for _, w := range wordsOf(name) {
			words[w.key] = true
		}
	}
}

// distinctive says that a name holds a word that is neither place nor manner. Only a name of nothing but such
// words stands for itself: "Chambertin Grand Cru", "Brut" and "Riesling Brand" need their producer beside them.
func distinctive(must []string, places map[string]bool) bool {
	return slices.ContainsFunc(must, func(k string) bool {
		return !places[k] && !manner[k] && colourWords[k] == "" && len(k) > 1
	})
}

// core are the words of a name by which wines are compared: no noise, no colour that the wine has.
func core(name string, colour catalog.Colour) []string { return coreOf(wordsOf(name), colour) }

func coreOf(words []word, colour catalog.Colour) []string {
	var out []string
	for i, w := range words {
		if noise[w.key] || colour != "" && colourWords[w.key] == string(colour) || w.key == "premier" || w.key == "grand" && i+1 < len(words) && words[i+1].key == "cru" {
			continue
		}
		out = append(out, w.key)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func union(a, b []string) []string {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// find looks a row up: first by the words behind the place that it begins with, so that PAUILLAC - CHATEAU
// LATOUR is not Pauillac de Latour; then by all of them, then with a misspelt letter, and at last without
// regard to the colour, since a list may file Cheval Blanc under white wines. The most words that must be
// there win, then the higher rank.
func (reg *register) find(r *row) *gazetteer.Wine {
	have := core(r.name, r.colour)
	if r.reading.byOrigin {
		tail := coreOf(slices.Concat(r.reading.outside, wordsOf(r.tail())), r.colour)
		if w := reg.among(r, tail, exactly); w != nil {
			return w
		}
	}
	for _, how := range []leniency{exactly, misspelling} {
		if w := reg.among(r, have, how); w != nil {
			return w
		}
	}
	w := reg.among(r, core(r.tail(), ""), anyColour)
	if w != nil {
		r.note("colour", "filed as "+string(r.colour)+", known as "+string(w.Colour))
	}
	return w
}

// tail are the words behind the dash.
func (r *row) tail() string {
	_, tail := parts(r.name)
	return tail
}

// leniency says what a label may differ in.
type leniency int

const (
	exactly leniency = iota
	misspelling
	anyColour
)

// among looks through the labels that share a word with the row.
func (reg *register) among(r *row, have []string, how leniency) *gazetteer.Wine {
	var best *label
	for _, k := range have {
		for _, l := range reg.labels[k] {
			if !reg.fits(r, l, have, how) {
				continue
			}
			if best == nil || len(l.must) > len(best.must) ||
				len(l.must) == len(best.must) && (l.wine.Rank > best.wine.Rank || l.wine.Rank == best.wine.Rank && l.wine.Code < best.wine.Code) {
				best = l
			}
		}
	}
	if best == nil {
		return nil
	}
	return best.wine
}

func (reg *register) fits(r *row, l *label, have []string, how leniency) bool {
	if !reg.sameKind(r, l, how) || !reg.agrees(r, l.wine) {
		return false
	}
	if l.with != "" && !slices.ContainsFunc(wordsOf(r.name), func(x word) bool { return x.key == l.with }) {
		return false
	}
	var missing, extra []string
	for _, k := range l.must {
		if !slices.Contains(have, k) {
			missing = append(missing, k)
		}
	}
	blended := blend(r, l.wine)
	for _, k := range have {
		if !slices.Contains(l.must, k) && !l.may[k] && !passing[k] && !blended[k] {
			extra = append(extra, k)
		}
	}
	if len(missing) == 0 && len(extra) == 0 {
		return true
	}
	if how != misspelling || len(missing) > 3 || len(extra) > 3 || !reg.placed(r, l.wine) {
		return false
	}
	if strings.Join(missing, "") != "" && sameLetters(missing, extra) {
		return true
	}
	return len(missing) == 1 && len(extra) == 1 && near(missing[0], extra[0])
}

// sameKind says that country, colour and bubbles agree. Another colour is forgiven only to a still wine of
// a place that the list names too.
func (reg *register) sameKind(r *row, l *label, how leniency) bool {
	w := l.wine
	if how == anyColour && (onlyColour[w.Appellation] != w.Colour || w.Colour == r.colour || len(r.reading.grapes) > 0 || slices.ContainsFunc(wordsOf(r.name), func(x word) bool {
		return colourWords[x.key] == string(r.colour) && !slices.Contains(l.must, x.key)
	})) {
		return false
	}
	if how == anyColour && (r.style != catalog.Still || !reg.placed(r, w) || r.colour == catalog.Rose) || how != anyColour && w.Colour != r.colour {
		return false
	}
	if (w.Style == catalog.Sparkling) != (r.style == catalog.Sparkling) {
		return false
	}
	return reg.a.regions[w.Region].Country == r.country
}

// blend are the words of two or more grapes, when all of them are the wine's. A single grape that is not its
// main one speaks of another wine.
func blend(r *row, w *gazetteer.Wine) map[string]bool {
	grapes := r.reading.grapes
	if len(grapes) < 2 {
		return nil
	}
	words := map[string]bool{}
	for _, g := range grapes {
		if !slices.Contains(w.Grapes, g.name) {
			return nil
		}
		allow(words, g.name)
	}
	return words
}

// placed says that the list does not put the wine elsewhere.
func (reg *register) placed(r *row, w *gazetteer.Wine) bool {
	p := r.reading.place
	return p == nil || p.code == w.Appellation || p.region == w.Region || slices.Contains(reg.a.lineage(w.Region), p.code)
}

// agrees says that the place before a bare name does not speak of another wine: HAUT MEDOC - DE GISCOURS is
// not Château Giscours of Margaux, a dry Bordeaux of a Sauternes house is not its Sauternes, and a premier cru
// is not the village's wine.
func (reg *register) agrees(r *row, w *gazetteer.Wine) bool {
	if r.reading.growth == "Premier cru" && w.Classification == "" && slices.Contains(reg.a.lineage(w.Region), "burgundy") {
		return false
	}
	p := r.reading.place
	if p == nil || p.code == w.Appellation || reg.a.regions[w.Region].Parent == "" {
		return true
	}
	if origin := reg.a.appellations[w.Appellation].Name; origin != "" && strings.HasPrefix(w.Name, origin) && p.country != "FR" &&
		p.code != reg.a.roots[p.country] && p.name != origin && p.code != w.Region {
		return false
	}
	if !p.origin {
		return true
	}
	wide := strings.HasPrefix(w.Appellation, "bordeaux") || strings.HasPrefix(p.code, "bordeaux") || strings.HasSuffix(p.code, "cotes-de-bordeaux")
	if wide {
		return w.Style != catalog.Sweet
	}
	return sisters[p.code] == w.Appellation || strings.HasPrefix(w.Appellation, p.code) || strings.HasPrefix(p.code, w.Appellation) ||
		reg.named(p.name, w.Region) || !oldWorld[p.country] && reg.named(reg.a.appellations[w.Appellation].Name, p.region)
}

// named says that a name is that of a region or of one above it: Toscana holds Bolgheri.
func (reg *register) named(name, region string) bool {
	return name != "" && slices.ContainsFunc(reg.a.lineage(region), func(code string) bool { return reg.a.regions[code].Name == name })
}

// oldWorld are the countries where an appellation is a wine and not only a place.
var oldWorld = map[string]bool{"FR": true, "IT": true, "ES": true, "PT": true, "DE": true, "AT": true}

// sisters are appellations whose wines lists put under the other name.
var sisters = map[string]string{"sauternes": "barsac", "barsac": "sauternes"}

// passing are words that any label may hold.
var passing = set("cru grand premier nv brut rouge red vintage port blend trocken")

// sameLetters says that words were only parted otherwise: TROTTE VIEILLE, Trottevieille.
func sameLetters(a, b []string) bool {
	x, y := strings.Join(a, ""), strings.Join(b, "")
	if len(x) != len(y) || len(x) < 6 {
		return false
	}
	if x == y {
		return true
	}
	slices.Reverse(b)
	return x == strings.Join(b, "")
}

// near says that two words of some length differ by one letter, or by two neighbours that changed places.
func near(a, b string) bool {
	if len(a) < 5 || len(b) < 5 || a == b || isNumber(a) || isNumber(b) {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:] {
		return true
	}
	return a[i+1:] == b[i+1:]
}
