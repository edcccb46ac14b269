package mail

import "strings"

// Letter is a mail in its final words.
type Letter struct {
	Lang        string
	Subject     string
	Wordmark    string
	Home        string // address of the shop
	Colon       string // between the parts of a pair in plain text, as the language sets it
	Greeting    string
	Text        []string // paragraphs
	Button      Link
	Facts       []Pair // what has to be found quickly: amount, reference, date
	Bill        Bill
	Sections    []Section
	Notes       []string // small print
	Seller      []string
	Unsubscribe Link
}

// Link leads somewhere; without Href it is none.
type Link struct{ Text, Href string }

// Pair is something and what it is.
type Pair struct{ Term, Text string }

// Bill is what was bought.
type Bill struct {
	Heading string
	Lines   []Pair // what, and its amount
	Sums    []Pair // the last one is the total
}

// Section is a heading with lines that belong together, or with paragraphs.
type Section struct {
	Heading string
	Lines   []string
	Text    []string
}

// Plain is the letter as text, lines as long as they are: the program that shows it wraps them.
func (l Letter) Plain() string {
	var b strings.Builder
	block := func(lines ...string) {
		if text := strings.TrimSpace(strings.Join(lines, "\n")); text != "" {
			b.WriteString(text + "\n\n")
		}
	}
	block(l.Wordmark)
	block(l.Greeting)
	block(strings.Join(l.Text, "\n\n"))
	if l.Button.Href != "" {
		block(l.Button.Text, l.Button.Href)
	}
	block(l.pairs(l.Facts)...)
	if len(l.Bill.Lines) > 0 {
		block(l.Bill.Heading, strings.Repeat("-", 20))
		block(l.pairs(l.Bill.Lines)...)
		block(l.pairs(l.Bill.Sums)...)
	}
	for _, s := range l.Sections {
		block(s.Heading, strings.Repeat("-", 20))
		block(s.Lines...)
		block(strings.Join(s.Text, "\n\n"))
	}
	block(strings.Join(l.Notes, "\n\n"))
	b.WriteString("-- \n") // mail programs know what follows as a signature
	block(append(l.Seller, l.Home)...)
	if l.Unsubscribe.Href != "" {
		block(l.Unsubscribe.Text, l.Unsubscribe.Href)
	}
	return strings.TrimSpace(b.String()) + "\n"
}

func (l Letter) pairs(all []Pair) []string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.Term + l.Colon + p.Text
	}
	return out
}
