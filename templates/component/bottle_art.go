package component

import (
	"strconv"
	"strings"
)

// artKey names everything that Art hangs on.
func artKey(bottles []Bottle) string {
	keys := make([]string, len(bottles))
	for i, b := range bottles {
		keys[i] = b.key() + b.Ref
	}
	return "art|" + strings.Join(keys, "|")
}

// InArt returns the bottle as one that Art draws under a name.
func (b Bottle) InArt(ref string) Bottle {
	b.Ref, b.Decorative = ref, true
	return b
}

// InArt returns the shelf with its bottles as Art draws them, under the names r1, r2 …
func (s Shelf) InArt() Shelf {
	rows := make([]Row, len(s.Rows))
	for i, r := range s.Rows {
		rows[i] = r.at(i)
		rows[i].Bottle.Ref = "r" + strconv.Itoa(i+1)
	}
	s.Rows = rows
	return s
}
