package redirect

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// Rule leads from an old path to another, or says that it is gone.
type Rule struct {
	Market string // code
	Old    string // "/catalog/product/view/id/12", with a query where that tells pages apart
	New    string // "/vin/petrus/1990"; empty with 410
	Status int    // 301, 308 or 410
}

// Key of a rule.
type Key struct{ Market, Old string }

// Count is how often something was asked for, and when last.
type Count struct {
	Key
	Hits int
	Last time.Time
}

// Statuses that a rule may have.
func allowed(status int) bool {
	return status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect || status == http.StatusGone
}

// longest is how many bytes of a path are kept.
const longest = 300

// Plain says that a path looks like a page's: short, of letters, digits and the signs of slugs, without what may be somebody's key, number or address.
func Plain(path string) bool {
	if len(path) < 2 || len(path) > 160 || path[0] != '/' || !utf8.ValidString(path) {
		return false
	}
	for segment := range strings.SplitSeq(path[1:], "/") {
		if !plainSegment(segment) {
			return false
		}
	}
	return true
}

// A longer run of letters and digits is a key, a longer run of digits a number of somebody's.
const (
	longestWord   = 20
	longestNumber = 7
)

func plainSegment(s string) bool {
	word, number := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			word, number = word+1, number+1
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			word, number = word+1, 0
		case r == '-' || r == '_' || r == '.':
			word, number = 0, 0
		default:
			return false
		}
		if word > longestWord || number > longestNumber {
			return false
		}
	}
	return true
}
