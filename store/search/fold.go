package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxQuery is how many characters of a query are read; what is behind them is not.
const MaxQuery = 200

// Clean is the canonical form of what somebody typed: composed, without control characters and invisible signs, single blanks, at most
// MaxQuery characters. Clean of a clean text is the text.
func Clean(s string) string {
	if len(s) > 16*MaxQuery {
		s = s[:16*MaxQuery]
	}
	s = norm.NFKC.String(strings.ToValidUTF8(s, " "))
	var b strings.Builder
	n, blank := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			blank = n > 0
			continue
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) || r == unicode.ReplacementChar:
			continue
		}
		if n++; blank {
			n++
		}
		if n > MaxQuery {
			break
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// script of a letter, as far as reading it differs.
type script uint8

const (
	none    script = iota // no letter and no digit
	latin                 // and digits
	spaced                // other alphabets that part words by blanks: Cyrillic, Greek, Hangul …
	unbound               // scripts that do not part words: Han, kana, Thai
)

func scriptOf(r rune) script {
	switch {
	case r < 0x80:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return latin
		}
		return none
	case r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
		return unbound
	case unicode.In(r, unicode.Latin) || unicode.IsDigit(r):
		return latin
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return spaced
	default:
		return none
	}
}

// plain is s in small letters, without accents, with ligatures written out. Kana keep their voicing marks.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	if folded, ok := plainLatin(s); ok {
		return folded
	}
	return slowPlain(s)
}

func slowPlain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(strings.ToLower(s)) {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case ligatures[r] != "":
			b.WriteString(ligatures[r])
		case scriptOf(r) == unbound:
			b.WriteRune(simple(r))
		default:
			for _, part := range norm.NFKD.String(string(r)) {
				if !unicode.Is(unicode.Mn, part) {
					b.WriteRune(part)
				}
			}
		}
	}
	return norm.NFC.String(b.String())
}

// western are the letters of Europe's west as plain writes them, by their number: nearly all names have no others, and what Unicode
// says of them need not be asked again for each.
var western = func() (out [0x180]string) {
	for r := range rune(len(out)) {
		out[r] = slowPlain(string(r))
	}
	return out
}()

// plainLatin is plain where all letters are western ones.
func plainLatin(s string) (string, bool) {
	var room [64]byte
	b := room[:0]
	for _, r := range s {
		if int(r) >= len(western) {
			return "", false
		}
		b = append(b, western[r]...)
	}
	return string(b), true
}

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

// ligatures are what Unicode does not take apart.
var ligatures = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ŋ': "ng",
}

// Folded is a name as it is compared and sorted: small letters without accents.
func Folded(name string) string { return strings.Join(words(name), " ") }

// words of a text, folded: every sign that is neither letter nor digit parts them, apostrophes too ("L'If" is "l", "if"), and so does a
// change of script.
func words(s string) []string {
	var out []string
	for _, t := range tokens(s) {
		out = append(out, t.fold)
	}
	return out
}

// token is a word of a text.
type token struct {
	from, to int    // bytes of the text
	fold     string // folded
	script   script
}

// tokens of a text. Middle dots and the like within a word of an unbound script are part of it: "シャトー・マルゴー" is one.
func tokens(s string) []token {
	var out []token
	from, kind := -1, none
	end := func(to int) {
		if from >= 0 {
			if fold := foldToken(s[from:to], kind); fold != "" {
				out = append(out, token{from, to, fold, kind})
			}
			from, kind = -1, none
		}
	}
	for i, r := range s {
		k := scriptOf(r)
		switch {
		case from >= 0 && unicode.Is(unicode.Mn, r):
		case from >= 0 && kind == unbound && isDot(r):
		case k == none:
			end(i)
		case k != kind:
			end(i)
			from, kind = i, k
		}
	}
	end(len(s))
	return out
}

func isDot(r rune) bool {
	return r == '・' || r == '·' || r == '･' || r == '‧' || r == '＝' || r == '゠'
}

func foldToken(s string, kind script) string {
	if kind == unbound {
		s = strings.Map(func(r rune) rune {
			if isDot(r) {
				return -1
			}
			return r
		}, s)
	}
	return plain(s)
}

// hasDigit says that a word must be met exactly.
func hasDigit(word string) bool { return strings.ContainsAny(word, "0123456789") }
