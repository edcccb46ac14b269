package catalog

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Classification is a rank that is written on labels, and the wines that hold it: "Premier grand cru classé en 1855".
type Classification struct {
	Code  string // slug of the name
	Name  string // in its own language
	Wines []int  // indexes of Snapshot.Wines, by popularity
}

// Classification by code; nil where no wine holds it.
func (s *Snapshot) Classification(code string) *Classification { return s.classes[code] }

// ClassificationCode is the slug of a classification's name: small ASCII letters and digits, parted by single hyphens.
func ClassificationCode(name string) string {
	var b strings.Builder
	parted := false
	for _, r := range norm.NFKD.String(strings.ReplaceAll(strings.ToLower(name), "ß", "ss")) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if parted && b.Len() > 0 {
				b.WriteByte('-')
			}
			parted = false
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			parted = true
		}
	}
	return b.String()
}

// classify lists a wine under its classification.
func (s *Snapshot) classify(w *Wine) {
	code := ClassificationCode(w.Classification)
	if code == "" {
		return
	}
	c := s.classes[code]
	if c == nil {
		c = &Classification{Code: code, Name: w.Classification}
		s.classes[code] = c
		s.Classifications = append(s.Classifications, c)
	}
	c.Wines = append(c.Wines, w.Index)
}
