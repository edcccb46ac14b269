package search

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"caveau/store/gazetteer"
)

//go:embed data
var data embed.FS

// Lexicon is the words that a search knows apart from the names of a catalogue. It is immutable.
type Lexicon struct {
	phrases map[string]meaning    // by the folded words, joined by a blank
	short   map[string][]string   // abbreviations of the trade, written out
	called  map[string][]nickname // by a word of what it means
	foreign map[string]string     // folded name in another script → Latin name
	aliases map[string][]string   // code of a wine, producer or appellation ("wine/…") → other names
	known   []known
}

// meaning of a phrase that is no name.
type meaning struct {
	kind    Kind
	code    string // colour, style, packaging, sale
	volumes []int
	plain   bool // a name that would be misread otherwise
}

// known is a wine that exists, whether or not the catalogue has it.
type known struct {
	name, producer, place string
	aliases               []string
}

// longestPhrase is how many words a phrase may have.
const longestPhrase = 5

// simple is the simplified form of a character.
func simple(r rune) rune {
	if to, ok := simplified()[r]; ok {
		return to
	}
	return r
}

var simplified = sync.OnceValue(func() map[rune]rune {
	raw, err := data.ReadFile("data/hans.txt")
	if err != nil {
		return nil // a test reads it
	}
	pairs := map[rune]rune{}
	for pair := range strings.FieldsSeq(string(raw)) {
		both := []rune(pair)
		if len(both) == 2 {
			pairs[both[0]] = both[1]
		}
	}
	return pairs
})

// NewLexicon reads the embedded files and takes over the other names of the gazetteer.
func NewLexicon(g *gazetteer.Gazetteer) (*Lexicon, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, fmt.Errorf("open the words of the search: %w", err)
	}
	return readLexicon(sub, g)
}

