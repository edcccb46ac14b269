package search

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// pattern is a shape of numbers and signs. read makes a part of what was found, or refuses it.
type pattern struct {
	shape *regexp.Regexp
	read  func(found []string, year int) (Part, bool)
}

const (
	money  = `(?:hk\$|us\$|[€£$]|chf|sfr\.?|euros?|eur|gbp|usd|hkd)`
	number = `(\d{1,7}(?:[.,]\d{1,3})?)`
	below  = `(?:[<≤]=?|\b(?:under|below|less than|up to|max\.?|maximum|moins de|jusqu['’]à|unter|bis zu|bis|höchstens|meno di|sotto|fino a|menos de|hasta|até|abaixo de|onder|tot|minder dan)\b|低於|不超過|少於|최대|до)`
	above  = `(?:[>≥]=?|\b(?:over|above|more than|min\.?|minimum|plus de|à partir de|über|ab|mehr als|mindestens|più di|oltre|más de|desde|mais de|acima de|boven|vanaf|meer dan)\b|高於|超過|от)`
	units  = `(ml|cl|dl|l|lt|ltr|lit|litres?|liters?|litros?|litri)`
	boxes  = `(?:cases?|box(?:es)?|packs?|caisses?|cartons?|kisten?|kartons?|cass[ae]|cajas?|caixas?|kisten?|dozen|doos|dozen)`
	of     = `(?:of|de|à|a|von|mit|zu|da|di|van|met|con|com)`
	lots   = `(?:er|[ -]?pack|btls?\.?|bottles?|bouteilles?|bt|flaschen|bottiglie|botellas|garrafas|flessen)`
	ages   = `((?:18|19|20)\d\d)`
)

// shapes in the order in which they are tried: what is longer and more certain comes first.
var shapes = []pattern{
	{regexp.MustCompile(`(?i)\b(\d{1,2})\s?[x×*]\s?` + number + `\s?` + units + `?(?:\b|$)`), readCase},
	{regexp.MustCompile(`(?i)\b` + number + `\s?` + units + `\b`), readVolume},
	{regexp.MustCompile(number + `\s?(公升|升|毫升|リットル)`), readVolume},
	{regexp.MustCompile(`\b` + ages + `\s?[-–—/~]\s?((?:18|19|20)\d\d|\d\d)\b`), readYears},
	{regexp.MustCompile(`(?i)\b((?:18|19|20)\d0)(?:'?s|er|er jahre)\b`), readDecade},
	{regexp.MustCompile(`(?i)` + below + `\s?` + money + `?\s?` + number + `(?:\s?` + money + `)?(?:以下)?`), readBelow},
	{regexp.MustCompile(`(?i)` + above + `\s?` + money + `?\s?` + number + `(?:\s?` + money + `)?(?:以上)?`), readAbove},
	{regexp.MustCompile(`(?i)` + money + `?\s?\b(\d{1,6})\s?(?:-|–|—)\s?(\d{1,6})\b(?:\s?` + money + `)?`), readBetween},
	{regexp.MustCompile(`(?i)` + money + `\s?` + number), readBelow},
	{regexp.MustCompile(`(?i)\b` + number + `\s?(?:€|£|\$|chf\b|euros?\b|eur\b|gbp\b|usd\b|hkd\b|港元|港幣)`), readBelow},
	{regexp.MustCompile(`(?i)\b(\d{2,3}(?:[.,]\d)?)\s?\+(?:\s?(?:points?|pts?|punkte?|punti|puntos|pontos|punten)\b|\s?分)?`), readScore},
	{regexp.MustCompile(`(?i)\b(\d{2,3})\s?(?:(?:points?|pts?|punkte?|punti|puntos|pontos|punten)\b|分)`), readScore},
	{regexp.MustCompile(`(?i)\b` + boxes + `\s` + of + `?\s?(\d{1,2})\b`), readPack},
	{regexp.MustCompile(`(?i)\b([2-9]|[1-6]\d)\s?` + lots + `(?:\b|$)`), readPack},
	{regexp.MustCompile(`(?i)\b([2-9]|[1-6]\d)\s?[x×](?:\s|$)`), readPack},
	{regexp.MustCompile(`(?i)(?:^|\s)[x×]\s?(\d{1,2})\b`), readPack},
	{regexp.MustCompile(`\b` + ages + `\b`), readYear},
	{regexp.MustCompile(`(?:^|[\s(,])['’‘´\x60](\d\d)\b`), readShort},
	{regexp.MustCompile(`\b` + ages + `\s?年`), readYear},
}

