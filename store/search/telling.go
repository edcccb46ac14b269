package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lengths of what is kept of a failed query.
const (
	tellingLength = 60 // characters
	mostDigits    = 5  // besides vintages: a phone or a card has more
	mostVintages  = 2
)

// Telling is a failed query as it may be kept: folded, cut, and nothing where it may hold somebody's address, phone or card. A name
// cannot be told from that of a wine; hence whoever reads the list sees only what was asked more than once.
func Telling(query string) (string, bool) {
	if strings.ContainsAny(query, "@＠") || strings.Contains(query, "://") {
		return "", false
	}
	folded := words(query)
	digits, vintages := 0, 0
	for _, w := range folded {
		if isVintage(w) {
			vintages++
			continue
		}
		for _, r := range w {
			if unicode.IsDigit(r) {
				digits++
			}
		}
	}
	text := strings.Join(folded, " ")
	if digits > mostDigits || vintages > mostVintages || text == "" {
		return "", false
	}
	if utf8.RuneCountInString(text) > tellingLength {
		text = strings.TrimSpace(string([]rune(text)[:tellingLength]))
	}
	return text, true
}

// isVintage says that a word is a year from 1800 on.
func isVintage(w string) bool {
	return len(w) == 4 && (strings.HasPrefix(w, "18") || strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) && w[2] >= '0' && w[2] <= '9' && w[3] >= '0' && w[3] <= '9'
}
