package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strings"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// wine is one label with the rows that hold it.
type wine struct {
	code           string
	name           string
	maker          *maker
	place          *place
	region         string
	colour         catalog.Colour
	style          catalog.Style
	grapes         []string
	classification string
	known          *gazetteer.Wine // nil: the gazetteer does not have it
	rows           []*row
	identity       string
}

// identity says when two rows hold the same wine: country, colour, bubbles, and the words that tell
// wines apart in whatever order they stand. Places and the grapes that a place implies are left out
// here; they are compared by compatible.
func (rd *reader) identity(r *row) string {
	x := &r.reading
	keep := map[string]bool{}
	words := slices.Concat(x.head, x.tail)
	for i := 0; i < len(words); {
		p, n := rd.atlas.find(r.country, words, i)
		again := x.byOrigin && p != nil && p == x.place && i > len(x.head) && !prepositions[words[i-1].key] && i+n < len(words)
		if n > 0 && i+n <= len(x.head) || x.byOrigin && i == len(x.head) && p != nil && p == x.place && i+n < len(words) || again {
			i += n
			continue
		}
		if g, n := rd.vines.find(words, i); n > 0 {
			if !rd.implied(r, g) {
				keep[keyOf(strings.ReplaceAll(g.name, " ", ""))] = true
			}
			i += n
			continue
		}
		w := words[i]
		next := ""
		if i+1 < len(words) {
			next = words[i+1].key
		}
		if !noise[w.key] && colourWords[w.key] != string(r.colour) && !empty[w.key] && !(w.key == "grand" && next == "cru") {
			keep[w.key] = true
		}
		i++
	}
	if x.growth == "Premier cru" && rd.vineyardless(r) {
		keep["premier"] = true
	}
	all := sortedKeys(keep)
	bubbles := ""
	if r.style == catalog.Sparkling {
		bubbles = "sparkling"
	}
	return strings.Join([]string{r.country, string(r.colour), bubbles, strings.Join(all, " ")}, "|")
}

// empty are words of manner that tell no wine from another.
var empty = set("premier red blend wine vin vino vinho rouge table gc er california")

// implied says that a grape is what the place makes anyway: Pinot Noir in red Burgundy.
func (rd *reader) implied(r *row, g grape) bool {
	if r.reading.place == nil {
		return false
	}
	burgundy := slices.Contains(rd.atlas.lineage(r.reading.place.region), "burgundy")
	return burgundy && (g.name == "Pinot Noir" || g.name == "Chardonnay")
}

// vineyardless says that nothing in the name but place and producer tells which premier cru it is.
func (rd *reader) vineyardless(r *row) bool {
	for _, w := range slices.Concat(r.reading.cru, r.reading.rest) {
		if !noise[w.key] && !manner[w.key] && colourWords[w.key] == "" {
			return false
		}
	}
	return true
}

// group gathers the rows of each wine: first those that the gazetteer knows, then those with the same
// identity whose places lie on one line, then those that differ by a misspelt letter.
func (rd *reader) group(rows []*row) []*wine {
	known := map[string]*wine{}
	alike := map[string][]*row{}
	var out []*wine
	for _, r := range rows {
		if g := rd.recognise(r); g != nil {
			w := known[g.Code]
			if w == nil {
				w = rd.knownWine(g)
				known[g.Code], out = w, append(out, w)
			}
			w.add(r)
			continue
		}
		id := rd.identity(r)
		alike[id] = append(alike[id], r)
	}
	for _, id := range sortedKeys(alike) {
		for _, rows := range rd.byPlace(alike[id]) {
			w := &wine{identity: id}
			for _, r := range rows {
				w.add(r)
			}
			rd.describe(w)
			out = append(out, w)
		}
	}
	return rd.mend(out)
}

// recognise asks the gazetteer, unless the row is a case of several wines.
func (rd *reader) recognise(r *row) *gazetteer.Wine {
	if r.assortment {
		return nil
	}
	return rd.register.find(r)
}

