package search

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"caveau/store/catalog"
)

// perClass is how many queries of each class are made from the catalogue by a seed.
const perClass = 250

// maker makes queries from a catalogue, the same ones at every run.
type maker struct {
	*rand.Rand
	x     *Index
	wines []*catalog.Wine // that are sold
	same  map[string][]*catalog.Wine
}

func newMaker(x *Index, seed uint64) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 1855)), x: x, same: map[string][]*catalog.Wine{}} //nolint:gosec // queries, not secrets
	for _, w := range x.snap.Wines {
		if len(w.Vintages) > 0 && len(words(spokenName(w))) > 0 {
			m.wines = append(m.wines, w)
			key := strings.Join(words(spokenName(w)), " ")
			m.same[key] = append(m.same[key], w)
		}
	}
	return m
}

// spokenName is the wine as people write it: with its producer unless the name says him.
func spokenName(w *catalog.Wine) string {
	have := words(w.Name)
	for _, word := range words(w.Producer.Name) {
		if !generic[word] && !slices.Contains(have, word) {
			return w.Producer.Name + " " + w.Name
		}
	}
	return w.Name
}

func (m *maker) wine() *catalog.Wine { return m.wines[m.IntN(len(m.wines))] }

// wanted are the SKUs of all wines of the name.
func (m *maker) wanted(w *catalog.Wine, grade func(*catalog.SKU) int) map[string]int {
	out := map[string]int{}
	for _, same := range m.same[strings.Join(words(spokenName(w)), " ")] {
		for _, v := range same.Vintages {
			for _, s := range v.SKUs {
				out[s.Code] = grade(s)
			}
		}
	}
	return out
}

func always(*catalog.SKU) int { return 3 }

// misspell does to a word what merchants and customers do: a letter doubled, halved, dropped, swapped with its neighbour, or a vowel changed.
// Words shorter than five letters are written right.
func (m *maker) misspell(text string) string {
	all := words(text)
	var long []int
	for i, w := range all {
		if len(w) >= 5 && !hasDigit(w) && isPlain(w) && !generic[w] {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return text
	}
	i := long[m.IntN(len(long))]
	all[i] = m.wrong(all[i])
	return strings.Join(all, " ")
}

func (m *maker) wrong(w string) string {
	at := 1 + m.IntN(len(w)-2)
	switch m.IntN(5) {
	case 0:
		return w[:at] + w[at:at+1] + w[at:]
	case 1:
		return w[:at] + w[at+1:]
	case 2:
		return w[:at] + w[at+1:at+2] + w[at:at+1] + w[at+2:]
	case 3:
		return w[:at] + string("aeiou"[m.IntN(5)]) + w[at+1:]
	default:
		return w[:at] + string("rstlnc"[m.IntN(6)]) + w[at+1:]
	}
}

// formatWords are how people write sizes, in several languages.
var formatWords = map[int][]string{
	375: {"demi", "half bottle", "37.5cl", "halbe", "375 ml", "半瓶"}, 1500: {"magnum", "1.5L", "150cl", "magnums", "大瓶"},
	3000: {"double magnum", "3 l", "Doppelmagnum", "300cl"}, 6000: {"6L", "imperial", "impériale", "600 cl"}, 750: {"75cl", "bottle", "0,75 l"},
	200: {"20cl", "200ml"}, 187: {"187ml", "18.7cl"}, 500: {"50cl", "500 ml"}, 1000: {"1l", "100cl", "1 litre"}, 4500: {"4.5 l"}, 9000: {"salmanazar", "9l"},
	12000: {"balthazar", "12 l"}, 15000: {"nebuchadnezzar", "15l"},
}

func (m *maker) format() graded {
	for {
		w := m.wine()
		v := w.Vintages[m.IntN(len(w.Vintages))]
		if len(v.SKUs) == 0 {
			continue
		}
		s := v.SKUs[m.IntN(len(v.SKUs))]
		if s.Volume == 750 || len(formatWords[s.Volume]) == 0 {
			continue
		}
		word := formatWords[s.Volume][m.IntN(len(formatWords[s.Volume]))]
		return graded{Class: "format", Query: spokenName(w) + " " + word, Relevant: m.wanted(w, func(o *catalog.SKU) int {
			if o.Volume == s.Volume {
				return 3
			}
			return 1
		})}
	}
}

func (m *maker) vintage(short bool) graded {
	for {
		w := m.wine()
		v := w.Vintages[m.IntN(len(w.Vintages))]
		if v.Year < 1900 || v.Year > 2026 {
			continue
		}
		q := graded{Class: "vintage", Query: fmt.Sprintf("%s %d", spokenName(w), v.Year)}
		if short {
			q = graded{Class: "vintage_short", Query: fmt.Sprintf("%s '%02d", strings.ToLower(spokenName(w)), v.Year%100)}
		}
		q.Relevant = m.wanted(w, func(o *catalog.SKU) int {
			if o.Vintage.Year == v.Year {
				return 3
			}
			return 1
		})
		return q
	}
}

// class of queries made from names alone.
func (m *maker) class(name string, write func(*catalog.Wine) string) []graded {
	var out []graded
	for range perClass {
		w := m.wine()
		out = append(out, graded{Class: name, Query: write(w), Relevant: m.wanted(w, always)})
	}
	return out
}

// called makes queries of other names that lead to a wine: those of another script, or nicknames.
func (m *maker) called(class string, names map[string][]string) []graded {
	type pair struct{ other, name string }
	var all []pair
	for name, others := range names {
		for _, other := range others {
			all = append(all, pair{other, name})
		}
	}
	slices.SortFunc(all, func(a, b pair) int { return strings.Compare(a.other+a.name, b.other+b.name) })
	m.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	having := make([]map[string]bool, len(m.wines))
	for i, w := range m.wines {
		having[i] = setOf(strings.Join(words(w.Producer.Name+" "+w.Name+" "+placeName(w)), " "))
	}
	var out []graded
	for _, p := range all {
		if len(out) == perClass {
			break
		}
		key := telltale(p.name)
		relevant := map[string]int{}
		for i, w := range m.wines {
			if hasAll(having[i], key) {
				for _, v := range w.Vintages {
					for _, s := range v.SKUs {
						relevant[s.Code] = 3
					}
				}
			}
		}
		if len(relevant) > 0 {
			out = append(out, graded{Class: class, Query: p.other, Relevant: relevant})
		}
	}
	return out
}

func placeName(w *catalog.Wine) string {
	name := strings.Join(w.Grapes, " ")
	if w.Appellation != nil {
		name += " " + w.Appellation.Name
	}
	for r := w.Region; r != nil; r = r.Parent {
		name += " " + r.Name + " " + r.Names["en"]
	}
	return name
}

func telltale(name string) []string {
	return slices.DeleteFunc(words(name), func(w string) bool { return generic[w] })
}

func hasAll(have map[string]bool, want []string) bool {
	for _, w := range want {
		if !have[w] {
			return false
		}
	}
	return len(want) > 0
}

// scriptNames are the names of scripts.csv and the gazetteer's Chinese ones.
func scriptNames(t testing.TB, w *world) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, r := range records(t, "data/scripts.csv") {
		out[r[0]] = append(out[r[0]], strings.Split(r[1], "|")...)
	}
	for _, wine := range w.names.Wines {
		for _, a := range append(wine.Aliases, wine.Names["zh"]) {
			if foreignKey(a) != "" && w.real.snap.Wine(wine.Code) != nil {
				out[wine.Name] = append(out[wine.Name], a)
			}
		}
	}
	return out
}

