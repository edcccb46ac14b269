package component

// A drawing is a bottle with all its coordinates, in millimetres, as attribute values.
type drawing struct {
	name          string // of the outline that the page's Paint holds; empty for a bottle of another size
	viewBox       string
	width, height string // CSS pixels
	body, foil    string // paths
	glass         string
	foilPaint     string
	edgePaint     string
	edge          box
	collar        string // path
	label         label
	title         string
}

// A box is a rectangle as attribute values; the zero box is not drawn.
type box struct{ x, y, w, h string }

func boxOf(x, y, w, h float64) box { return box{num(x), num(y), num(w), num(h)} }

// foilWider is how much the foil stands out from the glass.
const foilWider = 1.035

// shown is the height in pixels where the model names none.
const shown = 300

func (b Bottle) draw() drawing {
	s := shapeOf(b.Shape)
	x, y := scale(b.Volume)
	axis := s.radius*x + 1
	h := hash(b.Seed)
	foil, edge := capsule(b.Shape, h)
	d := drawing{
		viewBox:   "0 0 " + num(2*axis) + " " + num(s.height*y),
		body:      (&pen{axis: axis, x: x, y: y}).outline(s.top, s.outline),
		foil:      (&pen{axis: axis, x: x * foilWider, y: y}).outline(s.top, above(s.top, s.outline, s.capsule)),
		glass:     glass(b.Shape, b.Colour),
		foilPaint: foil,
		edgePaint: edge,
		edge:      b.band(s, axis, x, y, s.capsule-5, 2.2),
		title:     title(b),
	}
	if b.usual() {
		d.name = b.shape()
	}
	if s.collar > 0 && h&16 == 0 {
		d.collar = b.strip(s, axis, x, y, s.collar, s.collar+13)
	}
	d.label = b.labelOn(s, axis, x, y, h)
	d.width, d.height = b.size()
	return d
}

// band is a strip around the neck at a height.
func (b Bottle) band(s *shape, axis, x, y, at, thick float64) box {
	half := s.halfAt(at) * x * foilWider
	return boxOf(axis-half, at*y, 2*half, thick*y)
}

// strip is paper around the shoulder, which widens downwards.
func (b Bottle) strip(s *shape, axis, x, y, from, to float64) string {
	upper, lower := s.halfAt(from)*x, s.halfAt(to)*x
	return "M" + num(axis-upper) + " " + num(from*y) + "H" + num(axis+upper) + "L" + num(axis+lower) + " " + num(to*y) + "H" + num(axis-lower) + "z"
}

// size is that of the whole drawing, in pixels.
func (b Bottle) size() (w, h string) {
	s := shapeOf(b.Shape)
	x, y := scale(b.Volume)
	return b.pixels(2*(s.radius*x+1), s.height*y)
}

func (b Bottle) pixels(width, height float64) (w, h string) {
	px := float64(b.Height)
	if px == 0 {
		px = shown
	}
	return num(width * px / 300), num(height * px / 300)
}

func title(b Bottle) string {
	if b.Year == "" {
		return b.Name
	}
	return b.Name + " " + b.Year
}

// plain is the bottle that Symbol draws: 75 cl, without words.
func (b Bottle) plain() Bottle {
	b.Plain, b.Volume = true, 750
	return b
}
