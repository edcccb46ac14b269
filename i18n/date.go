package i18n

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateFormat writes dates by CLDR's patterns.
type dateFormat struct {
	long, medium, short, yearMonth datePattern
	first                          datePattern // long, of the first day of a month
	months, monthsAbbr             [12]string
}

// datePattern is a parsed pattern of UTS 35: "d 'de' MMMM" is d, " de ", MMMM.
type datePattern []dateField

type dateField struct {
	symbol  byte // y, M or d; 0 for literal text
	width   int
	literal string
}

func newDateFormat(c *cldrLocale, language string) (dateFormat, error) {
	f := dateFormat{months: c.Months, monthsAbbr: c.MonthsAbbr}
	var problems [4]error
	f.long, problems[0] = parseDatePattern(c.DateLong)
	f.medium, problems[1] = parseDatePattern(c.DateMedium)
	f.short, problems[2] = parseDatePattern(c.DateShort)
	f.yearMonth, problems[3] = parseDatePattern(c.YearMonth)
	f.first = f.long.withFirst(firstDays[language])
	return f, errors.Join(problems[:]...)
}

// firstDays is how a language calls the first day of a month where a date is read as part of a sentence. CLDR has no word for it, and
// writes "1 décembre"; in French that is a fault.
var firstDays = map[string]string{"fr": "1er"}

// withFirst is the pattern with a word for the day; itself without one.
func (p datePattern) withFirst(word string) datePattern {
	if word == "" {
		return p
	}
	out := slices.Clone(p)
	for i := range out {
		if out[i].symbol == 'd' {
			out[i] = dateField{literal: word}
		}
	}
	return out
}

// Date writes t's day in full: "5 novembre 2026", "1er décembre 2026". Like all date methods it takes t in t's own location.
func (p *Printer) Date(t time.Time) string {
	if t.Day() == 1 {
		return p.dates.write(p.dates.first, t)
	}
	return p.dates.write(p.dates.long, t)
}

// DateMedium writes t's day in a middling length: "5 nov. 2026", "05.11.2026".
func (p *Printer) DateMedium(t time.Time) string { return p.dates.write(p.dates.medium, t) }

// DateShort writes t's day in digits: "05/11/2026", "05.11.26".
func (p *Printer) DateShort(t time.Time) string { return p.dates.write(p.dates.short, t) }

// YearMonth writes t's month and year: "novembre 2026".
func (p *Printer) YearMonth(t time.Time) string { return p.dates.write(p.dates.yearMonth, t) }

// Clock writes t's time of day as "14:32:05", in every locale with 24 hours and always 8 bytes: it fills a hole in a
// page that is laid out, compressed and measured before the time is known, and "2:32:05 PM" would make it jump.
func (p *Printer) Clock(t time.Time) string { return t.Format("15:04:05") }

func (f *dateFormat) write(pattern datePattern, t time.Time) string {
	var space [64]byte
	buf := space[:0]
	year, month, day := t.Date()
	for _, field := range pattern {
		switch {
		case field.symbol == 'y' && field.width == 2:
			buf = appendPadded(buf, year%100, 2)
		case field.symbol == 'y':
			buf = strconv.AppendInt(buf, int64(year), 10)
		case field.symbol == 'd':
			buf = appendPadded(buf, day, field.width)
		case field.symbol == 'M' && field.width == 4:
			buf = append(buf, f.months[month-1]...)
		case field.symbol == 'M' && field.width == 3:
			buf = append(buf, f.monthsAbbr[month-1]...)
		case field.symbol == 'M':
			buf = appendPadded(buf, int(month), field.width)
		default:
			buf = append(buf, field.literal...)
		}
	}
	return string(buf)
}

func appendPadded(buf []byte, n, width int) []byte {
	if width == 2 && n < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, int64(n), 10)
}

// parseDatePattern understands what our locales' patterns hold: y, M and d in their widths, text in quotes, signs and
// ideographs. Another letter is an error, so that a new CLDR extract can't print wrong dates unnoticed.
func parseDatePattern(pattern string) (datePattern, error) {
	if pattern == "" {
		return nil, errors.New("date pattern is empty")
	}
	var fields datePattern
	for rest := pattern; rest != ""; {
		switch c := rest[0]; {
		case c == '\'':
			text, after, ok := strings.Cut(rest[1:], "'")
			if !ok {
				return nil, fmt.Errorf("date pattern %q: open quote", pattern)
			}
			fields = append(fields, dateField{literal: text})
			rest = after
		case c == 'y' || c == 'M' || c == 'd':
			after := strings.TrimLeft(rest, string(c))
			fields = append(fields, dateField{symbol: c, width: len(rest) - len(after)})
			rest = after
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			return nil, fmt.Errorf("date pattern %q: unknown letter %c", pattern, c)
		default:
			after := strings.TrimLeftFunc(rest, isDateLiteral)
			fields = append(fields, dateField{literal: rest[:len(rest)-len(after)]})
			rest = after
		}
	}
	return fields, nil
}

func isDateLiteral(r rune) bool {
	return r != '\'' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}
