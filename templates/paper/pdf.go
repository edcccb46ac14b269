package paper

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// The page, in millimetres: A4, which every printer of the fourteen markets takes.
const (
	pageWidth, pageHeight = 210.0, 297.0
	edge                  = 22.0
	inner                 = pageWidth - 2*edge
	firstTop              = 24.0  // baseline of the wordmark
	nextTop               = 26.0  // on the pages that follow
	bottom                = 258.0 // where the table ends at the latest
	footTop               = 270.0
)

// The letters.
var (
	wordmark = style{26, true, claret}
	title    = style{15, false, ink}
	body     = style{10.5, false, ink}
	strong   = style{11.5, true, ink}
	small    = style{8.5, false, ash}
	figures  = style{10, false, ink}
)

// setter sets one sheet.
type setter struct {
	pen
	sheet Sheet
	y     float64
}

// PDF of the sheet, and how many of its characters no font has.
func (s Sheet) PDF() (pdf []byte, missing int, err error) {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCreationDate(s.Issued)
	f.SetModificationDate(s.Issued)
	f.SetCatalogSort(true)
	f.SetProducer("Caveau", true)
	f.SetTitle(s.Title, true)
	f.SetAuthor(s.Wordmark, true)
	f.SetLang(s.Lang)
	f.SetAutoPageBreak(false, 0)
	if err := addFonts(f, s); err != nil {
		return nil, 0, err
	}
	p := &setter{pen: pen{pdf: f}, sheet: s}
	p.first()
	p.table()
	p.sums()
	p.remarks()
	p.feet()
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, 0, fmt.Errorf("set document %q: %w", s.Title, err)
	}
	return out.Bytes(), p.missing, nil
}

// first begins the first page: who it is from, what it is, whom it is for.
func (p *setter) first() {
	p.pdf.AddPage()
	p.set(p.sheet.Wordmark, edge, firstTop, wordmark, left)
	p.set(p.sheet.Title, pageWidth-edge, firstTop, title, right)
	p.line(edge, firstTop+5, claret, 0.35)
	buyer, facts := 46.0, 46.0
	for _, text := range p.sheet.Buyer {
		for _, l := range p.wrap(text, 80, body) {
			p.set(l, edge, buyer, body, left)
			buyer += body.leading()
		}
	}
	const column, value = 118.0, 148.0
	for _, fact := range p.sheet.Facts {
		p.set(fact.Term, column, facts, small, left)
		for _, l := range p.wrap(fact.Text, pageWidth-edge-value, figures) {
			p.set(l, value, facts, figures, left)
			facts += figures.leading()
		}
	}
	p.y = max(buyer, facts) + 10
}

// next begins another page, with the table's head where more lines follow.
func (p *setter) next() {
	p.pdf.AddPage()
	p.set(p.sheet.Wordmark, edge, nextTop-8, style{13, true, claret}, left)
	p.set(p.sheet.Title, pageWidth-edge, nextTop-8, small, right)
	p.y = nextTop + 2
}

// room makes sure that so much fits on the page; true when it had to begin another.
func (p *setter) room(height float64) bool {
	if p.y+height <= bottom {
		return false
	}
	p.next()
	return true
}

// columns of the table, by where they end; the first one begins at the edge.
type columns struct{ text, quantity, unit, net, tax float64 }

// Where no tax is charged, what is bought has the room of two columns.
var (
	taxed   = columns{62, 74, 97, 120, 143}
	untaxed = columns{105, 117, 141, 0, 0}
)

func (p *setter) columns() columns {
	if p.sheet.Head.Tax == "" {
		return untaxed
	}
	return taxed
}

func (p *setter) table() {
	p.head()
	for _, l := range p.sheet.Lines {
		p.row(l)
	}
	p.line(edge, p.y-figures.leading()+1.6, ink, 0.25)
}

// head of the table. It stands again on every page.
func (p *setter) head() {
	p.cells(p.sheet.Head, small)
	p.line(edge, p.y+1.8, ink, 0.25)
	p.y += figures.leading() + 2.2
}

func (p *setter) row(l Line) {
	text := p.wrap(l.Text, p.columns().text, figures)
	height := float64(len(text))*figures.leading() + 1.4
	if p.room(height) {
		p.head()
	}
	first := l
	first.Text = ""
	p.cells(first, figures)
	for _, t := range text {
		p.set(t, edge, p.y, figures, left)
		p.y += figures.leading()
	}
	p.y += 1.4
}

func (p *setter) cells(l Line, s style) {
	p.set(l.Text, edge, p.y, s, left)
	c := p.columns()
	for _, cell := range []struct {
		text string
		end  float64
	}{{l.Quantity, c.quantity}, {l.Unit, c.unit}, {l.Net, c.net}, {l.Tax, c.tax}, {l.Total, inner}} {
		p.set(cell.text, edge+cell.end, p.y, s, right)
	}
}

// sums stay together.
func (p *setter) sums() {
	p.room(float64(len(p.sheet.Sums)+1) * strong.leading())
	p.y += 2
	for i, sum := range p.sheet.Sums {
		s := figures
		if i == len(p.sheet.Sums)-1 {
			s = strong
			p.line(edge+90, p.y-s.leading()+1.2, rule, 0.25)
			p.y += 1.2
		}
		p.set(sum.Term, edge+90, p.y, s, left)
		p.set(sum.Text, pageWidth-edge, p.y, s, right)
		p.y += s.leading() + 0.6
	}
}

func (p *setter) remarks() {
	p.y += 6
	for _, remark := range p.sheet.Remarks {
		lines := p.wrap(remark, inner, figures)
		p.room(float64(len(lines)) * figures.leading())
		for _, l := range lines {
			p.set(l, edge, p.y, figures, left)
			p.y += figures.leading()
		}
		p.y += 2
	}
}

// feet of all pages: the seller, and which page it is.
func (p *setter) feet() {
	pages := p.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		p.pdf.SetPage(n)
		p.line(edge, footTop-5, rule, 0.25)
		y := footTop
		for _, text := range p.sheet.Seller {
			p.set(text, edge, y, small, left)
			y += small.leading()
		}
		p.set(fmt.Sprintf("%d / %d", n, pages), pageWidth-edge, footTop, small, right)
	}
}