// patterns finds all that numbers say, and where it stands.
func patterns(text string, year int) (parts []Part, taken [][2]int) {
	for _, p := range shapes {
		for _, at := range p.shape.FindAllStringSubmatchIndex(text, -1) {
			if overlaps(taken, at[0], at[1]) || len(parts) >= maxParts {
				continue
			}
			part, ok := p.read(groups(text, at), year)
			if !ok {
				continue
			}
			part.from, part.to = at[0], at[1]
			part.Text = strings.Trim(text[at[0]:at[1]], " (,")
			part.Words = words(part.Text)
			parts, taken = append(parts, part), append(taken, [2]int{at[0], at[1]})
		}
	}
	return parts, taken
}

func overlaps(taken [][2]int, from, to int) bool {
	return slices.ContainsFunc(taken, func(t [2]int) bool { return from < t[1] && t[0] < to })
}

func groups(text string, at []int) []string {
	var out []string
	for i := 2; i+1 < len(at); i += 2 {
		if at[i] < 0 {
			out = append(out, "")
			continue
		}
		out = append(out, text[at[i]:at[i+1]])
	}
	return out
}

func readCase(g []string, _ int) (Part, bool) {
	pack, _ := strconv.Atoi(g[0])
	unit := g[2]
	if unit == "" {
		unit = "cl"
		if strings.ContainsAny(g[1], ".,") && amount(g[1]) < 20 {
			unit = "l"
		}
	}
	ml := millilitres(g[1], unit)
	return Part{Kind: Format, Pack: pack, Volumes: []int{ml}}, pack > 0 && pack <= 60 && ml >= 100 && ml <= 30_000
}

func readVolume(g []string, _ int) (Part, bool) {
	ml := millilitres(g[0], g[1])
	return Part{Kind: Format, Volumes: []int{ml}}, ml >= 100 && ml <= 30_000
}

func millilitres(n, unit string) int {
	f := amount(n)
	switch strings.ToLower(unit) {
	case "ml", "毫升":
	case "cl":
		f *= 10
	case "dl":
		f *= 100
	default:
		f *= 1000
	}
	return int(f + 0.5)
}

func amount(s string) float64 {
	f, _ := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64) //nolint:errcheck // a pattern found it
	return f
}

func readYears(g []string, _ int) (Part, bool) {
	low, high := amount(g[0]), amount(g[1])
	if high < 100 {
		high += float64(int(low) / 100 * 100)
	}
	if high < low {
		low, high = high, low
	}
	return Part{Kind: Year, Low: low, High: high}, true
}

func readDecade(g []string, _ int) (Part, bool) {
	low := amount(g[0])
	return Part{Kind: Year, Low: low, High: low + 9}, true
}

func readYear(g []string, _ int) (Part, bool) {
	y := amount(g[0])
	return Part{Kind: Year, Low: y, High: y}, true
}

func readShort(g []string, year int) (Part, bool) {
	y := float64(century(int(amount(g[0])), year))
	return Part{Kind: Year, Low: y, High: y}, true
}

func readBelow(g []string, _ int) (Part, bool) {
	return Part{Kind: Price, High: amount(g[0])}, amount(g[0]) > 0
}

func readAbove(g []string, _ int) (Part, bool) {
	return Part{Kind: Price, Low: amount(g[0])}, amount(g[0]) > 0
}

func readBetween(g []string, _ int) (Part, bool) {
	low, high := amount(g[0]), amount(g[1])
	if high < low {
		low, high = high, low
	}
	return Part{Kind: Price, Low: low, High: high}, low >= 5 && high > low
}

// readScore takes marks of 100 only: those of 20 are written in too many ways.
func readScore(g []string, _ int) (Part, bool) {
	n := amount(g[0])
	return Part{Kind: Score, Low: n}, n >= 50 && n <= 100
}

func readPack(g []string, _ int) (Part, bool) {
	n := int(amount(g[0]))
	return Part{Kind: Pack, Pack: n}, n > 0 && n <= 60
}
