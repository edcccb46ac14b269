package i18n

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Printer writes words, money, numbers, dates and lists as one locale does. It is immutable, cheap to hand around and
// safe for concurrent use. What it returns is plain text: the template escapes it.
type Printer struct {
	locale    Locale
	messages  map[string]*message
	plural    *pluralRule
	number    numberFormat
	money     moneyFormat
	dates     dateFormat
	list      listFormat
	volume    volumeFormat
	countries map[string]string // by ISO 3166 code
	sorted    []string          // their codes
	misses    *misses
}

func newPrinter(l Locale, data *cldrData, countries map[string]map[string]string, books map[string]book, rule *pluralRule) (*Printer, error) {
	c := data.Locales[l]
	messages, err := compile(l, books, c.PluralRules)
	if err != nil {
		return nil, err
	}
	names, err := countryNames(l, countries)
	if err != nil {
		return nil, err
	}
	dates, err := newDateFormat(c, l.Language())
	if err != nil {
		return nil, err
	}
	return &Printer{
		locale:    l,
		messages:  messages,
		plural:    rule,
		number:    newNumberFormat(c),
		money:     newMoneyFormat(c, data.Digits),
		dates:     dates,
		list:      newListFormat(l, c),
		volume:    newVolumeFormat(l),
		countries: names,
		sorted:    sortNames(l, names),
	}, nil
}

// Locale returns the locale that p writes for.
func (p *Printer) Locale() Locale { return p.locale }

// Has reports whether key has words in p's language.
func (p *Printer) Has(key string) bool {
	_, ok := p.messages[key]
	return ok
}

// T returns the words of key. args are name, value pairs for its placeholders: T("stock.none"),
// T("stock.checked", "time", p.Clock(t)). Values are written as they are, a year stays 1982: use p's formatters for
// amounts and dates. An unknown key comes back as ⟦key⟧ and a placeholder without a value as ⟦name⟧; both are
// recorded, see Catalogue.Misses. Of a key with plural forms T writes the general form ("other").
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.messages[key]
	if !ok {
		return p.unknown(key)
	}
	return p.render(key, m.other, "", args)
}

// N returns the words of key for the count n, in the plural form that CLDR prescribes; {{.n}} is n as Number writes
// it. The rest is as in T. A key without plural forms has one for all counts.
func (p *Printer) N(key string, n int, args ...any) string {
	m, ok := p.messages[key]
	if !ok {
		return p.unknown(key)
	}
	t := m.forms[p.plural.form(n)]
	if t == nil {
		t = m.other
	}
	return p.render(key, t, p.Number(int64(n)), args)
}

func (p *Printer) unknown(key string) string {
	p.misses.add(p.locale, key)
	return "⟦" + key + "⟧"
}

// Country returns the name of the country with the ISO 3166 code ("FR", upper or lower case), or the code where there
// is no name.
func (p *Printer) Country(code string) string {
	if name, ok := p.countries[strings.ToUpper(code)]; ok {
		return name
	}
	return code
}

// Countries are the codes of all countries that have a name, sorted by name as a dictionary of the language is. The slice is
// shared: leave it as it is.
func (p *Printer) Countries() []string { return p.sorted }

// sortNames gives the keys of names in the order of l's collation, in which É stands beside E and ideographs go by their strokes.
func sortNames(l Locale, names map[string]string) []string {
	order := collate.New(language.Make(l.Tag()))
	var buf collate.Buffer
	keys := make(map[string][]byte, len(names))
	for code, name := range names {
		keys[code] = order.KeyFromString(&buf, name)
	}
	codes := slices.Collect(maps.Keys(names))
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(bytes.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	return codes
}

// countryNames picks l's column: its own (zh-Hant-HK), else its language's.
func countryNames(l Locale, columns map[string]map[string]string) (map[string]string, error) {
	names, ok := columns[string(l)]
	if !ok {
		names, ok = columns[l.file()]
	}
	if !ok {
		return nil, fmt.Errorf("cldr/countries.csv: no column for %s", l)
	}
	own := make(map[string]string, len(names))
	for code, name := range names {
		if name == "" {
			return nil, fmt.Errorf("cldr/countries.csv: %s has no name for %s", l, code)
		}
		own[code] = spell(l, name)
	}
	return own, nil
}
