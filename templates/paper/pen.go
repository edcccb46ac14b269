package paper

import (
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
)

// pen writes on the page. Lengths are millimetres, sizes of letters points.
type pen struct {
	pdf     *fpdf.Fpdf
	missing int
}

// style of letters.
type style struct {
	size   float64
	bold   bool
	colour colour
}

// colour is red, green, blue.
type colour [3]int

// The colours are those of the shop, as they print.
var (
	ink    = colour{34, 26, 22}
	ash    = colour{105, 97, 90}
	claret = colour{107, 18, 38}
	rule   = colour{205, 199, 190}
)

// sides that a text can be set to.
type side int

const (
	left side = iota
	right
)

// leading is the distance of lines, in millimetres.
func (s style) leading() float64 { return s.size * 0.352778 * 1.32 }

func (p *pen) use(f face, s style) {
	weight := ""
	if s.bold && f == garamond { // the Chinese font has one cut
		weight = "B"
	}
	size := s.size
	if f == noto {
		size *= 0.92 // its letters are larger than Garamond's of the same size
	}
	p.pdf.SetFont(families[f], weight, size)
	p.pdf.SetTextColor(s.colour[0], s.colour[1], s.colour[2])
}

// width of a text.
func (p *pen) width(text string, s style) float64 {
	found, _ := runs(text)
	w := 0.0
	for _, r := range found {
		p.use(r.face, s)
		w += p.pdf.GetStringWidth(r.text)
	}
	return w
}

// set a text on one line, its baseline at y, from x or up to x.
func (p *pen) set(text string, x, y float64, s style, at side) {
	if at == right {
		x -= p.width(text, s)
	}
	found, missing := runs(text)
	p.missing += missing
	for _, r := range found {
		p.use(r.face, s)
		p.pdf.Text(x, y, r.text)
		x += p.pdf.GetStringWidth(r.text)
	}
}

// line from one side to the other.
func (p *pen) line(from, y float64, c colour, thick float64) {
	p.pdf.SetDrawColor(c[0], c[1], c[2])
	p.pdf.SetLineWidth(thick)
	p.pdf.Line(from, y, pageWidth-edge, y)
}

// wrap breaks a text into lines of a width: between words, between Chinese characters, and within a word that is too long.
func (p *pen) wrap(text string, width float64, s style) []string {
	var lines []string
	current := ""
	for _, word := range words(text) {
		if p.width(strings.TrimRight(current+word, " "), s) <= width {
			current += word
			continue
		}
		if current != "" {
			lines = append(lines, strings.TrimRight(current, " "))
		}
		for current = word; p.width(current, s) > width; {
			head, rest := p.cut(current, width, s)
			lines, current = append(lines, head), rest
		}
	}
	if current != "" || len(lines) == 0 {
		lines = append(lines, strings.TrimRight(current, " "))
	}
	return lines
}

// cut a word where it is full.
func (p *pen) cut(word string, width float64, s style) (head, rest string) {
	letters := []rune(word)
	n := 1
	for n < len(letters) && p.width(string(letters[:n+1]), s) <= width {
		n++
	}
	return string(letters[:n]), string(letters[n:])
}

// words are the pieces between which a line may end, each with the blanks behind it.
func words(text string) []string {
	var out []string
	begin := true
	for _, r := range text {
		wide := r >= 0x2E80 && !unicode.IsPunct(r)
		if begin || wide {
			out = append(out, string(r))
		} else {
			out[len(out)-1] += string(r)
		}
		begin = r == ' '
	}
	return out
}
