package i18n

import (
	"regexp"
	"strings"
)

// listFormat joins items with "and" as CLDR's list patterns do.
type listFormat struct {
	cldrList
	spanish bool
}

func newListFormat(l Locale, c *cldrLocale) listFormat {
	return listFormat{cldrList: c.List, spanish: l.Language() == "es"}
}

// List joins items into an enumeration: "Merlot, cabernet franc et petit verdot". No item is "", one stands alone.
func (p *Printer) List(items []string) string {
	f := &p.list
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return items[0] + f.and(f.Two, items[1]) + items[1]
	}
	last := items[len(items)-1]
	return strings.Join(items[:len(items)-1], f.Middle) + f.and(f.Last, last) + last
}

// soundsLikeI matches words before which Spanish "y" becomes "e": Italia, hijo, but not hielo or hiato.
var soundsLikeI = regexp.MustCompile(`(?i)^(i|í|hí|hi$|hi[^ae])`)

func (f *listFormat) and(separator, next string) string {
	if f.spanish && separator == " y " && soundsLikeI.MatchString(next) {
		return " e "
	}
	return separator
}
