package live

import (
	"hash/crc32"
	"strconv"
	"sync"
	"sync/atomic"
)

// MaxCount is the largest number that a phrase is asked for; a larger stock is shown as this one.
const MaxCount = 99_999

// Filling is what a hole says. Sum is their CRC-32 (IEEE), which the page's trailer is made of.
type Filling struct {
	Text []byte // as wide as the hole; not to be changed
	Sum  uint32
}

// padded makes a filling of a width: shorter ones get blanks.
func padded(text string, width int) Filling {
	b := make([]byte, width)
	for i := copy(b, text); i < width; i++ {
		b[i] = ' '
	}
	return Filling{b, crc32.ChecksumIEEE(b)}
}

// Phrase turns a number of units into the bytes of a hole. The bytes must be ready for where they
// stand: escaped HTML, a whole attribute, or JSON. A Phrase is made once per edition and shared by all
// pages; it is safe for concurrent use.
type Phrase struct {
	width int
	words []Filling // by count, for the counts that nearly all stock has
	of    func(n int) string
	large [kept]atomic.Pointer[counted] // by the rest of the count: larger ones that were asked for last

	once      sync.Once
	withLevel *Phrase
}

// kept is how many counts of a phrase are made in advance.
const kept = 64

// NewPhrase makes a phrase of a function that must be pure.
func NewPhrase(of func(n int) string) *Phrase {
	p := &Phrase{of: of, words: make([]Filling, kept)}
	for n := range kept {
		p.width = max(p.width, len(of(n)))
	}
	for n := kept; n <= MaxCount; n = n*10/9 + 1 {
		p.width = max(p.width, len(of(n)))
	}
	p.width = max(p.width, len(of(MaxCount)))
	for n := range p.words {
		p.words[n] = padded(of(n), p.width)
	}
	return p
}

// Width is the number of bytes that the hole takes whatever the count.
func (p *Phrase) Width() int { return p.width }

// Words for n, padded with blanks to Width.
func (p *Phrase) Words(n int) Filling {
	if n = min(max(n, 0), MaxCount); n < kept {
		return p.words[n]
	}
	place := &p.large[n%kept]
	if last := place.Load(); last != nil && last.n == n {
		return last.Filling
	}
	said := &counted{n, padded(p.of(n), p.width)}
	place.Store(said)
	return said.Filling
}

// counted is what a phrase says for a number.
type counted struct {
	n int
	Filling
}

// Level is the state that a count puts an offer in.
type Level string

// The levels of stock.
const (
	None Level = "none" // sold out
	Low  Level = "low"  // the last ones
	Many Level = "many"
)

// LowCount is the largest count that is still "the last ones", in SKU units.
const LowCount = 3

// LevelOf says which level a count is.
func LevelOf(n int) Level {
	switch {
	case n <= 0:
		return None
	case n <= LowCount:
		return Low
	default:
		return Many
	}
}

// levelled is the phrase behind the attribute that says its level, within a tag that is still open.
func (p *Phrase) levelled() *Phrase {
	p.once.Do(func() {
		p.withLevel = NewPhrase(func(n int) string { return ` data-level="` + string(LevelOf(n)) + `">` + p.of(n) })
	})
	return p.withLevel
}

// The phrases that no language changes.
var (
	disabledAttr = NewPhrase(func(n int) string {
		if n > 0 {
			return ""
		}
		return " disabled"
	})
	openAttr = NewPhrase(func(n int) string {
		if n > 0 {
			return ""
		}
		return " open"
	})
	count = NewPhrase(strconv.Itoa)
)
