package component

import (
	"math"
	"strconv"
	"strings"
)

func sqrt(v float64) float64 { return math.Sqrt(v) }

// num writes a coordinate to a tenth of a millimetre, which is enough at 600 pixels.
func num(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// A pen draws the mirrored outline of a bottle around its axis.
type pen struct {
	axis, x, y float64 // axis in the drawing; scale
	b          strings.Builder
}

func (p *pen) point(x, y float64) {
	p.b.WriteString(num(p.axis+x*p.x) + " " + num(y*p.y))
}

// outline is the closed path of a profile: down on the right, up on the left.
func (p *pen) outline(top float64, segs []seg) string {
	p.b.WriteByte('M')
	p.point(top, 0)
	for _, s := range segs {
		p.add(s, 1)
	}
	last := segs[len(segs)-1]
	p.b.WriteByte('L')
	p.point(-last[len(last)-2], last[len(last)-1])
	for i := len(segs) - 1; i >= 0; i-- {
		p.add(reversed(segs, i, top), -1)
	}
	p.b.WriteByte('z')
	return p.b.String()
}

func (p *pen) add(s seg, side float64) {
	letter := byte('L')
	if len(s) == 6 {
		letter = 'C'
	}
	p.b.WriteByte(letter)
	for i := 0; i < len(s); i += 2 {
		if i > 0 {
			p.b.WriteByte(' ')
		}
		p.point(side*s[i], s[i+1])
	}
}

// reversed is segment i walked from its end to its start.
func reversed(segs []seg, i int, top float64) seg {
	x, y := top, 0.0
	if i > 0 {
		before := segs[i-1]
		x, y = before[len(before)-2], before[len(before)-1]
	}
	if s := segs[i]; len(s) == 6 {
		return seg{s[2], s[3], s[0], s[1], x, y}
	}
	return seg{x, y}
}

// above is the part of a profile above y, the segment that crosses it cut there.
func above(top float64, segs []seg, y float64) []seg {
	var out []seg
	x0, y0 := top, 0.0
	for _, s := range segs {
		x1, y1 := s[len(s)-2], s[len(s)-1]
		if y1 >= y {
			return append(out, cutAt(x0, y0, s, y))
		}
		out = append(out, s)
		x0, y0 = x1, y1
	}
	return out
}

// halfAt is half the width of the bottle at y.
func (s *shape) halfAt(y float64) float64 {
	cut := above(s.top, s.outline, y)
	last := cut[len(cut)-1]
	return last[len(last)-2]
}

func cutAt(x0, y0 float64, s seg, y float64) seg {
	if len(s) == 2 {
		return seg{x0 + (s[0]-x0)*(y-y0)/(s[1]-y0), y}
	}
	low, high := 0.0, 1.0 // y grows along every segment, so halving finds it
	for range 20 {
		middle := (low + high) / 2
		if part := firstPart(x0, y0, s, middle); part[5] < y {
			low = middle
		} else {
			high = middle
		}
	}
	return firstPart(x0, y0, s, high)
}

// firstPart is a cubic from 0 to t (de Casteljau).
func firstPart(x0, y0 float64, s seg, t float64) seg {
	mid := func(a, b float64) float64 { return a + (b-a)*t }
	ax, ay := mid(x0, s[0]), mid(y0, s[1])
	bx, by := mid(s[0], s[2]), mid(s[1], s[3])
	cx, cy := mid(s[2], s[4]), mid(s[3], s[5])
	dx, dy := mid(ax, bx), mid(ay, by)
	ex, ey := mid(bx, cx), mid(by, cy)
	return seg{ax, ay, dx, dy, mid(dx, ex), mid(dy, ey)}
}
