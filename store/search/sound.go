package search

import "strings"

// sound is what a folded word sounds like to somebody who writes French, Italian or German names by ear: "gruo" and "Gruaud", "jevrey"
// and "Gevrey", "sasikaia" and "Sassicaia" have one key. It is coarse on purpose and is asked last. Words with digits have none.
func sound(word string) string {
	if len(word) < 2 || hasDigit(word) || !isPlain(word) {
		return ""
	}
	s := hard.Replace(word)
	var b []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		next := byte(0)
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch {
		case c == 'c' && (next == 'e' || next == 'i' || next == 'y'):
			c = 's'
		case c == 'c' || c == 'q':
			c = 'k'
		case c == 'g' && (next == 'e' || next == 'i' || next == 'y'):
			c = 'j'
		case c == 'z':
			c = 's'
		case c == 'w':
			c = 'v'
		case c == 'y':
			c = 'i'
		case c == 'h':
			continue
		case c == 'u' && len(b) > 0 && (b[len(b)-1] == 'k' || b[len(b)-1] == 'g') && isVowel(next):
			continue // qu, gu
		}
		if len(b) > 0 && b[len(b)-1] == c {
			continue
		}
		b = append(b, c)
	}
	return silent(string(b))
}

// hard are letters that are read together.
var hard = strings.NewReplacer(
	"eaux", "o", "eau", "o", "aux", "o", "oeu", "e", "ouill", "ui", "aill", "ai", "eill", "ei", "euill", "ei", "au", "o", "eu", "e", "ou", "u",
	"sch", "x", "ch", "x", "sh", "x", "ph", "f", "th", "t", "ain", "in", "ein", "in", "aia", "aia", "aya", "aia", "ai", "e", "ay", "e",
	"ei", "e", "ey", "e", "tsch", "x", "gn", "n", "nia", "na", "nie", "ne", "nio", "no", "nya", "na", "en", "an", "em", "am", "dt", "t", "ck", "k", "x", "ks", "uy", "ui",
)

// silent takes off what French does not say at the end of a word.
func silent(s string) string {
	s = strings.TrimSuffix(s, "e")
	for len(s) > 1 && strings.IndexByte("tdspxg", s[len(s)-1]) >= 0 {
		s = s[:len(s)-1]
	}
	return s
}

func isVowel(c byte) bool { return c != 0 && strings.IndexByte("aeiou", c) >= 0 }
