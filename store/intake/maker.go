package intake

import (
	_ "embed"
	"slices"
	"sort"
	"strings"

	"caveau/store/gazetteer"
)

// maker is a producer that a name may hold.
type maker struct {
	code    string
	name    string
	country string
	commune string
	region  string // empty until its first wine tells
	zh      string
	known   bool            // the gazetteer has it
	kinds   map[string]bool // what its names begin with: chateau, domaine, or "" for neither
	mined   bool            // learnt from the list: believed only where a name begins with it
}

// makers finds producers by the words of a name.
type makers struct {
	all    []*maker
	atlas  *atlas
	byName map[string]map[string][]*maker // country → name without house words → makers, Château X and Domaine X
	most   int
}

//go:embed data/producers.csv
var producersCSV []byte

// newMakers joins the gazetteer's producers with data/producers.csv: country, name, aliases.
func newMakers(g *gazetteer.Gazetteer, a *atlas) (*makers, error) {
	ms := &makers{atlas: a, byName: map[string]map[string][]*maker{}}
	for _, p := range g.Producers {
		m := &maker{code: p.Code, name: p.Name, country: a.regions[p.Region].Country, commune: p.Commune, region: p.Region, zh: p.Names["zh"], known: true}
		ms.all = append(ms.all, m)
		ms.say(m, append([]string{p.Name}, p.Aliases...))
	}
	rows, err := embedded("producers.csv", producersCSV, 3)
	if err != nil {
		return nil, err
	}
	for _, f := range rows {
		names := append([]string{f[1]}, strings.Split(f[2], "|")...)
		m := ms.named(f[0], wordsOf(f[1]))
		if m == nil {
			m = ms.add(f[0], f[1])
		}
		ms.say(m, names)
	}
	return ms, nil
}

// add makes a producer of a name that is written well.
func (ms *makers) add(country, name string) *maker {
	m := &maker{code: codeFrom(name), name: name, country: country}
	ms.all = append(ms.all, m)
	ms.say(m, []string{name})
	return m
}

// house are the words that are left out when producers are compared.
var house = set(`le la les l de du des d of the di del della dell delle dei degli do da dos das el los las a au aux en et and und e
	chateau domaine winery wineries vineyard vineyards cellar cellars wine wines estate estates family famille maison weingut bodega
	bodegas tenuta azienda cantina cantine fattoria`)

// houseKey are the keys by which producers are compared.
func houseKey(words []word) string {
	var out []string
	for _, w := range words {
		if !house[w.key] {
			out = append(out, w.key)
		}
	}
	return strings.Join(out, " ")
}

// coin makes a producer of words of the list, or returns the one that has the code already. It is found in
// other names only where it is no mere place.
func (ms *makers) coin(country, name string, findable bool) *maker {
	code := codeFrom(name)
	for _, m := range ms.all {
		if m.code == code && m.country == country {
			return m
		}
	}
	m := &maker{code: code, name: name, country: country, mined: true}
	ms.all = append(ms.all, m)
	if findable {
		ms.say(m, []string{name})
	}
	return m
}

func (ms *makers) say(m *maker, names []string) {
	if ms.byName[m.country] == nil {
		ms.byName[m.country] = map[string][]*maker{}
	}
	if m.kinds == nil {
		m.kinds = map[string]bool{}
	}
	for _, name := range names {
		words := wordsOf(name)
		key := houseKey(words)
		if len(key) < 2 || common[key] && (m.mined || m.country == "FR") || name != m.name && ms.atlas.phrases[m.country][key] != nil {
			continue
		}
		m.kinds[kindAt(words, 0)] = true
		if slices.Contains(ms.byName[m.country][key], m) {
			continue
		}
		ms.byName[m.country][key] = append(ms.byName[m.country][key], m)
		ms.most = max(ms.most, strings.Count(key, " ")+1)
	}
}

// kindAt says whether the name at a word is a château's or a domaine's: the word itself, or one before it.
func kindAt(words []word, at int) string {
	for i := at; i >= 0 && i < len(words); i-- {
		switch k := words[i].key; {
		case k == "chateau" || k == "domaine":
			return k
		case i < at && !house[k]:
			return ""
		}
	}
	return ""
}

// pick finds the producer of a key. Château X is not Domaine X, unless one of its names says so.
func (ms *makers) pick(country, key, kind string) *maker {
	for _, m := range ms.byName[country][key] {
		if kind == "" || m.kinds[""] || m.kinds[kind] {
			return m
		}
	}
	return nil
}

// named finds the producer that a whole name stands for.
func (ms *makers) named(country string, words []word) *maker {
	return ms.pick(country, houseKey(words), kindAt(words, 0))
}

