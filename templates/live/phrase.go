package live

import "strconv"

// MaxCount is the largest number that a phrase is asked for; a larger stock is shown as this one.
const MaxCount = 99_999

// Phrase turns a number of units into the bytes of a hole. The bytes must be ready for where they
// stand: escaped HTML, a whole attribute, or JSON. A Phrase is made once per edition and shared by all
// pages; it is safe for concurrent use.
type Phrase struct {
	width int
	words [][]byte // by count, for the counts that nearly all stock has
	of    func(n int) string
}

// kept is how many counts of a phrase are made in advance.
const kept = 64

// NewPhrase makes a phrase of a function that must be pure.
func NewPhrase(of func(n int) string) *Phrase {
	p := &Phrase{of: of, words: make([][]byte, kept)}
	for n := range p.words {
		p.words[n] = []byte(of(n))
		p.width = max(p.width, len(p.words[n]))
	}
	for n := kept; n <= MaxCount; n = n*10/9 + 1 {
		p.width = max(p.width, len(of(n)))
	}
	p.width = max(p.width, len(of(MaxCount)))
	return p
}

// Width is the number of bytes that the hole takes whatever the count.
func (p *Phrase) Width() int { return p.width }

// Append adds the words for n to b, padded with blanks to Width.
func (p *Phrase) Append(b []byte, n int) []byte {
	end := len(b) + p.width
	n = min(max(n, 0), MaxCount)
	if n < kept {
		b = append(b, p.words[n]...)
	} else {
		b = append(b, p.of(n)...)
	}
	for len(b) < end {
		b = append(b, ' ')
	}
	return b
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

// The phrases that no language changes.
var (
	levelAttr    = NewPhrase(func(n int) string { return ` data-level="` + string(LevelOf(n)) + `"` })
	disabledAttr = NewPhrase(func(n int) string {
		if n > 0 {
			return ""
		}
		return " disabled"
	})
	count = NewPhrase(strconv.Itoa)
)