func (w *wine) add(r *row) {
	w.rows = append(w.rows, r)
	r.wine = w
}

// byPlace parts rows of one identity by their places: rows of one line (Chile, Maipo, Puente Alto) are
// together, rows of two lines are not. A row without a place joins where there is only one line.
func (rd *reader) byPlace(rows []*row) [][]*row {
	var lines []*place
	for _, r := range rows {
		p := r.reading.place
		if p == nil || slices.ContainsFunc(lines, func(q *place) bool { return rd.atlas.above(p, q) }) {
			continue
		}
		lines = slices.DeleteFunc(lines, func(q *place) bool { return rd.atlas.above(q, p) })
		lines = append(lines, p)
	}
	if len(lines) <= 1 {
		return [][]*row{rows}
	}
	sort.Slice(lines, func(i, j int) bool { return lines[i].code < lines[j].code })
	parted := make([][]*row, len(lines)+1)
	for _, r := range rows {
		at := len(lines)
		for i, q := range lines {
			if r.reading.place != nil && rd.atlas.above(r.reading.place, q) {
				at = i
				break
			}
		}
		parted[at] = append(parted[at], r)
	}
	return slices.DeleteFunc(parted, func(rows []*row) bool { return len(rows) == 0 })
}

// knownWine takes everything from the gazetteer.
func (rd *reader) knownWine(g *gazetteer.Wine) *wine {
	w := &wine{
		code: g.Code, name: g.Name, region: g.Region, colour: g.Colour, style: g.Style, grapes: g.Grapes,
		classification: g.Classification, known: g,
	}
	for _, m := range rd.makers.all {
		if m.code == g.Producer && m.known {
			w.maker = m
		}
	}
	return w
}

// describe composes a wine of what its rows say. The row whose name is longest says most.
func (rd *reader) describe(w *wine) {
	best := w.rows[0]
	for _, r := range w.rows[1:] {
		if a, b := rd.weight(r), rd.weight(best); a > b || a == b && r.name < best.name {
			best = r
		}
	}
	x := &best.reading
	w.maker, w.place, w.colour, w.style = x.maker, x.place, best.colour, best.style
	for _, g := range x.grapes {
		if !slices.Contains(w.grapes, g.name) {
			w.grapes = append(w.grapes, g.name)
		}
	}
	w.region = rd.regionOf(best)
	if slices.Contains(rd.atlas.lineage(w.region), "burgundy") {
		w.classification = x.growth
		if x.place != nil && x.place.level == "Grand Cru" {
			w.classification = "Grand cru"
		}
	}
	w.name = rd.nameWine(best)
}

// weight prefers rows with a place and a dash, then longer names that nothing has cut.
func (rd *reader) weight(r *row) int {
	n := min(len(r.name), 50)
	if r.reading.place != nil && r.reading.place.origin {
		n += 1000
	}
	if len(r.reading.head) > 0 {
		n += 200
	}
	if r.cut || r.yearCut != "" {
		n -= 100
	}
	return n
}

// regionOf is the region of the place, else the one that the class says, else the producer's, else the country.
func (rd *reader) regionOf(r *row) string {
	if p := r.reading.place; p != nil {
		return p.region
	}
	if m := r.reading.maker; m != nil && m.region != "" && rd.atlas.regions[m.region].Country == r.country {
		return m.region
	}
	return rd.atlas.roots[r.country]
}

// nameWine writes the name as it is spoken of. A château is its own name; elsewhere the name is what
// the label says beside the producer: place or grape and vineyard, then the cuvée.
func (rd *reader) nameWine(r *row) string {
	x := &r.reading
	write := func(words []word) string { return rd.lex.write(r.trim(words), r.country) }
	if rd.estate(r) {
		return rd.estateName(r)
	}
	var lead string
	switch {
	case x.byOrigin && x.place != nil && x.place.code != rd.atlas.roots[r.country]:
		lead = rd.headName(r)
	case x.byOrigin && x.place != nil && len(rd.vines.all(x.head)) == 0 && len(x.cru) == 0:
	case x.byOrigin:
		lead = write(stripGeneric(x.head))
	case len(x.head) > 0 && x.maker != nil && len(x.cru) > 0:
		lead = write(x.cru)
	}
	name := joinName(lead, write(x.rest))
	if x.byOrigin && x.place == nil && len(x.rest) > 0 {
		name = joinName(write(x.rest), lead)
	}
	if name == "" && x.maker != nil {
		name = x.maker.name
	}
	return name
}

