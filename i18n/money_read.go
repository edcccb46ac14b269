package i18n

import "strings"

// ReadMoney reads an amount in minor units of a currency with two decimals as people write it in p's locale: "1.250,50" and
// "1250,5 €" in German, "1'250.50" and "CHF 1250.–" in Swiss German, "1,250.50" in English. False where it is no amount, is not above
// zero, or could be two: "1,250" is a thousand in English and nothing that a Frenchman would write.
func (p *Printer) ReadMoney(text string) (minor int64, ok bool) {
	text = bare(text)
	whole, cents, ok := p.splitDecimal(text)
	if !ok {
		return 0, false
	}
	digits, ok := ungrouped(whole)
	if !ok || len(digits) > 9 {
		return 0, false
	}
	for _, c := range digits + (cents + "00")[:2] {
		minor = minor*10 + int64(c-'0')
	}
	return minor, minor > 0
}

// bare takes off what stands around the digits (a sign of a currency, its name, the dash for no cents) and writes blanks, apostrophes and
// the digits of Chinese keyboards plainly.
func bare(text string) string {
	text = plainDigits.Replace(text)
	text = strings.TrimRight(text, "-–—− ")
	text = strings.TrimFunc(text, func(r rune) bool { return !isDigit(r) && !strings.ContainsRune(".,-−", r) })
	return strings.TrimRight(strings.TrimPrefix(text, ". "), ".,") // "Fr. 1250"
}

var plainDigits = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"．", ".", "，", ",", "\u00a0", " ", "\u202f", " ", "\u2009", " ", "’", "'", "＇", "'")

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// splitDecimal finds the sign before the cents. Of two signs it is the last one; of one alone it is that with one or two digits behind it.
// Three digits behind the locale's own decimal sign are nothing that can be paid.
func (p *Printer) splitDecimal(text string) (whole, cents string, ok bool) {
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		return text, "", true
	}
	sign, behind := text[at:at+1], text[at+1:]
	alone := strings.Count(text, sign) == 1
	switch {
	case alone && (len(behind) == 1 || len(behind) == 2):
		return text[:at], behind, !strings.ContainsFunc(behind, func(r rune) bool { return !isDigit(r) })
	case len(behind) == 3 && sign != p.money.digits.decimal && sign != p.number.digits.decimal:
		return text, "", true
	default:
		return "", "", false
	}
}

// ungrouped are the digits of a whole number, whose groups are of three and parted by one sign.
func ungrouped(whole string) (digits string, ok bool) {
	at := strings.IndexFunc(whole, func(r rune) bool { return !isDigit(r) })
	if at < 0 {
		return whole, whole != ""
	}
	if !strings.Contains(" '.,", whole[at:at+1]) {
		return "", false
	}
	groups := strings.Split(whole, whole[at:at+1])
	for i, g := range groups {
		if len(g) != 3 && i > 0 || len(g) > 3 || g == "" || strings.ContainsFunc(g, func(r rune) bool { return !isDigit(r) }) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
