package intake

import (
	"strings"

	"caveau/store/gazetteer"
)

// slug makes a code: small ASCII letters and digits, parted by single hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range gazetteer.Fold(strings.ReplaceAll(strings.ReplaceAll(s, "'", ""), "’", "")) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' && b.Len() > 0:
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