// estateName writes a château's wine: the château's own name, followed by BLANC and the like; or its
// second wine, which has a name of its own.
func (rd *reader) estateName(r *row) string {
	x := &r.reading
	if r.colour == catalog.White || r.colour == catalog.Rose || significant(x.rest) != "" {
		bare := slices.DeleteFunc(slices.Clone(x.tail), func(w word) bool { return colourWords[w.key] == "red" && r.colour == catalog.Red })
		if m, n := rd.makers.find(r.country, x.tail, 0); m == x.maker && m != nil {
			return joinName(m.name, rd.lex.write(r.trim(bare[min(n, len(bare)):]), r.country))
		}
		if len(bare) > 0 && x.byOrigin {
			return rd.lex.write(r.trim(bare), r.country)
		}
	}
	return joinName(x.maker.name, rd.lex.write(r.trim(x.rest), r.country))
}

// estate says that the wine goes by its producer's name: Bordeaux châteaux.
func (rd *reader) estate(r *row) bool {
	x := &r.reading
	if x.maker == nil || r.country != "FR" {
		return false
	}
	first := wordsOf(x.maker.name)
	region := slices.Contains(rd.atlas.lineage(rd.regionOf(r)), "bordeaux")
	return region || len(x.head) == 0 && len(first) > 0 && first[0].key == "chateau"
}

// headName writes the place with its growth, and what else the head says: Meursault Premier Cru Genevrières,
// Brunello di Montalcino Riserva.
func (rd *reader) headName(r *row) string {
	x := &r.reading
	parts := []string{x.place.name}
	growth := growthOf(x.head)
	if growth != "" && !strings.Contains(strings.ToLower(x.place.name), "cru") {
		parts = append(parts, strings.ReplaceAll(growth, "cru", "Cru"))
	}
	var rest []word
	for _, w := range x.outside {
		switch {
		case w.key == "cru" || w.key == "premier" || w.key == "grand" && growth == "Grand cru":
		case w.key == "blend" || colourWords[w.key] == "red":
		default:
			rest = append(rest, w)
		}
	}
	if len(rest) > 0 {
		rest[0].glue = " "
		parts = append(parts, rd.lex.write(rest, r.country))
	}
	return strings.Join(parts, " ")
}

// stripGeneric leaves out what is no name: RED, BLEND.
func stripGeneric(words []word) []word {
	out := slices.DeleteFunc(slices.Clone(words), func(w word) bool { return w.key == "blend" || w.key == "red" && len(words) > 1 })
	if len(out) == 0 {
		return words
	}
	return out
}

// trim leaves out particles that the end of the field has left behind.
func (r *row) trim(words []word) []word {
	for len(words) > 0 && (prepositions[words[len(words)-1].key] && len(words[len(words)-1].key) > 1 || r.cut && noise[words[len(words)-1].key] && len(words[len(words)-1].key) <= 3) {
		words = words[:len(words)-1]
	}
	return words
}

func joinName(a, b string) string {
	switch {
	case a == "" || strings.HasPrefix(strings.ToLower(b), strings.ToLower(a)):
		return b
	case b == "" || strings.HasSuffix(strings.ToLower(a), strings.ToLower(b)):
		return a
	}
	return a + " " + b
}

