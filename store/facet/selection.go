package facet

import (
	"errors"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Selection is what somebody chose: a query, values of facets, ranges, an order and a page. Its zero value is all that the shop sells.
type Selection struct {
	Query     string            // clean (search.Clean)
	Values    [choices][]string // codes, sorted, each once
	From, To  int               // years, included; 0 is open
	Low, High int               // price of a bottle in whole units of the shop's currency, included; 0 is open
	Score     int               // at least, of 100; 0 is any
	Sort      Sort
	Page      int // 1 is the first
}

// The bounds of what an address may hold. Beyond them it is none of ours.
const (
	MaxValues = 60 // of all facets together
	maxCode   = 100
	maxAmount = 10_000_000
	firstYear = 1800
	lastYear  = 2100
)

// ErrValue says that a value can be none: no page has this address.
var ErrValue = errors.New("a facet has a value that there is not")

// ErrTooMany says that more is asked for than any form of ours sends.
var ErrTooMany = errors.New("too many values are chosen")

// Read reads the pairs of an address or a form, in any order. Unknown keys and empty values are left out, doubles are dropped, a range
// that is upside down is turned around: the address that the selection then has is the one that counts. clean cleans a query.
func Read(pairs iter.Seq2[string, string], clean func(string) string) (Selection, error) {
	r := reader{Selection: Selection{Page: 1}}
	for key, value := range pairs {
		if value == "" {
			continue
		}
		if err := r.take(key, value, clean); err != nil {
			return Selection{}, err
		}
	}
	return r.settled(), nil
}

// reader gathers a selection.
type reader struct {
	Selection
	without []string
	count   int
}

func (r *reader) take(key, value string, clean func(string) string) (err error) {
	switch key {
	case QueryKey:
		if r.Query == "" {
			r.Query = clean(value)
		}
	case FromKey:
		r.From, err = number(value, firstYear, lastYear)
	case ToKey:
		r.To, err = number(value, firstYear, lastYear)
	case BirthKey:
		r.From, err = number(value, firstYear, lastYear)
		r.To = r.From
	case LowKey:
		r.Low, err = number(value, 0, maxAmount)
	case HighKey:
		r.High, err = number(value, 0, maxAmount)
	case ScoreKey:
		r.Score, err = number(value, 0, 100)
	case PageKey:
		r.Page, err = number(value, 1, 1<<30)
	case SortKey:
		r.Sort = Sort(value)
		if !slices.Contains(Sorts(), r.Sort) {
			return ErrValue
		}
	case WithoutKey:
		r.without = append(r.without, value)
		return r.counted()
	default:
		return r.choose(key, value)
	}
	return err
}

func (r *reader) choose(key, value string) error {
	f := slices.Index(keys[:], key)
	if f < 0 {
		return nil
	}
	if !isCode(value) {
		return ErrValue
	}
	r.Values[f] = append(r.Values[f], value)
	return r.counted()
}

func (r *reader) counted() error {
	if r.count++; r.count > MaxValues {
		return ErrTooMany
	}
	return nil
}

// settled is the one form of a selection.
func (r *reader) settled() Selection {
	s := r.Selection
	for f, all := range s.Values {
		slices.Sort(all)
		s.Values[f] = slices.Compact(all)
	}
	if s.From > s.To && s.To > 0 {
		s.From, s.To = s.To, s.From
	}
	if s.Low > s.High && s.High > 0 {
		s.Low, s.High = s.High, s.Low
	}
	for _, w := range r.without {
		s = s.Without(w)
	}
	return s
}

// Without is the selection without one thing, on its first page: "colour:red", "years", "price", "score". What it does not have changes
// nothing.
func (s Selection) Without(what string) Selection {
	s.Page = 1
	key, code, _ := strings.Cut(what, ":")
	switch f := slices.Index(keys[:], key); {
	case f >= 0:
		s.Values[f] = slices.DeleteFunc(slices.Clone(s.Values[f]), func(c string) bool { return c == code || code == "" })
	case key == YearsPart:
		s.From, s.To = 0, 0
	case key == PricePart:
		s.Low, s.High = 0, 0
	case key == ScoreKey:
		s.Score = 0
	}
	return s
}

// What Without calls the ranges, beside ScoreKey.
const (
	YearsPart = "years"
	PricePart = "price"
)

// number reads an amount that a form sends; "12.50" and "1e3" are none.
func number(text string, low, high int) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < low || n > high {
		return 0, ErrValue
	}
	return n, nil
}

// isCode says that a value may be the code of something: what is not never reaches a table.
func isCode(value string) bool {
	return len(value) <= maxCode && !strings.ContainsFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	})
}

// Pairs are the selection as an address writes it: in one order, nothing empty.
func (s Selection) Pairs() iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		if s.Query != "" && !yield(QueryKey, s.Query) {
			return
		}
		for f, all := range s.Values {
			for _, code := range all {
				if !yield(keys[f], code) {
					return
				}
			}
		}
		for _, n := range []struct {
			key   string
			value int
		}{{FromKey, s.From}, {ToKey, s.To}, {LowKey, s.Low}, {HighKey, s.High}, {ScoreKey, s.Score}} {
			if n.value > 0 && !yield(n.key, strconv.Itoa(n.value)) {
				return
			}
		}
		if s.Sort != Relevance && !yield(SortKey, string(s.Sort)) {
			return
		}
		if s.Page > 1 {
			yield(PageKey, strconv.Itoa(s.Page))
		}
	}
}

// String is the query of the one address that the selection has, without the question mark.
func (s Selection) String() string {
	var b strings.Builder
	for key, value := range s.Pairs() {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(key + "=" + url.QueryEscape(value))
	}
	return b.String()
}

// Narrowed says that something but a query is chosen: a facet.
func (s Selection) Narrowed() bool {
	for _, all := range s.Values {
		if len(all) > 0 {
			return true
		}
	}
	return s.From > 0 || s.To > 0 || s.Low > 0 || s.High > 0 || s.Score > 0
}

// Only is the one value of a facet; false where it has none, or several.
func (s Selection) Only(f Facet) (string, bool) {
	if len(s.Values[f]) != 1 {
		return "", false
	}
	return s.Values[f][0], true
}

// Has says that a value is chosen.
func (s Selection) Has(f Facet, code string) bool {
	_, found := slices.BinarySearch(s.Values[f], code)
	return found
}

// has says that anything is chosen of a facet.
func (s Selection) has(f Facet) bool {
	switch f {
	case Years:
		return s.From > 0 || s.To > 0
	case Price:
		return s.Low > 0 || s.High > 0
	case Score:
		return s.Score > 0
	default:
		return len(s.Values[f]) > 0
	}
}
