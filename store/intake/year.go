package intake

import (
	"fmt"
	"strconv"
	"strings"
)

// yearOf finds the harvest in a name and takes it out. Lists write years that are none (SOLERA 1927,
// SAN PEDRO 1865, VIGNES DE 1939), short ones (18), double ones (08/09) and ones that the end of the
// field has cut (201). The rules, in this order:
//
//	08/09           two harvests under one number: the younger is taken, and said
//	07 09 11        three or more: a case of several harvests, no year
//	2016            a whole year, when it may be one (mayBe)
//	18, LAFON18     a short year as the last word, unless a number belongs there (BIN 45, PINOT 3)
//	2, 20, 201, 202 as the last word of a name that fills the field: a year that was cut, unknown
func (r *row) yearOf(m *Map) {
	fields := strings.Fields(r.name)
	defer func() { r.name = strings.Join(fields, " ") }()
	if len(fields) == 0 {
		return
	}
	last := len(fields) - 1
	if a, b, ok := double(fields[last]); ok {
		r.year, fields = max(a, b), fields[:last]
		r.note("double-vintage", fmt.Sprintf("%d or %d on the list; taken as %d", a, b, r.year))
		return
	}
	if n := shortRun(fields); n >= 3 {
		r.note("several-vintages", "a case of several harvests: "+strings.Join(fields[len(fields)-n:], ", "))
		fields, r.assortment = fields[:len(fields)-n], true
		return
	}
	if fields = r.wholeYear(fields, m); r.year != 0 {
		return
	}
	fields = r.shortYear(fields, m)
}

// wholeYear looks for four digits, from the end.
func (r *row) wholeYear(fields []string, m *Map) []string {
	for i := len(fields) - 1; i >= 0; i-- {
		year, err := strconv.Atoi(fields[i])
		if err != nil || len(fields[i]) != 4 {
			continue
		}
		if why := r.notAHarvest(year, i, fields, m); why != "" {
			r.note("no-vintage", fmt.Sprintf("%d is no harvest: %s", year, why))
			continue
		}
		r.year = year
		return append(fields[:i:i], fields[i+1:]...)
	}
	return fields
}

// notAHarvest says why a number of four digits is not the harvest; empty where it is.
func (r *row) notAHarvest(year, i int, fields []string, m *Map) string {
	switch {
	case year > m.Date.Year():
		return "it is after the list"
	case year < m.Years.Oldest:
		return fmt.Sprintf("it is before %d", m.Years.Oldest)
	case i > 0 && founding[keyOf(fields[i-1])]:
		return "it follows " + fields[i-1]
	case i > 1 && keyOf(fields[i-1]) == "de" && planted[keyOf(fields[i-2])]:
		return "it follows " + fields[i-2]
	case m.Date.Year()-year > m.Years.OldAfter && r.perBottle() < m.Years.OldFloor:
		return "at that price it is a name"
	case year < 1990 && i > 0 && i < len(fields)-1 && !harvestNear(fields, i):
		return "it stands inside the name"
	}
	return ""
}

// founding are words before a year in which a house, a vineyard or a solera was founded.
var founding = set("solera an anno since depuis established founded seit desde dal")

// planted are words before "de" and a year in which vines were planted: VIGNES DE 1939.
var planted = set("vignes vigne vieilles")

// harvestNear says that a word about harvests stands within two words of place i, or only the size follows.
func harvestNear(fields []string, i int) bool {
	for j := max(0, i-2); j < min(len(fields), i+3); j++ {
		switch keyOf(fields[j]) {
		case "vintage", "harvest", "colheita", "millesime", "annata", "cosecha", "case", "collection":
			return true
		}
	}
	return i == len(fields)-2 && litres(fields[i+1]) > 0
}

// shortYear looks for a year of two digits, or a piece of one, at the end.
func (r *row) shortYear(fields []string, m *Map) []string {
	last := len(fields) - 1
	text := fields[last]
	full := r.width == m.NameLimit
	if full && last > 0 && (text == "2" || text == "20" || text == "201" || text == "202") {
		r.yearCut = text
		return fields[:last]
	}
	if glued := len(text) - 2; glued >= 4 && isNumber(text[glued:]) && !strings.ContainsAny(text[:glued], "0123456789-./") {
		if year, ok := m.century(text[glued:]); ok {
			r.setShort(year, text[glued:])
			fields[last] = text[:glued]
		}
		return fields
	}
	if last == 0 || len(text) != 2 || m.numberWord(fields[last-1]) {
		return fields
	}
	year, ok := m.century(text)
	if !ok {
		return fields
	}
	r.setShort(year, text)
	return fields[:last]
}

func (r *row) setShort(year int, text string) {
	r.year = year
	r.note("short-year", fmt.Sprintf("%q is read as %d", text, year))
}

// short says that a number of two digits may be a harvest of this century.
func (m *Map) short(n int) bool { return n <= m.Date.Year()-2000 }

// century reads two digits as a year: up to the list's own date of this century, from 70 of the last.
func (m *Map) century(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || n < 0:
		return 0, false
	case m.short(n):
		return 2000 + n, true
	case n >= 70:
		return 1900 + n, true
	}
	return 0, false
}

// numberWord says that a number after this word belongs to the name.
func (m *Map) numberWord(s string) bool {
	key := keyOf(s)
	for _, w := range m.Years.NumberWords {
		if keyOf(w) == key {
			return true
		}
	}
	return false
}

// double reads "08/09".
func double(s string) (a, b int, ok bool) {
	x, y, found := strings.Cut(s, "/")
	if !found || len(x) != 2 || len(y) != 2 || !isNumber(x) || !isNumber(y) {
		return 0, 0, false
	}
	a, _ = strconv.Atoi(x)
	b, _ = strconv.Atoi(y)
	return 2000 + a, 2000 + b, b-a == 1
}

// shortRun counts the words of two digits at the end.
func shortRun(fields []string) int {
	n := 0
	for n < len(fields) && len(fields[len(fields)-1-n]) == 2 && isNumber(fields[len(fields)-1-n]) {
		n++
	}
	return n
}

// litres reads a size written as a word: 1.5L, 3L, 750ML; in millilitres, 0 where it is none.
func litres(s string) int {
	s = strings.ToUpper(s)
	for _, unit := range []struct {
		suffix string
		ml     float64
	}{{"ML", 1}, {"CL", 10}, {"L", 1000}} {
		if digits, ok := strings.CutSuffix(s, unit.suffix); ok {
			v, err := strconv.ParseFloat(digits, 64)
			if err != nil || v <= 0 || v*unit.ml > 30000 {
				return 0
			}
			return int(v*unit.ml + 0.5)
		}
	}
	return 0
}
