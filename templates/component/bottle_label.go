package component

// A label is the paper on the bottle: one of four layouts, told by the wine's hash.
type label struct {
	layout int
	paper  box
	frame  box    // a line inside the paper; not in every layout
	arch   string // path of the paper where it is arched
	rules  []rule
	band   box // coloured foot
	ink    string
	accent string
	texts  []line
}

type rule struct{ x1, x2, y string }

// A line is one line of text, centred.
type line struct {
	x, y, size string
	text       string
	paint      string
	spaced     bool // small capitals with letter-spacing
}

var (
	papers  = [4]string{"#f4eedd", "#fbf8f0", "#f6f1e4", "#efe6d0"}
	accents = [5]string{"#7a1730", "#8a6c2c", "#22314c", "#2b4a3a", "#2a2422"}
)

const ink = "#231d1a"

// layout is told by the hash alone where the bottle stands alone; in a row the place decides between odd
// and even, so that two neighbours are never alike.
func (b Bottle) layout(h uint32) int {
	pair := int(h >> 3 & 1)
	if b.Neighbour > 0 {
		return 2*pair + b.Neighbour%2
	}
	return 2*pair + int(h>>4&1)
}

// labelOn lays the label out.
func (b Bottle) labelOn(s *shape, axis, x, y float64, h uint32) label {
	half := s.radius * x * 0.86
	if b.Shape == "bocksbeutel" {
		half = s.radius * x * 0.66
	}
	l := label{layout: b.layout(h), ink: ink, accent: accents[(h>>12)%5]}
	top, bottom := s.label.from*y, s.label.to*y
	l.paper = boxOf(axis-half, top, 2*half, bottom-top)
	if b.Plain {
		return l
	}
	c := canvas{label: &l, axis: axis, half: half, top: top, bottom: bottom}
	layouts[l.layout](c, b)
	return l
}

// A canvas is where a layout draws.
type canvas struct {
	*label
	axis, half, top, bottom float64
}

var layouts = [4]func(canvas, Bottle){framed, ruled, footed, arched}

// framed: a thin gilt line around name, year and appellation.
func framed(c canvas, b Bottle) {
	in := c.half * 0.09
	c.frame = boxOf(c.axis-c.half+in, c.top+in, 2*(c.half-in), c.bottom-c.top-2*in)
	c.name(b.Name, 0.12, b.upTo(0.52, 0.76), 0.80)
	c.year(b.Year, 0.55, 0.77)
	c.small(b.Appellation, 0.88, c.ink)
}

// ruled: the appellation on top, the name between two rules, the year below.
func ruled(c canvas, b Bottle) {
	c.small(b.Appellation, 0.15, c.accent)
	c.line(0.20)
	c.name(b.Name, 0.25, b.upTo(0.66, 0.84), 0.84)
	c.line(b.upTo(0.71, 0.90))
	c.year(b.Year, 0.74, 0.96)
}

// footed: the name large, the year beneath, and a coloured foot with the appellation.
func footed(c canvas, b Bottle) {
	height := c.bottom - c.top
	c.band = boxOf(c.axis-c.half, c.bottom-0.2*height, 2*c.half, 0.2*height)
	c.name(b.Name, 0.08, b.upTo(0.52, 0.74), 0.84)
	c.year(b.Year, 0.55, 0.76)
	c.small(b.Appellation, 0.93, papers[c.layout])
}

// arched: a round top with the year in it, the name and the appellation below.
func arched(c canvas, b Bottle) {
	x0, x1, r := num(c.axis-c.half), num(c.axis+c.half), c.half
	rise := 0.28 * r
	y := c.top + rise
	c.arch = "M" + x0 + " " + num(c.bottom) + "V" + num(y) + "Q" + x0 + " " + num(y-rise*0.6) + " " + num(c.axis-r*0.72) + " " + num(y-rise*0.6) +
		"Q" + num(c.axis) + " " + num(c.top-rise*1.2) + " " + num(c.axis+r*0.72) + " " + num(y-rise*0.6) + "Q" + x1 + " " + num(y-rise*0.6) + " " + x1 + " " + num(y) + "V" + num(c.bottom) + "z"
	c.year(b.Year, 0.10, 0.33)
	c.name(b.Name, b.upTo(0.37, 0.16), 0.80, 0.84)
	c.small(b.Appellation, 0.93, c.accent)
}

// upTo is where the name ends with a year below it, or without.
func (b Bottle) upTo(with, without float64) float64 {
	if b.Year == "" {
		return without
	}
	return with
}

func (c canvas) at(share float64) float64 { return c.top + share*(c.bottom-c.top) }

func (c canvas) line(share float64) {
	c.rules = append(c.rules, rule{num(c.axis - 0.8*c.half), num(c.axis + 0.8*c.half), num(c.at(share))})
}

// name sets the name between two heights, in up to four lines.
func (c canvas) name(text string, from, to, width float64) {
	height := (to - from) * (c.bottom - c.top)
	s := fit(text, 2*c.half*width, height, 0.36*c.half)
	if s.size == 0 {
		return
	}
	block := leading * s.size * float64(len(s.lines))
	base := c.at(from) + (height-block)/2 + 0.80*s.size
	for i, l := range s.lines {
		c.text(l, base+leading*s.size*float64(i), s.size, c.ink, false)
	}
}

func (c canvas) year(text string, from, to float64) {
	height := (to - from) * (c.bottom - c.top)
	s := fit(text, 2*c.half*0.7, height*1.15, height*1.15)
	c.text(text, c.at(to)-0.12*height, s.size, c.accent, false)
}

// small sets the appellation in spaced small capitals on one line.
func (c canvas) small(text string, base float64, paint string) {
	const spacing = 1.32 // small capitals and their letter-spacing against lower case
	s := fit(text, 2*c.half*0.86/spacing, c.bottom-c.top, 0.185*c.half)
	if len(s.lines) > 1 {
		s = set{[]string{text}, 2 * c.half * 0.86 / spacing / max(advance(text), 0.1)}
	}
	c.text(text, c.at(base), s.size, paint, true)
}

func (c canvas) text(text string, base, size float64, paint string, spaced bool) {
	if text == "" {
		return
	}
	c.texts = append(c.texts, line{num(c.axis), num(base), num(size), text, paint, spaced})
}
