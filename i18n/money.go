package i18n

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"
)

// moneyFormat writes amounts of money. Swiss and Austrian habits differ between money and plain numbers, hence
// separators of its own.
type moneyFormat struct {
	digits             digitFormat
	minus              string
	positive, negative affix // with ¤ for the currency's symbol
	known              map[string]currencyFormat
}

// currencyFormat is moneyFormat with the symbol of one currency filled in.
type currencyFormat struct {
	positive, negative affix
	fraction           int // digits after the decimal separator
}

func newMoneyFormat(c *cldrLocale, digits map[string]int) moneyFormat {
	positive, negative, ok := strings.Cut(c.Number.CurrencyPattern, ";")
	if !ok {
		negative = "-" + positive
	}
	f := moneyFormat{
		digits:   digitFormat{c.Number.CurrencyDecimal, c.Number.CurrencyGroup, c.Number.MinGrouping},
		minus:    c.Number.Minus,
		positive: splitPattern(positive),
		negative: splitPattern(negative),
		known:    make(map[string]currencyFormat, len(c.Symbols)),
	}
	for code, symbol := range c.Symbols {
		f.known[code] = f.fill(symbol, digits[code])
	}
	return f
}

// Money writes an amount in minor units (cents, pence; whole yen) of the ISO 4217 currency, with all its fraction
// digits: Money(123450, "EUR") is "1 234,50 €" with the locale's own spaces. A currency without a symbol in CLDR's
// extract is written with its code.
func (p *Printer) Money(minor int64, code string) string {
	return p.money.write(minor, code, false)
}

// MoneyShort is Money without a fraction of zero: "1 090 €", but "1 090,50 €".
func (p *Printer) MoneyShort(minor int64, code string) string {
	return p.money.write(minor, code, true)
}

func (f *moneyFormat) write(minor int64, code string, short bool) string {
	c, ok := f.known[code]
	if !ok {
		c = f.other(code)
	}
	a := c.positive
	if minor < 0 {
		a = c.negative
	}
	var digitSpace [24]byte
	whole, fraction := splitMinor(strconv.AppendUint(digitSpace[:0], magnitude(minor), 10), c.fraction)
	if short && strings.Trim(fraction, "0") == "" {
		fraction = ""
	}
	var space [64]byte
	buf := append(space[:0], a.before...)
	buf = f.digits.append(buf, whole, fraction)
	return string(append(buf, a.after...))
}

// other is for currencies that CLDR's extract leaves out. Their fraction digits come from ISO 4217: 1000 fils, not
// 100, make a Kuwaiti dinar.
func (f *moneyFormat) other(code string) currencyFormat {
	fraction := 2
	if d, ok := currency.GetDigits(code); ok {
		fraction = int(d)
	}
	return f.fill(code, fraction)
}

func (f *moneyFormat) fill(symbol string, fraction int) currencyFormat {
	return currencyFormat{
		positive: f.fillAffix(f.positive, symbol),
		negative: f.fillAffix(f.negative, symbol),
		fraction: fraction,
	}
}

// fillAffix replaces ¤ by the symbol and - by the locale's minus. UTS 35 wants a no-break space between a digit and a
// symbol that ends in a letter: "CHF 12" beside "HK$12".
func (f *moneyFormat) fillAffix(a affix, symbol string) affix {
	before, after := symbol, symbol
	if last, _ := utf8.DecodeLastRuneInString(symbol); strings.HasSuffix(a.before, "¤") && wantsSpace(last) {
		before += nbsp
	}
	if first, _ := utf8.DecodeRuneInString(symbol); strings.HasPrefix(a.after, "¤") && wantsSpace(first) {
		after = nbsp + after
	}
	a.before = strings.ReplaceAll(a.before, "-", f.minus)
	a.after = strings.ReplaceAll(a.after, "-", f.minus)
	return affix{strings.ReplaceAll(a.before, "¤", before), strings.ReplaceAll(a.after, "¤", after)}
}

func wantsSpace(r rune) bool { return !unicode.IsSymbol(r) && !unicode.In(r, unicode.Z) }

// splitMinor cuts the digits of minor units into whole units and fraction: 5 cents are "0" and "05".
func splitMinor(digits []byte, fraction int) (whole, rest string) {
	text := string(digits)
	if missing := fraction + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	return text[:len(text)-fraction], text[len(text)-fraction:]
}