func readLexicon(files fs.FS, g *gazetteer.Gazetteer) (*Lexicon, error) {
	l := &Lexicon{
		phrases: map[string]meaning{}, short: map[string][]string{}, called: map[string][]nickname{}, foreign: map[string]string{},
		aliases: map[string][]string{},
	}
	l.gazetteer(g)
	for _, file := range []struct {
		name   string
		fields int
		take   func([]string) error
	}{
		{"trade.csv", 2, l.addShort}, {"words.csv", 3, l.addPhrases}, {"nicknames.csv", 2, l.addNickname}, {"scripts.csv", 2, l.addForeign},
		{"known.csv", 2, l.addKnown},
	} {
		if err := eachRecord(files, file.name, file.fields, file.take); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// eachRecord hands over the records behind the header line.
func eachRecord(files fs.FS, name string, fields int, take func([]string) error) error {
	f, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("read the words of the search: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = fields
	all, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for i, record := range all[min(1, len(all)):] {
		if err := take(record); err != nil {
			return fmt.Errorf("%s, record %d: %w", name, i+2, err)
		}
	}
	return nil
}

func (l *Lexicon) addShort(r []string) error {
	if _, twice := l.short[r[0]]; twice || r[0] == "" || r[1] == "" {
		return fmt.Errorf("%q is there twice, or empty", r[0])
	}
	l.short[r[0]] = strings.Fields(r[1])
	return nil
}

func (l *Lexicon) addPhrases(r []string) error {
	m, err := meaningOf(r[0], r[1])
	if err != nil {
		return err
	}
	for phrase := range strings.SplitSeq(r[2], "|") {
		all := words(phrase)
		key := strings.Join(all, " ")
		if len(all) == 0 || len(all) > longestPhrase {
			return fmt.Errorf("%q has no words, or more than %d", phrase, longestPhrase)
		}
		if old, taken := l.phrases[key]; taken && (old.kind != m.kind || old.code != m.code || old.plain != m.plain) {
			return fmt.Errorf("%q means two things", phrase)
		}
		l.phrases[key] = m
	}
	return nil
}

func meaningOf(kind, value string) (meaning, error) {
	switch kind {
	case "plain":
		return meaning{kind: Word, plain: true}, nil
	case "format":
		m := meaning{kind: Format}
		for v := range strings.SplitSeq(value, "+") {
			ml, err := strconv.Atoi(v)
			if err != nil || ml < 100 || ml > 30_000 {
				return m, fmt.Errorf("%q is no volume in ml", v)
			}
			m.volumes = append(m.volumes, ml)
		}
		return m, nil
	case "year":
		return meaning{kind: Year}, nil
	case "colour":
		return meaning{kind: Colour, code: value}, nil
	case "style":
		return meaning{kind: Style, code: value}, nil
	case "packaging":
		return meaning{kind: Packaging, code: value}, nil
	case "sale":
		return meaning{kind: Sale, code: value}, nil
	}
	return meaning{}, fmt.Errorf("no such kind: %q", kind)
}

func (l *Lexicon) addNickname(r []string) error {
	key, means := strings.Join(words(r[0]), " "), l.names(r[1])
	if key == "" || len(means) == 0 {
		return fmt.Errorf("%q means nothing", r[0])
	}
	for _, w := range means {
		if !generic[w] {
			l.called[w] = append(l.called[w], nickname{key, means})
		}
	}
	return nil
}

func (l *Lexicon) addForeign(r []string) error {
	for other := range strings.SplitSeq(r[1], "|") {
		key := foreignKey(other)
		if key == "" {
			return fmt.Errorf("%q has no letters of another script", other)
		}
		l.foreign[key] = r[0]
	}
	return nil
}

func (l *Lexicon) addKnown(r []string) error {
	l.known = append(l.known, known{name: r[0], place: r[1]})
	return nil
}

// gazetteer takes over what the shop knows of the wine world.
func (l *Lexicon) gazetteer(g *gazetteer.Gazetteer) {
	producers := map[string]string{}
	for _, a := range g.Appellations {
		l.other("appellation/"+a.Code, a.Name, append(a.Aliases, a.Names["zh"]))
	}
	for _, p := range g.Producers {
		producers[p.Code] = p.Name
		l.other("producer/"+p.Code, p.Name, append(p.Aliases, p.Names["zh"]))
	}
	for _, w := range g.Wines {
		l.other("wine/"+w.Code, w.Name, append(w.Aliases, w.Names["zh"]))
		place := w.Region
		if a, ok := g.Appellation(w.Appellation); ok {
			place = a.Name
		}
		l.known = append(l.known, known{name: w.Name, producer: producers[w.Producer], place: place, aliases: w.Aliases})
	}
}

// other names of something: Latin ones stand beside its name in the index, those of other scripts lead to it.
func (l *Lexicon) other(code, name string, aliases []string) {
	for _, alias := range aliases {
		if key := foreignKey(alias); key != "" {
			l.foreign[key] = name
		} else if alias != "" {
			l.aliases[code] = append(l.aliases[code], alias)
		}
	}
}

// foreignKey is a name in another script as queries are compared with it; empty for a Latin one.
func foreignKey(name string) string {
	var b strings.Builder
	foreign := false
	for _, t := range tokens(name) {
		foreign = foreign || t.script != latin
		b.WriteString(t.fold)
	}
	if !foreign {
		return ""
	}
	return b.String()
}

// names are the words of a name, abbreviations written out, as index and query both have them.
func (l *Lexicon) names(s string) []string {
	var out []string
	for _, w := range words(s) {
		if long, ok := l.short[w]; ok {
			out = append(out, long...)
		} else {
			out = append(out, w)
		}
	}
	return out
}

// generic are the words that say nothing about which wine is meant: a query has them or not.
var generic = setOf("chateau domaine domaines de du des d la le les l et and the of y e di del della dello dei degli da do das dos von vom van der den zum zur am " +
	"weingut bodega bodegas tenuta azienda agricola cantina cantine fattoria podere vina quinta winery wines wine estate vineyards vineyard cellars maison " +
	"fils pere vin vins vino vinho wein wijn aoc aop docg doc do igt igp ava")

// soft are the words that belong to the colour or the rank of a wine more than to its name.
var soft = setOf("rouge blanc red white rose rosso bianco tinto blanco grand cru premier classe classico superiore reserve riserva brut nv vin aoc")

func setOf(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// noise are words around a query: they ask for nothing.
var noise = setOf("buy price prices cheap cheapest best good year years vintage wine wines bottle bottles case box from for with in acheter prix caisse coffret millesime cuvee " +
	"kaufen preis jahrgang wein weine kiste aus mit annata vino vini comprar precio anada preco caixa caja colheita kopen prijs oogstjaar wijn wijnen kist bouteille vin")

// nickname of a wine or a house.
type nickname struct {
	text  string
	means []string // folded
}

// nicks are what people call something: the nicknames whose words are among those of its name and what stands around it, and that leave
// out no telling word of the name.
func (l *Lexicon) nicks(name, around []string) []string {
	var out []string
	for _, w := range name { // a nickname has a word of the name itself
		for _, n := range l.called[w] {
			if !slices.Contains(out, n.text) && n.fits(name, around) {
				out = append(out, n.text)
			}
		}
	}
	return out
}

func (n nickname) fits(name, around []string) bool {
	for _, w := range n.means {
		if !generic[w] && !slices.Contains(name, w) && !slices.Contains(around, w) {
			return false
		}
	}
	for _, w := range name {
		if !generic[w] && !soft[w] && !slices.Contains(n.means, w) && !slices.Contains(around, w) {
			return false
		}
	}
	return slices.ContainsFunc(name, func(w string) bool { return slices.Contains(n.means, w) && !generic[w] })
}