func records(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

// nicknameNames are those of nicknames.csv and the gazetteer's other Latin names.
func nicknameNames(t testing.TB, w *world) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, r := range records(t, "data/nicknames.csv") {
		out[r[1]] = append(out[r[1]], r[0])
	}
	for _, wine := range w.names.Wines {
		for _, a := range wine.Aliases {
			if foreignKey(a) == "" && w.real.snap.Wine(wine.Code) != nil {
				out[wine.Name] = append(out[wine.Name], a)
			}
		}
	}
	return out
}

func TestQueriesByRule(t *testing.T) {
	w, x := real(t)
	m := newMaker(x, 4)
	all := slices.Concat(
		m.class("name", spokenName),
		m.class("unaccented", func(w *catalog.Wine) string { return strings.Join(words(spokenName(w)), " ") }),
		m.class("typo", func(w *catalog.Wine) string { return m.misspell(spokenName(w)) }),
		m.called("script", scriptNames(t, w)),
		m.called("nickname", nicknameNames(t, w)),
	)
	for range perClass {
		all = append(all, m.format(), m.vintage(false), m.vintage(true))
	}
	verdicts := map[string]verdict{}
	shop := w.shop(t, "uk")
	for _, q := range all {
		a := x.ask(w, shop, q.Query, judged)
		score := ndcg(skus(a.Hits), q.Relevant, func(sku string) bool { return x.snap.SKU(sku) != nil })
		v := verdicts[q.Class]
		verdicts[q.Class] = verdict{v.n + 1, v.sum + score}
		if score < 0.5 && testing.Verbose() {
			t.Logf("%.2f %s %q: %s", score, q.Class, q.Query, a.brief())
		}
	}
	v := m.absent(t, w)
	verdicts["absent"] = v
	report(t, verdicts, map[string]float64{
		"name": 0.95, "unaccented": 0.95, "typo": 0.92, "script": 0.8, "nickname": 0.9, "format": 0.9, "vintage": 0.93, "vintage_short": 0.93, "absent": 0.9,
	})
	for class, v := range verdicts {
		if v.n < 200 {
			t.Errorf("%s has %d queries only", class, v.n)
		}
	}
}

// absent takes wines out of the catalogue whose producer has no other, and asks for them.
func (m *maker) absent(t *testing.T, w *world) verdict {
	t.Helper()
	lone := map[string]string{} // code → name
	for _, wine := range m.wines {
		if len(wine.Producer.Wines) == 1 && len(lone) < perClass && m.IntN(4) == 0 && len(m.same[strings.Join(words(spokenName(wine)), " ")]) == 1 {
			lone[wine.Code] = spokenName(wine)
		}
	}
	rest, err := w.index(without(w.list, lone))
	if err != nil {
		t.Fatal(err)
	}
	v := verdict{}
	for _, name := range lone {
		a := rest.ask(w, w.shop(t, "uk"), name, judged)
		v.n++
		v.sum += float64(truth(a.Absent != "" && len(a.Hits) == 0))
		if a.Absent == "" && testing.Verbose() {
			t.Logf("not said absent: %q: %s", name, a.brief())
		}
	}
	return v
}

// without some wines, their vintages and SKUs.
func without(l *catalog.List, gone map[string]string) *catalog.List {
	out := *l
	out.Wines = slices.DeleteFunc(slices.Clone(l.Wines), func(w catalog.WineRow) bool { return gone[w.Code] != "" })
	out.Vintages = slices.DeleteFunc(slices.Clone(l.Vintages), func(v catalog.VintageRow) bool { return gone[v.Wine] != "" })
	out.SKUs = slices.DeleteFunc(slices.Clone(l.SKUs), func(s catalog.SKURow) bool { return gone[s.Wine] != "" })
	return &out
}
