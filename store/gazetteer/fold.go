package gazetteer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings the spellings of a name together, so that they can be compared: "CH. LÉOVILLE-LAS CASES"
// and "Château Léoville Las Cases" are both "chateau leoville las cases". It writes small letters
// without accents, takes every other sign for a blank, writes out the abbreviations of the trade
// (st, ste, ch., cht, dom., 1er) and leaves one blank between words. Folding twice changes nothing.
func Fold(s string) string {
	words := strings.FieldsFunc(plain(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' })
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, written(w)...)
	}
	return strings.Join(out, " ")
}

// plain is s in small letters without accents.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if ligature, ok := letters[r]; ok {
			b.WriteString(ligature)
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// letters are those that Unicode does not take apart.
var letters = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
}

// written writes a word out and takes it apart at its stops. Only "dom." is a domaine: "Dom Pérignon"
// is a monk.
func written(word string) []string {
	if rest, ok := strings.CutPrefix(word, "dom."); ok {
		word = "domaine." + rest
	}
	parts := strings.FieldsFunc(word, func(r rune) bool { return r == '.' })
	for i, p := range parts {
		if full, ok := abbreviations[p]; ok {
			parts[i] = full
		}
	}
	return parts
}

var abbreviations = map[string]string{
	"st": "saint", "ste": "sainte", "ch": "chateau", "cht": "chateau", "chat": "chateau",
	"1er": "premier", "1ers": "premiers", "1ere": "premiere",
}
