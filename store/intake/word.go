package intake

import (
	"strings"
	"unicode"

	"caveau/store/gazetteer"
)

// word is one word of a name: as it is written, and the key by which spellings are compared.
type word struct {
	text string
	key  string
	glue string // what stands between this word and the one before: " ", "-", "" or "/"
}

// wordsOf takes a name apart. Hyphens, slashes and the elided article (D', L', DELL') part words; the
// possessive apostrophe does not: JACOB'S is one word.
func wordsOf(s string) []word {
	var out []word
	for _, field := range strings.Fields(s) {
		glue := " "
		for field != "" {
			piece, rest, sep := cutPiece(field)
			if w, ok := newWord(piece, glue); ok {
				out = append(out, w)
			}
			field, glue = rest, sep
		}
	}
	return out
}

// cutPiece takes the first word off a run without blanks and says what joined it to the rest.
func cutPiece(field string) (piece, rest, sep string) {
	for i, r := range field {
		switch {
		case r == '-' || r == '/':
			return field[:i], field[i+1:], string(r)
		case (r == '\'' || r == '’') && elided[strings.ToLower(field[:i])]:
			end := i + len(string(r))
			return field[:end], field[end:], ""
		}
	}
	return field, "", ""
}

var elided = map[string]bool{
	"d": true, "l": true, "dell": true, "nell": true, "sull": true, "all": true, "qu": true, "s": true, "n": true,
}

func newWord(piece, glue string) (word, bool) {
	text := strings.Trim(piece, `"()[],;:!?*`)
	if text == "" {
		return word{}, false
	}
	key := keyOf(text)
	return word{text: text, key: key, glue: glue}, key != ""
}

// keyOf is the spelling by which words are compared: folded, without apostrophe or stop, and with the
// trade's abbreviations written out.
func keyOf(text string) string {
	bare := strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' {
			return -1
		}
		return r
	}, text)
	key := strings.ReplaceAll(gazetteer.Fold(bare), " ", "")
	if full, ok := shortened[key]; ok {
		return full
	}
	return key
}

// shortened writes out what lists shorten and gazetteer.Fold leaves alone.
var shortened = map[string]string{
	"dom": "domaine", "domain": "domaine", "domaines": "domaine", "cht": "chateau", "chateaux": "chateau",
	"ier": "premier", "vly": "valley", "res": "reserve", "ris": "riserva", "cuv": "cuvee", "vyd": "vineyard", "bros": "brothers",
	"mt": "mount", "cty": "county", "vielles": "vieilles", "vielle": "vieilles", "vieille": "vieilles", "sel": "selezione",
}

// keys are the keys of words.
func keys(words []word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.key
	}
	return out
}

func phrase(words []word) string { return strings.Join(keys(words), " ") }

func isNumber(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return s != ""
}
