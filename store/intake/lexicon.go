package intake

import (
	"bytes"
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"caveau/store/gazetteer"
)

// lexicon restores the accents and capitals of words. It learns from the names of the gazetteer and of
// the places, and from data/words.txt, which holds the accented words that no name there has.
type lexicon struct {
	forms map[string]map[string]string // country, "" for all → key → written form
}

//go:embed data/words.txt
var wordsTXT []byte

func newLexicon(g *gazetteer.Gazetteer, a *atlas, makers []*maker, v *vines) *lexicon {
	l := &lexicon{forms: map[string]map[string]string{"": {}}}
	country := ""
	for _, line := range bytes.Split(wordsTXT, []byte{'\n'}) {
		text := strings.TrimSpace(string(line))
		if name, ok := strings.CutPrefix(text, "# "); ok {
			country = name
			if country == "*" {
				country = ""
			}
			continue
		}
		l.learn(country, text)
	}
	for _, w := range g.Wines {
		c := a.regions[w.Region].Country
		l.learn(c, w.Name)
	}
	for _, m := range makers {
		l.learn(m.country, m.name)
	}
	for _, name := range v.names {
		l.learn("", name)
	}
	for country, phrases := range a.phrases {
		for _, key := range sortedKeys(phrases) {
			l.learn(country, phrases[key].name)
		}
	}
	return l
}

// learn takes over the words of a name that is written well. The first one that is seen stays.
func (l *lexicon) learn(country, name string) {
	if l.forms[country] == nil {
		l.forms[country] = map[string]string{}
	}
	for _, w := range wordsOf(name) {
		first, _ := utf8.DecodeRuneInString(w.text)
		if unicode.IsLower(first) || elided[strings.ToLower(strings.TrimRight(w.text, "'’"))] {
			continue
		}
		if _, ok := l.forms[country][w.key]; !ok {
			l.forms[country][w.key] = w.text
		}
	}
}

// write puts words back into a name: accents, capitals, small particles.
func (l *lexicon) write(words []word, country string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(w.glue)
		}
		b.WriteString(l.word(words, i, country))
	}
	return b.String()
}

func (l *lexicon) word(words []word, i int, country string) string {
	w := words[i]
	if w.key == "premier" && strings.HasPrefix(w.text, "1") {
		return strings.ToLower(w.text)
	}
	if strings.EqualFold(w.text, "chat") {
		return "Chat"
	}
	if full, ok := spelled[w.key]; ok && country == "FR" {
		return full
	}
	small := particles[country]
	if small == nil {
		small = particles[""]
	}
	if i > 0 && (small[w.key] || everywhere[w.key]) && (!articles[w.key] || small[words[i-1].key] && !articles[words[i-1].key]) {
		return strings.ToLower(w.text)
	}
	if form, ok := l.forms[country][w.key]; ok {
		return form
	}
	if form, ok := l.forms[""][w.key]; ok {
		return form
	}
	return capital(w.text)
}

// everywhere are the particles of the trade's English, on labels of all countries.
var everywhere = set("of and the by with")

// articles are written small only behind another particle: Clos de l'Oratoire, but Château La Lagune.
var articles = set("le la les l il lo los las el o a une un un")

// spelled are the words that lists shorten and labels do not.
var spelled = map[string]string{
	"chateau": "Château", "domaine": "Domaine", "saint": "Saint", "sainte": "Sainte", "cuvee": "Cuvée", "premier": "Premier",
	"vieilles": "Vieilles", "reserve": "Réserve", "rose": "Rosé",
}

// capital writes a word that nobody knows: the first letter large, the rest small; numbers, roman
// numerals and abbreviations stay as they are.
func capital(text string) string {
	if strings.ContainsAny(text, "0123456789") || initials[strings.ToUpper(text)] || roman(text) {
		return strings.ToUpper(text)
	}
	if strings.Count(text, ".") > 0 && len(strings.ReplaceAll(text, ".", "")) <= 3 {
		return strings.ToUpper(text)
	}
	runes := []rune(strings.ToLower(text))
	up := true
	for i, r := range runes {
		if up {
			runes[i] = unicode.ToUpper(r)
		}
		up = i == 1 && (r == '\'' || r == '’') || i == 1 && string(runes[:2]) == "Mc" && len(runes) > 4
	}
	return string(runes)
}

var initials = map[string]bool{
	"GG": true, "GSM": true, "SMG": true, "CHD": true, "TSS": true, "KWV": true, "BC": true, "PTG": true, "OV": true, "WL": true, "LE": false,
	"CVNE": true, "DOCG": true, "DOC": true, "IGT": true, "AOC": true, "VORS": true, "RBS": true, "SJP": true, "XOXO": true, "JCB": true,
	"NV": true, "MGM": true, "LBV": true, "JJ": true, "JM": true, "JP": true, "JC": true, "GD": true, "FE": true, "UKO": true, "P3": true, "P2": true,
	"MC": true, "MRV": true, "II": true, "BIB": true, "IX": true, "CK": true, "KJ": true, "LAB": true,
}

func roman(text string) bool {
	switch strings.ToUpper(text) {
	case "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIV", "XV":
		return true
	}
	return false
}
