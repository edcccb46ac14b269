package intake

import (
	"crypto/sha256"
	"encoding/hex"
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

// codeFrom is the slug of a name, or a piece of its hash where no letter of it is Latin.
func codeFrom(name string) string {
	if code := slug(name); code != "" {
		return code
	}
	sum := sha256.Sum256([]byte(name))
	return "x" + hex.EncodeToString(sum[:4])
}