// mend joins wines whose identities differ by one misspelt letter, when they are of one place. The name
// with more rows stays.
func (rd *reader) mend(wines []*wine) []*wine {
	byKind := map[string][]*wine{}
	for _, w := range wines {
		if w.known == nil {
			cut := strings.LastIndex(w.identity, "|")
			kind := w.identity[:cut] + "|" + w.region
			byKind[kind] = append(byKind[kind], w)
		}
	}
	gone := map[*wine]bool{}
	for _, kind := range sortedKeys(byKind) {
		list := byKind[kind]
		sort.SliceStable(list, func(i, j int) bool {
			if len(list[i].rows) != len(list[j].rows) {
				return len(list[i].rows) > len(list[j].rows)
			}
			return list[i].identity < list[j].identity
		})
		for i, keep := range list {
			for _, w := range list[i+1:] {
				if !gone[w] && !gone[keep] && misspelt(keep.identity, w.identity) {
					keep.swallow(w)
					gone[w] = true
				}
			}
		}
	}
	return slices.DeleteFunc(wines, func(w *wine) bool { return gone[w] })
}

func (w *wine) swallow(other *wine) {
	for _, r := range other.rows {
		r.note("spelling", "read as "+w.name)
		w.add(r)
	}
}

// misspelt says that two identities differ in one word, and that by one letter; or only in where
// words are parted.
func misspelt(a, b string) bool {
	x, y := strings.Fields(a[strings.LastIndex(a, "|")+1:]), strings.Fields(b[strings.LastIndex(b, "|")+1:])
	var left, right []string
	for _, k := range x {
		if !slices.Contains(y, k) {
			left = append(left, k)
		}
	}
	for _, k := range y {
		if !slices.Contains(x, k) {
			right = append(right, k)
		}
	}
	if len(left) == 0 || len(right) == 0 {
		return false
	}
	if len(left)+len(right) == 3 && sameLetters(left, right) {
		return true
	}
	return len(left) == 1 && len(right) == 1 && near(left[0], right[0]) && (len(x) > 1 || len(left[0]) > 6)
}

// encode gives every wine that the gazetteer does not know its code: producer, name and, where the name
// does not say them, place and colour. It hangs on the wine alone, never on the order of the rows.
// Where two wines still meet, both get a piece of the hash of what tells them apart.
func encode(wines []*wine) []*wine {
	taken := map[string][]*wine{}
	var out []*wine
	for _, w := range wines {
		if w.known == nil {
			w.code = codeOf(w)
		}
		if same := slices.IndexFunc(taken[w.code], func(o *wine) bool { return o.shows(w) }); same >= 0 {
			for _, r := range w.rows {
				taken[w.code][same].add(r)
			}
			continue
		}
		taken[w.code] = append(taken[w.code], w)
		out = append(out, w)
	}
	for _, code := range sortedKeys(taken) {
		if len(taken[code]) < 2 {
			continue
		}
		for _, w := range taken[code] {
			if w.known == nil {
				sum := sha256.Sum256([]byte(w.identity + "|" + w.region + "|" + w.placeCode()))
				w.code = code + "-" + hex.EncodeToString(sum[:3])
			}
		}
	}
	return out
}

// shows says that two wines would look the same to a reader: then they are the same.
func (w *wine) shows(o *wine) bool {
	return w.known == nil && o.known == nil && w.colour == o.colour && w.style == o.style && w.region == o.region && w.name == o.name
}

func codeOf(w *wine) string {
	parts := codeFrom(w.maker.name)
	if name := codeFrom(w.name); name != parts && !strings.HasPrefix(name, parts+"-") {
		parts += "-" + name
	} else {
		parts = name
	}
	add := func(s string) {
		if s != "" && !strings.Contains("-"+parts+"-", "-"+s+"-") {
			parts += "-" + s
		}
	}
	if w.place != nil {
		add(w.place.code)
	} else {
		add(w.region)
	}
	switch w.colour {
	case catalog.White:
		if w.style != catalog.Sparkling && !strings.Contains(parts, "blanc") {
			add("white")
		}
	case catalog.Rose, catalog.Orange:
		add(string(w.colour))
	}
	return parts
}

func (w *wine) placeCode() string {
	if w.place == nil || !w.place.origin {
		return ""
	}
	return w.place.code
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
