package gazetteer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// reader reads one file after the other and gathers what is wrong.
type reader struct {
	fsys    fs.FS
	out     *Gazetteer
	faults  Faults
	country string           // of the folder being read: "FR"
	places  map[any]position // where a row was written, for the checks that come after reading
}

type position struct {
	file string
	line int
}

// record is one line of a file, its fields by column.
type record struct {
	*reader
	position
	columns []string
	fields  []string
}

// table reads a file and gives its lines to row. A file that is not there is an empty one: a young
// country may have no harvests yet.
func (r *reader) table(file, columns string, row func(record)) {
	f, err := r.fsys.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		r.fault(file, 0, "open: %v", err)
		return
	}
	defer f.Close()
	lines := csv.NewReader(f)
	want := strings.Split(columns, ",")
	header, err := lines.Read()
	if err != nil || !slices.Equal(header, want) {
		r.fault(file, 1, "the header line must be %s", columns)
		return
	}
	r.lines(file, want, lines, row)
}

func (r *reader) lines(file string, columns []string, lines *csv.Reader, row func(record)) {
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			r.fault(file, broken.StartLine, "%v (%d fields, %d expected)", broken.Err, len(fields), len(columns))
			if errors.Is(err, csv.ErrFieldCount) {
				continue
			}
			return // after a broken quote every further line would be a false alarm
		}
		if err != nil {
			r.fault(file, 0, "read: %v", err)
			return
		}
		line, _ := lines.FieldPos(0)
		rec := record{reader: r, position: position{file, line}, columns: columns, fields: fields}
		rec.spelling()
		row(rec)
	}
}

func (r *reader) fault(file string, line int, format string, args ...any) {
	r.faults = append(r.faults, Fault{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

func (c record) bad(format string, args ...any) { c.fault(c.file, c.line, format, args...) }

// get returns a field by its column's name.
func (c record) get(column string) string { return c.fields[slices.Index(c.columns, column)] }

// need is get for a field that may not be blank.
func (c record) need(column string) string {
	v := c.get(column)
	if v == "" {
		c.bad("%s is blank", column)
	}
	return v
}

// number is a whole number between low and high; a blank one is 0.
func (c record) number(column string, low, high int) int {
	v := c.get(column)
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		c.bad("%s is %q, not a whole number from %d to %d", column, v, low, high)
		return 0
	}
	return n
}

// list is a field whose parts are joined by "|".
func (c record) list(column string) []string {
	v := c.get(column)
	if v == "" {
		return nil
	}
	parts := strings.Split(v, "|")
	for i, p := range parts {
		if p == "" || p != strings.TrimSpace(p) {
			c.bad("%s %q has a blank part or blanks around one", column, v)
		}
		if slices.Contains(parts[:i], p) {
			c.bad("%s names %q twice", column, p)
		}
	}
	return parts
}

// choice is one of the given values; a blank one is allowed where the values hold it.
func choice[T ~string](c record, column string, values ...T) T {
	v := T(c.get(column))
	if !slices.Contains(values, v) {
		c.bad("%s is %q, not one of %q", column, v, values)
	}
	return v
}

// spelling finds what the eye misses: blanks at the ends, decomposed accents, a second kind of apostrophe.
func (c record) spelling() {
	for i, v := range c.fields {
		switch {
		case v != strings.TrimSpace(v), strings.Contains(v, "  "):
			c.bad("%s %q has blanks at an end or two in a row", c.columns[i], v)
		case !norm.NFC.IsNormalString(v):
			c.bad("%s %q is not in Unicode's composed form (NFC)", c.columns[i], v)
		case strings.ContainsAny(v, "’‘`´"):
			c.bad("%s %q: write the straight apostrophe (')", c.columns[i], v)
		case strings.ContainsRune(v, unicode.ReplacementChar), strings.ContainsFunc(v, unicode.IsControl):
			c.bad("%s %q has a character that cannot be shown", c.columns[i], v)
		}
	}
}

// chinese is the name of column zh: a name in Chinese, of traditional characters.
func (c record) chinese() string {
	v := c.get("zh")
	if v == "" {
		return ""
	}
	if !strings.ContainsFunc(v, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		c.bad("zh %q holds no Chinese character", v)
	}
	if i := strings.IndexAny(v, simplified); i >= 0 {
		c.bad("zh %q: %c is a simplified character", v, []rune(v[i:])[0])
	}
	return v
}

// simplified are characters of mainland China that names of wine use and Hong Kong writes otherwise.
const simplified = "庄园罗兰乐宝马维诺尔丽龙圣图贝约门冈卢达凯国来亚宾纳莱区产级红单东纪华岛与爱亲阳飞鹰风云伦顿陈盖韦赛萨费" +
	"鲁奥岭"

func isSlug(s string) bool {
	if s == "" || s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--") {
		return false
	}
	for _, r := range s {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