// find looks for the longest name of a producer that begins at a word, and says how many words it takes.
func (ms *makers) find(country string, words []word, at int) (*maker, int) {
	var best *maker
	length, key, count := 0, "", 0
	for i := at; i < len(words) && count < ms.most; i++ {
		if house[words[i].key] {
			continue
		}
		if key != "" {
			key += " "
		}
		key += words[i].key
		count++
		m := ms.pick(country, key, kindAt(words, at))
		if m != nil && !(m.mined && count == 1 && i > 0 && articles[words[i-1].key]) {
			best, length = m, i-at+1
		}
	}
	return best, length
}

// within looks for a producer anywhere in the words; the longest name wins, then the first.
func (ms *makers) within(country string, words []word) (m *maker, from, to int) {
	best := 0
	if found, n := ms.find(country, words, 0); found != nil {
		m, to, best = found, n, len(words)
	}
	for i := range words {
		if house[words[i].key] && i > 0 {
			continue
		}
		found, n := ms.find(country, words, i)
		if found == nil || n <= best || i > 0 && !ms.inside(found, words, i, n) {
			continue
		}
		m, from, to, best = found, i, i+n, n
	}
	for m != nil && to < len(words) && after[words[to].key] {
		to++
	}
	for from > 0 && house[words[from-1].key] && m != nil {
		from--
	}
	return m, from, to
}

// after are words that belong to the producer before them.
var after = set("winery wineries cellar cellars estate estates vineyard vineyards wines")

// inside says that a producer may be believed that does not stand at the beginning: two words of its own,
// the word Domaine before it, or the end of the name.
func (ms *makers) inside(m *maker, words []word, i, n int) bool {
	if m.mined {
		return false
	}
	if strings.Contains(houseKey(words[i:i+n]), " ") {
		return true
	}
	switch words[i-1].key {
	case "domaine", "chateau", "maison":
		return true
	}
	return m.country != "FR" && i+n == len(words) || m.country == "FR" && prepositions[words[i-1].key] && i+n == len(words) && i > 1
}

// mine learns producers from the list itself: the words that several tails begin with before they part
// ("DONA PAULA LOS CARDOS", "DONA PAULA ESTATE") are a producer, unless they are such as begin many names.
func (ms *makers) mine(country string, tails [][]word, write func([]word) string) {
	root := &branch{}
	for _, t := range tails {
		if m, _ := ms.find(country, t, 0); m == nil {
			root.grow(t)
		}
	}
	root.harvest(nil, func(words []word) { ms.coin(country, write(words), true) })
}

// branch is a tree of the first words of names.
type branch struct {
	next  map[string]*branch
	words map[string]word
	ends  int
}

func (b *branch) grow(words []word) {
	if len(words) == 0 {
		b.ends++
		return
	}
	if b.next == nil {
		b.next, b.words = map[string]*branch{}, map[string]word{}
	}
	k := words[0].key
	if b.next[k] == nil {
		b.next[k], b.words[k] = &branch{}, words[0]
	}
	b.next[k].grow(words[1:])
}

// ways counts how the names go on.
func (b *branch) ways() int {
	n := len(b.next)
	if b.ends > 0 {
		n++
	}
	return n
}

// harvest reports the first parting of each branch that stands behind a word of its own.
func (b *branch) harvest(path []word, report func([]word)) {
	names := make([]string, 0, len(b.next))
	for k := range b.next {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		child, here := b.next[k], append(path[:len(path):len(path)], b.words[k])
		if child.ways() >= 2 && own(here) {
			report(here)
			continue
		}
		child.harvest(here, report)
	}
}

// own says that words can be a producer's name: not only what many names begin with, and not broken
// off behind a particle.
func own(words []word) bool {
	if noise[words[len(words)-1].key] && len(words[len(words)-1].key) <= 3 {
		return false
	}
	for _, w := range words {
		if !noise[w.key] && !manner[w.key] && !common[w.key] && colourWords[w.key] == "" && !isNumber(w.key) && len(w.key) > 2 {
			return true
		}
	}
	return false
}

// common are words that many producers' names begin with.
var common = set(`saint sainte santa santo san sao don dona villa casa castello castillo castell clos mas monte mont quinta herdade
	bertrand christophe daniel vincent thierry laurent nicolas olivier andre rene guy denis roland david mark simon jean pierre paul louis michel henri jacques francois philippe pascal robert bernard gerard charles marc antoine luigi giovanni
	marques conde barone marchese john peter black red white blue green wild silver stone big old new three two seven one brown
	tierra terra terre les rocca torre torres poggio podere poderi colle col badia cascina bric bricco vieux haut grand petit
	lake spring bread long little doctor dr von max j m c g d e h w`)
