package i18n

import (
	"math"
	"strconv"
	"strings"
)

const nbsp = "\u00a0"

// numberFormat writes plain numbers and percentages.
type numberFormat struct {
	digits         digitFormat
	percent        affix
	minus          string
	percentNegated affix
}

// digitFormat groups and separates the digits of one kind of number.
type digitFormat struct {
	decimal, group string
	minGrouping    int
}

// affix is what stands before and after the digits.
type affix struct{ before, after string }

func newNumberFormat(c *cldrLocale) numberFormat {
	percent := splitPattern(strings.ReplaceAll(c.Number.PercentPattern, "%", c.Number.PercentSign))
	return numberFormat{
		digits:         digitFormat{c.Number.Decimal, c.Number.Group, c.Number.MinGrouping},
		minus:          c.Number.Minus,
		percent:        percent,
		percentNegated: affix{c.Number.Minus + percent.before, percent.after},
	}
}

// Number writes a whole number with the locale's grouping: "12 345". Years and identifiers are no numbers in this
// sense; don't hand them in.
func (p *Printer) Number(n int64) string {
	var space [40]byte
	buf := space[:0]
	if n < 0 {
		buf = append(buf, p.number.minus...)
	}
	return string(p.number.digits.append(buf, strconv.FormatUint(magnitude(n), 10), ""))
}

// Decimal writes v with at most maxFraction fraction digits, without trailing zeros: Decimal(13.5, 2) is "13,5". Halves
// are rounded to even.
func (p *Printer) Decimal(v float64, maxFraction int) string {
	text, negative, ok := decimalText(v, maxFraction)
	if !ok {
		return text
	}
	if negative {
		return p.number.write(affix{before: p.number.minus}, text)
	}
	return p.number.write(affix{}, text)
}

// Percent writes v, which is in per cent and not a ratio: Percent(13.5, 1) is "13,5 %".
func (p *Printer) Percent(v float64, maxFraction int) string {
	text, negative, ok := decimalText(v, maxFraction)
	if !ok {
		return text
	}
	if negative {
		return p.number.write(p.number.percentNegated, text)
	}
	return p.number.write(p.number.percent, text)
}

func (f *numberFormat) write(a affix, text string) string {
	var space [64]byte
	whole, fraction, _ := strings.Cut(text, ".")
	buf := append(space[:0], a.before...)
	buf = f.digits.append(buf, whole, fraction)
	return string(append(buf, a.after...))
}

// append appends the digits, grouped by three, and the fraction, if any.
func (f *digitFormat) append(buf []byte, whole, fraction string) []byte {
	if len(whole) < 3+f.minGrouping {
		buf = append(buf, whole...)
	} else {
		head := (len(whole)-1)%3 + 1
		buf = append(buf, whole[:head]...)
		for i := head; i < len(whole); i += 3 {
			buf = append(buf, f.group...)
			buf = append(buf, whole[i:i+3]...)
		}
	}
	if fraction == "" {
		return buf
	}
	buf = append(buf, f.decimal...)
	return append(buf, fraction...)
}

// decimalText returns |v| in digits with a point, without trailing zeros, and whether what remains of it is negative.
// It is not ok for infinities and NaN, whose text is returned as it is.
func decimalText(v float64, maxFraction int) (text string, negative, ok bool) {
	if math.IsNaN(v) {
		return "NaN", false, false
	}
	if math.IsInf(v, 0) {
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), "Inf", "∞", 1), false, false
	}
	text = strconv.FormatFloat(math.Abs(v), 'f', max(maxFraction, 0), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text, v < 0 && text != "0", true
}

// magnitude is |n|, also of the smallest int64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// splitPattern returns what a number pattern has before and after its digits: "#,##0.00 ¤" has " ¤" after them.
func splitPattern(pattern string) affix {
	const digits = "#,0."
	first := strings.IndexAny(pattern, digits)
	last := strings.LastIndexAny(pattern, digits)
	return affix{pattern[:first], pattern[last+1:]}
}
