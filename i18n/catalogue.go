package i18n

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Catalogue holds the words and formats of all locales. It is immutable but for its record of misses, and safe for
// concurrent use.
type Catalogue struct {
	printers map[Locale]*Printer
	misses   *misses
}

// Load reads the embedded messages and CLDR data and prepares a printer per locale. The error lists every problem
// found: malformed or repeated keys, placeholders it can't read, empty words, plural forms the language lacks.
// Whether all languages have the same keys is not Load's business but a test's: a shop with one untranslated word is
// better than none.
func Load() (*Catalogue, error) {
	data, err := readCLDR()
	if err != nil {
		return nil, err
	}
	countries, err := readCountries()
	if err != nil {
		return nil, err
	}
	books, err := readBooks(messageFiles)
	if err != nil {
		return nil, err
	}
	c := &Catalogue{printers: make(map[Locale]*Printer), misses: new(misses)}
	rules := make(map[string]*pluralRule)
	var problems []error
	for _, l := range Locales() {
		if rules[l.file()] == nil {
			if rules[l.file()], err = newPluralRule(l.file()); err != nil {
				return nil, err
			}
		}
		p, err := newPrinter(l, data, countries, books, rules[l.file()])
		if err != nil {
			problems = append(problems, err)
			continue
		}
		p.misses = c.misses
		c.printers[l] = p
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return c, nil
}

// Printer returns the one printer of l. A locale that is not ours gets the printer of the first locale of its
// language, or en-GB's.
func (c *Catalogue) Printer(l Locale) *Printer {
	if p, ok := c.printers[l]; ok {
		return p
	}
	return c.printers[nearest(l)]
}

// Misses returns what was asked for and not found since Load, sorted: "fr-FR offer.ad" for a key, "fr-FR
// stock.checked: time" for a placeholder without a value. Tests of pages assert that it is empty.
func (c *Catalogue) Misses() []string { return c.misses.list() }

// MissCount returns how often something was asked for and not found; a metric reads it.
func (c *Catalogue) MissCount() int { return c.misses.total() }

// misses records faults of callers. It keeps at most maxMisses different ones, so that no input can make it grow.
type misses struct {
	mu    sync.Mutex
	count int
	seen  map[string]struct{}
}

const maxMisses = 200

func (m *misses) add(l Locale, what string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count++
	if len(m.seen) >= maxMisses {
		return
	}
	if m.seen == nil {
		m.seen = make(map[string]struct{})
	}
	m.seen[fmt.Sprintf("%s %s", l, what)] = struct{}{}
}

func (m *misses) list() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.seen))
}

func (m *misses) total() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.count
}
